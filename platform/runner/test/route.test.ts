import { expect, test } from "vitest";
import { parseRoute, pathOf, type Route } from "../src/route.ts";

const routes: readonly Route[] = [
  { screen: "orders" }, { screen: "outbox" }, { screen: "flow", order: "o1" }, { screen: "summary", order: "o1" },
  { screen: "order", order: "o1", visit: null }, { screen: "order", order: "o1", visit: "measure#2" },
];

test.each(routes)("the address of $screen leads back to it", (route) => {
  expect(parseRoute(pathOf(route))).toEqual(route);
});

test("an unknown address shows the orders", () => {
  expect(parseRoute("/go/nowhere")).toEqual({ screen: "orders" });
});
