import type { Json, JsonObject, Words } from "@mendloop/engine";
import { at, command, type Command, connect, type Draft, nameOf, pathOf, reconnect, removeEdge, removeItems, removeNodes, renameField, renameItem, renameNode, setLanguages, setRework } from "../model/index.ts";
import { type Path, put } from "../model/json.ts";
import { MANY_MISSING } from "../grouped.ts";
import { tonguesIn } from "../model/tongues.ts";
import type { Found } from "../session.ts";
import { read, say, type Word } from "../words/index.ts";

/** One click that mends a problem, as one edit. */
export interface Fix {
  readonly label: string;
  readonly make: (draft: Draft) => Command | null;
}

type Maker = (found: Found, draft: Draft) => readonly Fix[];

/** What can be done about a problem with one click. `docs/decisions/checking.md` lists the params that each code brings. */
export function fixesFor(found: Found, draft: Draft): readonly Fix[] {
  return [...(BY_CODE[found.code] ?? none)(found, draft), ...nearest(found, draft), ...removedScenario(found)];
}

const none: Maker = () => [];

const BY_CODE: Readonly<Record<string, Maker>> = {
  "template.bad_name": freeName,
  "template.too_few": ledToEnd,
  "template.unknown_key": (found) => [{ label: say("shell.fix_remove_key", { key: text(found.params, "key") }), make: setAt(found.at, undefined) }],
  "name.duplicate": freeName,
  "name.reserved": freeName,
  "reference.unknown_node": removedRoute,
  "reference.unknown_role": (found) => names(found.params, "roles").slice(0, 3).map((role) => ({ label: say("shell.fix_use_role", { name: role }), make: setAt(found.at, role) })),
  "flow.unreachable": (found, draft) => [...connectedFrom(found, draft), removedNode(found)],
  "flow.no_end": ledToEnd,
  "flow.last_edge_has_condition": (found) => onRoute(found, "fix_remove_condition", (draft, node, index) => unconditional(draft, node, index)),
  "flow.loop_not_rework": (found) => onRoute(found, "fix_mark_rework", (draft, node, index) => setRework(draft, node, index, {})),
  "flow.rework_not_back": unmarked,
  "flow.rework_in_parallel": unmarked,
  "flow.rework_leaves_branch": removedRoute,
  "flow.limit_without_rework": unmarked,
  "flow.limit_without_exit": (found) => onRoute(found, "fix_remove_limit", (draft, node, index) => setRework(draft, node, index, {})),
  "flow.exit_without_limit": (found) => onRoute(found, "fix_remove_limit", (draft, node, index) => setRework(draft, node, index, {})),
  "flow.dead_step": (found) => [removedNode(found)],
  "field.limits_crossed": (found) => [{ label: say("shell.fix_swap_limits"), make: swapped(found) }],
  "field.decides_unanswered": (found) => [{ label: say("shell.fix_make_required"), make: setAt(`${found.at}/required`, true) }],
  "time.travel_unsaid": timeSaid,
  "time.elsewhere_unsaid": timeSaid,
  "words.missing_translation": copiedWords,
  [MANY_MISSING]: oneLanguage,
};

function text(params: JsonObject, key: string): string {
  const value = params[key];
  return typeof value === "string" ? value : "";
}

function names(params: JsonObject, key: string): readonly string[] {
  const listed = params[key];
  return Array.isArray(listed) ? listed.filter((each): each is string => typeof each === "string") : [];
}

function setAt(pointer: string, value: Json | undefined): Fix["make"] {
  return (draft) => command(draft, { key: "edit.fix" }, (next) => { put(next.template, pathOf(draft.template, pointer), value); });
}

/** What its name says, or what holds anyway: said once, it is asked no more. */
function timeSaid({ at: where, params }: Found): readonly Fix[] {
  return [text(params, "time"), text(params, "usual")].map((time) => ({ label: say(`shell.fix_time_${time}` as Word), make: setAt(where, time) }));
}

/** What was probably meant, in a reference or inside an expression. */
function nearest(found: Found, draft: Draft): readonly Fix[] {
  const { template } = draft;
  return names(found.params, "did_you_mean").slice(0, 2).map((name) => {
    const { from, to } = found;
    const now = at(template, pathOf(template, found.at));
    const isInside = typeof now === "string" && typeof from === "number" && typeof to === "number";
    const value = isInside ? now.slice(0, from) + name + now.slice(to) : name;
    return { label: say("shell.fix_did_you_mean", { name: titleOf(draft, name) }), make: setAt(found.at, value) };
  });
}

/** A name that is free, given so that whatever names the thing follows. */
function freeName(found: Found): readonly Fix[] {
  const name = text(found.params, "free");
  if (name === "") return [];
  return [{ label: say("shell.fix_rename", { name }), make: (draft) => renamed(draft, pathOf(draft.template, found.at), name) ?? setAt(found.at, name)(draft) }];
}

