import { Icon } from "@mendloop/fields";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { useRunner } from "../context.ts";
import type { LiveOrder } from "../order/live_order.ts";
import { read, say } from "../words/index.ts";
import { askedOf } from "./asking.ts";
import { CasesSheet } from "./cases_sheet.tsx";
import { caseDeskOf } from "./desk.ts";
import { isDiagnosis } from "./diagnosing.ts";
import { namesFor } from "./names.ts";

/** The way to similar cases and bulletins; where the fault is looked for, the nearest of them are named. Nothing where there are none. */
export function CasesNote({ order, visit }: { readonly order: LiveOrder; readonly visit: string }): JSX.Element | null {
  const desk = caseDeskOf(useRunner());
  const open = useSignal<string | null>(null);
  useEffect(() => { void desk.wake(); }, []);
  const record = order.record.value.order;
  const node = order.plan.nodes[order.visit(visit)?.node ?? ""];
  const found = desk.ranked(askedOf(record, order.plan));
  if (node?.kind !== "step" || found.length === 0) return null;
  const shown = { desk, order: order.id, product: record.facts.product, place: node.id, names: namesFor(desk, order.plan) };
  const nearest = isDiagnosis(node) ? found.slice(0, 2).map(({ case: { title } }) => read(title)) : [];
  return (
    <>
      <button type="button" class="button step-row" data-testid="to-cases" onClick={() => { open.value = ""; }}>
        <Icon name="idea" />
        <span class="grow"><strong>{say("cases.similar_and_bulletins")}</strong>{nearest.map((title) => <span key={title} class="quiet block">{title}</span>)}</span>
        <span class="number" data-testid="cases-count">{found.length}</span><Icon name="forward" />
      </button>
      {open.value === null ? null : <CasesSheet {...shown} found={found} open={null} close={() => { open.value = null; }} />}
    </>
  );
}
