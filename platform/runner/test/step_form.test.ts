import { initialState } from "@mendloop/engine";
import { effect } from "@preact/signals";
import { expect, test } from "vitest";
import { StepForm } from "../src/order/step_form.ts";
import { VisitHistory } from "../src/order/visit_history.ts";
import { edge, field, plan, step, words } from "./plan.ts";

const node = step("measure", [
  field("read", "instruction", { text: words("read"), safety: [], confirm: true }),
  field("serial", "text", { max_length: 5 }, true),
  field("note", "text", { max_length: 200 }),
], [edge("done")]);
const whole = plan("measure", [node, { id: "done", kind: "end", outcome: "repaired", title: words("done") }]);
const world = { plan: whole, state: { ...initialState(), status: "open" as const }, history: new VisitHistory([]) };
const form = (answers = {}): StepForm => new StepForm(node, world, answers, {}, () => "2026-11-22T09:00:00.000Z");

test("nothing after a safety note is shown before the note is confirmed", () => {
  const made = form();
  expect(made.shown.value).toBe(1);
  made.change("read", true);
  expect(made.shown.value).toBeGreaterThanOrEqual(3);
});

test("what a field lacks is known at once, and gone once it is there", () => {
  const made = form({ read: true });
  expect(made.problems.value.map(({ field: { id } }) => id)).toEqual(["serial"]);
  made.change("serial", "SN-1");
  expect(made.problems.value).toEqual([]);
});

test("typing in one field leaves the others as they are", () => {
  const made = form({ read: true });
  let drawn = 0;
  effect(() => { drawn += made.fields[2]?.view.value.visible === true ? 1 : 0; });
  made.change("serial", "SN-1");
  expect(drawn).toBe(1);
});

test("what somebody else recorded is taken over, what is being typed here is not touched", () => {
  const made = form({ read: true });
  made.change("serial", "mine");
  made.adopt(world, { read: true, serial: "hers", note: "from her" });
  expect(made.answers()).toEqual({ read: true, serial: "mine", note: "from her" });
});

test("a recorded answer is no longer waiting, unless it was changed meanwhile", () => {
  const made = form({ read: true });
  made.change("serial", "SN-1");
  made.settle({ serial: "SN" });
  expect(made.unrecorded()).toEqual({ serial: "SN-1" });
  made.settle({ serial: "SN-1" });
  expect(made.unrecorded()).toEqual({});
});

test("what stands in the way comes in the order of the fields, whichever was changed last", () => {
  const strict = step("strict", ["a", "b", "c"].map((id) => field(id, "text", { max_length: 5 }, true)), [edge("done")]);
  const both = { ...world, plan: plan("strict", [strict, { id: "done", kind: "end", outcome: "repaired", title: words("done") }]) };
  const made = new StepForm(strict, both, { a: "1", b: "2" }, {}, () => "2026-11-22T09:00:00.000Z");
  made.change("b", null);
  made.change("a", "far too long");
  expect(made.problems.value.map(({ field: { id } }) => id)).toEqual(["a", "b", "c"]);
  expect(made.fields.flatMap(({ view }) => view.value.problems)).toEqual(made.problems.value.map(({ problem }) => problem));
});

test("what is typed elsewhere neither draws nor judges a field again", () => {
  const made = form({ read: true });
  const before = made.fields.map(({ view }) => view.value);
  const problems = made.problems.value;
  made.change("note", "seal leaks");
  expect(made.fields.map(({ view }, place) => view.value === before[place])).toEqual([true, true, false]);
  expect(made.problems.value).toBe(problems);
});

test("a proposed answer that is taken back is proposed again", () => {
  const proposal = { source: "\"ok\"", tree: ["string", "ok"] as const, reads: [] };
  const proposing = step("proposing", [{ ...field("verdict", "text", { max_length: 9 }), cel: "string", default: proposal }], [edge("done")]);
  const both = { ...world, plan: plan("proposing", [proposing, { id: "done", kind: "end", outcome: "repaired", title: words("done") }]) };
  const made = new StepForm(proposing, both, {}, {}, () => "2026-11-22T09:00:00.000Z");
  expect(made.answers()).toEqual({ verdict: "ok" });
  made.change("verdict", null);
  expect(made.answers()).toEqual({ verdict: "ok" });
  made.change("verdict", "worn");
  expect(made.answers()).toEqual({ verdict: "worn" });
});
