import { Icon } from "@mendloop/fields";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { useRunner } from "../context.ts";
import { useOnce } from "../ui/once.ts";
import { announce } from "../ui/toast.tsx";
import { say } from "../words/index.ts";
import type { PartsDesk } from "./desk.ts";
import { judged } from "./scanned.ts";
import { lineName, RightLine, type LineProps, WrongLine } from "./scanned_line.tsx";
import type { OrderParts } from "./types.ts";

interface BasketProps {
  readonly desk: PartsDesk;
  readonly sheet: OrderParts;
}

/** Everything that was scanned and is not taken, kept until it is: what is right is taken together, what is wrong says why. */
export function Basket({ desk, sheet }: BasketProps): JSX.Element | null {
  const { order, parts } = sheet;
  const runner = useRunner();
  const taking = useOnce(async () => { await desk.take(order); if (!isLeft(desk, order)) announce(say("order_parts.taken")); return false; });
  const reachable = runner.reachable.value;
  useEffect(() => { if (reachable) void desk.check(order); }, [order, reachable]);
  if (!isLeft(desk, order)) return null;
  const lines = judged(desk.scanned.value[order] ?? [], parts);
  const count = lines.reduce((sum, { line, why }) => sum + (why.length === 0 ? line.quantity : 0), 0);
  return (
    <section class="card task" data-testid="basket" aria-label={say("order_parts.scanned")}>
      <h2 class="section-title">{say("order_parts.scanned")}</h2>
      {lines.map((each) => {
        const props: LineProps = { ...each, parts, name: lineName(each.line, parts), put: (next) => { void desk.put(order, each.line, next); } };
        const key = `${each.line.number} ${each.line.serial ?? ""}`;
        return each.why.length === 0 ? <RightLine key={key} {...props} /> : <WrongLine key={key} {...props} ask={async () => { if (await desk.askFor(order, each.line)) announce(say("order_parts.asked_for")); }} />;
      })}
      {count === 0 ? null : <button type="button" class="button primary big wide" data-testid="take-basket" disabled={taking.busy.value} onClick={() => { taking.run(); }}><Icon name="check" />{say("order_parts.take", { n: count })}</button>}
    </section>
  );
}

function isLeft(desk: PartsDesk, order: string): boolean {
  return (desk.scanned.value[order] ?? []).length > 0;
}
