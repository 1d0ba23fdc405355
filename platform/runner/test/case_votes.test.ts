import "fake-indexeddb/auto";
import { beforeEach, expect, test } from "vitest";
import { Client, Refused, Unreachable } from "../src/api/client.ts";
import { CaseDesk } from "../src/knowledge/desk.ts";
import type { CaseVote, KnownCases } from "../src/knowledge/types.ts";
import { Store } from "../src/store/database.ts";
import { asked, known } from "./cases.ts";

const TABLE: KnownCases = { cases: [known("a", { checks: ["rotor.runout+"] }), known("b", { checks: ["rotor.runout+"], closed_at: "2026-10-01T08:00:00.000Z" })], votes: [], faults: {}, products: {}, checks: {} };
const RUNOUT = asked({ checks: ["rotor.runout+"], place: "rotor.runout+" });

/** A server that counts votes as the real one does; without a network it answers nothing. */
class Server extends Client {
  isThere = true;
  refuses = false;
  readonly votes: CaseVote[] = [];
  asked = 0;
  override async knownCases(etag: string | null): ReturnType<Client["knownCases"]> {
    if (!this.isThere) throw new Unreachable("no network");
    this.asked += 1;
    const mark = `${this.votes.length}`;
    return await Promise.resolve(etag === mark ? "same" : { known: { ...TABLE, cases: this.#cases(), votes: this.#standing() }, etag: mark });
  }
  override async voteOnCase(vote: CaseVote): Promise<void> {
    if (!this.isThere) throw new Unreachable("no network");
    if (this.refuses) throw new Refused(404, "not_found");
    this.votes.push(vote);
    await Promise.resolve();
  }
  #standing(): CaseVote[] {
    return [...new Map(this.votes.map((vote) => [`${vote.order} ${vote.case}`, vote])).values()];
  }
  #cases(): KnownCases["cases"] {
    const said = (id: string, helped: boolean): number => this.#standing().filter((vote) => vote.case === id && vote.helped === helped).length;
    return TABLE.cases.map((each) => ({ ...each, helped: said(each.id, true), not_helped: said(each.id, false) }));
  }
}

let person = 0;
beforeEach(() => { person += 1; });

function phone(server: Server): CaseDesk {
  const attempt = async <T>(ask: () => Promise<T>): Promise<T | null> => await ask().catch(() => null);
  return new CaseDesk({ store: new Store(`ada${person}`), client: server, attempt });
}

const first = (desk: CaseDesk): string | undefined => desk.ranked(RUNOUT)[0]?.case.id;
const vote = (id: string, helped: boolean | null): Omit<CaseVote, "at"> => ({ order: "o1", case: id, place: "rotor.runout+", helped });

test("what helped comes first at once, without a network, and once only when it is sent", async () => {
  const server = new Server();
  const desk = phone(server);
  await desk.wake();
  expect(first(desk)).toBe("a");
  server.isThere = false;
  await desk.say(vote("b", true));
  expect([first(desk), desk.said("o1", "b")]).toEqual(["b", true]);
  server.isThere = true;
  await desk.send();
  await desk.send();
  expect(server.votes.map(({ case: id, helped }) => [id, helped])).toEqual([["b", true]]);
  expect(desk.cases.value.map(({ id, helped }) => [id, helped])).toEqual([["a", 0], ["b", 1]]);
  expect(desk.waiting.value).toEqual({});
});

test("a vote that was made without a network outlives the app, and is taken back by one more tap", async () => {
  const server = new Server();
  const before = phone(server);
  await before.wake();
  server.isThere = false;
  await before.say(vote("b", true));
  const after = phone(server);
  await after.have();
  expect([first(after), after.said("o1", "b")]).toEqual(["b", true]);
  await after.say(vote("b", null));
  expect([first(after), after.said("o1", "b")]).toEqual(["a", null]);
  server.isThere = true;
  await after.send();
  expect(server.votes.map(({ helped }) => helped)).toEqual([null]);
});

test("a vote is changed, not doubled", async () => {
  const server = new Server();
  const desk = phone(server);
  await desk.wake();
  await desk.say(vote("a", true));
  await desk.send();
  await desk.say(vote("a", false));
  await desk.send();
  expect(desk.cases.value[0]).toMatchObject({ helped: 0, not_helped: 1 });
  expect(first(desk)).toBe("b");
});

test("what the server refuses does not wait for ever", async () => {
  const server = new Server();
  const desk = phone(server);
  await desk.wake();
  server.refuses = true;
  await desk.say(vote("a", true));
  await desk.send();
  expect(desk.waiting.value).toEqual({});
});

test("an unchanged table is not fetched again while it is fresh; a new phone shows what was kept", async () => {
  const server = new Server();
  const desk = phone(server);
  await desk.wake();
  await desk.wake();
  expect(server.asked).toBe(1);
  server.isThere = false;
  const again = phone(server);
  await again.wake();
  expect(again.cases.value).toHaveLength(2);
});
