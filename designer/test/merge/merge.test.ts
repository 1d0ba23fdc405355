import { expect, test } from "vitest";
import type { Command, Draft, Edge, Field } from "../../src/model/index.ts";
import { addField, moveField, removeFields, renameField, setField } from "../../src/model/edits/fields.ts";
import { connect, reconnect, setEdge } from "../../src/model/edits/edges.ts";
import { addNode, convertNode, moveNodes, setNode } from "../../src/model/edits/nodes.ts";
import { renameNode } from "../../src/model/edits/rename_node.ts";
import { removeNodes } from "../../src/model/edits/remove_nodes.ts";
import { grafted, merge, resolve } from "../../src/model/merge/index.ts";

const text = (id: string): Field => ({ id, type: "text", label: { en: `Label of ${id}` }, max_length: 40 });

const BASE: Draft = {
  template: {
    format: 1, key: "pump", title: { en: "Pump" }, roles: { engineer: {} }, start: "isolate",
    nodes: {
      isolate: { kind: "step", role: "engineer", title: { en: "Isolate" }, next: [{ to: "measure" }] },
      measure: { kind: "step", role: "engineer", title: { en: "Measure" }, fields: [text("a"), text("b"), text("c"), text("d")], next: [{ to: "replace", when: "a == ''" }, { to: "done" }] },
      replace: { kind: "step", role: "engineer", title: { en: "Replace" }, description: { en: "The shaft" }, next: [{ to: "done" }] },
      done: { kind: "end", outcome: "repaired", title: { en: "Done" } },
    },
  },
  layout: { measure: { x: 1, y: 1 } },
};

type Edit = (draft: Draft) => Command | null;
const after = (...edits: readonly Edit[]): Draft => edits.reduce((draft, edit) => edit(draft)?.apply(draft) ?? draft, BASE);
const merged = (mine: Draft, theirs: Draft): ReturnType<typeof merge> => merge(BASE, mine, theirs);
const fieldIds = ({ template }: Draft, node = "measure"): readonly string[] => ((template.nodes[node] as { readonly fields?: readonly Field[] }).fields ?? []).map(({ id }) => id);
const routes = ({ template }: Draft, node: string): readonly Edge[] => (template.nodes[node] as { readonly next: readonly Edge[] }).next;

test("two who move different fields both have them moved", () => {
  const result = merged(after((draft) => moveField(draft, "measure", "a", "measure", 3)), after((draft) => moveField(draft, "measure", "d", "measure", 0)));
  expect([fieldIds(result.merged), result.conflicts]).toEqual([["d", "b", "c", "a"], []]);
});

test("fields put in by both stand where each has put them", () => {
  const result = merged(after((draft) => addField(draft, "measure", "photo", 1)?.command ?? null), after((draft) => addField(draft, "measure", "scan", 4)?.command ?? null));
  expect(fieldIds(result.merged)).toEqual(["a", "photo", "b", "c", "d", "scan"]);
});

test("two new things that are called the same are two things, and what names mine follows", () => {
  const [mine, theirs] = ["isolate", "replace"].map((from) => after((draft) => addNode(draft, "step", { onEdge: { from, index: 0 } }).command));
  const result = merged(mine!, theirs!);
  expect(result.renamed).toEqual([{ node: null, from: "step", to: "step_2" }]);
  expect([routes(result.merged, "isolate"), routes(result.merged, "step_2"), routes(result.merged, "replace"), result.conflicts]).toEqual([[{ to: "step_2" }], [{ to: "measure" }], [{ to: "step" }], []]);
});

test("the same new thing on both sides is one", () => {
  const added = after((draft) => addNode(draft, "step", { onEdge: { from: "isolate", index: 0 } }).command);
  expect(merged(added, structuredClone(added))).toMatchObject({ conflicts: [], renamed: [] });
});

test("a node that one has taken away and the other has edited is asked, and comes back when it is wanted", () => {
  const result = merged(after((draft) => setNode(draft, "replace", ["title", "en"], "Replace the shaft")), after((draft) => removeNodes(draft, ["replace"])));
  expect(result.merged.template.nodes["replace"]).toBeUndefined();
  expect(result.conflicts).toMatchObject([{ pointer: "/nodes/replace", element: { en: "Replace the shaft" }, theirs: undefined }]);
  const kept = resolve(result, result.conflicts[0]!, "mine");
  expect([kept.conflicts, kept.merged.template.nodes["replace"]?.title]).toEqual([[], { en: "Replace the shaft" }]);
});

test("a node that one has taken away and the other newly leads to is asked", () => {
  const result = merged(after((draft) => connect(draft, "isolate", "replace")), after((draft) => removeNodes(draft, ["replace"])));
  expect(result.conflicts.map(({ pointer }) => pointer)).toEqual(["/nodes/replace"]);
  const gone = resolve(result, result.conflicts[0]!, "theirs").merged;
  expect(Object.values(gone.template.nodes).flatMap((node) => ("next" in node ? node.next : [])).every(({ to }) => gone.template.nodes[to] !== undefined)).toBe(true);
});

