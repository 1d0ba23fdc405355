import type { Words } from "@mendloop/engine";
import { MANY_MISSING } from "./grouped.ts";
import { nameOf, type Template } from "./model/index.ts";
import type { Found } from "./session.ts";
import { read, say } from "./words/index.ts";

const QUOTED = /“([a-z][a-z0-9_]*)(?:\.([a-z][a-z0-9_]*))?”/g;
const IN_SCENARIO = /^\/scenarios\/\d+\/./;
const ROUTES = /^\/nodes\/[^/]+\/next$/;

/** What is wrong, in words in which steps and fields are called as people call them, not as machines do. */
export function toldOf(found: Found, template: Template): string {
  if (found.code === MANY_MISSING) return say("shell.texts_missing", { count: Number(found.params["count"]), language: read(found.params["shown"] as Words) });
  if (found.code === "template.too_few" && ROUTES.test(found.at)) return say("shell.needs_route");
  if (found.code.startsWith("reference.") && IN_SCENARIO.test(found.at)) return say("preview.scenario_gone");
  return read(found.message).replace(QUOTED, (quoted, name: string, field?: string) => (template.nodes[name] === undefined ? quoted : `“${field === undefined ? titleOf(template, name) : labelOf(template, name, field)}”`));
}

/** What a problem is about. */
export function elementOf(found: Found, template: Template): string {
  if (found.code === MANY_MISSING) return "";
  return nameOf(template, found.at, read) || (template.nodes[found.element] === undefined ? found.element : titleOf(template, found.element));
}

function titleOf(template: Template, name: string): string {
  return nameOf(template, `/nodes/${name}`, read) || name;
}

function labelOf(template: Template, name: string, field: string): string {
  const node = template.nodes[name];
  const index = node?.kind === "step" ? (node.fields ?? []).findIndex(({ id }) => id === field) : -1;
  return (index < 0 ? "" : nameOf(template, `/nodes/${name}/fields/${String(index)}`, read)) || field;
}
