import type { PlanField, StepNode } from "@mendloop/engine";
import { FieldHostProvider, fetchWidgets, widgetsHere } from "@mendloop/fields";
import { type Signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import type { VisitRecord } from "../api/types.ts";
import { useRunner } from "../context.ts";
import { fieldHost } from "../order/field_host.ts";
import { mayFail } from "../knowledge/may_fail.ts";
import type { LiveOrder } from "../order/live_order.ts";
import type { FormField } from "../order/step_form.ts";
import type { StepRecorder } from "../order/step_recorder.ts";
import { read } from "../words/index.ts";
import { CasesBelow, fetchTheRestWhenIdle, StepNotes } from "./later.ts";
import { DoneFields, FormFields } from "./step_fields.tsx";
import { StepFooter } from "./step_footer.tsx";
import { Branches, ReworkNote, StepHead, StepStatus } from "./step_head.tsx";

export interface StepProps {
  readonly order: LiveOrder;
  readonly visit: string;
}

const NONE: readonly PlanField[] = [];

/** One step a screen: what is to be done, its fields, and start, pause and finish at the thumb. */
export function StepScreen({ order, visit }: StepProps): JSX.Element | null {
  const runner = useRunner();
  const recorder: Signal<StepRecorder | null> = useSignal<StepRecorder | null>(order.stepAtOnce(visit));
  const found = order.visit(visit);
  const node = found === undefined ? undefined : order.plan.nodes[found.node];
  const host = useMemo(() => fieldHost(runner, order, visit, found?.node ?? ""), [order, visit]);
  useEffect(() => {
    void order.step(visit).then((step) => { recorder.value = step; });
    return () => { void order.flush(); };
  }, [order, visit]);
  const dressed = useWidgets(node?.kind === "step" ? node.fields : NONE);
  if (found === undefined || node?.kind !== "step") return null;
  return (
    <FieldHostProvider value={host}>
      <StepHead order={order} />
      <main class="page step" data-testid="step" data-visit={visit} data-status={statusOf(order, found)}>
        <Branches order={order} visit={visit} />
        <Title node={node} visit={found} />
        <StepStatus order={order} visit={found} node={node} />
        <ReworkNote order={order} visit={found} />
        <StepNotes order={order} visit={visit} />
        {dressed ? <Fields order={order} found={found} node={node} recorder={recorder.value} /> : null}
      </main>
      <StepFooter order={order} visit={visit} recorder={recorder.value} />
    </FieldHostProvider>
  );
}

/** True once everything is here that the fields are shown by. What other steps and screens need is fetched after that. */
function useWidgets(fields: readonly PlanField[]): boolean {
  const arrived = useSignal(widgetsHere(fields));
  useEffect(() => {
    void fetchWidgets(fields).then(() => { arrived.value = true; fetchTheRestWhenIdle(); });
  }, [fields]);
  return arrived.value;
}

function Title({ node, visit }: { readonly node: StepNode; readonly visit: VisitRecord }): JSX.Element {
  const description = read(node.description);
  return (
    <div class="step-title">
      <h2 tabIndex={-1}>{read(node.title)}{visit.number > 1 ? <span class="quiet"> #{visit.number}</span> : null}</h2>
      {description === "" ? null : <p class="field-help">{description}</p>}
    </div>
  );
}

interface FieldsProps {
  readonly order: LiveOrder;
  readonly found: VisitRecord;
  readonly node: StepNode;
  readonly recorder: StepRecorder | null;
}

function Fields({ order, found, node, recorder }: FieldsProps): JSX.Element | null {
  const { hasCases } = useRunner();
  const open = order.record.value.order.state.active[found.visit];
  if (found.status === "completed" || found.status === "withdrawn") return <DoneFields node={node} visit={found} />;
  if (recorder === null) return null;
  const working = open?.status === "running" && open.by === order.actor.person;
  const below = (shown: FormField): JSX.Element | null => (mayFail(shown.field) ? <CasesBelow key={`${shown.field.id} cases`} order={order} step={node.id} shown={shown} /> : null);
  return <FormFields recorder={recorder} working={working} {...(working && hasCases ? { below } : {})} />;
}

function statusOf(order: LiveOrder, visit: VisitRecord): string {
  return order.record.value.order.state.active[visit.visit]?.status ?? visit.status;
}
