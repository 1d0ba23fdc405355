import type { Json } from "@mendloop/engine";
import { ITEM_IDS, numbered } from "../beginnings.ts";
import { type Command, command } from "../command.ts";
import type { Draft } from "../draft.ts";
import { freeName } from "../ids.ts";
import { at, type Path, put } from "../json.ts";
import { make, partRenamed } from "../references.ts";
import { writtenIn } from "../tongues.ts";

/**
 * Lists anywhere in the template: shots, items, options, points, safety notes, lines, columns, checks, rows, pause reasons, scenarios …
 * `path` leads from the template to the list, which may be absent yet: ["nodes", "measure", "fields", 0, "items"].
 */
export function listAt(draft: Draft, path: Path): readonly Json[] {
  const list = at(draft.template, path);
  return Array.isArray(list) ? (list as readonly Json[]) : [];
}

/** One more: `item`, or what items of this list begin with; last, or at `index`. */
export function addItem(draft: Draft, path: Path, item: Json = newItem(draft, path), index = listAt(draft, path).length): Command | null {
  return addItems(draft, path, [item], index);
}

/** Several more, as they are. */
export function addItems(draft: Draft, path: Path, items: readonly Json[], index = listAt(draft, path).length): Command | null {
  if (items.length === 0) return null;
  return command(draft, { key: "edit.add_items", params: { count: items.length } }, (next) => {
    if (!Array.isArray(at(next.template, path))) put(next.template, path, []);
    (at(next.template, path) as Json[]).splice(index, 0, ...items);
  });
}

/** Take items away. A list that may be absent and is empty then goes too. */
export function removeItems(draft: Draft, path: Path, indices: readonly number[]): Command | null {
  const { length } = listAt(draft, path);
  const gone = [...new Set(indices)].filter((index) => index >= 0 && index < length).sort((one, other) => other - one);
  if (gone.length === 0) return null;
  return command(draft, { key: "edit.remove_items", params: { count: gone.length } }, (next) => {
    const list = at(next.template, path) as Json[];
    for (const index of gone) list.splice(index, 1);
    if (list.length === 0 && MAY_BE_ABSENT.has(String(path.at(-1)))) put(next.template, path, undefined);
  });
}

/** Put an item before what stands at `to` once it is taken out. */
export function moveItem(draft: Draft, path: Path, from: number, to: number): Command | null {
  const { length } = listAt(draft, path);
  if (from === to || Math.min(from, to) < 0 || Math.max(from, to) >= length) return null;
  return command(draft, { key: "edit.move_item" }, (next) => {
    const list = at(next.template, path) as Json[];
    list.splice(to, 0, ...list.splice(from, 1));
  });
}

/** Change one thing about an item; undefined takes it away. With no path the item itself is replaced. */
export function setItem(draft: Draft, path: Path, index: number, inside: Path, value: Json | undefined): Command | null {
  if (index < 0 || index >= listAt(draft, path).length || (inside.length === 0 && value === undefined)) return null;
  const full = [...path, index, ...inside];
  return command(draft, { key: "edit.change_item" }, (next) => { put(next.template, full, value); }, `item ${full.join(" ")}`);
}

/** Another id for an item; pairs, expressions and scenarios that name it follow. Null when it is taken. */
export function renameItem(draft: Draft, path: Path, index: number, id: string): Command | null {
  const list = listAt(draft, path);
  const old = at(list, [index, "id"]);
  if (typeof old !== "string" || old === id || id === "" || idsOf(list).has(id)) return null;
  return command(draft, { key: "edit.rename_item", params: { name: id } }, (next) => {
    if (path[0] === "pause_reasons") renamePauseReason(next.template, old, id);
    const [nodes, node, fields, , name] = path;
    const field = at(draft.template, [...path.slice(0, 4), "id"]);
    if (nodes === "nodes" && fields === "fields" && typeof field === "string") {
      make(partRenamed(draft.template, { node: String(node), field, list: String(name), old, id }), next.template);
    }
    put(next.template, [...path, index, "id"], id);
  });
}

/** What an item of the list at `path` begins with. */
export function newItem(draft: Draft, path: Path): Json {
  const name = String(path.at(-1));
  const begin = BEGINNINGS[name];
  if (begin !== undefined) return writtenIn(draft.template, begin);
  const id = ITEM_IDS[name];
  if (id === undefined) return "";
  const list = listAt(draft, path);
  const item = numbered(name, id, list.length + 1);
  const named = { ...item, id: freeName(item.id, idsOf(list)) };
  return writtenIn(draft.template, name === "columns" ? { ...named, type: "text", label: { "zh-CN": `列 ${list.length + 1}`, en: `Column ${list.length + 1}` } } : named);
}

/** The ids in a list; a text stands for itself. */
export function idsOf(list: readonly unknown[]): ReadonlySet<string> {
  return new Set(list.map((item) => (typeof item === "string" ? item : at(item, ["id"]))).filter((id) => typeof id === "string"));
}

const BEGINNINGS: Readonly<Record<string, Json>> = {
  safety: { level: "caution", text: { "zh-CN": "注意安全。", en: "Take care." } },
  checks: { that: "true", message: { "zh-CN": "请核对。", en: "Please check." }, level: "reason" },
  lines: { part: "", quantity: 1 },
  applies_to: { product: "*" },
  scenarios: { name: "", acts: [], expect: {} },
  acts: { do: "complete", step: "" },
};

const MAY_BE_ABSENT: ReadonlySet<string> = new Set([
  "safety", "checks", "lines", "points", "fixed", "faults", "products", "applies_to", "pause_reasons", "scenarios", "not_same_person_as", "refused",
]);

function renamePauseReason(template: unknown, old: string, id: string): void {
  for (const scenario of (at(template, ["scenarios"]) ?? []) as readonly unknown[]) {
    for (const act of (at(scenario, ["acts"]) ?? []) as readonly unknown[]) {
      if (at(act, ["do"]) === "pause" && at(act, ["reason"]) === old) put(act, ["reason"], id);
    }
  }
}
