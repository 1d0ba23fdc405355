/** The preview's room alone, on one template: a list of its steps to select, and the phone. For the browser tests and for looking at it. */
import "@mendloop/fields/style/tokens.css";
import "../../../src/style/base.css";
import "../../../src/style/controls.css";
import { signal } from "@preact/signals";
import { render } from "preact";
import { Client } from "../../../src/api/client.ts";
import { Editor, setField, type Template } from "../../../src/model/index.ts";
import { Preview, TryIt } from "../../../src/preview/index.ts";
import type { CheckResult, Session } from "../../../src/session.ts";
import { check } from "../../../src/shell/checking.ts";
import { isLanguage, language, read, speak, speakOfMore } from "../../../src/words/index.ts";

const asked = new URLSearchParams(location.search);
const template = JSON.parse(document.getElementById("template")?.textContent ?? "null") as Template;
const client = new Client();
const editor = new Editor({ template, layout: {} });
const { result } = check(client, editor.draft);

/** As much of a session as this room uses. */
const session = {
  templateId: "harness", client, editor, check: result,
  rights: signal(["view", "edit"] as const), schema: signal(null), saving: signal({ kind: "saved", at: 0 } as const), people: signal([]),
  open: signal<string | null>(null), track: signal(null), reveal: () => undefined, revealed: signal(null), tell: () => undefined,
} satisfies Partial<Session> as unknown as Session;

/** What a test may ask and do besides clicking. */
declare global {
  var room: {
    readonly session: Session;
    readonly setField: typeof setField;
    readonly result: () => CheckResult | null;
  };
}
globalThis.room = { session, setField, result: () => result.peek() };

function Steps(): preact.JSX.Element {
  const { template: shown } = editor.draft.value;
  return (
    <nav style={{ overflow: "auto", padding: "12px" }}>
      <button type="button" class="button" data-testid="select-none" onClick={() => { session.open.value = null; }}>–</button>
      {Object.entries(shown.nodes).map(([id, node]) => (node.kind !== "step" ? null : (
        <button key={id} type="button" class="button" style={{ width: "100%" }} data-testid={`select-${id}`} onClick={() => { session.open.value = id; }}>{read(node.title)}</button>
      )))}
      <output data-testid="track" style={{ display: "block", overflow: "hidden", whiteSpace: "pre-wrap" }}>{JSON.stringify(session.track.value)}</output>
    </nav>
  );
}

function Room(): preact.JSX.Element {
  if (asked.get("room") === "try") return <main style={{ padding: "16px", height: "100dvh", display: "flex", flexDirection: "column" }}><TryIt session={session} /></main>;
  return (
    <main style={{ display: "grid", gridTemplateColumns: "200px 1fr 340px", height: "100dvh" }}>
      <Steps /><div /><aside style={{ borderLeft: "1px solid var(--line)", background: "var(--sunk)", overflow: "auto" }}><Preview session={session} /></aside>
    </main>
  );
}

const wanted = asked.get("language");
document.documentElement.dataset["theme"] = asked.get("theme") ?? "light";
const place = document.getElementById("app");
await speak(isLanguage(wanted) ? wanted : language.peek());
await speakOfMore();
if (place !== null) render(<Room />, place);
