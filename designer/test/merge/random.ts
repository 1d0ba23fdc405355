import { freeName } from "../../src/model/ids.ts";
import type { Draft, Field, Layout, Node, Template } from "../../src/model/index.ts";
import type { Command } from "../../src/model/command.ts";
import { connect, moveEdge, reconnect, removeEdge, routesOf, setEdge } from "../../src/model/edits/edges.ts";
import { fieldsOf } from "../../src/model/fields_of.ts";
import { addField, moveField, removeFields, renameField, setField } from "../../src/model/edits/fields.ts";
import { addNode, clearLayout, convertNode, moveNodes, setNode } from "../../src/model/edits/nodes.ts";
import { renameNode } from "../../src/model/edits/rename_node.ts";
import { removeNodes } from "../../src/model/edits/remove_nodes.ts";
import { command } from "../../src/model/command.ts";

/** Chance that can be repeated (mulberry32). */
export class Chance {
  #state: number;
  #count = 0;
  constructor(seed: number, private readonly who = "w") { this.#state = seed; }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let value = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  }

  below(count: number): number { return Math.floor(this.next() * count); }
  is(share: number): boolean { return this.next() < share; }
  one<T>(things: readonly T[]): T | undefined { return things[this.below(things.length)]; }
  /** A text that stands nowhere else. */
  word(): string { this.#count += 1; return `${this.who}-${this.#count}-${Math.floor(this.next() * 1e9)}`; }
}

const FIELDS = ["text", "photo", "checklist", "reading", "choice", "parts", "number", "safety_gate", "instruction", "table"] as const;

/** A draft with steps in a row, a branch or two, and fields of all kinds. */
export function randomDraft(chance: Chance): Draft {
  const steps = Array.from({ length: 2 + chance.below(5) }, (_, index) => `step_${index + 1}`);
  const nodes: Record<string, Node> = {};
  steps.forEach((name, index) => { nodes[name] = { kind: "step", title: { en: chance.word() }, role: "engineer", fields: randomFields(chance), next: [{ to: steps[index + 1] ?? "done" }] }; });
  nodes["done"] = { kind: "end", outcome: "repaired", title: { en: chance.word() } };
  const template: Template = { format: 1, key: "pump", title: { en: chance.word(), "zh-CN": chance.word() }, roles: { engineer: { title: { en: "Engineer" } } }, start: "step_1", nodes };
  const layout: Layout = Object.fromEntries(steps.filter(() => chance.is(0.3)).map((name) => [name, { x: chance.below(900), y: chance.below(900) }]));
  return { template, layout };
}

function randomFields(chance: Chance): readonly Field[] {
  return Array.from({ length: chance.below(4) }, (_, index) => randomField(chance, `field_${index + 1}`));
}

function randomField(chance: Chance, id: string): Field {
  const common = { id, label: { en: chance.word() } };
  const three = [1, 2, 3].map((number) => ({ id: `part_${number}`, label: { en: chance.word() } }));
  switch (chance.below(4)) {
    case 0: return { ...common, type: "checklist", items: three };
    case 1: return { ...common, type: "photo", shots: three };
    case 2: return { ...common, type: "reading", unit: "mm", tolerance: [0, 0.05], checks: [{ that: `${id}.value > 0`, message: { en: chance.word() } }] };
    default: return { ...common, type: "choice", options: three };
  }
}

type Edit = (draft: Draft, chance: Chance) => Command | null;

const EDITS: readonly Edit[] = [
  (draft, chance) => addNode(draft, chance.is(0.8) ? "step" : "choice", { onEdge: { from: aNode(draft, chance), index: 0 } }).command,
  (draft, chance) => addNode(draft, chance.is(0.7) ? "step" : "end", { at: { x: chance.below(900), y: chance.below(900) } }).command,
  (draft, chance) => setNode(draft, aNode(draft, chance), ["title", chance.is(0.8) ? "en" : "zh-CN"], chance.word()),
  (draft, chance) => setNode(draft, aStep(draft, chance), ["standard_minutes"], chance.below(99)),
  (draft, chance) => moveNodes(draft, { [aNode(draft, chance)]: { x: chance.below(900), y: chance.below(900) } }),
  (draft, chance) => addField(draft, aStep(draft, chance), chance.one(FIELDS) ?? "text", chance.below(3))?.command ?? null,
  (draft, chance) => onField(draft, chance, (node, id) => setField(draft, node, id, ["label", "en"], chance.word())),
  (draft, chance) => onField(draft, chance, (node, id) => setField(draft, node, id, ["help"], { en: chance.word() })),
  (draft, chance) => onField(draft, chance, (node, id) => moveField(draft, node, id, node, chance.below(4))),
  (draft, chance) => onField(draft, chance, (node, id) => removeFields(draft, node, [id])),
  (draft, chance) => onField(draft, chance, (node, id) => renameField(draft, node, id, `${chance.one(["a", "b"]) ?? ""}_${chance.below(5)}`)),
  (draft, chance) => onParts(draft, chance, (parts) => { parts.push({ id: freeName("part", new Set(parts.map(({ id }) => id))), label: { en: chance.word() } }); }),
  (draft, chance) => onParts(draft, chance, (parts) => { parts.splice(chance.below(parts.length), 1); }),
  (draft, chance) => onParts(draft, chance, (parts) => { const part = parts[chance.below(parts.length)]; if (part !== undefined) part.label = { en: chance.word() }; }),
  (draft, chance) => onParts(draft, chance, (parts) => { parts.splice(chance.below(parts.length), 0, ...parts.splice(0, 1)); }),
  (draft, chance) => connect(draft, aNode(draft, chance), aNode(draft, chance)),
  (draft, chance) => reconnect(draft, aNode(draft, chance), 0, aNode(draft, chance)),
  (draft, chance) => onRoute(draft, chance, (from, index) => removeEdge(draft, from, index)),
  (draft, chance) => onRoute(draft, chance, (from, index) => moveEdge(draft, from, index, 0)),
  (draft, chance) => onRoute(draft, chance, (from, index) => setEdge(draft, from, index, ["label"], { en: chance.word() })),
  (draft, chance) => command(draft, { key: "edit.template" }, ({ template }) => { template.title = { ...template.title, en: chance.word() }; }),
  (draft, chance) => command(draft, { key: "edit.role" }, ({ template }) => { template.roles[`role_${chance.below(4)}`] = { title: { en: chance.word() } }; }),
];
const RARE: readonly Edit[] = [
  (draft, chance) => removeNodes(draft, [aNode(draft, chance)]),
  (draft, chance) => renameNode(draft, aNode(draft, chance), `node_${chance.below(6)}`),
  (draft, chance) => convertNode(draft, aNode(draft, chance), chance.one(["step", "choice", "end"] as const) ?? "step"),
  (draft) => clearLayout(draft),
];

/** One edit as a designer would make it; null when it came to nothing. */
export function randomEdit(draft: Draft, chance: Chance): Command | null {
  const edits = chance.is(0.12) ? RARE : EDITS;
  return chance.one(edits)?.(draft, chance) ?? null;
}

/** The draft after some edits. */
export function edited(draft: Draft, chance: Chance, count: number): Draft {
  let result = draft;
  for (let done = 0; done < count; done += 1) result = randomEdit(result, chance)?.apply(result) ?? result;
  return result;
}

function aNode(draft: Draft, chance: Chance): string {
  return chance.one(Object.keys(draft.template.nodes)) ?? "";
}

function aStep(draft: Draft, chance: Chance): string {
  return chance.one(Object.entries(draft.template.nodes).filter(([, { kind }]) => kind === "step").map(([name]) => name)) ?? "";
}

function onField(draft: Draft, chance: Chance, edit: (node: string, id: string) => Command | null): Command | null {
  const node = aStep(draft, chance);
  const field = chance.one(fieldsOf(draft.template.nodes[node]));
  return field === undefined ? null : edit(node, field.id);
}

function onRoute(draft: Draft, chance: Chance, edit: (from: string, index: number) => Command | null): Command | null {
  const from = aNode(draft, chance);
  const count = routesOf(draft.template.nodes[from]).length;
  return count === 0 ? null : edit(from, chance.below(count));
}

interface Part { id: string; label: Record<string, string> }

function onParts(draft: Draft, chance: Chance, change: (parts: Part[]) => void): Command | null {
  const node = aStep(draft, chance);
  const fields = fieldsOf(draft.template.nodes[node]);
  const place = fields.findIndex(({ type }) => ["checklist", "photo", "choice"].includes(type));
  if (place < 0) return null;
  return command(draft, { key: "edit.parts" }, ({ template }) => {
    const step = template.nodes[node];
    const field = (step?.kind === "step" ? step.fields?.[place] : undefined) as { items?: Part[]; shots?: Part[]; options?: Part[] } | undefined;
    const parts = field?.items ?? field?.shots ?? field?.options;
    if (parts !== undefined && parts.length > 0) change(parts);
  });
}
