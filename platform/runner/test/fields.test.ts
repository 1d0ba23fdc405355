import { expect, test } from "vitest";
import { judge, limitsOf } from "@mendloop/fields/widgets/reading_limits.ts";
import { momentOf, localText } from "@mendloop/fields/widgets/datetime.tsx";
import { fits } from "@mendloop/fields/parts/glob.ts";
import { withLabels } from "@mendloop/fields/labels.ts";
import { shownValue } from "@mendloop/fields/shown_value.ts";
import { signal } from "@preact/signals";
import { byUrgency, isOfOthers } from "../src/order/urgency.ts";
import { fitted } from "@mendloop/fields/picture_size.ts";
import { LONGEST } from "../src/photos/resize.ts";
import { photosIn } from "../src/order/act.ts";
import { field, newOrder, words } from "./plan.ts";

const runout = limitsOf({ tolerance: [0, 0.05], soft_limit: 0.08, hard_limit: [0, 5] });

test.each([[0.05, "in", false], [0.06, "out", false], [0.09, "out", true], [6, "impossible", false]] as const)("a runout of %d mm is %s", (value, state, soft) => {
  expect(judge(runout, value)).toEqual({ state, soft });
});

test("a local time comes back as it was entered", () => {
  expect(localText(momentOf("2026-11-22T09:30"))).toBe("2026-11-22T09:30");
  expect(momentOf("")).toBeNull();
});

test.each([["P-1*", "P-12", true], ["P-1*", "P-2", false], ["*", "X", true], ["P-1", "P-12", false], ["P*1", "P-11", true], ["P*", "P", true]])("the fault code %s fits %s: %s", (glob, code, expected) => {
  expect(fits(glob, code)).toBe(expected);
});

test("a problem names a shot as people do", () => {
  const album = field("before", "photo", { shots: [{ id: "plate", label: words("Name plate") }] });
  const problem = { code: "photo.shot_missing", at: "", element: "", params: { shot: "plate", limit: 1 } };
  expect(withLabels(problem, album, (label) => label["en"] ?? "").params).toEqual({ shot: "Name plate", limit: 1 });
});

test("what I am at comes first, then what is urgent", () => {
  const card = (number: string, change: object): ReturnType<typeof newOrder> => ({ ...newOrder(), number, ...change });
  const at = [{ by: "ada", status: "running" }];
  const cards = [card("1", {}), card("2", { priority: "urgent" }), card("3", { active: at }), card("4", { mine: false, assigned_to: "bo", priority: "urgent" })];
  expect(byUrgency(cards, { person_id: "ada", work_roles: [] }, 0).map(({ number }) => number)).toEqual(["3", "2", "1", "4"]);
});

test("what waits for my skill comes before what is mine and waits for others; the work of others is not mine to open first", () => {
  const card = (number: string, change: object): ReturnType<typeof newOrder> => ({ ...newOrder(), number, mine: false, assigned_to: "ada", progress: { done: 3, of: 9 }, ...change });
  const paused = card("1", { priority: "urgent", active: [{ by: "ada", status: "paused", role: "engineer" }] });
  const inspection = card("2", { active: [{ by: null, status: "ready", role: "inspector" }] });
  const mine = card("3", { mine: true, assigned_to: "ivy", active: [{ by: null, status: "ready", role: "engineer" }] });
  const ivy = { person_id: "ivy", work_roles: ["inspector"] };
  expect(byUrgency([paused, mine, inspection], ivy, 0).map(({ number }) => number)).toEqual(["2", "3", "1"]);
  expect([paused, inspection, mine].map((each) => isOfOthers(each, ivy))).toEqual([true, false, false]);
  const begun = { active: [{ by: null, status: "ready", role: "inspector" }] };
  expect([card("4", { ...begun, progress: { done: 0, of: 9 } }), card("5", begun)].map((each) => isOfOthers(each, ivy))).toEqual([true, false]);
});

test("an order whose step only takes off somebody's locks waits for them, not for whoever has the role", () => {
  const unlock = { by: null, status: "ready", role: "engineer", only_for: ["ada"] };
  const card = { ...newOrder(), mine: false, assigned_to: "cy", progress: { done: 3, of: 9 }, active: [unlock] } as unknown as ReturnType<typeof newOrder>;
  const looking = (person_id: string): boolean => isOfOthers(card, { person_id, work_roles: ["engineer"] });
  expect([looking("ada"), looking("bo")]).toEqual([false, true]);
});

test("pictures become smaller, never larger, and keep their shape", () => {
  expect(fitted(4032, 3024, LONGEST)).toEqual({ width: 2048, height: 1536 });
  expect(fitted(640, 480, LONGEST)).toEqual({ width: 640, height: 480 });
});

test("every photo that a payload names is found, however deep", () => {
  const [one, two] = ["a".repeat(64), "b".repeat(64)];
  expect([...photosIn({ answers: { before: { front: [{ photo: one }] }, text: "no" }, photo: two })]).toEqual([one, two]);
});

const english = { language: signal("en" as const), say: (key: string) => key, read: (text: Readonly<Record<string, string>> | null | undefined) => text?.["en"] ?? "" };
const colours = field("colour", "choice", { options: [{ id: "r", label: words("Red") }, { id: "g", label: words("Green") }] });

test.each([
  [field("tight", "boolean"), true, "boolean.yes"],
  [field("drop", "number", { unit: "bar" }), 0.2, "0.2 bar"],
  [field("drop", "reading", { unit: "bar" }), { value: 3, in_tolerance: false }, "3 bar · reading.out"],
  [colours, "g", "Green"],
  [colours, ["r", "g"], "Red, Green"],
  [field("sizes", "table"), [{ a: 1, b: true }], "a: 1, b: boolean.yes"],
] as const)("what the template worked out for %j is shown in words", (shown, value, text) => {
  expect(shownValue(shown, value, english)).toBe(text);
});
