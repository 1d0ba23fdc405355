import type { Problem } from "@mendloop/engine";
import { Icon } from "@mendloop/fields";
import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useRunner } from "../context.ts";
import { commandOf } from "../order/act.ts";
import { visitToShow } from "../order/choose.ts";
import { deciding } from "../order/deciding.ts";
import { nameOf } from "../order/field_host.ts";
import type { LiveOrder } from "../order/live_order.ts";
import { withNames } from "../order/problem_names.ts";
import { othersWhoAloneCan } from "../order/standing_locks.ts";
import type { StepRecorder } from "../order/step_recorder.ts";
import { VisitHistory } from "../order/visit_history.ts";
import { go } from "../route.ts";
import { useOnce } from "../ui/once.ts";
import { announce, Toast } from "../ui/toast.tsx";
import { listed, say } from "../words/index.ts";
import { explain } from "../words/problems.ts";
import { FinishButton } from "./finish_button.tsx";
import { FindingSheet, PauseSheet } from "./later.ts";

export interface FooterProps {
  readonly order: LiveOrder;
  readonly visit: string;
  readonly recorder: StepRecorder | null;
}

/** What one can do now, where the thumb is: start, resume; or pause, report, finish. */
export function StepFooter(props: FooterProps): JSX.Element {
  const { order, visit } = props;
  const open = order.record.value.order.state.active[visit];
  if (open === undefined) return <NotOpen {...props} />;
  if (open.status === "running") return open.by === order.actor.person ? <Working {...props} /> : <Watching {...props} />;
  return <Begin {...props} type={open.status === "ready" ? "StartStep" : "ResumeStep"} />;
}

/** Start or resume; when the engine would refuse, its reason instead. Until the engine is here, who taps first waits for its answer. */
function Begin({ order, visit, type }: FooterProps & { readonly type: "StartStep" | "ResumeStep" }): JSX.Element {
  const problems = useSignal<readonly Problem[]>([]);
  const { state, visits } = order.record.value.order;
  const owners = useOwners(order, visit);
  const asked = { type, payload: { visit } };
  const decision = deciding.value?.(order.plan, state, commandOf(asked, order.actor, new Date().toISOString()), new VisitHistory(visits));
  const refused = decision?.accepted === false ? decision.problems : problems.value;
  const begin = useOnce(async () => {
    problems.value = await order.do(asked);
    if (problems.value.length > 0) return false;
    scrollTo(0, 0); // whoever has read on before beginning does the first thing first
    if (type === "ResumeStep") announce(say("orders.running_here"));
    return false;
  });
  return (
    <Bar>
      <Why reasons={[...owners, ...refused.map((each) => explain(withNames(order, each)))]} />
      <div class="bar-row">
        <FindingButton order={order} visit={visit} />
        <button type="button" class="button primary big grow" data-testid={type === "StartStep" ? "start" : "resume"} disabled={decision?.accepted === false || owners.length > 0 || begin.busy.value} onClick={() => { begin.run(); }}>
          <Icon name="play" />{say(type === "StartStep" ? "step.start" : "step.continue_paused")}
        </button>
      </div>
    </Bar>
  );
}

/** What is said to somebody who cannot do a step because only others can: whose locks are taken off in it, where it is nothing else. */
function useOwners(order: LiveOrder, visit: string): readonly string[] {
  const runner = useRunner();
  const { state } = order.record.value.order;
  const owners = othersWhoAloneCan(order.plan, state, state.active[visit]?.node ?? "", order.actor.person);
  return owners.length === 0 ? [] : [say("lock.of_others", { names: listed(owners.map((person) => nameOf(runner, order, person))) })];
}

function Why({ reasons }: { readonly reasons: readonly string[] }): JSX.Element | null {
  if (reasons.length === 0) return null;
  return (
    <div class="note warn" role="status" data-testid="why-not">
      <Icon name="info" />
      <div><p><strong>{say("step.not_allowed")}</strong></p>{reasons.map((reason) => <p key={reason}>{reason}</p>)}</div>
    </div>
  );
}

function Working(props: FooterProps): JSX.Element {
  const { order, visit, recorder } = props;
  const pausing = useSignal(false);
  return (
    <Bar>
      <SaveLine recorder={recorder} />
      <div class="bar-row">
        <button type="button" class="button stacked" data-testid="pause" onClick={() => { pausing.value = true; }}><Icon name="pause" /><span>{say("step.pause")}</span></button>
        <FindingButton order={order} visit={visit} />
        {recorder === null ? null : <FinishButton order={order} recorder={recorder} />}
      </div>
      {pausing.value ? <PauseSheet {...props} close={() => { pausing.value = false; }} /> : null}
    </Bar>
  );
}

/** True to its word: "saved" follows the transaction on disk. */
function SaveLine({ recorder }: { readonly recorder: StepRecorder | null }): JSX.Element | null {
  if (recorder === null) return null;
  const missing = recorder.form.problems.value;
  const saved = recorder.saved.value;
  return (
    <div class="save-line">
      <span data-testid="saved" data-saved={saved} role="status" class={saved === "failed" ? "problem-line" : ""}>
        {saved === "saved" ? <><Icon name="check" />{say("step.saved")}</> : saved === "typing" ? say("step.saving") : <><Icon name="warning" />{say("step.failed_save")}</>}
      </span>
      {missing.length === 0 ? null : <span data-testid="missing-count">{say("step.missing", { n: new Set(missing.map(({ field }) => field.id)).size })}</span>}
    </div>
  );
}

function Watching({ order, visit }: FooterProps): JSX.Element {
  return <Bar><div class="bar-row"><FindingButton order={order} visit={visit} /><BackToNow order={order} visit={visit} /></div></Bar>;
}

function NotOpen({ order, visit }: FooterProps): JSX.Element {
  return <Bar><div class="bar-row"><BackToNow order={order} visit={visit} /></div></Bar>;
}

/** From a step that is not ours to the one that is. */
function BackToNow({ order, visit }: { readonly order: LiveOrder; readonly visit: string }): JSX.Element {
  const now = visitToShow(order.plan, order.record.value.order.state, order.actor);
  if (now === visit) return <button type="button" class="button big grow" data-testid="to-flow" onClick={() => { go({ screen: "flow", order: order.id }); }}><Icon name="list" />{say("flow.title")}</button>;
  return (
    <button type="button" class="button primary big grow" data-testid="to-current" onClick={() => { go({ screen: "order", order: order.id, visit: null }, { replace: true }); }}>
      <Icon name="forward" />{say(now === null ? "summary.title" : "flow.current")}
    </button>
  );
}

function FindingButton({ order, visit }: { readonly order: LiveOrder; readonly visit: string }): JSX.Element {
  const open = useSignal(false);
  return (
    <>
      <button type="button" class="button stacked" data-testid="finding" title={say("finding.add")} onClick={() => { open.value = true; }}><Icon name="flag" /><span>{say("step.finding")}</span></button>
      {open.value ? <FindingSheet order={order} visit={visit} close={() => { open.value = false; }} done={() => { open.value = false; announce(say("step.saved")); }} /> : null}
    </>
  );
}

function Bar({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return <footer class="bottom"><Toast /><div class="bottom-inside">{children}</div></footer>;
}
