import { afterEach, beforeEach, expect, test } from "vitest";
import { Ahead } from "../src/ahead.ts";
import type { Card } from "../src/api/types.ts";

const card = (id: string, revision = 1): Card => ({ id, revision }) as Card;
const was = { document: globalThis.document, requestIdleCallback: globalThis.requestIdleCallback };
const idle: (() => void)[] = [];

beforeEach(() => {
  idle.length = 0;
  Object.assign(globalThis, { document: { visibilityState: "visible" }, requestIdleCallback: (work: () => void) => idle.push(work) });
});
afterEach(() => { Object.assign(globalThis, was); });

/** Wakes it with these lists, one after the other, each time until it rests; answers what was fetched. */
async function fetched(lists: readonly (readonly Card[])[], refused: readonly string[] = []): Promise<readonly string[]> {
  const seen: string[] = [];
  const ahead = new Ahead(async ({ id, revision }) => { seen.push(`${id}@${revision}`); return await Promise.resolve(!refused.includes(id)); });
  for (const cards of lists) {
    ahead.wake(cards);
    idle.splice(0).forEach((work) => { work(); });
    await new Promise((done) => { setTimeout(done); });
  }
  return seen;
}

test("each order is fetched once, and again when it has changed", async () => {
  expect(await fetched([[card("a"), card("b")], [card("a"), card("b")], [card("a", 2), card("b")]])).toEqual(["a@1", "b@1", "a@2"]);
});

test("a refusal ends the round", async () => {
  expect(await fetched([[card("a"), card("b")]], ["a"])).toEqual(["a@1"]);
});

test("nothing is fetched for a screen that nobody sees", async () => {
  Object.assign(globalThis, { document: { visibilityState: "hidden" } });
  expect(await fetched([[card("a")]])).toEqual([]);
});

test("nothing is fetched before there is time for it", () => {
  const ahead = new Ahead(async () => await Promise.reject(new Error("too early")));
  ahead.wake([card("a")]);
  expect(idle).toHaveLength(1);
});
