import "fake-indexeddb/auto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { nextShot } from "@mendloop/fields/camera/use_roll.ts";
import { expect, test, vi } from "vitest";
import { Client, Refused, Unreachable } from "../src/api/client.ts";
import { firstWithin, fitted } from "@mendloop/fields/picture_size.ts";
import { TRIES } from "../src/photos/resize.ts";
import { type OutboxEntry, Store } from "../src/store/database.ts";
import { asSent } from "../src/store/outbox.ts";
import { findPhoto, forgiveRefused, keepPhoto, markPhoto, refusedPhotos, unsentPhotos } from "../src/store/photos.ts";
import { exchanged, placesIn, replacePhoto, replacesWith } from "../src/store/replacing.ts";
import { Sender } from "../src/sync/sender.ts";
import moreChinese from "../src/words/zh-CN.more.json";
import moreEnglish from "../src/words/en.more.json";
import { newOrder } from "./plan.ts";

const [A, B, C] = ["a", "b", "c"].map((letter) => letter.repeat(64)) as [string, string, string];
const taken = (photo: string): { photo: string; source: string; at: string } => ({ photo, source: "camera", at: "2026-11-22T09:00:00.000Z" });
const fresh = { photo: C, source: "gallery", at: "2026-11-22T10:00:00.000Z" };
const entry = (id: string, sequence: number, type: string, payload: OutboxEntry["payload"], photos: readonly string[]): OutboxEntry => ({
  id, order: "o1", author: "ada", type, at: "2026-11-22T09:00:00.000Z", sequence, base_revision: 2, monotonic_ms: 0, payload,
  photos, status: "waiting", attempts: 1, answered_at: null, problems: [],
});
const answers = { before: { front: [taken(A)], back: [taken(B)] } };
const entries = [
  entry("1", 1, "RecordAnswers", { visit: "measure#1", answers }, [A, B]),
  entry("2", 2, "CompleteStep", { visit: "measure#1", answers }, [A, B]),
  entry("3", 3, "ReportFinding", { visit: "measure#1", text: "oil", photos: [A] }, [A]),
];
let people = 0;
vi.stubGlobal("navigator", {}); // without locks, as on a page without https
const jpeg = (size: number): Blob => new Blob([new Uint8Array(size)], { type: "image/jpeg" });

async function filled(): Promise<Store> {
  const store = new Store(`photos${(people += 1)}`);
  const visit = { visit: "measure#1", node: "measure", answers } as never;
  await store.use(async (database) => {
    for (const each of entries) await database.put("outbox", each);
    await database.put("orders", { id: "o1", order: { ...newOrder(), id: "o1", visits: [visit] }, etag: null });
    await database.put("drafts", { key: "o1 measure#1", answers: { before: answers.before }, reasons: {} });
    await database.put("meta", { id: "d", incarnation: "1", next_sequence: 4 }, "device");
  });
  return store;
}

test("a picture is made coarser, then smaller, until it is within the limit", async () => {
  const tried: number[] = [];
  const made = await firstWithin(TRIES, 400_000, async (longest, quality) => { tried.push(longest); return await Promise.resolve(jpeg(Math.round(longest * longest * quality * 0.25))); });
  expect(made?.size).toBeLessThanOrEqual(400_000);
  expect(tried).toEqual([2048, 2048, 2048, 1600]);
});

test("a picture that cannot be made small enough is none", async () => {
  expect(await firstWithin(TRIES, 10, async () => await Promise.resolve(jpeg(11)))).toBeNull();
});

test("each try is smaller than the one before, and none stretches a picture", () => {
  const weights = TRIES.map(({ longest, quality }) => longest * longest * quality);
  expect(weights).toEqual([...weights].sort((one, other) => other - one));
  expect(fitted(100, 50, 640)).toEqual({ width: 100, height: 50 });
});

test("the camera aims at what still lacks a picture, those under way counted", () => {
  const wanted = ["front", "back"].map((id) => ({ id, label: id, min: 1, max: 1, taken: [], before: null }));
  expect(nextShot(wanted, "front", { front: 1 })).toBe("back");
  expect(nextShot(wanted, "back", { front: 1, back: 1 })).toBe("back");
  expect(nextShot(wanted, "back", { back: 1 })).toBe("front");
});

test("a shot that several entries repeat is one place; a finding is its own", () => {
  expect(placesIn(entries, new Set([A])).map(({ entry: only, path }) => [only, path.join(".")])).toEqual([[null, "answers.before.front"], ["3", "photos"]]);
});

test("only the shot that was replaced changes, with what is told of it", () => {
  const both = { before: { front: [taken(A)], back: [taken(A)] } };
  expect(exchanged(both, ["before", "front"], A, fresh)).toEqual({ before: { front: [fresh], back: [taken(A)] } });
  expect(exchanged({ photos: [A, B] }, ["photos"], A, fresh)).toEqual({ photos: [C, B] });
});

