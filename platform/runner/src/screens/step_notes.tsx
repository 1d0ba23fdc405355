import type { JSX } from "preact";
import { useRunner } from "../context.ts";
import type { LiveOrder } from "../order/live_order.ts";
import { CasesNote, PartsNote } from "./later.ts";
import { ConfirmGates } from "./confirm_gates.tsx";
import { Family } from "./family.tsx";
import { LocksOfOthers } from "./locks_of_others.tsx";
import { NotCounted } from "./not_counted.tsx";

/** What few steps have to say before their fields: work of ours that did not count, locks of others, locks to be confirmed, other orders. */
export function StepNotes({ order, visit }: { readonly order: LiveOrder; readonly visit: string }): JSX.Element {
  const runner = useRunner();
  return (
    <>
      <NotCounted order={order} visit={visit} />
      <LocksOfOthers order={order} visit={visit} />
      <ConfirmGates order={order} />
      {runner.hasParts ? <PartsNote order={order} /> : null}
      {runner.hasCases ? <CasesNote order={order} visit={visit} /> : null}
      <Family order={order} />
    </>
  );
}
