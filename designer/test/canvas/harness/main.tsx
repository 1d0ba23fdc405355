// The canvas with palette and outline alone, on a template that came with the page. The tests read and change it by `room`.
import "@mendloop/fields/style/tokens.css";
import "../../../src/style/base.css";
import "../../../src/style/controls.css";
import "../../../src/shell/shell.css";
import { signal } from "@preact/signals";
import { render } from "preact";
import { boardOf } from "../../../src/canvas/board.ts";
import { Canvas, canvasCommands, Outline, Palette } from "../../../src/canvas/index.ts";
import { Client } from "../../../src/api/client.ts";
import { keepReady } from "../../../src/later.ts";
import { Editor, type Template } from "../../../src/model/index.ts";
import { type CheckResult, type Colleague, type Right, type Session, SessionProvider, type Track } from "../../../src/session.ts";
import { actionFor } from "../../../src/shell/actions.ts";
import { isLanguage, speak } from "../../../src/words/index.ts";

const sent = JSON.parse(document.getElementById("sent")?.textContent ?? "{}") as { readonly template: Template; readonly rights: readonly Right[]; readonly language: string; readonly theme: string };
document.documentElement.dataset["theme"] = sent.theme;
await speak(isLanguage(sent.language) ? sent.language : "en");
await keepReady(); // as somebody finds it who has looked at the page for a second
const revealed = signal<{ readonly pointer: string; readonly count: number } | null>(null);
const told: string[] = [];
const session: Session = {
  templateId: "t", client: new Client(), store: {} as unknown as Session["store"], editor: new Editor({ template: sent.template, layout: {} }), rights: signal(sent.rights), schema: signal(null),
  check: signal<CheckResult | null>(null), saving: signal({ kind: "saved", at: 0 }), people: signal<readonly Colleague[]>([]), open: signal<string | null>(null), track: signal<Track | null>(null),
  revealed, reveal: (pointer) => { revealed.value = { pointer, count: (revealed.peek()?.count ?? 0) + 1 }; }, tell: (text) => { told.push(text); },
};
Object.assign(globalThis, { room: { session, told, speak, board: boardOf(session) } });
const actions = canvasCommands(session);
addEventListener("keydown", (event) => {
  const action = event.defaultPrevented ? undefined : actionFor(event, actions);
  if (action !== undefined) { event.preventDefault(); action.run(); }
});
const place = document.getElementById("app");
if (place !== null) render(
  <SessionProvider value={session}>
    <div style="display:grid;height:100dvh;grid-template:minmax(0,1fr)/60px 270px minmax(0,1fr);background:var(--card)">
      <nav aria-label="kinds"><Palette session={session} /></nav>
      <nav aria-label="outline" style="overflow:auto"><Outline session={session} /></nav>
      <main style="min-width:0"><h1 class="unseen">Canvas</h1><Canvas session={session} /></main>
    </div>
  </SessionProvider>, place);
