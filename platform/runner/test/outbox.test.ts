import "fake-indexeddb/auto";
import type { Plan } from "@mendloop/engine";
import { decide } from "@mendloop/engine";
import { beforeEach, expect, test } from "vitest";
import { type Act, act, type Actor, readDraft } from "../src/order/act.ts";
import { findingsAfter, VisitHistory, visitsAfter } from "../src/order/visit_history.ts";
import { type OutboxEntry, Store } from "../src/store/database.ts";
import { beginIncarnation, markSending, offerAgain, settle, waiting } from "../src/store/outbox.ts";
import { edge, facts, field, newOrder, plan, step, words } from "./plan.ts";

const ada: Actor = { person: "ada", work_roles: ["engineer"] };
const shop: Plan = plan("measure", [
  step("measure", [field("serial", "text", { max_length: 5 }), field("note", "text", { max_length: 200 })], [edge("done")]),
  { id: "done", kind: "end", outcome: "repaired", title: words("done") },
]);
let store: Store;
let people = 0;

beforeEach(async () => {
  store = new Store(`ada${(people += 1)}`);
  const opened = decide(shop, newOrder().state, { type: "OpenOrder", by: "lin", roles: [], at: facts.created, order: facts }, new VisitHistory([]));
  if (!opened.accepted) throw new Error("not opened");
  const order = { ...newOrder(), state: opened.state, visits: opened.events.reduce(visitsAfter, []), findings: opened.events.reduce(findingsAfter, []) };
  await store.use(async (database) => { await database.put("orders", { id: "o1", order, etag: null }); });
  await done({ type: "StartStep", payload: { visit: "measure#1" } });
});

async function done(wanted: Act): Promise<void> {
  const answer = await act(store, shop, ada, "o1", wanted);
  expect(answer).toMatchObject({ ok: true });
}

const record = (answers: Record<string, string>): Act => ({
  type: "RecordAnswers", payload: { visit: "measure#1", answers }, draft: { visit: "measure#1", answers, reasons: {} },
});
const answerTo = (entry: OutboxEntry | undefined, status: "applied" | "rejected" | "held") => ({
  epoch: "e", high_water: 1, answers: [{ id: entry?.id ?? "", status, revision: 3, problems: status === "applied" ? [] : [{ code: "x", at: "", element: "", params: {} }] }],
});

test("an act is in the order and in the outbox, numbered without gaps", async () => {
  await done(record({ serial: "SN-1" }));
  await done({ type: "PauseStep", payload: { visit: "measure#1", reason: "meal" } });
  expect((await waiting(store)).map(({ type, sequence, base_revision }) => [type, sequence, base_revision])).toEqual([["StartStep", 1, 2], ["RecordAnswers", 2, 3], ["PauseStep", 3, 4]]);
});

test("a refused act leaves no trace in the outbox, but what was typed is kept", async () => {
  const answer = await act(store, shop, ada, "o1", record({ serial: "far too long" }));
  expect(answer.ok).toBe(false);
  expect(await waiting(store)).toHaveLength(1);
  expect((await readDraft(store, "o1", "measure#1"))?.answers).toEqual({ serial: "far too long" });
});

test("typing makes one command, not one for each key", async () => {
  await done(record({ serial: "S" }));
  await done(record({ serial: "SN" }));
  await done(record({ note: "dry" }));
  const [, last, ...more] = await waiting(store);
  expect(more).toEqual([]);
  expect(last?.payload["answers"]).toEqual({ serial: "SN", note: "dry" });
  const order = await store.use(async (database) => await database.get("orders", "o1"));
  expect(order?.order.state.sequence).toBe(4);
});

test("what was sent once is never changed: the next answers are a command of their own", async () => {
  await done(record({ serial: "S" }));
  const [, first] = await waiting(store);
  await markSending(store, [first?.id ?? ""]);
  await done(record({ serial: "SN" }));
  expect((await waiting(store)).map(({ payload }) => payload["answers"])).toEqual([undefined, { serial: "S" }, { serial: "SN" }]);
});

test("only an answer that names it takes a command out of the outbox", async () => {
  const [start] = await waiting(store);
  await settle(store, { epoch: "e", high_water: 9, answers: [] }, "2026-11-22T09:00:00.000Z");
  expect(await waiting(store)).toHaveLength(1);
  await settle(store, answerTo(start, "held"), "2026-11-22T09:00:00.000Z");
  expect(await waiting(store)).toHaveLength(1);
  await settle(store, answerTo(start, "applied"), "2026-11-22T09:00:00.000Z");
  expect(await waiting(store)).toEqual([]);
});

test("a refused command is kept where it can be looked at", async () => {
  const [start] = await waiting(store);
  await settle(store, answerTo(start, "rejected"), "2026-11-22T09:00:00.000Z");
  const kept = await store.use(async (database) => await database.get("outbox", start?.id ?? ""));
  expect(kept).toMatchObject({ status: "parked", problems: [{ code: "x" }] });
});

test("a restored server is offered again what it once acknowledged", async () => {
  const [start] = await waiting(store);
  await settle(store, answerTo(start, "applied"), "2026-11-22T09:00:00.000Z");
  await offerAgain(store);
  expect((await waiting(store)).map(({ id }) => id)).toEqual([start?.id]);
});

test("a copied device goes on under a new incarnation, numbered from one", async () => {
  await done({ type: "PauseStep", payload: { visit: "measure#1", reason: "meal" } });
  const before = await store.meta("device");
  const [start] = await waiting(store);
  await settle(store, answerTo(start, "applied"), "2026-11-22T09:00:00.000Z");
  await beginIncarnation(store);
  const after = await store.meta("device");
  expect((await waiting(store)).map(({ sequence }) => sequence)).toEqual([1]);
  expect(after).toMatchObject({ id: before?.id, next_sequence: 2 });
  expect(after?.incarnation).not.toBe(before?.incarnation);
});
