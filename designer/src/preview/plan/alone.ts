import type { Field, Node, Step, Template } from "../../model/index.ts";
import type { Found } from "../../session.ts";

const END = "preview_end";

/**
 * A document in which `node` can be compiled although the draft has errors: all steps one after the other, without what the
 * problems name. Null where the draft has no such step.
 */
export function aloneDocument(template: Template, node: string, problems: readonly Found[]): Template | null {
  const own = template.nodes[node];
  if (own?.kind !== "step") return null;
  const errors = problems.filter(({ severity }) => severity === "error").map(({ at }) => pathOf(at));
  const roles = Object.keys(template.roles).length > 0 ? template.roles : { worker: {} };
  const spared = Object.entries(template.nodes).flatMap(([name, each]) => sparedStep(name, each, name === node, errors, roles));
  const ordered = [...spared.filter(([name]) => name !== node), ...spared.filter(([name]) => name === node)];
  const chained = ordered.map(([name, step], place): [string, Node] => [name, { ...step, next: [{ to: ordered[place + 1]?.[0] ?? END }] }]);
  const { scenarios: _scenarios, applies_to: _applies, ...rest } = template;
  return {
    ...rest, roles, title: named(template.title, node), start: ordered[0]?.[0] ?? node,
    nodes: Object.fromEntries([...chained, [END, { kind: "end", outcome: "done" } satisfies Node]]),
  };
}

type Where = readonly string[];

/** The step without what is wrong in it; nothing where another step is wrong as a whole. */
function sparedStep(name: string, node: Node, isOwn: boolean, errors: readonly Where[], roles: Template["roles"]): readonly (readonly [string, Step])[] {
  if (node.kind !== "step") return [];
  const here = errors.filter((path) => path[0] === "nodes" && path[1] === name).map((path) => path.slice(2));
  const whole = here.filter(([part]) => part !== "fields" && part !== "next");
  if (whole.length > 0 && !isOwn) return [];
  const fields = (node.fields ?? []).flatMap((field, place) => sparedField(field, here.filter(([part, at]) => part === "fields" && at === String(place)).map((path) => path.slice(2)), isOwn));
  return [[name, sparedMembers({ ...node, fields, title: named(node.title, name) }, whole, roles)]];
}

/** What a step can do without goes; a role that is wrong becomes one that there is. */
function sparedMembers(step: Step, wrong: readonly Where[], roles: Template["roles"]): Step {
  const parts = new Set(wrong.map(([part]) => part));
  const kept = Object.entries(step).filter(([part]) => !parts.has(part) || part === "title" || part === "kind");
  const role = Object.hasOwn(roles, step.role) ? step.role : (Object.keys(roles)[0] ?? "");
  return { ...(Object.fromEntries(kept) as unknown as Step), kind: "step", role, next: step.next, fields: step.fields ?? [] };
}

const OPTIONAL = new Set(["visible", "required", "value", "default", "help", "checks"]);

/** The field without the conditions that are wrong; nothing where something else of it is. */
function sparedField(field: Field, wrong: readonly Where[], isOwn: boolean): readonly Field[] {
  if (wrong.length === 0) return [field];
  const canBeSpared = isOwn && wrong.every(([part = ""]) => OPTIONAL.has(part) && Object.hasOwn(field, part));
  if (!canBeSpared) return [];
  const parts = new Set(wrong.map(([part]) => part));
  return [Object.fromEntries(Object.entries(field).filter(([part]) => !parts.has(part))) as unknown as Field];
}

function named(words: Step["title"] | undefined, name: string): Step["title"] {
  return words !== undefined && Object.values(words).some((text) => text !== "") ? words : { en: name, "zh-CN": name };
}

function pathOf(pointer: string): Where {
  return pointer.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}
