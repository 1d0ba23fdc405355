import type { CommandAnswer, CommandsAnswer, SentCommand } from "../api/types.ts";
import { type Device, type OutboxEntry, STRICT, type Store } from "./database.ts";
import { newId } from "./ids.ts";

const ALL = (status: OutboxEntry["status"]): IDBKeyRange => IDBKeyRange.bound([status, 0], [status, Infinity]);
const KEEP_MS = 14 * 24 * 60 * 60 * 1000;

/** What waits to be sent, in the order in which it was done. */
export async function waiting(store: Store, most = 1000): Promise<readonly OutboxEntry[]> {
  return await store.use(async (database) => await database.getAllFromIndex("outbox", "by_status", ALL("waiting"), most));
}

/** What the server refused and nobody has looked at yet. */
export async function parked(store: Store): Promise<readonly OutboxEntry[]> {
  return await store.use(async (database) => await database.getAllFromIndex("outbox", "by_status", ALL("parked")));
}

export async function waitingFor(store: Store, order: string): Promise<number> {
  const range = IDBKeyRange.bound([order, "waiting", 0], [order, "waiting", Infinity]);
  return await store.use(async (database) => await database.countFromIndex("outbox", "by_order", range));
}

/** Write down that these are about to be sent: from now on they may not be changed. Answers them as they now are. */
export async function markSending(store: Store, ids: readonly string[]): Promise<readonly OutboxEntry[]> {
  return await store.use(async (database) => {
    const tx = database.transaction("outbox", "readwrite", STRICT);
    const marked: OutboxEntry[] = [];
    for (const id of ids) {
      const entry = await tx.store.get(id);
      if (entry?.status !== "waiting") continue;
      marked.push({ ...entry, attempts: entry.attempts + 1 });
    }
    for (const entry of marked) await tx.store.put(entry);
    await tx.done;
    return marked;
  });
}

export function asSent(entry: OutboxEntry): SentCommand {
  const { id, order, type, at, sequence, base_revision, monotonic_ms, payload, replaces } = entry;
  return { id, order, type, at, sequence, base_revision, monotonic_ms, payload, ...(replaces === undefined ? {} : { replaces }) };
}

/** Believe the server about each command that it names; everything that it does not name goes on waiting. */
export async function settle(store: Store, answer: CommandsAnswer, now: string): Promise<void> {
  await store.use(async (database) => {
    const tx = database.transaction(["outbox", "photos", "meta"], "readwrite", STRICT);
    const outbox = tx.objectStore("outbox");
    for (const each of answer.answers) {
      const entry = await outbox.get(each.id);
      if (entry?.status === "waiting") await outbox.put(settled(entry, each, now));
      for (const sha256 of missingPhotos(each)) {
        const photo = await tx.objectStore("photos").get(sha256);
        if (photo !== undefined) await tx.objectStore("photos").put({ ...photo, sent_at: null });
      }
    }
    await tx.objectStore("meta").put(answer.epoch, "epoch");
    await tx.done;
  });
}

function settled(entry: OutboxEntry, answer: CommandAnswer, now: string): OutboxEntry {
  switch (answer.status) {
    case "applied":
    case "duplicate": return { ...entry, status: "done", answered_at: now, problems: [] };
    case "conflict":
    case "rejected": return { ...entry, status: "parked", answered_at: now, problems: answer.problems };
    case "held": return { ...entry, problems: answer.problems };
  }
}

function missingPhotos(answer: CommandAnswer): readonly string[] {
  return answer.problems.filter(({ code }) => code === "photo.missing_upload").map(({ params }) => params["photo"] as string);
}

/** The server knew a number of ours already: this storage is a copy or an old state. Go on under a new name, lose nothing. */
export async function beginIncarnation(store: Store): Promise<void> {
  await store.use(async (database) => {
    const tx = database.transaction(["outbox", "meta"], "readwrite", STRICT);
    const entries = await tx.objectStore("outbox").index("by_status").getAll(ALL("waiting"));
    for (const [place, entry] of entries.entries()) await tx.objectStore("outbox").put({ ...entry, sequence: place + 1 });
    const device = (await tx.objectStore("meta").get("device")) as Device | undefined;
    await tx.objectStore("meta").put({ id: device?.id ?? newId(), incarnation: newId(), next_sequence: entries.length + 1 }, "device");
    await tx.done;
  });
}

/** A restored server has forgotten what it once acknowledged: offer everything that we still have again. */
export async function offerAgain(store: Store): Promise<void> {
  await store.use(async (database) => {
    const tx = database.transaction(["outbox", "photos"], "readwrite", STRICT);
    const entries = await tx.objectStore("outbox").index("by_status").getAll(ALL("done"));
    for (const entry of entries) await tx.objectStore("outbox").put({ ...entry, status: "waiting", answered_at: null });
    for (const photo of await tx.objectStore("photos").getAll()) await tx.objectStore("photos").put({ ...photo, sent_at: null });
    await tx.done;
  });
}

/** Somebody has read why this was refused; it stays on the server, and here for as long as everything else. */
export async function dismiss(store: Store, id: string): Promise<void> {
  await store.use(async (database) => {
    const tx = database.transaction("outbox", "readwrite", STRICT);
    const entry = await tx.store.get(id);
    if (entry?.status === "parked") await tx.store.put({ ...entry, status: "done" });
    await tx.done;
  });
}

/** Forget what the server has had for fourteen days, and pictures that nothing waiting needs. */
export async function tidy(store: Store, now: number): Promise<void> {
  const before = new Date(now - KEEP_MS).toISOString();
  await store.use(async (database) => {
    const tx = database.transaction(["outbox", "photos"], "readwrite");
    for (const entry of await tx.objectStore("outbox").index("by_status").getAll(ALL("done"))) {
      if (entry.answered_at !== null && entry.answered_at < before) await tx.objectStore("outbox").delete(entry.id);
    }
    for (const photo of await tx.objectStore("photos").getAll()) {
      if (photo.sent_at !== null && photo.sent_at < before && photo.of_template !== true) await tx.objectStore("photos").delete(photo.sha256);
    }
    await tx.done;
  });
}
