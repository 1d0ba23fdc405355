import type { Json } from "@mendloop/engine";
import * as model from "../../src/model/index.ts";
import type { Command, Draft, Field, Node, Template } from "../../src/model/index.ts";

/** A stream of chance that is the same for the same seed. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** Mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  below(count: number): number { return Math.floor(this.next() * count); }
  is(share: number): boolean { return this.next() < share; }
  of<T>(list: readonly T[]): T { return list[this.below(list.length)]!; }
  some<T>(list: readonly T[], share = 0.4): T[] { return list.filter(() => this.is(share)); }
}

/** A template with whatever may be in one, often wrong: edits must work on drafts, not only on what can be published. */
export function randomTemplate(chance: Chance): Template {
  const ids = Array.from({ length: 1 + chance.below(8) }, (_, index) => `n${index}`);
  const nodes = Object.fromEntries(ids.map((id) => [id, randomNode(chance, ids)]));
  return {
    format: 1, key: "random", title: { en: "Random" }, roles: { engineer: {}, inspector: { title: { "zh-CN": "检验员" } } }, start: chance.of(ids), nodes,
    ...(chance.is(0.5) ? { scenarios: [{ name: "one", acts: [{ do: "complete" as const, step: chance.of(ids), by: "engineer:2", answers: { f0: "a", f1: { value: 1 } } }], expect: { visits: { n0: 1 }, completed: ["n0", "n1"] } }] } : {}),
    ...(chance.is(0.3) ? { pause_reasons: [{ id: "meal", label: { en: "Meal" } }] } : {}),
  };
}

function randomNode(chance: Chance, ids: readonly string[]): Node {
  const next = Array.from({ length: chance.below(4) }, () => ({
    to: chance.of(ids),
    ...(chance.is(0.5) ? { when: expression(chance, ids) } : {}),
    ...(chance.is(0.2) ? { rework: true, limit: 2, exit: chance.of(ids), reason_field: "f0" } : {}),
    ...(chance.is(0.2) ? { label: { en: "way" } } : {}),
  }));
  const kind = chance.of(["step", "step", "step", "choice", "parallel", "join", "end"] as const);
  const title = { "zh-CN": "节点", en: `Node ${chance.below(9)}` };
  switch (kind) {
    case "end": return { kind, outcome: "repaired", ...(chance.is(0.5) ? { title } : {}) };
    case "parallel": return { kind, title, join: chance.of(ids), next };
    case "step": return {
      kind, title, role: chance.of(["engineer", "inspector"]), next,
      ...(chance.is(0.8) ? { fields: Array.from({ length: chance.below(4) }, (_, index) => randomField(chance, ids, index)) } : {}),
      ...(chance.is(0.2) ? { not_same_person_as: [chance.of(ids)] } : {}),
    };
    default: return { kind, title, next };
  }
}

function randomField(chance: Chance, ids: readonly string[], index: number): Field {
  const begun = model.newField(chance.of(model.FIELD_TYPES), `f${index}`);
  const field: Record<string, unknown> = { ...structuredClone(begun) };
  if (chance.is(0.4)) field["visible"] = expression(chance, ids);
  if (chance.is(0.2)) field["checks"] = [{ that: expression(chance, ids), message: { en: "Look again" } }];
  if (begun.type === "photo") field["shots"] = [{ id: "shot_1", pair: `${chance.of(ids)}.f1.shot_1` }];
  if (begun.type === "safety_gate" && chance.is(0.3)) field["removes"] = `${chance.of(ids)}.f0`;
  return field as unknown as Field;
}

function expression(chance: Chance, ids: readonly string[]): string {
  const node = chance.of(ids);
  return chance.of([
    "f0.value > 1", `steps.${node}.f1 == 'option_1'`, `visits.${node}.all(v, v.f0 != f1)`, `size(visits.${node}) > 2 && f2`, "'f0' in order.fault_codes", "f0 ==", `steps.${node}.f1.item_1.result == "ok"`,
  ]);
}

type Make = (draft: Draft, chance: Chance) => Command | null;

