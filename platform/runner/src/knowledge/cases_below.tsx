import { Icon } from "@mendloop/fields";
import { useComputed, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { useRunner } from "../context.ts";
import type { LiveOrder } from "../order/live_order.ts";
import type { FormField } from "../order/step_form.ts";
import { say } from "../words/index.ts";
import { askedAt } from "./asking.ts";
import { CaseInShort } from "./case_card.tsx";
import { CasesSheet } from "./cases_sheet.tsx";
import { caseDeskOf } from "./desk.ts";
import { failedChecks } from "./failed.ts";
import { namesFor } from "./names.ts";
import { useOrderOfFirst } from "./use_first_order.ts";

export interface BelowProps {
  readonly order: LiveOrder;
  readonly step: string;
  readonly shown: FormField;
}

/** Who is still typing "12" is told nothing of "1". */
const SETTLED_MS = 400;

/** The nearest solved case below a check that is not as it should be, as soon as it is answered; with or without a network. */
export function CasesBelow({ order, step, shown: { field, answer, view } }: BelowProps): JSX.Element | null {
  const failed = useComputed(() => (view.value.visible ? failedChecks(step, field, answer.value).join(" ") : ""));
  const settled = useSignal("");
  const now = failed.value;
  useEffect(() => {
    const timer = setTimeout(() => { settled.value = now; }, now === "" ? 0 : SETTLED_MS);
    return () => { clearTimeout(timer); };
  }, [now]);
  const places = settled.value === "" ? [] : settled.value.split(" ");
  const latest = places.at(-1);
  return latest === undefined ? null : <Nearest key={latest} order={order} place={latest} />;
}

function Nearest({ order, place }: { readonly order: LiveOrder; readonly place: string }): JSX.Element | null {
  const desk = caseDeskOf(useRunner());
  const open = useSignal(false);
  useEffect(() => { void desk.wake(); }, []);
  const record = order.record.value.order;
  const found = useOrderOfFirst(desk.ranked(askedAt(record, order.plan, place)));
  const [best] = found;
  if (best === undefined) return null;
  const shown = { desk, order: order.id, product: record.facts.product, place, names: namesFor(desk, order.plan) };
  return (
    <section class="case-below" data-testid="case-below" data-place={place} role="status" aria-label={say("cases.similar")}>
      <CaseInShort {...shown} found={best}>
        <button type="button" class="button wide" data-testid="open-cases" onClick={() => { open.value = true; }}>
          <Icon name="list" />{found.length > 1 ? say("cases.open_all", { n: found.length }) : say("cases.open")}
        </button>
      </CaseInShort>
      {open.value ? <CasesSheet {...shown} found={found} open={best.case.id} close={() => { open.value = false; }} /> : null}
    </section>
  );
}
