import { at, type Node, outcomeWords, type Step, type Template } from "../../model/index.ts";
import { TONGUES, tonguesIn } from "../../model/tongues.ts";
import { read, say } from "../../words/index.ts";

/** What a node's card tells at a glance. */
export interface Card {
  readonly id: string;
  readonly node: Node;
  readonly title: string;
  readonly role: string;
  /** Which of the template's roles: their colours differ. -1: none. */
  readonly roleTurn: number;
  readonly minutes: number;
  readonly fields: number;
  readonly photos: number;
  readonly parts: number;
  readonly hasGate: boolean;
  readonly isQuality: boolean;
  readonly energises: boolean;
  readonly isStart: boolean;
  /** How orders end there, where the title does not say it. */
  readonly outcome: string;
  /** Words of it are missing in one of the languages that the template is written in. */
  readonly lacksWords: boolean;
}

export function cardOf(template: Template, id: string, node: Node): Card {
  const step = node.kind === "step" ? node : null;
  return {
    id,
    node,
    title: titleOf(id, node),
    role: step === null ? "" : read(template.roles[step.role]?.title) || step.role,
    roleTurn: step === null ? -1 : Object.keys(template.roles).indexOf(step.role),
    minutes: step?.standard_minutes ?? 0,
    ...countsOf(step),
    isQuality: (step?.not_same_person_as ?? []).length > 0,
    energises: step?.energises === true,
    isStart: template.start === id,
    outcome: outcomeOf(id, node),
    lacksWords: lacksWords(node, tonguesIn(template)),
  };
}

/** What a node is called: by its title, else by its kind or outcome. */
export function titleOf(id: string, node: Node): string {
  const title = read(node.title);
  if (title !== "") return title;
  if (node.kind === "step") return id;
  return node.kind === "end" ? read(outcomeWords(node.outcome)) : say(`canvas.kind_${node.kind}`);
}

function outcomeOf(id: string, node: Node): string {
  const outcome = node.kind === "end" ? read(outcomeWords(node.outcome)) : "";
  return outcome.toLowerCase() === titleOf(id, node).toLowerCase() ? "" : outcome;
}

function countsOf(step: Step | null): Pick<Card, "fields" | "photos" | "parts" | "hasGate"> {
  let [photos, parts, hasGate] = [0, 0, false];
  const fields = step?.fields ?? [];
  for (const field of fields) {
    if (field.type === "photo") photos += field.shots.length;
    if (field.type === "parts") parts += Math.max(1, field.lines?.length ?? 0);
    if (field.type === "safety_gate") hasGate = true;
  }
  return { fields: fields.length, photos, parts, hasGate };
}

const known = new WeakMap<object, { readonly written: string; readonly lacks: boolean }>();

/** True when there are words, anywhere in `value`, that are missing in one of the languages. Nodes are immutable: asked once. */
export function lacksWords(value: object, written: readonly string[] = TONGUES): boolean {
  const before = known.get(value);
  if (before?.written === written.join()) return before.lacks;
  const isLacking = (each: unknown): boolean => typeof each === "object" && each !== null && lacksWords(each, written);
  const lacks = areWords(value) ? written.some((each) => (at(value, [each]) ?? "") === "") : Object.values(value).some(isLacking);
  known.set(value, { written: written.join(), lacks });
  return lacks;
}

function areWords(value: object): boolean {
  return !Array.isArray(value) && TONGUES.some((each) => typeof at(value, [each]) === "string");
}

/** How an outcome is coloured: well, badly, or neither. */
export function toneOf(outcome: string): "ok" | "danger" | "warn" {
  if (/^(repaired|ok|done|passed|completed)/.test(outcome)) return "ok";
  return /scrap|danger|fail/.test(outcome) ? "danger" : "warn";
}
