import type { JSX } from "preact";
import type { Session } from "../../session.ts";
import { Icon } from "../../shell/icon.tsx";
import { language, read, say } from "../../words/index.ts";
import type { Scratchpad } from "../scratchpad.ts";
import { peopleOf } from "../scratch/people.ts";
import { type Run, standing } from "../scratch/run.ts";
import type { Trial } from "../trial.ts";
import { Course } from "./course.tsx";
import { Drawing } from "./drawing.tsx";
import { FactsForm } from "./facts_form.tsx";
import { ProblemLines, titleOf } from "./problem_lines.tsx";
import { RecordAgain } from "./record_again.tsx";
import { RecordForm } from "./record_form.tsx";
import { Scenarios } from "./scenarios.tsx";

export interface PanelProps {
  readonly session: Session;
  readonly pad: Scratchpad;
}

/** What can be done with the order that is tried, what was done with it, and what is kept of it. */
export function TrialPanel({ session, pad }: PanelProps): JSX.Element | null {
  const run = pad.trial.run.value;
  if (run === null) return null;
  return (
    <div class="trial-panel">
      <RecordAgain session={session} pad={pad} run={run} />
      <div class="trial-acts">
        <Where run={run} />
        <Steps run={run} trial={pad.trial} />
      </div>
      <div class="trial-rest">
        <Against run={run} trial={pad.trial} />
        <Who run={run} trial={pad.trial} />
        <details class="card fold" open><summary>{say("preview.course", { n: run.done.length })}</summary><Course run={run} trial={pad.trial} /></details>
        <details class="card fold"><summary>{say("preview.facts")}</summary><FactsForm pad={pad} /></details>
        <details class="card fold" data-testid="record"><summary>{say("preview.record")}</summary><RecordForm session={session} run={run} /></details>
        <Scenarios session={session} pad={pad} />
      </div>
    </div>
  );
}

/** Which steps are open, or how it ended. */
function Where({ run }: { readonly run: Run }): JSX.Element {
  const { state, events } = standing(run);
  const ended = events.findLast((event) => event.type === "OrderEnded");
  if (ended?.type === "OrderEnded") return <p class="where ended" role="status" data-testid="trial-ended" data-outcome={state.outcome}><Drawing name="flag" />{say("preview.ended", { end: titleOf(run.plan, ended.node) })}</p>;
  const open = Object.values(state.active).map(({ node, number }) => (number > 1 ? `${titleOf(run.plan, node)} #${number}` : titleOf(run.plan, node)));
  return <p class="where" role="status" data-testid="trial-open"><Icon name="step" />{say("preview.open_now", { steps: open.join(" · ") })}</p>;
}

/** Who holds the phone; by itself it goes to whoever can go on. */
function Who({ run, trial }: { readonly run: Run; readonly trial: Trial }): JSX.Element {
  const { roles } = run.plan;
  return (
    <div class="who">
      <label><span class="caption">{say("preview.person")}</span>
        <select class="select" data-testid="trial-person" value={trial.person.value} onChange={(event) => { trial.hold(event.currentTarget.value); }}>
          {peopleOf(roles).map(({ id, role, name }) => <option key={id} value={id}>{say("preview.person_as", { name, role: read(roles[role]?.title) || role })}</option>)}
        </select>
      </label>
      <label class="tick"><input type="checkbox" class="check" checked={trial.isPassedOn.value} data-testid="trial-pass-on" onChange={(event) => { trial.passOn(event.currentTarget.checked); }} />{say("preview.pass_on")}</label>
    </div>
  );
}

function Steps({ run, trial }: { readonly run: Run; readonly trial: Trial }): JSX.Element {
  const isOver = standing(run).state.status !== "open";
  const cannot = isOver || trial.visit.value === null;
  return (
    <div class="trial-steps">
      <div class="row">
        <button type="button" class="button" data-testid="trial-back" title={say("preview.back")} disabled={run.done.length === 0} onClick={() => { trial.back(); }}><Icon name="undo" /><span class="word">{say("preview.back")}</span></button>
        <button type="button" class="button" data-testid="trial-forward" title={say("preview.forward")} disabled={run.undone.length === 0} onClick={() => { trial.forward(); }}><Icon name="redo" /><span class="word">{say("preview.forward")}</span></button>
        <button type="button" class="button" data-testid="trial-restart" disabled={run.done.length === 0 && run.undone.length === 0} title={say("preview.restart")} onClick={() => { trial.restart(); }}><Icon name="history" /><span class="word">{say("preview.restart")}</span></button>
      </div>
      <div class="row">
        <button type="button" class="button" data-testid="trial-fill" disabled={cannot} onClick={() => { trial.fill(language.peek(), false); }}><Drawing name="fill" />{say("preview.fill")}</button>
        <button type="button" class="button primary" data-testid="trial-finish" disabled={cannot} onClick={() => { trial.fill(language.peek(), true); }}><Icon name="check" />{say("preview.fill_finish")}</button>
      </div>
    </div>
  );
}

/** What could not be filled in, and where a run no longer holds. */
function Against({ run, trial }: { readonly run: Run; readonly trial: Trial }): JSX.Element | null {
  const [halt, problems] = [trial.halt.value, trial.problems.value];
  if (halt === null && problems.length === 0) return null;
  return (
    <div class="against" role="alert" data-testid="trial-against">
      <p>{halt === null ? say("preview.not_filled") : say("preview.halted", { n: halt.number })}</p>
      <ProblemLines plan={run.plan} problems={halt?.problems ?? problems} />
    </div>
  );
}
