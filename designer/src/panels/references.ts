import { flowOrder, graphOf } from "../canvas/flow/graph.ts";
import { grouped } from "../canvas/flow/grouped.ts";
import type { IconName } from "../shell/icon.tsx";
import { at, type Field, type Node, pathOf, type Template } from "../model/index.ts";
import { isWord, read, say } from "../words/index.ts";

/** Something that can be chosen: what the draft keeps, and what a person reads. */
export interface Option {
  readonly value: string;
  readonly label: string;
  /** Beside the label, quiet. */
  readonly note?: string;
  /** Other words by which people look for it, with blanks between them. */
  readonly also?: string;
  readonly icon?: IconName;
}

export const OUTCOMES: readonly string[] = ["repaired", "not_repaired", "scrapped", "returned"];

/** What may be named where a `target` (`x-refers-to`) is wanted by the element at `pointer`. */
export function optionsFor(template: Template, target: string, pointer: string): readonly Option[] {
  const own = nodeIn(pointer);
  switch (target) {
    case "role": return Object.entries(template.roles).map(([id, role]) => ({ value: id, label: read(role.title) || id }));
    case "field": return reasons(template, own, pointer);
    case "shot": return shots(template, own, pointer);
    case "gate": return gates(template);
    case "outcome": return outcomes(template);
    default: return nodes(template, target);
  }
}

/** What machines call one is found and not seen: those that people call the same are told apart by their places in the flow. */
function nodes(template: Template, target: string): readonly Option[] {
  const wanted = (id: string): boolean => target === "node" || template.nodes[id]?.kind === target;
  const places = new Map(flowOrder(graphOf(template)).filter(wanted).map((id, index) => [id, index + 1]));
  const titled = grouped(places.keys(), (id) => nodeTitle(template.nodes[id], id));
  return Object.keys(template.nodes).filter(wanted).map((id) => {
    const what = nodeTitle(template.nodes[id], id);
    return { value: id, label: (titled.get(what) ?? []).length > 1 ? say("panels.alike", { what, place: places.get(id) ?? 0 }) : what, also: id };
  });
}

/** What a node is called: its title, else what it is. */
export function nodeTitle(node: Node | undefined, id: string): string {
  if (node === undefined) return id;
  const title = read(node.title);
  if (title !== "") return title;
  return node.kind === "end" ? say("panels.end_as", { outcome: outcomeWord(node.outcome) }) : say(`panels.kind_${node.kind}`);
}

/** An outcome of the company's own is called as the end that has it. */
export function outcomeName(template: Template, outcome: string): string {
  const own = Object.values(template.nodes).find((node) => node.kind === "end" && node.outcome === outcome);
  const word = outcomeWord(outcome);
  return word === outcome ? read(own?.title) || word : word;
}

function outcomeWord(outcome: string): string {
  const key = `panels.outcome_${outcome}`;
  return isWord(key) ? say(key) : outcome;
}

function nodeIn(pointer: string): string {
  const [, nodes, node] = pointer.split("/");
  return nodes === "nodes" ? (node ?? "") : "";
}

function fieldsOf(template: Template, node: string): readonly Field[] {
  const found = template.nodes[node];
  return found?.kind === "step" ? (found.fields ?? []) : [];
}

/** Answers in words can be a reason, whole sentences before one word of several; the engine takes no others. What was chosen before stays to be seen. */
const REASONS: readonly Field["type"][] = ["long_text", "text", "choice"];

function reasons(template: Template, node: string, pointer: string): readonly Option[] {
  const chosen = at(template, pathOf(template, pointer));
  const placed = fieldsOf(template, node).filter(({ id, type }) => REASONS.includes(type) || id === chosen);
  return [...placed].sort((one, other) => REASONS.indexOf(one.type) - REASONS.indexOf(other.type)).map((field) => ({ value: field.id, label: read(field.label) || field.id }));
}

function everyField(template: Template): readonly { readonly node: string; readonly field: Field; readonly step: string }[] {
  return Object.entries(template.nodes).flatMap(([node, found]) => fieldsOf(template, node).map((field) => ({ node, field, step: nodeTitle(found, node) })));
}

/** Named from the same step without the step. */
function shots(template: Template, own: string, pointer: string): readonly Option[] {
  return everyField(template).flatMap(({ node, field, step }) => field.type !== "photo" ? [] : field.shots.flatMap((shot, index) => {
    const place = fieldsOf(template, node).indexOf(field);
    if (pointer.startsWith(`/nodes/${node}/fields/${place}/shots/${index}/`)) return [];
    const value = node === own ? `${field.id}.${shot.id}` : `${node}.${field.id}.${shot.id}`;
    return [{ value, label: read(shot.label) || shot.id, note: `${step} · ${read(field.label) || field.id}`, icon: "camera" }];
  }));
}

function gates(template: Template): readonly Option[] {
  return everyField(template).filter(({ field }) => field.type === "safety_gate" && (field.points ?? []).length > 0)
    .map(({ node, field, step }) => ({ value: `${node}.${field.id}`, label: read(field.label) || field.id, note: step }));
}

function outcomes(template: Template): readonly Option[] {
  const used = Object.values(template.nodes).flatMap((node) => (node.kind === "end" && node.outcome !== "" ? [node.outcome] : []));
  return [...new Set([...OUTCOMES, ...used])].map((value) => ({ value, label: outcomeName(template, value) }));
}

/** Those that hold every word of `query`, in their label, note or value; those whose label begins with it first. */
export function matching(options: readonly Option[], query: string): readonly Option[] {
  const wanted = query.toLowerCase().split(/\s+/).filter((word) => word !== "");
  if (wanted.length === 0) return options;
  const found = options.filter(({ label, note = "", value, also = "" }) => wanted.every((word) => `${label} ${note} ${value} ${also}`.toLowerCase().includes(word)));
  const meant = query.trim().toLowerCase();
  const nearness = (option: Option): number => (isCalled(option, meant) ? 2 : Number(option.label.toLowerCase().startsWith(meant)));
  return [...found].sort((one, other) => nearness(other) - nearness(one));
}

/** True when this is what people call it, letter for letter. */
export function isCalled({ label, value, also = "" }: Option, text: string): boolean {
  return [label.toLowerCase(), value.toLowerCase(), ...also.toLowerCase().split(" ")].includes(text);
}
