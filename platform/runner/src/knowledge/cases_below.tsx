import { useComputed, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { useRunner } from "../context.ts";
import type { LiveOrder } from "../order/live_order.ts";
import type { FormField } from "../order/step_form.ts";
import { askedAt } from "./asking.ts";
import { caseDeskOf } from "./desk.ts";
import { failedChecks } from "./failed.ts";
import { namesFor } from "./names.ts";
import { PushedCase } from "./pushed_case.tsx";

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

function Nearest({ order, place }: { readonly order: LiveOrder; readonly place: string }): JSX.Element {
  const desk = caseDeskOf(useRunner());
  useEffect(() => { void desk.wake(); }, []);
  const record = order.record.value.order;
  const found = desk.ranked(askedAt(record, order.plan, place));
  return <PushedCase desk={desk} order={order.id} product={record.facts.product} place={place} names={namesFor(desk, order.plan)} found={found} />;
}
