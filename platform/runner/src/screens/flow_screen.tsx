import { Icon } from "@mendloop/fields";
import type { JSX } from "preact";
import type { VisitRecord } from "../api/types.ts";
import { useRunner } from "../context.ts";
import { nameOf } from "../order/field_host.ts";
import type { LiveOrder } from "../order/live_order.ts";
import { go } from "../route.ts";
import { read, say } from "../words/index.ts";
import { minutes, moment } from "../words/times.ts";
import { NotCounted } from "./not_counted.tsx";
import { StepHead, titleOf } from "./step_head.tsx";

/** The course of the work: what is done, what is open, what is expected. Every finished attempt can be read again. */
export function FlowScreen({ order }: { readonly order: LiveOrder }): JSX.Element {
  const { visits, state } = order.record.value.order;
  const done = visits.filter(({ status }) => status === "completed").sort((one, other) => (one.completed_at ?? "").localeCompare(other.completed_at ?? ""));
  return (
    <>
      <StepHead order={order} />
      <main class="page" data-testid="flow">
        <NotCounted order={order} />
        <section aria-label={say("flow.current")}>
          <h2 class="section-title">{say("flow.current")}</h2>
          <ul class="steps">{Object.keys(state.active).map((visit) => <OpenStep key={visit} order={order} visit={visit} />)}</ul>
        </section>
        {order.progress.value.coming.length === 0 ? null : (
          <section aria-label={say("flow.coming")}>
            <h2 class="section-title">{say("flow.coming")}</h2>
            <ol class="steps">{order.progress.value.coming.map((node) => <Coming key={node} order={order} node={node} />)}</ol>
          </section>
        )}
        <section aria-label={say("flow.done")}>
          <h2 class="section-title">{say("flow.done")}</h2>
          {done.length === 0 ? <p class="quiet">{say("flow.none_done")}</p> : null}
          <ol class="steps">{done.map((visit) => <DoneStep key={visit.visit} order={order} visit={visit} />)}</ol>
        </section>
      </main>
    </>
  );
}

function OpenStep({ order, visit }: { readonly order: LiveOrder; readonly visit: string }): JSX.Element | null {
  const runner = useRunner();
  const open = order.record.value.order.state.active[visit];
  if (open === undefined) return null;
  return (
    <li>
      <button type="button" class="button step-row open" data-testid={`flow-${visit}`} onClick={() => { go({ screen: "order", order: order.id, visit }); }}>
        <Icon name={open.status === "running" ? "play" : open.status === "paused" ? "pause" : "forward"} />
        <span class="grow"><strong>{titleOf(order, open.node)}</strong>{open.number > 1 ? <span class="quiet"> · {say("flow.visit_number", { n: open.number })}</span> : null}</span>
        <span class="quiet">{open.by === null ? "" : nameOf(runner, order, open.by)}</span>
      </button>
    </li>
  );
}

function Coming({ order, node }: { readonly order: LiveOrder; readonly node: string }): JSX.Element {
  const step = order.plan.nodes[node];
  const standard = step?.kind === "step" ? step.standard_minutes : null;
  const role = step?.kind === "step" ? read(order.plan.roles[step.role]?.title) : "";
  return (
    <li class="step-row coming"><Icon name="dash" /><span class="grow">{titleOf(order, node)}{role === "" ? null : <span class="quiet"> · {role}</span>}</span><span class="quiet">{standard === null ? "" : minutes(standard)}</span></li>
  );
}

function DoneStep({ order, visit }: { readonly order: LiveOrder; readonly visit: VisitRecord }): JSX.Element {
  const runner = useRunner();
  return (
    <li>
      <button type="button" class="button step-row done" data-testid={`flow-${visit.visit}`} onClick={() => { go({ screen: "order", order: order.id, visit: visit.visit }); }}>
        <Icon name="check" />
        <span class="grow">
          <span>{titleOf(order, visit.node)}{visit.number > 1 ? <span class="quiet"> · {say("flow.visit_number", { n: visit.number })}</span> : null}</span>
          <span class="quiet block">{nameOf(runner, order, visit.by)} · {moment(visit.completed_at)}</span>
        </span>
        <Icon name="forward" />
      </button>
    </li>
  );
}
