import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Json } from "@mendloop/engine";
import { type Client, Refused } from "../api/client.ts";
import { Icon } from "../shell/icon.tsx";
import { Sheet } from "../shell/sheet.tsx";
import { language, read, say } from "../words/index.ts";
import type { Imported } from "./shapes.ts";

type State = { readonly kind: "idle" } | { readonly kind: "reading"; readonly name: string } | { readonly kind: "failed"; readonly why: string } | { readonly kind: "read"; readonly imported: Imported };

/** Reads a file that is chosen or dropped; what could not be taken along is shown before anything is made of it. */
export function ImportButton({ client, onRead }: { readonly client: Client; readonly onRead: (document: Json) => void }): JSX.Element {
  const [state, show] = useState<State>({ kind: "idle" });
  const input = useRef<HTMLInputElement>(null);
  const take = (file: File | undefined): void => {
    if (file === undefined) return;
    show({ kind: "reading", name: file.name });
    readFile(client, file).then((imported) => { show({ kind: "read", imported }); }, (failure: unknown) => { show({ kind: "failed", why: reasonOf(failure) }); });
  };
  return (
    <>
      <button type="button" class="gallery-blank" data-testid="import" onClick={() => { input.current?.click(); }} onDragOver={(event) => { event.preventDefault(); }}
        onDrop={(event) => { event.preventDefault(); take(event.dataTransfer?.files[0]); }}>
        <Icon name="upload" /><b>{say("gallery.import")}</b>
        <span role="status">{state.kind === "reading" ? say("gallery.reading", { name: state.name }) : say("gallery.import_about")}</span>
        {state.kind === "failed" ? <span class="wrong" role="alert">{state.why}</span> : null}
      </button>
      <input ref={input} type="file" accept=".json,.xlsx,application/json" hidden data-testid="import-file" onChange={({ currentTarget }) => { take(currentTarget.files?.[0]); currentTarget.value = ""; }} />
      {state.kind === "read" ? <Found imported={state.imported} onClose={() => { show({ kind: "idle" }); }} onTake={() => { show({ kind: "idle" }); onRead(state.imported.document); }} /> : null}
    </>
  );
}

async function readFile(client: Client, file: File): Promise<Imported> {
  const form = new FormData();
  form.append("file", file);
  return await client.act<Imported>("POST", "/templates/import", form);
}

function reasonOf(failure: unknown): string {
  if (!(failure instanceof Refused)) return say("gallery.import_offline");
  const [problem] = (failure.answer as unknown as { readonly problems?: readonly { readonly message?: string | Readonly<Record<string, string>> }[] }).problems ?? [];
  return read(problem?.message) || say("gallery.import_failed");
}

function Found({ imported, onClose, onTake }: { readonly imported: Imported; readonly onClose: () => void; readonly onTake: () => void }): JSX.Element {
  const { document, problems, left_out: leftOut } = imported;
  const { title, nodes } = document as { readonly title?: Readonly<Record<string, string>>; readonly nodes?: Readonly<Record<string, { readonly kind?: unknown }>> };
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const steps = Object.values(nodes ?? {}).filter(({ kind }) => kind === "step").length;
  return (
    <Sheet title={say("gallery.import_found")} onClose={onClose} testid="imported" foot={<><button type="button" class="button" onClick={onClose}>{say("gallery.cancel")}</button><button type="button" class="button primary" data-testid="import-take" onClick={onTake}>{say("gallery.import_take")}</button></>}>
      <p><b>{read(title)}</b> {say("gallery.import_steps", { count: steps })}</p>
      {errors > 0 ? <p class="quiet">{say("gallery.import_problems", { count: errors })}</p> : null}
      {leftOut.length === 0 ? <p class="quiet">{say("gallery.import_all")}</p> : (
        <>
          <h3>{say("gallery.import_left_out", { count: leftOut.length })}</h3>
          <table class="gallery-left-out" lang={language.value}>
            <thead><tr><th>{say("gallery.sheet")}</th><th>{say("gallery.row")}</th><th>{say("gallery.column")}</th><th>{say("gallery.text")}</th><th>{say("gallery.why")}</th></tr></thead>
            <tbody>{leftOut.map((one, index) => <tr key={index}><td>{one.sheet}</td><td>{one.row ?? ""}</td><td>{one.column ?? ""}</td><td>{one.text}</td><td>{read(one.message)}</td></tr>)}</tbody>
          </table>
        </>
      )}
    </Sheet>
  );
}
