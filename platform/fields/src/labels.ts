import type { Json, PlanField, Problem, Words } from "@mendloop/engine";

/** Which list of a field's settings a parameter of its problems names an element of. */
const LISTS: Readonly<Record<string, string>> = { shot: "shots", item: "items", point: "points", part: "lines" };

/** The problem with what people call things in the place of their ids: "Name plate" instead of "plate". */
export function withLabels(problem: Problem, field: PlanField, read: (words: Words) => string): Problem {
  const params = Object.entries(problem.params).map(([name, value]) => [name, labelOf(field, name, value, read)] as const);
  return { ...problem, params: Object.fromEntries(params) };
}

function labelOf(field: PlanField, name: string, value: Json, read: (words: Words) => string): Json {
  const list = (field.settings[LISTS[name] ?? ""] ?? []) as unknown as readonly { id?: string; part?: string; label: Words | string }[];
  const found = list.find(({ id, part }) => (id ?? part) === value);
  if (found === undefined) return value;
  return typeof found.label === "string" ? found.label : read(found.label) || value;
}
