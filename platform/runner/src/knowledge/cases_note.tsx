import { Icon } from "@mendloop/fields";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { useRunner } from "../context.ts";
import type { LiveOrder } from "../order/live_order.ts";
import { say } from "../words/index.ts";
import { askedOf } from "./asking.ts";
import { CasesSheet } from "./cases_sheet.tsx";
import { caseDeskOf } from "./desk.ts";
import { isDiagnosis } from "./diagnosing.ts";
import { namesFor } from "./names.ts";
import { PushedCase } from "./pushed_case.tsx";

/** The way to similar cases and bulletins; where somebody looks for the fault, the nearest itself. Nothing where there are none. */
export function CasesNote({ order, visit }: { readonly order: LiveOrder; readonly visit: string }): JSX.Element | null {
  const desk = caseDeskOf(useRunner());
  const open = useSignal(false);
  useEffect(() => { void desk.wake(); }, []);
  const record = order.record.value.order;
  const node = order.plan.nodes[order.visit(visit)?.node ?? ""];
  const found = desk.ranked(askedOf(record, order.plan));
  if (node?.kind !== "step" || found.length === 0) return null;
  const shown = { desk, order: order.id, product: record.facts.product, place: node.id, names: namesFor(desk, order.plan) };
  if (isDiagnosis(node) && record.state.active[visit] !== undefined) return <PushedCase {...shown} found={found} />;
  return (
    <>
      <button type="button" class="button step-row" data-testid="to-cases" onClick={() => { open.value = true; }}>
        <Icon name="idea" />
        <span class="grow"><strong>{say("cases.similar_and_bulletins")}</strong></span>
        <span class="number" data-testid="cases-count">{found.length}</span><Icon name="forward" />
      </button>
      {open.value ? <CasesSheet {...shown} found={found} open={null} close={() => { open.value = false; }} /> : null}
    </>
  );
}
