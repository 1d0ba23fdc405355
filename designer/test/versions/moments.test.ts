import { expect, test } from "vitest";
import { type Moment, momentsOf, type Published, type Revision, unfolded } from "../../src/versions/moments.ts";

const START = Date.parse("2026-11-23T08:00:00Z");
const at = (minute: number): string => new Date(START + minute * 60_000).toISOString();

function save(revision: number, minute: number, more: Partial<Revision> = {}): Revision {
  return { revision, saved_at: at(minute), saved_by_name: "Ada", origin: "saved", note: "", ...more };
}

function version(number: number, minute: number, draft_revision: number | null): Published {
  return { version_id: `id-${number}`, number, title: { en: "Pump" }, note: "", published_at: at(minute), published_by_name: "Ada", steps: 1, standard_minutes: 0, draft_revision };
}

/** `draft[r3 r2]` for a draft under which two saves are folded. */
const told = (moments: readonly Moment[]): string => moments.map(({ id, earlier }) => (earlier.length === 0 ? id : `${id}[${earlier.map((one) => one.id).join(" ")}]`)).join(" ");

const newestFirst = (...revisions: readonly Revision[]): readonly Revision[] => [...revisions].reverse();

test("saves made one soon after the other are one sitting, and none is left out", () => {
  const revisions = newestFirst(save(1, 0, { origin: "created" }), save(2, 1), save(3, 2), save(4, 60), save(5, 61), save(6, 62));
  const moments = momentsOf([], revisions);
  expect(told(moments)).toBe("draft[r5 r4] r3[r2] r1");
  expect(unfolded(moments).map(({ number }) => number)).toEqual([6, 5, 4, 3, 2, 1]);
});

test("what was published keeps its place in the list when it is gone on with", () => {
  const before = newestFirst(save(1, 0, { origin: "created" }), save(2, 1), save(3, 2));
  expect(told(momentsOf([version(1, 3, 3)], before))).toBe("draft[r2] v1 r1");
  const after = [...newestFirst(save(4, 4), save(5, 5)), ...before];
  expect(told(momentsOf([version(1, 3, 3)], after))).toBe("draft[r4] v1 r3[r2] r1");
});

test("a restore says what it went back to, and what was the draft before it stays in the list", () => {
  const revisions = newestFirst(save(1, 0, { origin: "created" }), save(2, 1), save(3, 2), save(4, 3, { origin: "restored", note: "r2" }), save(5, 4));
  const moments = momentsOf([], revisions);
  expect(told(moments)).toBe("draft r4 r3[r2] r1");
  expect(moments.find(({ id }) => id === "r4")).toMatchObject({ from: "r2", note: "" });
});

test("another person, a note and a pause each begin a sitting of their own", () => {
  const revisions = newestFirst(save(1, 0), save(2, 1, { saved_by_name: "Bo" }), save(3, 2, { saved_by_name: "Bo", note: "before the audit" }), save(4, 3, { saved_by_name: "Bo" }), save(5, 18, { saved_by_name: "Bo" }));
  expect(told(momentsOf([], revisions))).toBe("draft r4 r3[r2] r1");
});

test("every save of a long random history can be chosen, exactly once", () => {
  let seed = 7;
  const random = (below: number): number => { seed = (seed * 1103515245 + 12345) % 2 ** 31; return seed % below; };
  let minute = 0;
  const revisions = newestFirst(...Array.from({ length: 500 }, (_, index) => {
    minute += random(20);
    return save(index + 1, minute, { saved_by_name: ["Ada", "Bo"][random(2)] ?? "", origin: random(9) === 0 ? "restored" : "saved", note: random(20) === 0 ? "n" : "" });
  }));
  const moments = unfolded(momentsOf([version(1, 40, 9), version(2, 400, 90)], revisions));
  expect(moments.filter(({ kind }) => kind !== "version").map(({ number }) => number).sort((one, other) => one - other)).toEqual(revisions.map(({ revision }) => revision).reverse());
  expect(new Set(moments.map(({ id }) => id)).size).toBe(moments.length);
});
