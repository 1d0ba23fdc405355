import type { Answers, Json, JsonObject } from "@mendloop/engine";
import type { FullOrder, Replaces } from "../api/types.ts";
import { type OutboxEntry, STRICT, type Store } from "./database.ts";

/** Where in the outbox a photo is named: the same shot in several entries is one place. */
export interface Place {
  readonly order: string;
  /** Empty: in none. */
  readonly visit: string;
  /** The entry that alone names it; null for answers of a visit, which several entries repeat. */
  readonly entry: string | null;
  /** The names that lead to it inside the payload. */
  readonly path: readonly string[];
  readonly photo: string;
}

export interface Fresh {
  readonly photo: string;
  readonly source: string;
  readonly at: string;
}

/** Every place at which these entries name one of `photos`. */
export function placesIn(entries: readonly OutboxEntry[], photos: ReadonlySet<string>): readonly Place[] {
  const found = new Map<string, Place>();
  for (const { id, order, payload } of entries) {
    const visit = typeof payload["visit"] === "string" ? payload["visit"] : "";
    for (const { path, photo } of namesIn(payload, photos)) {
      const place: Place = { order, visit, entry: path[0] === "answers" ? null : id, path, photo };
      found.set(JSON.stringify(place), place);
    }
  }
  return [...found.values()];
}

/** Names that lead to each of `photos` inside `value`: up to the first list. */
function namesIn(value: Json, photos: ReadonlySet<string>): readonly { path: readonly string[]; photo: string }[] {
  if (typeof value === "string") return photos.has(value) ? [{ path: [], photo: value }] : [];
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((each) => namesIn(each, photos)).map(({ photo }) => ({ path: [], photo }));
  return Object.entries(value as JsonObject).flatMap(([name, each]) => namesIn(each, photos).map(({ path, photo }) => ({ path: [name, ...path], photo })));
}

/** `value` with `fresh` at the end of `path` wherever `photo` stood there, and with what is told of it. */
export function exchanged(value: Json, path: readonly string[], photo: string, fresh: Fresh): Json {
  if (value === photo) return fresh.photo;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((each) => exchanged(each, [], photo, fresh));
  const [name, ...rest] = path;
  const within = Object.entries(value as JsonObject).map(([key, each]) => [key, name === undefined || name === key ? exchanged(each, rest, photo, fresh) : each] as const);
  const told = (value as JsonObject)["photo"] === photo ? Object.entries(fresh).filter(([key]) => Object.hasOwn(value, key)) : [];
  return Object.fromEntries([...within, ...told]);
}

/**
 * Put `fresh` where the refused photo of `place` is: in what waits to be sent, in the order as this phone shows it and in what was typed.
 * The server has not recorded any of it; what it holds back is told to it as corrected.
 */
export async function replacePhoto(store: Store, place: Place, fresh: Fresh): Promise<void> {
  await store.use(async (database) => {
    const tx = database.transaction(["outbox", "orders", "drafts"], "readwrite", STRICT);
    const range = IDBKeyRange.bound([place.order, "waiting", 0], [place.order, "waiting", Infinity]);
    for (const entry of await tx.objectStore("outbox").index("by_order").getAll(range)) {
      if (isAt(entry, place)) await tx.objectStore("outbox").put(entryWith(entry, place, fresh));
    }
    const record = await tx.objectStore("orders").get(place.order);
    if (record !== undefined) await tx.objectStore("orders").put({ ...record, order: orderWith(record.order, place, fresh) });
    const draft = await tx.objectStore("drafts").get(`${place.order} ${place.visit}`);
    if (draft !== undefined && place.entry === null) await tx.objectStore("drafts").put({ ...draft, answers: answersWith(draft.answers, place, fresh) });
    await tx.done;
  });
}

function isAt(entry: OutboxEntry, { entry: only, visit, photo }: Place): boolean {
  return entry.photos.includes(photo) && (only === null ? entry.payload["visit"] === visit && Object.hasOwn(entry.payload, "answers") : entry.id === only);
}

function entryWith(entry: OutboxEntry, { path, photo }: Place, fresh: Fresh): OutboxEntry {
  const payload = exchanged(entry.payload, path, photo, fresh) as JsonObject;
  const isLeft = namesIn(payload, new Set([photo])).length > 0;
  const photos = [...new Set([...entry.photos.filter((each) => each !== photo || isLeft), fresh.photo])];
  return { ...entry, payload, photos, replaces: replacesWith(entry.replaces ?? {}, photo, fresh.photo) };
}

/** What was put in the place of something that was itself put in a place stands for both. */
export function replacesWith(known: Replaces, photo: string, fresh: string): Replaces {
  const stoodFor = [...known[fresh] ?? [], photo, ...known[photo] ?? []];
  return { ...known, [fresh]: [...new Set(stoodFor)].filter((each) => each !== fresh) };
}

function orderWith(order: FullOrder, place: Place, fresh: Fresh): FullOrder {
  if (place.entry === null) return { ...order, visits: order.visits.map((visit) => (visit.visit === place.visit ? { ...visit, answers: answersWith(visit.answers, place, fresh) } : visit)) };
  const part = { findings: order.findings, state: order.state } as unknown as Json;
  return { ...order, ...(exchanged(part, [], place.photo, fresh) as unknown as Pick<FullOrder, "findings" | "state">) };
}

function answersWith(answers: Answers, { path, photo }: Place, fresh: Fresh): Answers {
  return exchanged(answers, path.slice(1), photo, fresh) as Answers;
}