/** One of each edit there is, with random arguments, some of them senseless. */
export const EDITS: Readonly<Record<string, Make>> = {
  addNode: (draft, chance) => model.addNode(draft, chance.of(model.NODE_KINDS), whereto(draft, chance)).command,
  removeNodes: (draft, chance) => model.removeNodes(draft, chance.some(Object.keys(draft.template.nodes), 0.25)),
  moveNodes: (draft, chance) => model.moveNodes(draft, { [node(draft, chance)]: { x: chance.below(3), y: chance.below(3) } }),
  clearLayout: (draft, chance) => (chance.is(0.5) ? model.clearLayout(draft) : model.clearLayout(draft, [node(draft, chance)])),
  setNode: (draft, chance) => model.setNode(draft, node(draft, chance), chance.of([["standard_minutes"], ["description", "en"], ["energises"]]), chance.of([1, 2, undefined])),
  setStart: (draft, chance) => model.setStart(draft, node(draft, chance)),
  renameNode: (draft, chance) => model.renameNode(draft, node(draft, chance), chance.of(["renamed", "n1", "gauge", "steps"])),
  convertNode: (draft, chance) => model.convertNode(draft, node(draft, chance), chance.of(model.NODE_KINDS)),
  duplicateNodes: (draft, chance) => model.duplicateNodes(draft, chance.some(Object.keys(draft.template.nodes)))?.command ?? null,
  connect: (draft, chance) => model.connect(draft, node(draft, chance), node(draft, chance)),
  reconnect: (draft, chance) => model.reconnect(draft, node(draft, chance), chance.below(3), node(draft, chance)),
  removeEdge: (draft, chance) => model.removeEdge(draft, node(draft, chance), chance.below(3)),
  moveEdge: (draft, chance) => model.moveEdge(draft, node(draft, chance), chance.below(3), chance.below(3)),
  setEdge: (draft, chance) => model.setEdge(draft, node(draft, chance), chance.below(3), chance.of([["when"], ["label", "en"]]), chance.of(["true", "f0", undefined])),
  setRework: (draft, chance) => model.setRework(draft, node(draft, chance), chance.below(3), chance.is(0.5) ? null : { limit: chance.below(4), exit: node(draft, chance) }),
  addField: (draft, chance) => model.addField(draft, node(draft, chance), chance.of(model.FIELD_TYPES), chance.is(0.5) ? 0 : undefined)?.command ?? null,
  removeFields: (draft, chance) => onStep(draft, chance, (id, fields) => model.removeFields(draft, id, chance.some(fields))),
  moveField: (draft, chance) => onStep(draft, chance, (id, fields) => model.moveField(draft, id, chance.of(fields), node(draft, chance), chance.below(3))),
  moveFieldInside: (draft, chance) => onStep(draft, chance, (id, fields) => model.moveField(draft, id, chance.of(fields), id, chance.below(3))),
  duplicateField: (draft, chance) => onStep(draft, chance, (id, fields) => model.duplicateField(draft, id, chance.of(fields))?.command ?? null),
  convertField: (draft, chance) => onStep(draft, chance, (id, fields) => model.convertField(draft, id, chance.of(fields), chance.of(model.FIELD_TYPES))),
  setField: (draft, chance) => onStep(draft, chance, (id, fields) => model.setField(draft, id, chance.of(fields), chance.of([["required"], ["help", "en"], ["unit"]]), chance.of(["f0", "x", undefined]))),
  renameField: (draft, chance) => onStep(draft, chance, (id, fields) => model.renameField(draft, id, chance.of(fields), chance.of(["renamed", "f9", "now"]))),
  addItem: (draft, chance) => model.addItem(draft, list(draft, chance)),
  addItems: (draft, chance) => model.addItems(draft, list(draft, chance), [{ id: "added", label: { en: "Added" } }], 0),
  removeItems: (draft, chance) => model.removeItems(draft, list(draft, chance), [chance.below(3), chance.below(3)]),
  moveItem: (draft, chance) => model.moveItem(draft, list(draft, chance), chance.below(2), chance.below(2)),
  setItem: (draft, chance) => model.setItem(draft, list(draft, chance), chance.below(2), ["label", "en"], chance.of(["One", "Two"])),
  renameItem: (draft, chance) => model.renameItem(draft, list(draft, chance), chance.below(2), chance.of(["renamed", "other"])),
  pasteLines: (draft, chance) => model.pasteLines(draft, list(draft, chance), model.linesOf("1. Seal\t密封圈\n2. Bearing\t轴承")),
  setTemplate: (draft, chance) => model.setTemplate(draft, chance.of([["description", "en"], ["key"], ["applies_to", 0, "product"]]), chance.of(["a", "b", undefined])),
  setLanguages: (draft, chance) => model.setLanguages(draft, chance.some(["en", "zh-CN"], 0.6), { key: "edit.fix" }),
  addRole: (draft, chance) => model.addRole(draft, chance.of(["fitter", "Fitter 2"])).command,
  renameRole: (draft, chance) => model.renameRole(draft, chance.of(Object.keys(draft.template.roles).concat("none")), chance.of(["fitter", "boss"])),
  removeRole: (draft, chance) => model.removeRole(draft, chance.of(Object.keys(draft.template.roles).concat("none")), chance.of(["engineer", undefined])),
  addScenario: (draft) => model.addScenario(draft, { name: "one", acts: [], expect: {} }),
  replaceScenario: (draft) => model.replaceScenario(draft, draft.template.scenarios?.[0]?.name ?? "", { name: "", acts: [], expect: { ended: null } }),
  replaceTemplate: (draft, chance) => model.replaceTemplate(draft, randomTemplate(chance)),
  replaceDraft: (draft, chance) => model.replaceDraft(draft, { template: { ...draft.template, key: `k${chance.below(3)}` }, layout: {} }, { key: "edit.merge" }),
  setWords: (draft, chance) => model.setWords(draft, chance.of(model.textsOf(draft.template)).pointer, chance.of(["en", "zh-CN"]), chance.of(["", "Words", "文字"])),
  replaceInWords: (draft, chance) => model.replaceInWords(draft, chance.of(["o", "节点", "Words"]), chance.of(["0", "", "字"])),
  paste: (draft, chance) => pasted(draft, chance, { kind: "nodes", nodes: chance.some(Object.keys(draft.template.nodes)) }),
  pasteFields: (draft, chance) => onStep(draft, chance, (id, fields) => pasted(draft, chance, { kind: "fields", node: id, fields })),
};

