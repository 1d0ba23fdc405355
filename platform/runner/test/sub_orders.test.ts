import type { Event } from "@mendloop/engine";
import { describe, expect, it } from "vitest";
import type { SubOrder } from "../src/api/types.ts";
import { ownBelow } from "../src/order/own_below.ts";
import { unfinished } from "../src/order/sub_orders.ts";

const ended = [{ type: "OrderEnded" }] as unknown as readonly Event[];
const below = (id: string, status: string): SubOrder => ({ id, number: `W-${id}`, title: {}, status, asset: "", assigned_to: null });
const knows = (known: Readonly<Record<string, string>>) => ({
  get: async (id: string) => await Promise.resolve(known[id] === undefined ? undefined : { order: { status: known[id] } }),
});

describe("an order that would end", () => {
  it("is told which of its sub-orders are open", async () => {
    const order = { sub_orders: [below("1", "open"), below("2", "ended"), below("3", "open")] };
    expect(await unfinished(order, ended, knows({}))).toMatchObject([{ code: "order.sub_orders_open", params: { numbers: ["W-1", "W-3"] } }]);
  });

  it("counts what was finished on this phone although nobody else knows yet", async () => {
    expect(await unfinished({ sub_orders: [below("1", "open")] }, ended, knows({ 1: "ended" }))).toEqual([]);
    expect(await unfinished({ sub_orders: [below("1", "ended")] }, ended, knows({ 1: "open" }))).toEqual([]);
  });

  it("and one that goes on, or stands by itself, is told nothing", async () => {
    expect(await unfinished({ sub_orders: [below("1", "open")] }, [], knows({}))).toEqual([]);
    expect(await unfinished({}, ended, knows({}))).toEqual([]);
  });
});

describe("the refusal of its end", () => {
  const open = [{ code: "order.sub_orders_open", params: { numbers: ["W-1", "W-2", "W-3"] } }];
  const orders = [{ ...below("1", "open"), assigned_to: "ada" }, { ...below("2", "open"), assigned_to: "bo" }, below("3", "open"), { ...below("4", "ended"), assigned_to: "ada" }];

  it("leads to those that are this person's, and to no other", () => {
    expect(ownBelow(open, orders, "ada", [{ id: "3" }]).map(({ number }) => number)).toEqual(["W-1", "W-3"]);
    expect(ownBelow(open, orders, "cy", [])).toEqual([]);
  });

  it("leads nowhere where something else stands in the way", () => {
    expect(ownBelow([{ code: "parts.unsettled", params: { numbers: ["W-1"] } }], orders, "ada", [])).toEqual([]);
  });
});
