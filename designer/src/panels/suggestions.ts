import { type Signal, signal } from "@preact/signals";
import type { Words } from "@mendloop/engine";
import { Unreachable, Refused, SignedOut, type Client } from "../api/client.ts";
import { read, say } from "../words/index.ts";
import type { Option } from "./references.ts";

type Source = "product" | "fault";
interface Named { readonly value: string; readonly title: Words }
interface Products { readonly products: readonly { readonly key: string; readonly title: Words }[] }
interface Faults { readonly fault_codes: readonly { readonly code: string; readonly title: Words }[] }
export interface Part { readonly number: string; readonly name: Words; readonly unit: string; readonly serial_tracked: boolean }

const kept = new WeakMap<Client, Map<Source, Signal<readonly Named[]>>>();

/** Products or fault codes of this company, fetched once. Empty until they are here, and without the server. */
export function suggestions(client: Client, source: Source): readonly Option[] {
  const mine = kept.get(client) ?? new Map<Source, Signal<readonly Named[]>>();
  kept.set(client, mine);
  let found = mine.get(source);
  if (found === undefined) {
    found = signal<readonly Named[]>([]);
    mine.set(source, found);
    void fill(client, source, found);
  }
  const named = found.value.map(({ value, title }) => ({ value, label: read(title) || value, note: value }));
  return source === "product" ? [...groupsOf(named), ...named] : named;
}

/** Products that stand in one group, `pump/centrifugal/…`, can be meant all at once. */
export function groupsOf(products: readonly Option[]): readonly Option[] {
  const groups = new Set(products.flatMap(({ value }) => value.split("/").slice(0, -1).map((_, depth, way) => way.slice(0, depth + 1).join("/"))));
  return [...groups].sort().map((group) => {
    return { value: `${group}/*`, label: say("panels.all_of", { what: groupName(group, products) }), note: `${group}/*` };
  });
}

/** A group is called as the product of its own name, else as those in it: paths are for machines, in one language. */
function groupName(group: string, products: readonly Option[]): string {
  const own = products.find(({ value }) => value === group);
  if (own !== undefined) return own.label;
  const [first, second, ...more] = products.filter(({ value }) => value.startsWith(`${group}/`)).map(({ label }) => label);
  const what = [first ?? group, ...(second === undefined ? [] : [second])].join(say("panels.between"));
  return more.length === 0 ? what : say("panels.and_more", { what, count: more.length });
}

async function fill(client: Client, source: Source, found: Signal<readonly Named[]>): Promise<void> {
  try {
    found.value = source === "product"
      ? (await client.get<Products>("/products")).products.map(({ key, title }) => ({ value: key, title }))
      : (await client.get<Faults>("/fault-codes")).fault_codes.map(({ code, title }) => ({ value: code, title }));
  } catch (failure) {
    forgive(failure);
  }
}

/** Parts of the stock whose number or name holds `query`. */
export async function partsLike(client: Client, query: string): Promise<readonly Part[]> {
  try {
    return (await client.get<{ readonly parts: readonly Part[] }>(`/parts?query=${encodeURIComponent(query)}`)).parts;
  } catch (failure) {
    forgive(failure);
    return [];
  }
}

/** Suggestions are a comfort: without the server people type. */
export function forgive(failure: unknown): void {
  if (!(failure instanceof Unreachable || failure instanceof Refused || failure instanceof SignedOut)) throw failure;
}
