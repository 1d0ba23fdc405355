import { expect, it } from "vitest";
import { addField, addNode, type Command, type Draft, Editor, elementsOf, moveNodes, type Node, removeNodes, setEdge, setField, setWords } from "../../src/model/index.ts";
import { draftOf } from "./edits.cast.ts";

const NODES = 2_000;

function long(): Draft {
  const nodes = Object.fromEntries(Array.from({ length: NODES }, (_, index): [string, Node] => [`n${index}`, {
    kind: "step", role: "engineer", title: { "zh-CN": `步骤 ${index}`, en: `Step ${index}` },
    fields: Array.from({ length: 6 }, (_none, field) => ({ id: `f${field}`, type: "text", label: { "zh-CN": "字段", en: "Field" } })),
    next: [{ to: `n${Math.min(index + 1, NODES - 1)}` }],
  }]));
  return draftOf({ format: 1, key: "long", title: { en: "Long" }, roles: { engineer: {} }, start: "n0", nodes });
}

/** The middle one of the CPU milliseconds that an edit and its undo take. */
function middle(editor: Editor, edit: (draft: Draft, turn: number) => Command | null): number {
  const times = Array.from({ length: 41 }, (_, turn) => {
    const begin = process.cpuUsage();
    editor.edit((draft) => edit(draft, turn));
    editor.undo();
    const { user, system } = process.cpuUsage(begin);
    return (user + system) / 1_000;
  });
  return times.sort((one, other) => one - other)[20]!;
}

it("an edit of 2,000 nodes and its undo take less than 5 ms, whatever is edited", () => {
  const editor = new Editor(long(), () => 0);
  const times = {
    word: middle(editor, (draft, turn) => setWords(draft, "/nodes/n1000/title", "en", `Step ${turn} x`)),
    field: middle(editor, (draft, turn) => setField(draft, "n1000", "f3", ["max_length"], turn + 1)),
    addField: middle(editor, (draft) => addField(draft, "n1000", "photo")!.command),
    route: middle(editor, (draft, turn) => setEdge(draft, "n1000", 0, ["label", "en"], `to ${turn}`)),
    move: middle(editor, (draft, turn) => moveNodes(draft, { n1000: { x: turn, y: turn } })),
    addNode: middle(editor, (draft) => addNode(draft, "step", { onEdge: { from: "n1000", index: 0 } }).command),
  };
  expect(Object.entries(times).filter(([, time]) => time >= 5)).toEqual([]);
  console.info("ms of CPU, edit and undo, 2,000 nodes:", times);
});

it("an edit leaves everything else the very same objects", () => {
  const draft = long();
  const edited = setField(draft, "n1000", "f3", ["max_length"], 9)!.apply(draft);
  const same = Object.keys(draft.template.nodes).filter((id) => draft.template.nodes[id] === edited.template.nodes[id]);
  expect(same).toHaveLength(NODES - 1);
  expect(edited.template.roles).toBe(draft.template.roles);
});

it("taking 500 nodes away, and listing all elements again after an edit, stay within one moment", () => {
  const draft = long();
  elementsOf(draft.template);
  const edited = setField(draft, "n1000", "f3", ["max_length"], 9)!.apply(draft);
  const begin = process.cpuUsage();
  elementsOf(edited.template);
  const listed = process.cpuUsage(begin).user / 1_000;
  removeNodes(draft, Array.from({ length: 500 }, (_, index) => `n${index * 3}`));
  const removed = process.cpuUsage(begin).user / 1_000 - listed;
  console.info("ms of CPU:", { listed, removed });
  expect(listed).toBeLessThan(50);
  expect(removed).toBeLessThan(1_000);
});