test("a field that one has taken away and the other has edited is asked", () => {
  const result = merged(after((draft) => removeFields(draft, "measure", ["b"])), after((draft) => setField(draft, "measure", "b", ["max_length"], 9)));
  expect(result.conflicts).toMatchObject([{ pointer: "/nodes/measure/fields/1", mine: undefined, theirs: { max_length: 9 } }]);
  expect(fieldIds(result.merged)).toEqual(["a", "b", "c", "d"]);
  expect(fieldIds(resolve(result, result.conflicts[0]!, "mine").merged)).toEqual(["a", "c", "d"]);
});

test("what one renames and the other edits is both", () => {
  const result = merged(after((draft) => renameNode(draft, "replace", "new_shaft"), (draft) => renameField(draft, "measure", "a", "first")), after((draft) => setNode(draft, "replace", ["title", "en"], "Another shaft"), (draft) => setEdge(draft, "measure", 0, ["when"], "a == 'x'")));
  expect(result.conflicts).toEqual([]);
  expect(result.merged.template.nodes["new_shaft"]?.title).toEqual({ en: "Another shaft" });
  expect([routes(result.merged, "measure")[0], fieldIds(result.merged)[0]]).toEqual([{ to: "new_shaft", when: "first == 'x'" }, "first"]);
});

test("both give the same thing another name: one is asked for", () => {
  const result = merged(after((draft) => renameNode(draft, "replace", "mine")), after((draft) => renameNode(draft, "replace", "theirs")));
  expect(result.conflicts).toMatchObject([{ base: "replace", mine: "mine", theirs: "theirs" }]);
  expect(Object.keys(resolve(result, result.conflicts[0]!, "mine").merged.template.nodes)).toContain("mine");
  expect(Object.keys(result.merged.template.nodes)).toContain("theirs");
});

test("a route that both lead elsewhere is asked; one that is led elsewhere and named is both", () => {
  const asked = merged(after((draft) => reconnect(draft, "isolate", 0, "replace")), after((draft) => reconnect(draft, "isolate", 0, "done")));
  expect(asked.conflicts).toMatchObject([{ pointer: "/nodes/isolate/next/0/to", base: "measure", mine: "replace", theirs: "done" }]);
  const both = merged(after((draft) => reconnect(draft, "isolate", 0, "replace")), after((draft) => setEdge(draft, "isolate", 0, ["label"], { en: "go" })));
  expect([routes(both.merged, "isolate"), both.conflicts]).toEqual([[{ to: "replace", label: { en: "go" } }], []]);
});

test("what becomes another kind while the other edits what only the old kind has is asked as a whole", () => {
  const result = merged(after((draft) => convertNode(draft, "replace", "choice")), after((draft) => setNode(draft, "replace", ["standard_minutes"], 5)));
  expect(result.conflicts.map(({ pointer }) => pointer)).toEqual(["/nodes/replace"]);
  const titled = merged(after((draft) => convertNode(draft, "replace", "choice")), after((draft) => setNode(draft, "replace", ["title", "en"], "Which?")));
  expect([titled.conflicts, titled.merged.template.nodes["replace"]]).toEqual([[], { kind: "choice", title: { en: "Which?" }, next: [{ to: "done" }] }]);
});

test("a tolerance is one value: halves of two are not put together", () => {
  const range = (low: number, high: number): Edit => (draft) => setField(draft, "measure", "a", ["tolerance"], [low, high]);
  expect(merged(after(range(0, 1)), after(range(-1, 0))).conflicts.map(({ pointer }) => pointer)).toEqual(["/nodes/measure/fields/0/tolerance"]);
});

test("of two places on the canvas the newer stands, and nobody is asked", () => {
  const result = merged(after((draft) => moveNodes(draft, { measure: { x: 5, y: 5 } })), after((draft) => moveNodes(draft, { measure: { x: 9, y: 9 }, done: { x: 2, y: 2 } })));
  expect([result.merged.layout, result.conflicts]).toEqual([{ measure: { x: 5, y: 5 }, done: { x: 2, y: 2 } }, []]);
});

test("what did not change stays the same object, so that nothing is drawn again", () => {
  const fresh = structuredClone(after((draft) => setNode(draft, "done", ["title", "en"], "Finished")));
  const shared = grafted(BASE, fresh);
  expect(shared).toEqual(fresh);
  expect(shared.template.nodes["measure"]).toBe(BASE.template.nodes["measure"]);
  const { merged: result } = merge(BASE, after((draft) => setNode(draft, "isolate", ["title", "en"], "Lock out")), shared);
  expect(result.template.nodes["measure"]).toBe(BASE.template.nodes["measure"]);
});
