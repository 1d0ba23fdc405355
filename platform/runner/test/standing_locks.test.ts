import { initialState, type Lock } from "@mendloop/engine";
import { expect, test } from "vitest";
import { visitToShow } from "../src/order/choose.ts";
import { awaitsLockOf, othersWhoAloneCan } from "../src/order/standing_locks.ts";
import { edge, field, plan, step } from "./plan.ts";

const lock: Lock = { by: "bo", visit: "isolate#1", at: "2026-11-22T08:00:00.000Z", photo: null, confirmed_by: null };
const release = step("release", [field("off", "safety_gate", { removes: "isolate.power" })], [edge("end")]);
const course = plan("release", [release]);
const state = { ...initialState(), locks: { "isolate.power.plug": lock } };

test("a step that takes off a gate waits for whoever set its locks, and for nobody else", () => {
  expect(awaitsLockOf(course, state, "release", "bo")).toBe(true);
  expect(awaitsLockOf(course, state, "release", "ada")).toBe(false);
  expect(awaitsLockOf(course, { ...state, locks: { "isolate.powerful.plug": lock } }, "release", "bo")).toBe(false);
});

test("a step that only takes locks off is for whoever set one, and for nobody else", () => {
  expect(othersWhoAloneCan(course, state, "release", "ada")).toEqual(["bo"]);
  expect(othersWhoAloneCan(course, state, "release", "bo")).toEqual([]);
  expect(othersWhoAloneCan(course, { ...state, locks: {} }, "release", "ada")).toEqual([]);
  const both = { ...state, locks: { ...state.locks, "isolate.power.valve": { ...lock, by: "ada" } } };
  expect(othersWhoAloneCan(course, both, "release", "ada")).toEqual([]);
});

test("where there is something else to do in the step others may begin it", () => {
  const off = field("off", "safety_gate", { removes: "isolate.power" });
  const told = plan("release", [step("release", [field("how", "instruction"), off], [edge("end")])]);
  const asked = plan("release", [step("release", [off, field("tidy", "checklist")], [edge("end")])]);
  expect(othersWhoAloneCan(told, state, "release", "ada")).toEqual(["bo"]);
  expect(othersWhoAloneCan(asked, state, "release", "ada")).toEqual([]);
});

test("who opens an order that waits for his lock is shown the paused step that takes it off", () => {
  const visit = { node: "release", number: 1, status: "paused", by: "ada", since: "2026-11-22T09:00:00.000Z" };
  const active = { "other#1": { ...visit, node: "other", status: "ready", by: null }, "release#1": visit } as unknown as typeof state.active;
  expect(visitToShow(course, { ...state, active }, { person: "bo", work_roles: [] })).toBe("release#1");
});
