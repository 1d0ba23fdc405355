import { readFileSync } from "node:fs";
import type { Draft, Node, Template } from "../../src/model/index.ts";

/** A template of these nodes: `{a: "b c", b: "c", c: ""}`; `c!` goes back as rework. */
export function draftOf(routes: Readonly<Record<string, string>>, others: Readonly<Record<string, Partial<Node>>> = {}): Draft {
  const nodes = Object.fromEntries(Object.entries(routes).map(([id, to]) => [id, { ...nodeOf(id, to), ...others[id] }])) as Template["nodes"];
  return { template: { format: 1, key: "test", title: { en: "Test" }, roles: { engineer: {} }, start: Object.keys(routes)[0] ?? "", nodes }, layout: {} };
}

function nodeOf(id: string, to: string): object {
  const next = to.split(" ").filter((name) => name !== "").map((name) => (name.endsWith("!") ? { to: name.slice(0, -1), rework: true, when: "x" } : { to: name }));
  return next.length === 0 ? { kind: "end", outcome: "repaired" } : { kind: "step", role: "engineer", title: { en: id }, next };
}

/** A chain with a branch at every tenth node. */
export function chain(count: number): Draft {
  const name = (index: number): string => `n${Math.min(index, count - 1)}`;
  return draftOf(Object.fromEntries(Array.from({ length: count }, (_, index) => [
    name(index), index === count - 1 ? "" : index % 10 === 3 && index < count - 3 ? `${name(index + 2)} ${name(index + 1)}` : name(index + 1),
  ])));
}

export function builtin(name: string): Draft {
  return { template: JSON.parse(readFileSync(new URL(`../../../builtin_templates/${name}.json`, import.meta.url), "utf8")) as Template, layout: {} };
}

export const BUILTINS = ["phone/screen_replacement", "pump/overhaul", "washing_machine/does_not_drain", "air_conditioner/does_not_cool"] as const;
