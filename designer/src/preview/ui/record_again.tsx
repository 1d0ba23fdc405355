import type { JSX } from "preact";
import { replaceScenario } from "../../model/index.ts";
import { mayEdit } from "../../session.ts";
import { say } from "../../words/index.ts";
import { scenarioOf } from "../scenario/record.ts";
import type { Run } from "../scratch/run.ts";
import { expected } from "./record_form.tsx";
import type { PanelProps } from "./trial_panel.tsx";

/** While a scenario is recorded again: which, what the run has come to, and the button that puts it in the old one's place. */
export function RecordAgain({ session, pad, run }: PanelProps & { readonly run: Run }): JSX.Element | null {
  const name = pad.again.value;
  const isThere = session.editor.draft.value.template.scenarios?.some((each) => each.name === name) ?? false;
  if (name === null || !isThere || !mayEdit(session)) return null;
  const stop = (): void => { pad.again.value = null; };
  const keep = (): void => {
    session.editor.edit((draft) => replaceScenario(draft, name, scenarioOf(run, name)));
    session.tell(say("preview.again_kept", { name }));
    stop();
  };
  return (
    <div class="preview-note record-again" role="status" data-testid="again">
      <p>{say("preview.again_note", { name })}</p>
      <p><span class="caption">{say("preview.record_end")}</span>{expected(run)}</p>
      <div class="row">
        <button type="button" class="button primary" data-testid="again-keep" disabled={run.done.length === 0} onClick={keep}>{say("preview.again_keep")}</button>
        <button type="button" class="button" data-testid="again-stop" onClick={stop}>{say("preview.again_stop")}</button>
      </div>
    </div>
  );
}
