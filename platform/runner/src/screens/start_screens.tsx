import { Icon } from "@mendloop/fields";
import type { JSX } from "preact";
import { recall } from "../settings.ts";
import { Mark } from "../ui/mark.tsx";
import { say } from "../words/index.ts";

function Page({ text, children }: { readonly text: string; readonly children: JSX.Element }): JSX.Element {
  return (
    <main class="page alone">
      <Mark />
      <h1>{say("app.name")}</h1>
      <p>{text}</p>
      {children}
    </main>
  );
}

/** Who has worked on this phone before is told that everything is kept; a newcomer just signs in. */
export function SignInAgain(): JSX.Element {
  return <Page text={recall("session") === null ? say("app.sign_in") : signedOutWords()}><a class="button primary big" data-testid="sign-in" href={signInAddress()}><Icon name="person" />{say("sync.sign_in")}</a></Page>;
}

/** Whoever left by himself is not told that something ran out. */
export function signedOutWords(): string {
  return say(recall("left") === "yes" ? "sync.left_hint" : "sync.signed_out_hint");
}

export function NotConnected(): JSX.Element {
  return <Page text={say("app.not_connected")}><button type="button" class="button primary big" onClick={() => { location.reload(); }}><Icon name="sync" />{say("app.retry")}</button></Page>;
}

export function signInAddress(): string {
  return `/sign-in?next=${encodeURIComponent(location.pathname)}`;
}
