import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { type Client, Refused, SignedOut } from "../api/client.ts";
import { SessionProvider } from "../session.ts";
import { say } from "../words/index.ts";
import { EditorScreen } from "./editor_screen.tsx";
import { type OpenedSession, openSession } from "./opening.ts";

type State = { readonly kind: "waiting" } | { readonly kind: "failed"; readonly why: "gone" | "offline" | "signed_out" } | { readonly kind: "open"; readonly opened: OpenedSession };

/** Fetches the template, then shows it. What was kept on this computer is shown without a network as well. */
export function OpenScreen({ client, id }: { readonly client: Client; readonly id: string }): JSX.Element {
  const [state, show] = useState<State>({ kind: "waiting" });
  const [attempt, tryAgain] = useState(0);
  useEffect(() => {
    const opening = openSession(client, id);
    opening.then((opened) => { show({ kind: "open", opened }); }, (failure: unknown) => { show({ kind: "failed", why: reasonOf(failure) }); });
    return () => { void opening.then((opened) => { opened.close(); }, () => null); };
  }, [id, attempt]);
  if (state.kind === "open") return <SessionProvider value={state.opened.session}><EditorScreen key={id} /></SessionProvider>;
  if (state.kind === "waiting") return <p class="fetching" role="status">{say("shell.fetching")}</p>;
  return (
    <main class="failed">
      <h1>{say(`shell.open_${state.why}`)}</h1>
      {state.why === "signed_out" ? <a class="button primary" href={`/sign-in?next=${encodeURIComponent(location.pathname)}`}>{say("shell.sign_in")}</a>
        : <button type="button" class="button primary" onClick={() => { show({ kind: "waiting" }); tryAgain(attempt + 1); }}>{say("shell.try_again")}</button>}
      <a class="button" href="/designer/">{say("shell.back")}</a>
    </main>
  );
}

function reasonOf(failure: unknown): "gone" | "offline" | "signed_out" {
  if (failure instanceof SignedOut) return "signed_out";
  return failure instanceof Refused ? "gone" : "offline";
}
