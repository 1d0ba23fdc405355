import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { addScenario } from "../../model/index.ts";
import { mayEdit, type Session } from "../../session.ts";
import { say } from "../../words/index.ts";
import { scenarioOf } from "../scenario/record.ts";
import { type Run, standing } from "../scratch/run.ts";
import { titleOf } from "./problem_lines.tsx";

const LONGEST_NAME = 200;

/** Keep what was tried as one of the template's own tests. */
export function RecordForm({ session, run }: { readonly session: Session; readonly run: Run }): JSX.Element {
  const name = useSignal("");
  const wanted = name.value.trim() === "" ? proposed(run) : name.value.trim();
  const mayRecord = run.done.length > 0 && mayEdit(session);
  const record = (): void => {
    const scenario = scenarioOf(run, wanted);
    session.editor.edit((draft) => addScenario(draft, scenario));
    session.tell(say("preview.recorded", { name: wanted }));
    name.value = "";
  };
  return (
    <div class="record">
      <p class="hint">{say("preview.record_hint")}</p>
      <label><span class="caption">{say("preview.record_name")}</span>
        <input class="input" maxLength={LONGEST_NAME} placeholder={proposed(run)} value={name.value} data-testid="record-name" onInput={(event) => { name.value = event.currentTarget.value; }}
          onKeyDown={(event) => { if (event.key === "Enter" && !event.isComposing && mayRecord) record(); }} />
      </label>
      <p data-testid="record-end"><span class="caption">{say("preview.record_end")}</span>{expected(run)}</p>
      <button type="button" class="button primary" data-testid="record-keep" disabled={!mayRecord} onClick={record}>{say("preview.record_keep")}</button>
    </div>
  );
}

/** What the run came to, in words. */
export function expected(run: Run): string {
  const { state, events } = standing(run);
  const ended = events.findLast((event) => event.type === "OrderEnded");
  if (ended?.type === "OrderEnded") return say("preview.ended", { end: titleOf(run.plan, ended.node) });
  return say("preview.still_open", { steps: Object.values(state.active).map(({ node }) => titleOf(run.plan, node)).join(" · ") });
}

function proposed(run: Run): string {
  const { events } = standing(run);
  const reworks = events.filter(({ type }) => type === "ReworkTaken").length;
  return reworks > 0 ? say("preview.named_rework", { end: expected(run), n: reworks }) : expected(run);
}
