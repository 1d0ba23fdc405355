import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { nodeOf } from "../model/index.ts";
import { useSession } from "../session.ts";
import { say } from "../words/index.ts";
import { fetched } from "./fetched.tsx";
import type { Screen } from "./screen.ts";

/** Fetched while the canvas is drawn. */
const Inspector = fetched(async () => (await import("../panels/index.ts")).Inspector);
const StepFields = fetched(async () => (await import("../fields/index.ts")).StepFields);

type Tab = "fields" | "settings";

/** At the right: of a step its fields and its settings, of everything else its settings. */
export function Side({ screen }: { readonly screen: Screen }): JSX.Element {
  const session = useSession();
  const selection = session.editor.selection.value;
  const node = nodeOf(selection);
  const { nodes } = session.editor.draft.value.template;
  const isStep = node !== null && nodes[node]?.kind === "step" && selection.kind !== "edge";
  const [tab, choose] = useState<Tab>("fields");
  const open = session.open.value;
  const opened = useRef(open);
  useEffect(() => {
    const isOnlyRenamed = session.editor.renames.peek().some(({ from, to }) => from === opened.current && to === open);
    opened.current = open;
    if (open !== null && !isOnlyRenamed) choose("fields");
  }, [open]);
  const revealed = session.revealed.value;
  useEffect(() => {
    if (revealed !== null) choose(/^\/nodes\/[^/]+(\/fields|$)/.test(revealed.pointer) ? "fields" : "settings");
  }, [revealed]);
  const inspector = <Inspector session={session} onTranslations={() => { screen.dialog.value = "translations"; }} onScenario={() => { screen.trial.value = true; }} />;
  if (!isStep) return inspector;
  return (
    <>
      <div class="tabs" role="tablist" aria-label={say("shell.side")} onKeyDown={(event) => { if (/^Arrow(Left|Right)$/.test(event.key)) choose(tab === "fields" ? "settings" : "fields"); }}>
        {(["fields", "settings"] as const).map((each) => (
          <button key={each} type="button" role="tab" id={`tab-${each}`} aria-selected={tab === each} aria-controls="tab-panel" tabIndex={tab === each ? 0 : -1} data-testid={`tab-${each}`}
            onClick={() => { choose(each); }}>{say(`shell.tab_${each}`)}</button>
        ))}
      </div>
      <div class="tab-panel" role="tabpanel" id="tab-panel" aria-labelledby={`tab-${tab}`}>
        {tab === "fields" ? <StepFields key={node} session={session} node={node} /> : inspector}
      </div>
    </>
  );
}
