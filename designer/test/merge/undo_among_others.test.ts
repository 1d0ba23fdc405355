import { expect, test } from "vitest";
import { Editor } from "../../src/model/index.ts";
import { addNode, moveNodes, setNode } from "../../src/model/edits/nodes.ts";
import * as merging from "../../src/model/merge/index.ts";
import type { Draft } from "../../src/model/index.ts";
import { Chance, edited, randomDraft, randomEdit } from "./random.ts";

const BASE = randomDraft(new Chance(1));

/** Somebody else's edits come in. */
function absorb(editor: Editor, base: Draft, theirs: Draft): void {
  const { merged, renamed } = merging.merge(base, editor.draft.peek(), theirs);
  editor.absorb(merged, renamed, merging);
}

const titled = (name: string, words: string) => (draft: Draft) => setNode(draft, name, ["title", "en"], words);
const titleOf = (editor: Editor, node: string): string | undefined => editor.draft.peek().template.nodes[node]?.title?.["en"];

test("undo takes back what was done here, though others have edited since", () => {
  const editor = new Editor(BASE);
  editor.edit(titled("step_1", "Mine"));
  absorb(editor, BASE, titled("step_2", "Theirs")(BASE)!.apply(BASE));
  editor.undo();
  expect([titleOf(editor, "step_1"), titleOf(editor, "step_2")]).toEqual([BASE.template.nodes["step_1"]?.title?.["en"], "Theirs"]);
  editor.redo();
  expect([titleOf(editor, "step_1"), titleOf(editor, "step_2")]).toEqual(["Mine", "Theirs"]);
});

test("undo never takes back what another has done to the same: it is dropped, and said", () => {
  const editor = new Editor(BASE);
  editor.edit(titled("step_2", "Before"));
  editor.edit(titled("step_1", "Mine"));
  absorb(editor, editor.draft.peek(), titled("step_1", "Theirs on top")(editor.draft.peek())!.apply(editor.draft.peek()));
  editor.undo();
  expect([titleOf(editor, "step_1"), editor.dropped.value]).toMatchObject(["Theirs on top", { what: "undo", count: 1 }]);
  editor.undo();
  expect(titleOf(editor, "step_2")).toBe(BASE.template.nodes["step_2"]?.title?.["en"]);
});

test("a node that another has moved since stays where it was put", () => {
  const editor = new Editor(BASE);
  editor.edit((draft) => moveNodes(draft, { step_1: { x: 1, y: 1 } }));
  absorb(editor, editor.draft.peek(), moveNodes(editor.draft.peek(), { step_1: { x: 7, y: 7 } })!.apply(editor.draft.peek()));
  editor.undo();
  expect(editor.draft.peek().layout["step_1"]).toEqual({ x: 7, y: 7 });
});

test("what had to be called differently is undone under its new name, and stays selected", () => {
  const editor = new Editor(BASE);
  const id = editor.add((draft) => addNode(draft, "step", { onEdge: { from: "step_1", index: 0 } }))!;
  editor.selection.value = { kind: "nodes", nodes: [id] };
  editor.edit((draft) => setNode(draft, id, ["standard_minutes"], 7));
  const theirs = addNode(BASE, "step", { onEdge: { from: "step_2", index: 0 } }).command.apply(BASE);
  absorb(editor, BASE, setNode(theirs, id, ["standard_minutes"], 7)!.apply(theirs));
  const { from, to } = editor.renames.value[0]!;
  expect([from, editor.selection.value]).toEqual([id, { kind: "nodes", nodes: [to] }]);
  editor.undo();
  const minutes = [id, to].map((name) => (editor.draft.peek().template.nodes[name] as { readonly standard_minutes?: number }).standard_minutes);
  expect(minutes).toEqual([7, undefined]);
  editor.undo();
  expect(Object.keys(editor.draft.peek().template.nodes)).toContain(id);
  expect(Object.keys(editor.draft.peek().template.nodes)).not.toContain(to);
});

test("what others do between two letters of a word is not undone with the word", () => {
  const editor = new Editor(BASE, () => 0);
  editor.edit(titled("step_1", "M"));
  absorb(editor, BASE, titled("step_2", "Theirs")(BASE)!.apply(BASE));
  editor.edit(titled("step_1", "Mi"));
  editor.undo();
  editor.undo();
  expect([titleOf(editor, "step_1"), titleOf(editor, "step_2")]).toEqual([BASE.template.nodes["step_1"]?.title?.["en"], "Theirs"]);
});

test("with random edits of both, undoing everything leaves no less of the other's than there was", () => {
  for (let seed = 1; seed <= 150; seed += 1) {
    const base = randomDraft(new Chance(seed, "base"));
    const [mine, theirs] = [new Chance(seed + 1000, "mine"), new Chance(seed + 2000, "theirs")];
    const editor = new Editor(base);
    let shared = base;
    for (let round = 0; round < 3; round += 1) {
      for (let done = 0; done < 3; done += 1) editor.edit((draft) => randomEdit(draft, mine));
      const other = edited(shared, theirs, 2);
      const { merged, renamed, conflicts } = merging.merge(shared, editor.draft.peek(), other);
      if (conflicts.length > 0) break;
      editor.absorb(merged, renamed, merging);
      shared = merged;
    }
    const before = typed(editor.draft.peek(), "theirs");
    while (editor.undoable.peek() !== null) editor.undo();
    const left = typed(editor.draft.peek(), "theirs");
    expect([seed, [...before].filter((word) => !left.has(word))]).toEqual([seed, []]);
  }
}, 20_000);

test("alone, undoing everything is where it began, and redoing everything where it was", () => {
  for (let seed = 1; seed <= 100; seed += 1) {
    const base = randomDraft(new Chance(seed));
    const editor = new Editor(base);
    const chance = new Chance(seed + 1);
    for (let done = 0; done < 8; done += 1) editor.edit((draft) => randomEdit(draft, chance));
    const end = editor.draft.peek();
    while (editor.undoable.peek() !== null) editor.undo();
    expect(merging.same(editor.draft.peek(), base)).toBe(true);
    while (editor.redoable.peek() !== null) editor.redo();
    expect(merging.same(editor.draft.peek(), end)).toBe(true);
  }
}, 20_000);

function typed(draft: Draft, who: string): ReadonlySet<string> {
  return new Set(JSON.stringify(draft).match(new RegExp(`${who}-\\d+-\\d+`, "g")));
}
