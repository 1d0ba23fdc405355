import { asList, type Path, pointerOf } from "./json.ts";
import type { Field, Node, Template, Words } from "./template.generated.ts";

/** One text of an element, in all its languages. */
export interface ElementText {
  /** Pointer to the words. */
  readonly pointer: string;
  /** Which text it is: "title", "label", "help", "text", "message" … */
  readonly key: string;
  readonly words: Words;
}

export type ElementKind =
  | "template" | "role" | "pause_reason" | "node" | "route" | "field" | "shot" | "item" | "option" | "point" | "row" | "line" | "column" | "safety_note"
  | "check" | "scenario";

/** Something in the template that people read or look for. */
export interface TemplateElement {
  readonly pointer: string;
  readonly kind: ElementKind;
  /** Kind of node, type of field or column; else as `kind`. */
  readonly type: string;
  /** What machines call it: `measure`, `measure.runout`, `measure.before.front`. */
  readonly name: string;
  readonly node: string | null;
  readonly field: string | null;
  readonly texts: readonly ElementText[];
}

/** Every element of the template: nodes and fields all, of the rest those that have words. */
export function elementsOf(template: Template): readonly TemplateElement[] {
  return [...ofTemplate(template), ...Object.entries(template.nodes).flatMap(([name, node]) => elementsOfNode(name, node))];
}

/** Every text of the template. */
export function textsOf(template: Template): readonly (ElementText & { readonly element: TemplateElement })[] {
  return elementsOf(template).flatMap((element) => element.texts.map((text) => ({ ...text, element })));
}

/** Texts that lack one of the languages: those of the template's title, and besides all that has words in some language. */
export function missingWords(template: Template, languages: readonly string[] = ["zh-CN", "en"]): readonly (ElementText & { readonly element: TemplateElement; readonly missing: readonly string[] })[] {
  return textsOf(template)
    .map((text) => ({ ...text, missing: languages.filter((language) => (text.words[language] ?? "").trim() === "") }))
    .filter(({ missing }) => missing.length > 0);
}

const known = new WeakMap<Node, { readonly name: string; readonly elements: readonly TemplateElement[] }>();

/** A node and all that is in it. Nodes that did not change are not looked through again. */
export function elementsOfNode(name: string, node: Node): readonly TemplateElement[] {
  const before = known.get(node);
  if (before?.name === name) return before.elements;
  const elements = [...ofNode(name, node)];
  known.set(node, { name, elements });
  return elements;
}

function* ofTemplate({ title, description, roles, pause_reasons, scenarios }: Template): Generator<TemplateElement> {
  const nowhere = { node: null, field: null };
  yield element("template", "template", [], "", nowhere, { title, description });
  for (const [id, role] of Object.entries(roles)) yield element("role", "role", ["roles", id], id, nowhere, { title: role.title });
  for (const [index, { id, label }] of asList(pause_reasons).entries()) yield element("pause_reason", "pause_reason", ["pause_reasons", index], id, nowhere, { label });
  for (const [index, { name }] of asList(scenarios).entries()) yield element("scenario", "scenario", ["scenarios", index], name, nowhere, {});
}

function* ofNode(name: string, node: Node): Generator<TemplateElement> {
  const path = ["nodes", name];
  const where = { node: name, field: null };
  yield element("node", node.kind, path, name, where, { title: node.title, ...(node.kind === "step" ? { description: node.description } : {}) });
  if (node.kind === "step") for (const [index, field] of asList(node.fields).entries()) yield* ofField(field, [...path, "fields", index], name, name, "field", field.id);
  if (!("next" in node)) return;
  for (const [index, { label }] of asList(node.next).entries()) {
    if (label !== undefined) yield element("route", "route", [...path, "next", index], `${name}/${index}`, where, { label });
  }
}

const TEXTS = ["label", "help", "text", "placeholder", "meaning", "instrument", "advice"] as const;

/** Lists inside fields, what is in them, and their words. */
const LISTS: readonly (readonly [string, ElementKind, string])[] = [
  ["safety", "safety_note", "text"], ["items", "item", "label"], ["options", "option", "label"], ["shots", "shot", "label"], ["points", "point", "label"],
  ["lines", "line", "label"], ["fixed", "row", "label"], ["checks", "check", "message"],
];

type Loose = Readonly<Record<string, unknown>>;

function* ofField(field: Field, path: Path, node: string, around: string, kind: "field" | "column", owner: string): Generator<TemplateElement> {
  const loose = field as unknown as Loose;
  const name = `${around}.${field.id}`;
  const where = { node, field: owner };
  yield element(kind, field.type, path, name, where, Object.fromEntries(TEXTS.map((key) => [key, loose[key]])));
  for (const [list, of, key] of LISTS) {
    for (const [index, item] of asList(loose[list] as readonly unknown[] | undefined).entries()) {
      if (typeof item !== "object" || item === null) continue;
      const words = (item as Loose)[key];
      const id = [(item as Loose)["id"], (item as Loose)["part"]].find((each) => typeof each === "string") ?? String(index + 1);
      yield element(of, of, [...path, list, index], `${name}.${id}`, where, { [key]: words });
    }
  }
  if (field.type === "table") for (const [index, column] of asList(field.columns).entries()) yield* ofField(column, [...path, "columns", index], node, name, "column", owner);
}

function isWords(value: unknown): value is Words {
  return typeof value === "object" && value !== null && Object.values(value).every((text) => typeof text === "string");
}

function element(kind: ElementKind, type: string, path: Path, name: string, where: { readonly node: string | null; readonly field: string | null }, texts: Loose): TemplateElement {
  const worded = Object.entries(texts).filter((each): each is [string, Words] => isWords(each[1]));
  return { kind, type, name, ...where, pointer: pointerOf(path), texts: worded.map(([key, words]) => ({ key, words, pointer: pointerOf([...path, key]) })) };
}
