import type { Json } from "@mendloop/engine";
import { type Mention, mentions, rewritten } from "./cel_names.ts";
import { expressionsOf, type Sited } from "./expressions.ts";
import { asList, type Path, put } from "./json.ts";
import type { Act, Edge, Field, Node, Scenario, Step, Template } from "./template.generated.ts";

/** One value of the template that follows a new name. */
export interface Change {
  readonly path: Path;
  readonly value: Json | undefined;
}

export function make(changes: Iterable<Change>, template: unknown): void {
  for (const { path, value } of changes) put(template, path, value);
}

/** What every expression has to become when `replacement` says so of what it mentions; null leaves a mention as it is. */
export function* changedExpressions(sources: Iterable<Sited>, hint: string, replacement: (mention: Mention) => Replacement | null): Generator<Change> {
  for (const { path, source, scope } of sources) {
    if (!source.includes(hint)) continue;
    const found = mentions(source, scope).map(replacement).filter((each) => each !== null);
    if (found.length > 0) yield { path, value: rewritten(source, found) };
  }
}

export interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Everything that names the node `old`, except its own key and its place on the canvas. */
export function* nodeRenamed(template: Template, old: string, name: string): Generator<Change> {
  if (template.start === old) yield { path: ["start"], value: name };
  yield* changedExpressions(expressionsOf(template), old, (mention) => (mention.what === "node" && mention.node === old ? { ...mention, text: name } : null));
  for (const [id, node] of Object.entries(template.nodes)) yield* nodeReferences(node, ["nodes", id], old, name);
  yield* scenarioChanges(template, (scenario, path) => nodeInScenario(scenario, path, old, name));
}

/** What a node says of another one called `old`, outside expressions. */
export function* nodeReferences(node: Node, path: Path, old: string, name: string): Generator<Change> {
  for (const [index, edge] of routes(node).entries()) yield* edgeReferences(edge, [...path, "next", index], old, name);
  if (node.kind === "parallel" && node.join === old) yield { path: [...path, "join"], value: name };
  if (node.kind !== "step") return;
  for (const [index, other] of asList(node.not_same_person_as).entries()) {
    if (other === old) yield { path: [...path, "not_same_person_as", index], value: name };
  }
  for (const { path: at, value } of dottedNames(node, path)) {
    if (value.startsWith(`${old}.`) && !isOwnShot(value, at)) yield { path: at, value: name + value.slice(old.length) };
  }
}

function* edgeReferences(edge: Edge, path: Path, old: string, name: string): Generator<Change> {
  if (edge.to === old) yield { path: [...path, "to"], value: name };
  if (edge.exit === old) yield { path: [...path, "exit"], value: name };
}

/** `field.shot`: a pair within the same step has two names, all others begin with the step. */
function isOwnShot(value: string, at: Path): boolean {
  return at.at(-1) === "pair" && value.split(".").length === 2;
}

/** Names with dots in a step: pairs of shots, and the gates whose locks are removed. */
function* dottedNames(node: Step, path: Path): Generator<{ readonly path: Path; readonly value: string }> {
  for (const [index, field] of asList(node.fields).entries()) yield* dottedNamesOf(field, [...path, "fields", index]);
}

export function* dottedNamesOf(field: Field, path: Path): Generator<{ readonly path: Path; readonly value: string }> {
  if (field.type === "safety_gate" && field.removes !== undefined) yield { path: [...path, "removes"], value: field.removes };
  if (field.type !== "photo") return;
  for (const [index, shot] of asList(field.shots).entries()) if (shot.pair !== undefined) yield { path: [...path, "shots", index, "pair"], value: shot.pair };
}

/** Everything that names the field `old` of a step, except its own id. */
export function* fieldRenamed(template: Template, node: string, old: string, id: string): Generator<Change> {
  yield* changedExpressions(expressionsOf(template), old, (mention) => {
    return mention.what === "field" && mention.node === node && mention.field === old ? { ...mention, text: id } : null;
  });
  for (const [name, each] of Object.entries(template.nodes)) yield* fieldReferences(template, name, each, { node, old, id });
  yield* scenarioChanges(template, (scenario, path) => fieldInScenario(scenario, path, { node, old, id }));
}

interface Renaming {
  readonly node: string;
  readonly old: string;
  readonly id: string;
}

function* fieldReferences(template: Template, name: string, node: Node, { node: owner, old, id }: Renaming): Generator<Change> {
  for (const [index, edge] of routes(node).entries()) {
    if (edge.reason_field === old && meansField(template, name, owner, old)) yield { path: ["nodes", name, "next", index, "reason_field"], value: id };
  }
  if (node.kind !== "step") return;
  for (const { path, value } of dottedNames(node, ["nodes", name])) {
    const full = isOwnShot(value, path) ? `${name}.${value}` : value;
    const [step, field, ...rest] = full.split(".");
    if (step !== owner || field !== old) continue;
    yield { path, value: [...(full === value ? [step] : []), id, ...rest].join(".") };
  }
}