function renamed(draft: Draft, path: Path, name: string): Command | null {
  const [, node, list, index, inner, place] = path;
  if (typeof node !== "string") return null;
  if (list === undefined) return renameNode(draft, node, name);
  const field = at(draft.template, path.slice(0, 4)) as { readonly id?: string } | undefined;
  if (list !== "fields" || field?.id === undefined || index === undefined) return null;
  return inner === "id" || inner === undefined ? renameField(draft, node, field.id, name) : renameItem(draft, path.slice(0, 5), Number(place), name);
}

function routeOf({ params }: Found): { readonly node: string; readonly index: number } | null {
  const { node, index } = params;
  return typeof node === "string" && typeof index === "number" ? { node, index } : null;
}

type Key = "fix_remove_condition" | "fix_mark_rework" | "fix_unmark_rework" | "fix_remove_route" | "fix_remove_limit";

function onRoute(found: Found, key: Key, make: (draft: Draft, node: string, index: number) => Command | null): readonly Fix[] {
  const route = routeOf(found);
  return route === null ? [] : [{ label: say(`shell.${key}`), make: (draft) => make(draft, route.node, route.index) }];
}

function removedRoute(found: Found): readonly Fix[] {
  return onRoute(found, "fix_remove_route", removeEdge);
}

function removedScenario(found: Found): readonly Fix[] {
  const index = brokenScenario(found);
  return index === null ? [] : [{ label: say("shell.fix_remove_scenario"), make: (draft) => removeItems(draft, ["scenarios"], [index]) }];
}

/** Which scenario no longer fits; null where a problem is about something else, or only about the time that playing takes. */
export function brokenScenario({ at: pointer, code }: Found): number | null {
  const [, index] = /^\/scenarios\/(\d+)/.exec(pointer) ?? [];
  return index === undefined || code === "scenario.not_played" || code === "scenario.too_long" ? null : Number(index);
}

function unmarked(found: Found): readonly Fix[] {
  return onRoute(found, "fix_unmark_rework", (draft, node, index) => setRework(draft, node, index, null));
}

function unconditional(draft: Draft, node: string, index: number): Command | null {
  return setAt(`/nodes/${node}/next/${index}/when`, undefined)(draft);
}

function removedNode(found: Found): Fix {
  return { label: say("shell.fix_remove_node"), make: (draft) => removeNodes(draft, [text(found.params, "node") || found.element]) };
}

function connectedFrom(found: Found, draft: Draft): readonly Fix[] {
  const [from, to] = [text(found.params, "after"), text(found.params, "node")];
  return from === "" || to === "" ? [] : [{ label: say("shell.fix_connect", { from: titleOf(draft, from) }), make: (now) => connect(now, from, to) }];
}

function ledToEnd(found: Found): readonly Fix[] {
  const [end] = names(found.params, "ends");
  const route = routeOf(found);
  const node = text(found.params, "node");
  if (end === undefined || node === "") return [];
  return [{ label: say("shell.fix_lead_to_end"), make: (draft) => (route === null ? connect(draft, node, end) : reconnect(draft, route.node, route.index, end)) }];
}

/** Limits are two numbers of a list, or `min` and `max` beside each other. */
function swapped(found: Found): Fix["make"] {
  return (draft) => {
    const path = pathOf(draft.template, found.at);
    const list = at(draft.template, path);
    if (Array.isArray(list)) return setAt(found.at, [...(list as readonly Json[])].reverse())(draft);
    const holder = path.slice(0, -1);
    const { min, max } = at(draft.template, holder) as { readonly min?: Json; readonly max?: Json };
    return command(draft, { key: "edit.fix" }, (next) => { put(next.template, [...holder, "min"], max); put(next.template, [...holder, "max"], min); });
  };
}

function copiedWords(found: Found): readonly Fix[] {
  const { words } = found.params;
  const [there] = typeof words === "object" && words !== null ? Object.values(words as JsonObject) : [];
  const language = text(found.params, "language");
  return typeof there !== "string" || language === "" ? [] : [{ label: say("shell.fix_copy_words"), make: setAt(`${found.at}/${language}`, there) }];
}

/** The template is meant to be without that language. */
function oneLanguage({ params }: Found, { template }: Draft): readonly Fix[] {
  const others = tonguesIn(template).filter((tongue) => tongue !== params["language"]);
  return others.length === 0 ? [] : [{ label: say("shell.fix_without_language", { language: read(params["shown"] as Words) }), make: (draft) => setLanguages(draft, others, { key: "edit.fix" }) }];
}

function titleOf({ template }: Draft, name: string): string {
  return template.nodes[name] === undefined ? name : nameOf(template, `/nodes/${name}`, read);
}
