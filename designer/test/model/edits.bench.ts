import { bench, describe } from "vitest";
import { addField, addNode, type Command, type Draft, Editor, elementsOf, moveNodes, removeNodes, setEdge, setField, setWords } from "../../src/model/index.ts";
import { long } from "./long.cast.ts";

type Edit = (draft: Draft, turn: number) => Command | null;

const EDITS: Readonly<Record<string, Edit>> = {
  "a title": (draft, turn) => setWords(draft, "/nodes/n1000/title", "en", `Step ${turn} x`),
  "a setting of a field": (draft, turn) => setField(draft, "n1000", "f3", ["max_length"], turn + 1),
  "a new field": (draft) => addField(draft, "n1000", "photo")!.command,
  "a route": (draft, turn) => setEdge(draft, "n1000", 0, ["label", "en"], `to ${turn}`),
  "a place": (draft, turn) => moveNodes(draft, { n1000: { x: turn, y: turn } }),
  "a new step": (draft) => addNode(draft, "step", { onEdge: { from: "n1000", index: 0 } }).command,
  "500 steps less": (draft) => removeNodes(draft, Array.from({ length: 500 }, (_, index) => `n${index * 3}`)),
};

/** The peer is the simplest undo there is: a copy of the document before each edit. */
for (const [name, edit] of Object.entries(EDITS)) {
  describe(`2,000 steps, edit and undo: ${name}`, () => {
    const editor = new Editor(long(), () => 0);
    const { template } = editor.draft.peek();
    let turn = 0;
    bench("edit and undo", () => { editor.edit((draft) => edit(draft, turn += 1)); editor.undo(); }, { time: 300 });
    bench("a copy of the document", () => { structuredClone(template); }, { time: 300 });
  });
}

describe("2,000 steps: all elements listed again after an edit", () => {
  let draft = long();
  let turn = 0;
  bench("edit and list", () => {
    draft = setField(draft, "n1000", "f3", ["max_length"], turn += 1)!.apply(draft);
    elementsOf(draft.template);
  }, { time: 300 });
  bench("a copy of the document", () => { structuredClone(draft.template); }, { time: 300 });
});