function pasted(draft: Draft, chance: Chance, selection: model.Selection): Command | null {
  const clip = model.copied(draft, selection);
  return clip === null ? null : (model.paste(draft, model.clipText(clip), { ...whereto(draft, chance), node: node(draft, chance) })?.command ?? null);
}

function whereto(draft: Draft, chance: Chance): model.Whereto {
  return chance.of<model.Whereto>([{}, { at: { x: chance.below(9), y: 1 } }, { after: node(draft, chance) }, { onEdge: { from: node(draft, chance), index: chance.below(2) } }]);
}

function node(draft: Draft, chance: Chance): string {
  return chance.is(0.03) ? "gone" : chance.of(Object.keys(draft.template.nodes).concat("gone").slice(0, -1).concat(Object.keys(draft.template.nodes).length === 0 ? ["gone"] : []));
}

function onStep(draft: Draft, chance: Chance, make: (id: string, fields: readonly string[]) => Command | null): Command | null {
  const steps = Object.entries(draft.template.nodes).filter(([, each]) => model.fieldsOf(each).length > 0);
  if (steps.length === 0) return null;
  const [id, each] = chance.of(steps);
  return make(id, model.fieldsOf(each).map((field) => field.id));
}

const LISTS = ["items", "shots", "options", "points", "safety", "lines", "columns", "checks", "fixed"];

function list(draft: Draft, chance: Chance): model.Path {
  const found = Object.entries(draft.template.nodes).flatMap(([id, each]) => model.fieldsOf(each).flatMap((field, index) =>
    LISTS.filter((name) => Array.isArray((field as unknown as Record<string, Json>)[name])).map((name) => ["nodes", id, "fields", index, name])));
  return found.length === 0 || chance.is(0.1) ? [chance.of(["pause_reasons", "applies_to", "scenarios"])] : chance.of(found);
}
