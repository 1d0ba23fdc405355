import { expect, it } from "vitest";
import { fullName, pairUp, partnersOf, partUp } from "../../src/fields/pairs.ts";
import type { Draft, Field } from "../../src/model/index.ts";

const photo = (id: string, ...shots: string[]): Field => ({ id, type: "photo", shots: shots.map((shot) => ({ id: shot })) });
const DRAFT: Draft = {
  layout: {},
  template: {
    format: 1, key: "k", title: {}, roles: { engineer: {} }, start: "before",
    nodes: {
      before: { kind: "step", role: "engineer", title: {}, fields: [photo("found", "front", "plate")], next: [{ to: "after" }] },
      after: { kind: "step", role: "engineer", title: {}, fields: [photo("left", "front")], next: [{ to: "done" }] },
      done: { kind: "end", outcome: "repaired" },
    },
  },
};
const FRONT = { node: "before", field: "found", shot: "front" };
const PLATE = { node: "before", field: "found", shot: "plate" };
const LEFT = { node: "after", field: "left", shot: "front" };

const done = (draft: Draft, command: ReturnType<typeof pairUp>): Draft => command?.apply(draft) ?? draft;

it("whichever side is chosen, the later shot names the earlier, and both know of each other", () => {
  for (const [one, other] of [[FRONT, LEFT], [LEFT, FRONT]] as const) {
    const paired = done(DRAFT, pairUp(DRAFT, one, other));
    expect(JSON.stringify(paired.template.nodes["after"])).toContain('"pair":"before.found.front"');
    expect(JSON.stringify(paired.template.nodes["before"])).not.toContain("pair");
    expect(partnersOf(paired.template, FRONT).map(fullName)).toEqual(["after.left.front"]);
    expect(partnersOf(paired.template, LEFT).map(fullName)).toEqual(["before.found.front"]);
  }
});

it("within a step the name is short, and the lower shot has it", () => {
  const paired = done(DRAFT, pairUp(DRAFT, FRONT, PLATE));
  expect(JSON.stringify(paired.template.nodes["before"])).toContain('{"id":"plate","pair":"found.front"}');
});

it("a pair is parted from either side", () => {
  const paired = done(DRAFT, pairUp(DRAFT, FRONT, LEFT));
  expect(done(paired, partUp(paired, FRONT, LEFT))).toEqual(DRAFT);
  expect(done(paired, partUp(paired, LEFT, FRONT))).toEqual(DRAFT);
  expect(partUp(DRAFT, FRONT, LEFT)).toBeNull();
});
