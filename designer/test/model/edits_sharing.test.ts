import { expect, it } from "vitest";
import { setField } from "../../src/model/index.ts";
import { long, NODES } from "./long.cast.ts";

it("an edit leaves everything else the very same objects", () => {
  const draft = long();
  const edited = setField(draft, "n1000", "f3", ["max_length"], 9)!.apply(draft);
  const same = Object.keys(draft.template.nodes).filter((id) => draft.template.nodes[id] === edited.template.nodes[id]);
  expect(same).toHaveLength(NODES - 1);
  expect(edited.template.roles).toBe(draft.template.roles);
});