test("what stands in the place of a replacement stands for both", () => {
  expect(replacesWith(replacesWith({}, A, B), B, C)).toEqual({ [B]: [A], [C]: [B, A] });
});

test("a refused photo is replaced in all that waits for it, in the order and in the draft, and nowhere else", async () => {
  const store = await filled();
  const [place] = placesIn(entries, new Set([A]));
  if (place === undefined) throw new Error("no place");
  await replacePhoto(store, place, fresh);
  const [first, second, finding] = await store.use(async (database) => await database.getAll("outbox"));
  for (const each of [first, second]) {
    expect(each?.payload["answers"]).toEqual({ before: { front: [fresh], back: [taken(B)] } });
    expect(each?.photos).toEqual([B, C]);
    expect(each === undefined ? null : asSent(each).replaces).toEqual({ [C]: [A] });
  }
  expect(finding).toEqual(entries[2]);
  const order = await store.use(async (database) => await database.get("orders", "o1"));
  expect(order?.order.visits[0]?.answers).toEqual({ before: { front: [fresh], back: [taken(B)] } });
  const draft = await store.use(async (database) => await database.get("drafts", "o1 measure#1"));
  expect(draft?.answers["before"]).toEqual({ front: [fresh], back: [taken(B)] });
});

test("a refused photo is sent again only when somebody asks", async () => {
  const store = await filled();
  await keepPhoto(store, A, jpeg(10));
  await markPhoto(store, A, { sent_at: null, refused: "body_too_large", refused_params: { limit: 5 } });
  expect(await unsentPhotos(store, [A])).toEqual([]);
  expect((await refusedPhotos(store, [A, B])).map(({ sha256 }) => sha256)).toEqual([A]);
  await forgiveRefused(store);
  expect(await unsentPhotos(store, [A])).toHaveLength(1);
});

/** A server that takes commands, and says to each photo what `toPhoto` says. */
function clientThat(toPhoto: (sha256: string) => Error | null, sent: string[]): Client {
  const client = new Client();
  return Object.assign(client, {
    putPhoto: async (sha256: string) => {
      const failure = toPhoto(sha256);
      if (failure !== null) throw failure;
      await Promise.resolve();
    },
    commands: async (_: unknown, commands: readonly { id: string }[]) => {
      sent.push(...commands.map(({ id }) => id));
      return await Promise.resolve({ epoch: "e", high_water: 3, answers: commands.map(({ id }) => ({ id, status: "held", revision: null, problems: [] })) });
    },
  });
}

async function sentOnce(toPhoto: (sha256: string) => Error | null): Promise<{ store: Store; sent: string[]; sender: Sender }> {
  const store = await filled();
  for (const photo of [A, B]) await keepPhoto(store, photo, jpeg(10));
  const sent: string[] = [];
  const heard: (() => void)[] = [];
  const done = new Promise<void>((resolve) => { heard.push(resolve); });
  const sender = new Sender(store, clientThat(toPhoto, sent), async () => { await Promise.resolve(); for (const hear of heard) hear(); });
  sender.wake();
  await done;
  return { store, sent, sender };
}

test("a photo that is refused is kept with the reason, and the others and the commands go on", async () => {
  const { store, sent } = await sentOnce((sha256) => (sha256 === A ? new Refused(413, "body_too_large", { limit: 5 }) : null));
  expect(await findPhoto(store, A)).toMatchObject({ sent_at: null, refused: "body_too_large", refused_params: { limit: 5 } });
  expect((await findPhoto(store, B))?.sent_at).not.toBeNull();
  expect(sent).toEqual(["1", "2", "3"]);
});

test("a photo that does not get through keeps no command from going", async () => {
  const { store, sent } = await sentOnce(() => new Unreachable("timed out"));
  expect(sent).toEqual(["1", "2", "3"]);
  expect(await findPhoto(store, A)).toMatchObject({ sent_at: null, refused: null });
});

const MENDLOOP = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "mendloop");
const serverWords = (room: string, language: string): Record<string, string> => JSON.parse(readFileSync(join(MENDLOOP, room, "words", `${language}.json`), "utf8")) as Record<string, string>;

test.each([["zh-CN", moreChinese], ["en", moreEnglish]] as const)("the phone says in %s what the server says of commands and photos", (language, ours) => {
  const said = { ...serverWords("sync", language), ...serverWords("photos", language) };
  const codes = Object.keys(said).filter((key) => /^problem\.(command|device|order|photo)\./.test(key));
  expect(codes.length).toBeGreaterThan(12);
  for (const code of codes) expect([code, (ours as Record<string, string>)[code]]).toEqual([code, said[code]]);
});
