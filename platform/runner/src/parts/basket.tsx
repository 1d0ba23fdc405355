import { Icon } from "@mendloop/fields";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { useRunner } from "../context.ts";
import { useOnce } from "../ui/once.ts";
import { announce } from "../ui/toast.tsx";
import { say } from "../words/index.ts";
import type { PartsDesk } from "./desk.ts";
import { stillNear } from "./pieces.ts";
import { type Judged, judged, waysOf } from "./scanned.ts";
import { lineName, RightLine, type LineProps, WrongLine } from "./scanned_line.tsx";
import type { OrderParts } from "./types.ts";

interface BasketProps {
  readonly desk: PartsDesk;
  readonly sheet: OrderParts;
}

/** Everything that was scanned and is not taken, kept until it is: what is right is taken together; what is wrong is below, and says why. */
export function Basket({ desk, sheet }: BasketProps): JSX.Element | null {
  const { order, parts, pieces = [] } = sheet;
  const runner = useRunner();
  const taking = useOnce(async () => { await desk.take(order); if (!isLeft(desk, order)) announce(say("order_parts.taken")); return false; });
  const reachable = runner.reachable.value;
  useEffect(() => { if (reachable) void desk.check(order); }, [order, reachable]);
  if (!isLeft(desk, order)) return null;
  const list = desk.scanned.value[order] ?? [];
  const lines = judged(list, parts, pieces);
  const right = lines.filter(({ why }) => why.length === 0);
  const count = right.reduce((sum, { line }) => sum + line.quantity, 0);
  const propsOf = (each: Judged): LineProps => ({ ...each, parts, name: lineName(each.line, parts), put: (next) => { void desk.put(order, each.line, next); } });
  const askFor = async ({ line }: Judged): Promise<void> => { if (await desk.askFor(order, line)) announce(say("order_parts.asked_for")); };
  return (
    <section class="card task" data-testid="basket" aria-label={say("order_parts.scanned")}>
      <h2 class="section-title">{say("order_parts.scanned")}</h2>
      {right.map((each) => <RightLine key={keyOf(each)} {...propsOf(each)} />)}
      {count === 0 ? null : <button type="button" class="button primary big wide" data-testid="take-basket" disabled={taking.busy.value} onClick={() => { taking.run(); }}><Icon name="check" />{say("order_parts.take", { n: count })}</button>}
      {lines.filter(({ why }) => why.length > 0).map((each) => <WrongLine key={keyOf(each)} {...propsOf(each)} waits={lines.filter((other) => waysOf(other).serial).map((other) => other.line)} nameBy={(waits) => { void desk.nameBy(order, each.line, waits); }} near={stillNear(each.line.number, list, pieces)} choose={(serial) => { void desk.name(order, each.line, serial); }} ask={async () => { await askFor(each); }} />)}
    </section>
  );
}

function keyOf({ line: { number, serial } }: Judged): string {
  return `${number} ${serial ?? ""}`;
}

function isLeft(desk: PartsDesk, order: string): boolean {
  return (desk.scanned.value[order] ?? []).length > 0;
}
