import type { Problem } from "@mendloop/engine";
import type { Card, SubOrder } from "../api/types.ts";

/** Sub-orders that are not finished stand in the way of an order's end. */
const OPEN = "order.sub_orders_open";

/** Those of the sub-orders that these problems name which are this person's: assigned to them, or on their list. To others no way leads from here. */
export function ownBelow(problems: readonly Pick<Problem, "code" | "params">[], below: readonly SubOrder[], person: string, cards: readonly Pick<Card, "id">[]): readonly SubOrder[] {
  const named = problems.filter(({ code }) => code === OPEN).flatMap(({ params: { numbers } }) => (Array.isArray(numbers) ? numbers : []) as readonly string[]);
  return below.filter(({ id, number, assigned_to: by }) => named.includes(number) && (by === person || cards.some((card) => card.id === id)));
}
