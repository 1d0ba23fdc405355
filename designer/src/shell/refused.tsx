import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { useSession } from "../session.ts";
import type { Refusal } from "../store/index.ts";
import { say } from "../words/index.ts";
import { Sheet } from "./sheet.tsx";

/** Why the server does not take what was edited, what to do about it, and that nothing is lost. */
export function Refused({ onClose, onExport }: { readonly onClose: () => void; readonly onExport: () => void }): JSX.Element {
  const session = useSession();
  const { store } = session;
  const refusal = store.refusal.value;
  const isSaved = session.saving.value.kind === "saved";
  useEffect(() => { if (isSaved) onClose(); }, [isSaved]);
  return (
    <Sheet title={say("shell.refused")} onClose={onClose} testid="refused" foot={(
      <>
        <button type="button" class="button" onClick={onExport}>{say("shell.export")}</button>
        <button type="button" class="button primary" data-testid="send-again" onClick={() => { void store.saveNow(); }}>{say("shell.send_again")}</button>
      </>
    )}>
      <p>{whyWords(refusal)}</p>
      <p>{say("shell.refused_kept")}</p>
    </Sheet>
  );
}

function whyWords(refusal: Refusal | null): string {
  if (refusal?.status === 413) return say("shell.refused_large");
  if (refusal === null || refusal.status === 403 || refusal.status === 404) return say("shell.refused_right");
  return say("shell.refused_other", { code: refusal.code });
}
