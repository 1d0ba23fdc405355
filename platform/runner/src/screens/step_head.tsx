import type { OpenVisit, StepNode } from "@mendloop/engine";
import { Icon } from "@mendloop/fields";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { VisitRecord } from "../api/types.ts";
import { useRunner } from "../context.ts";
import { mayWork } from "../order/choose.ts";
import { nameOf } from "../order/field_host.ts";
import type { LiveOrder } from "../order/live_order.ts";
import { reasonOfRework } from "../order/rework_reason.ts";
import { awaitsLockOf } from "../order/standing_locks.ts";
import { go } from "../route.ts";
import { TopBar } from "../ui/top_bar.tsx";
import { read, say } from "../words/index.ts";
import { minutes, moment } from "../words/times.ts";
import { DoneFields } from "./step_fields.tsx";

/** The order's number, how far it is, and what is left in minutes. */
export function StepHead({ order }: { readonly order: LiveOrder }): JSX.Element {
  const { step, of, minutesLeft } = order.progress.value;
  const { number, product } = order.record.value.order;
  return (
    <TopBar title={read(product.name)} below={number} back={{ screen: "orders" }}>
      <div class="top-progress">
        <button type="button" class="button plain progress-button" data-testid="open-flow" onClick={() => { go({ screen: "flow", order: order.id }); }}>
          <Icon name="list" />
          <span class="grow" data-testid="progress">{say("step.of", { n: step, of })}{minutesLeft === null ? "" : ` · ${say("time.left", { time: minutes(minutesLeft) })}`}</span>
          <Icon name="forward" />
        </button>
        <progress value={Math.max(0, step - 1)} max={Math.max(1, of)} aria-label={say("step.of", { n: step, of })} />
      </div>
    </TopBar>
  );
}

/** Steps that are open side by side; one tap goes from one to the other. */
export function Branches({ order, visit }: { readonly order: LiveOrder; readonly visit: string }): JSX.Element | null {
  const active = Object.entries(order.record.value.order.state.active);
  if (active.length < 2) return null;
  return (
    <nav class="branches" aria-label={say("step.other_open")}>
      {active.map(([id, open]) => (
        <button key={id} type="button" class="button branch" aria-current={id === visit ? "step" : undefined} data-testid={`branch-${open.node}`}
          onClick={() => { go({ screen: "order", order: order.id, visit: id }, { replace: true }); }}>
          <Icon name={open.status === "running" ? "play" : open.status === "paused" ? "pause" : "branch"} />
          <span>{titleOf(order, open.node)}</span>
        </button>
      ))}
    </nav>
  );
}

export function titleOf(order: LiveOrder, node: string): string {
  const found = order.plan.nodes[node];
  return found?.kind === "step" || found?.kind === "end" ? read(found.title) || node : node;
}

interface StatusProps {
  readonly order: LiveOrder;
  readonly visit: VisitRecord;
  readonly node: StepNode;
}

/** Whose turn it is, since when; for a step of another role, who is awaited. */
export function StepStatus({ order, visit, node }: StatusProps): JSX.Element {
  const runner = useRunner();
  const open = order.record.value.order.state.active[visit.visit];
  const standard = node.standard_minutes === null ? "" : say("step.standard", { time: minutes(node.standard_minutes) });
  if (open === undefined) return <p class="quiet">{say("step.read_only", { name: nameOf(runner, order, visit.by), at: moment(visit.completed_at) })}</p>;
  const mine = open.by === order.actor.person;
  return (
    <div class="status-line" data-testid="status">
      {open.status === "running" && mine ? <span class="chip ok"><Icon name="play" />{say("step.running_since", { at: moment(visit.started_at ?? open.since) })}</span> : null}
      {open.status === "paused" ? <span class="chip warn"><Icon name="pause" />{mine ? say("step.paused") : say("step.paused_other", { name: nameOf(runner, order, open.by) })}</span> : null}
      {open.status === "running" && !mine ? <span class="chip"><Icon name="person" />{say("step.running_other", { name: nameOf(runner, order, open.by) })}</span> : null}
      {standard === "" ? null : <span class="chip"><Icon name="clock" />{standard}</span>}
      <AwaitsRole order={order} open={open} node={node} />
      <AwaitsMyLock order={order} open={open} />
    </div>
  );
}

/** A colleague's step that cannot end before my lock is off. */
function AwaitsMyLock({ order, open }: Pick<StatusProps, "order"> & { readonly open: OpenVisit }): JSX.Element | null {
  const runner = useRunner();
  const me = order.actor.person;
  if (open.by === me || open.status === "ready" || !awaitsLockOf(order.plan, order.record.value.order.state, open.node, me)) return null;
  const text = open.status === "paused" ? say("lock.awaited_paused") : say("lock.awaited_running", { name: nameOf(runner, order, open.by) });
  return <div class="note warn" role="status" data-testid="awaits-my-lock"><Icon name="lock" /><div><p><strong>{text}</strong></p></div></div>;
}

function AwaitsRole({ order, open, node }: { readonly order: LiveOrder; readonly open: OpenVisit; readonly node: StepNode }): JSX.Element | null {
  if (open.status !== "ready" || mayWork(order.plan, node.id, order.actor)) return null;
  const role = read(order.plan.roles[node.role]?.title) || node.role;
  return <div class="note" data-testid="awaits-role"><Icon name="person" /><div><p><strong>{say("step.awaits_role", { role })}</strong></p><p>{say("step.awaits_role_hint")}</p></div></div>;
}

/** Why a step has come back, and what was answered the time before. */
export function ReworkNote({ order, visit }: { readonly order: LiveOrder; readonly visit: VisitRecord }): JSX.Element | null {
  const shown = useSignal(false);
  if (visit.rework === null) return null;
  const node = order.plan.nodes[visit.node];
  const before = order.record.value.order.visits.filter((each) => each.node === visit.node && each.number < visit.number && each.status === "completed").at(-1);
  return (
    <section class="rework" data-testid="rework">
      <div class="note danger">
        <Icon name="again" />
        <div>
          <p><strong>{say("rework.title")}</strong> · {say("rework.from", { step: titleOf(order, nodeOfVisit(visit.rework.from)) })}</p>
          <p data-testid="rework-reason">{read(reasonOfRework(order.plan, visit.rework)) || say("rework.no_reason")}</p>
        </div>
      </div>
      {before === undefined || node?.kind !== "step" ? null : (
        <>
          <button type="button" class="button wide" aria-expanded={shown.value} data-testid="earlier-answers" onClick={() => { shown.value = !shown.value; }}><Icon name={shown.value ? "down" : "forward"} />{say("rework.earlier")}</button>
          {shown.value ? <DoneFields node={node} visit={before} prefix="r" /> : null}
        </>
      )}
    </section>
  );
}

export function nodeOfVisit(visit: string): string {
  const hash = visit.lastIndexOf("#");
  return hash < 0 ? visit : visit.slice(0, hash);
}
