import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Words } from "@mendloop/engine";
import type { Client } from "../api/client.ts";
import { addRole, type Command, command, type Draft, joined, pathOf, sameJson, type Template } from "../model/index.ts";
import { put } from "../model/json.ts";
import { roleKeyFrom } from "../model/role_keys.ts";
import { read, say } from "../words/index.ts";
import { wordsTyped } from "./list_edit.ts";
import type { Option } from "./references.ts";
import { forgive } from "./suggestions.ts";

/** A role that the company's people have or its templates ask for. */
export interface WorkRole {
  readonly key: string;
  readonly title: Words;
  /** How many of those who work there now have it. */
  readonly people: number;
}

const kept = new WeakMap<Client, Signal<readonly WorkRole[]>>();

/** The company's roles, fetched once. Empty until they are here, and without the server. */
export function workRoles(client: Client): ReadonlySignal<readonly WorkRole[]> {
  const known = kept.get(client);
  if (known !== undefined) return known;
  const found = signal<readonly WorkRole[]>([]);
  kept.set(client, found);
  fetchWorkRoles(client).then((roles) => { found.value = roles; }, forgive);
  return found;
}

/** As they are now. */
export async function fetchWorkRoles(client: Client): Promise<readonly WorkRole[]> {
  return (await client.get<{ readonly work_roles: readonly WorkRole[] }>("/work-roles")).work_roles;
}

/** The role that people mean by `text`: one of the company's that is called so in any language, else a new one. */
export function roleCalled(text: string, known: readonly WorkRole[], spoken: string): { readonly key: string; readonly title: Words } {
  const wanted = plain(text);
  const found = known.find(({ key, title }) => key === wanted || Object.values(title).some((words) => plain(words) === wanted));
  const title = found !== undefined && Object.keys(found.title).length > 0 ? found.title : wordsTyped(text, spoken);
  return { key: found?.key ?? roleKeyFrom(text), title };
}

/** Those of the company that the template does not have yet. */
export function furtherRoles({ roles }: Template, known: readonly WorkRole[]): readonly Option[] {
  return known.filter(({ key }) => roles[key] === undefined).map(({ key, title, people }) => ({ value: key, label: read(title) || key, note: say("panels.people_of_role", { count: people }) }));
}

/** The role of the template that is this one: the same twice would be two that nobody can tell apart. */
export function roleThere({ roles }: Template, key: string, title: Words): string | undefined {
  const said = Object.values(title);
  if (sameJson(roles[key]?.title, title)) return key;
  return Object.entries(roles).find(([, role]) => Object.values(role.title ?? {}).some((words) => said.includes(words)))?.[0];
}

/** Put a role at `pointer` that the template gets by the same edit, unless it is there under these words. */
export function giveRole(draft: Draft, pointer: string, { key, title }: ReturnType<typeof roleCalled>): Command | null {
  const label = { key: "edit.add_role" };
  const path = pathOf(draft.template, pointer);
  const there = roleThere(draft.template, key, title);
  if (there !== undefined) return command(draft, label, (next) => { put(next.template, path, there); });
  const { command: adding, id } = addRole(draft, key, title);
  const giving = command(adding.apply(draft), label, (next) => { put(next.template, path, id); });
  return giving === null ? adding : joined(adding, giving);
}

/** The roles that steps of the template need and nobody has. */
export function rolesOfNobody({ nodes }: Template, known: readonly WorkRole[]): readonly string[] {
  const needed = new Set(Object.values(nodes).flatMap((node) => (node.kind === "step" ? [node.role] : [])));
  return [...needed].filter((role) => (known.find(({ key }) => key === role)?.people ?? 0) === 0);
}

function plain(text: string): string {
  return text.normalize("NFKC").trim().toLowerCase();
}