/** True when the reason of a route of `name` is the field of `owner`: its own, or the one of the steps that lead here. */
function meansField(template: Template, name: string, owner: string, field: string): boolean {
  if (template.nodes[name]?.kind === "step") return name === owner;
  const leading = stepsBefore(template, name);
  return leading.has(owner) && [...leading].every((step) => step === owner || !hasField(template.nodes[step], field));
}

function hasField(node: Node | undefined, id: string): boolean {
  return node?.kind === "step" && asList(node.fields).some((field) => field.id === id);
}

/** The steps whose completion can lead to the routes of `name` without another step. */
function stepsBefore(template: Template, name: string): ReadonlySet<string> {
  const seen = new Set([name]);
  for (const each of seen) {
    if (template.nodes[each]?.kind === "step") continue;
    for (const [id, node] of Object.entries(template.nodes)) if (routes(node).some((edge) => edge.to === each || edge.exit === each)) seen.add(id);
  }
  return new Set([...seen].filter((id) => template.nodes[id]?.kind === "step"));
}

/** Where a part of a field (shot, item, option, point, column, row) is named. */
export interface PartRenaming extends Renaming {
  readonly field: string;
  readonly list: string;
}

/** Everything that names a part of a field, except its own id. */
export function* partRenamed(template: Template, renaming: PartRenaming): Generator<Change> {
  const { node, field, list, old, id } = renaming;
  const what = list === "options" ? "option" : "part";
  yield* changedExpressions(expressionsOf(template), old, (mention) => {
    return mention.what === what && mention.node === node && mention.field === field && mention.part === old ? { ...mention, text: id } : null;
  });
  if (list === "shots") yield* pairsRenamed(template, renaming);
  yield* scenarioChanges(template, (scenario, path) => partInScenario(scenario, path, renaming));
}

function* pairsRenamed(template: Template, { node, field, old, id }: PartRenaming): Generator<Change> {
  for (const [name, each] of Object.entries(template.nodes)) {
    if (each.kind !== "step") continue;
    for (const { path, value } of dottedNames(each, ["nodes", name])) {
      const full = isOwnShot(value, path) ? `${name}.${value}` : value;
      if (path.at(-1) === "pair" && full === `${node}.${field}.${old}`) yield { path, value: value.slice(0, value.length - old.length) + id };
    }
  }
}

function* scenarioChanges(template: Template, of: (scenario: Scenario, path: Path) => Iterable<Change>): Generator<Change> {
  for (const [index, scenario] of asList(template.scenarios).entries()) yield* of(scenario, ["scenarios", index]);
}

function* nodeInScenario({ acts, expect = {} }: Partial<Scenario>, path: Path, old: string, name: string): Generator<Change> {
  for (const [index, act] of asList(acts).entries()) if (act.step === old) yield { path: [...path, "acts", index, "step"], value: name };
  for (const key of ["visits", "joins"] as const) yield* keyRenamed(expect[key], [...path, "expect", key], old, name);
  for (const key of ["open", "completed"] as const) {
    for (const [index, each] of asList(expect[key]).entries()) if (each === old) yield { path: [...path, "expect", key, index], value: name };
  }
}

function* actsOf(scenario: Scenario, path: Path, node: string): Generator<readonly [Act, Path]> {
  for (const [index, act] of asList(scenario.acts).entries()) if (act.step === node) yield [act, [...path, "acts", index]];
}

function* fieldInScenario(scenario: Scenario, path: Path, { node, old, id }: Renaming): Generator<Change> {
  for (const [act, at] of actsOf(scenario, path, node)) {
    if (act.field === old) yield { path: [...at, "field"], value: id };
    for (const key of ["answers", "reasons"] as const) yield* keyRenamed(act[key], [...at, key], old, id);
  }
}

function* partInScenario(scenario: Scenario, path: Path, { node, field, list, old, id }: PartRenaming): Generator<Change> {
  for (const [act, at] of actsOf(scenario, path, node)) {
    if (list === "points" && act.field === field && act.point === old) yield { path: [...at, "point"], value: id };
    yield* answerRenamed(act.answers?.[field], [...at, "answers", field], list, { old, id });
  }
}

function* answerRenamed(answer: Json | undefined, path: Path, list: string, { old, id }: Pick<Renaming, "old" | "id">): Generator<Change> {
  if (answer === undefined || answer === null) return;
  if (list === "options") {
    if (answer === old) yield { path, value: id };
    if (Array.isArray(answer) && answer.includes(old)) yield { path, value: answer.map((each: Json) => (each === old ? id : each)) };
  } else if (Array.isArray(answer)) {
    for (const [index, row] of answer.entries()) yield* keyRenamed(row as Json, [...path, index], old, id);
  } else yield* keyRenamed(answer, path, old, id);
}

/** The same object with a member under its new name, in its old place. */
function* keyRenamed(object: unknown, path: Path, old: string, name: string): Generator<Change> {
  if (typeof object !== "object" || object === null || !Object.hasOwn(object, old)) return;
  yield { path, value: keyed(object as Readonly<Record<string, Json>>, old, name) };
}

/** `object` with the member `old` called `name`; the order of members stays. */
export function keyed<T>(object: Readonly<Record<string, T>>, old: string, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key === old ? name : key, value]));
}

function routes(node: Node): readonly Edge[] {
  return "next" in node ? asList(node.next) : [];
}
