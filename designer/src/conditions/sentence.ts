import type { Template } from "../model/index.ts";
import { isWord, read, say } from "../words/index.ts";
import type { Leaf, Operand } from "./leaf.ts";
import { leafOf } from "./leaf.ts";
import { type Meaning, meaningOf, optionsOf, unitOf } from "./paths.ts";
import { groupOf, type Part } from "./rows.ts";

/** A condition as people say it: “*Runout* is over 0.05 mm”. What rows cannot say is shown as it is written. */
export function sentenceOf(template: Template, node: string, source: string): string {
  const group = groupOf(source);
  return group === null ? source : partSentence(template, node, group);
}

function partSentence(template: Template, node: string, part: Part): string {
  if (part.kind === "row") return part.leaf === null ? part.source : leafSentence(template, node, part.leaf);
  const inner = part.parts.map((each) => {
    const text = partSentence(template, node, each);
    return each.kind === "group" && each.parts.length > 1 ? say("conditions.bracketed", { text }) : text;
  });
  return inner.join(say(part.all ? "conditions.and" : "conditions.or"));
}

export function leafSentence(template: Template, node: string, leaf: Leaf): string {
  const meaning = meaningOf(template, node, leaf.path);
  const tolerance = toleranceSentence(template, node, leaf);
  if (tolerance !== null) return tolerance;
  const key = `conditions.op.${leaf.op}`;
  const name = pathName(meaning, leaf.path);
  const words = isWord(key) ? say(key) : leaf.op;
  return [name, words, leaf.right === null ? "" : operandWords(template, node, meaning, leaf.right)].filter((text) => text !== "").join(" ");
}

/** A reading is within tolerance or out of it: nobody says that its being within is "no". */
function toleranceSentence(template: Template, node: string, { path, op }: Leaf): string | null {
  const reading = /^(.+)\.in_tolerance$/.exec(path)?.[1];
  if (reading === undefined || (op !== "is_true" && op !== "is_false")) return null;
  return say(op === "is_true" ? "conditions.within" : "conditions.out_of", { what: nameOfPath(template, node, reading) });
}

/** What a path is called: “Measure · Runout”. */
export function nameOfPath(template: Template, node: string, path: string): string {
  return pathName(meaningOf(template, node, path), path);
}

function pathName(meaning: Meaning | null, path: string): string {
  if (meaning === null) return path;
  const names = [...(meaning.step === null ? [] : [meaning.step]), ...meaning.names];
  return names.map((name) => (typeof name === "string" ? memberName(name) : read(name))).join(" · ") || path;
}

/** Members that every field of a type has. */
function memberName(name: string): string {
  const key = `conditions.member.${name.replace(/^\./, "")}`;
  return isWord(key) ? say(key) : name.replace(/^\./, "");
}

/** What a result of a checklist is called. */
export function resultName(value: string): string {
  const key = `conditions.result.${value}`;
  return isWord(key) ? say(key) : value;
}

function operandWords(template: Template, node: string, meaning: Meaning | null, right: Operand): string {
  const options = optionsOf(meaning, resultName);
  const named = (value: string): string => {
    const label = options.find((option) => option.value === value)?.label;
    return label === undefined ? (value === "" ? say("conditions.empty") : `“${value}”`) : `“${read(label)}”`;
  };
  switch (right.kind) {
    case "text": return named(right.value);
    case "texts": return right.values.map(named).join(say("conditions.list_comma"));
    case "number": return [right.value, unitOf(meaning)].filter((text) => text !== "").join(" ");
    case "path": return nameOfPath(template, node, right.value);
    case "hours": return say("conditions.hours", { count: right.value });
  }
}

/** True when the whole condition is one row that can be read back. */
export function isPlain(source: string): boolean {
  return leafOf(source) !== null;
}
