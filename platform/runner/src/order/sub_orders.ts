import type { Event, Problem } from "@mendloop/engine";
import type { FullOrder } from "../api/types.ts";

interface OwnOrders {
  get: (id: string) => Promise<{ readonly order: Pick<FullOrder, "status"> } | undefined>;
}

/** What stands against the end of an order by these events: sub-orders that neither the server nor this phone knows to be closed. */
export async function unfinished({ sub_orders: below = [] }: Pick<FullOrder, "sub_orders">, events: readonly Event[], own: OwnOrders): Promise<readonly Problem[]> {
  if (!events.some(({ type }) => type === "OrderEnded")) return [];
  const numbers: string[] = [];
  for (const { id, number, status } of below) {
    if (status === "open" && ((await own.get(id))?.order.status ?? status) === "open") numbers.push(number);
  }
  return numbers.length === 0 ? [] : [{ code: "order.sub_orders_open", at: "", element: "", params: { numbers } }];
}
