import "fake-indexeddb/auto";
import type { JsonObject } from "@mendloop/engine";
import { beforeEach, describe, expect, it, test } from "vitest";
import { Client, Refused, Unreachable } from "../src/api/client.ts";
import type { FoundPart, SpokenProblem } from "../src/api/types.ts";
import { PartsDesk } from "../src/parts/desk.ts";
import { added, judged, lookedUp, mayCome, type Scanned, waysOf } from "../src/parts/scanned.ts";
import type { OrderPart, OrderParts, PartVerb } from "../src/parts/types.ts";
import { Store } from "../src/store/database.ts";
import { words } from "./plan.ts";

const BEARING: OrderPart = {
  number: "BRG-1", name: { en: "Bearing" }, unit: "pcs", planned: 2, wanted: 2, reserved: [], missing: 0, issued: 0, used: 0, returned: 0,
  explained: 0, open: 0, explained_open: 0, serials: [], stand_ins: ["BRG-1-2RS"],
};
const SEAL: OrderPart = { ...BEARING, number: "SEAL", planned: 1, wanted: 1, stand_ins: [] };
const line = (number: string, change: Partial<Scanned> = {}): Scanned => ({ number, serial: null, quantity: 1, extra: false, known: true, refused: [], ...change });
const codes = (list: readonly Scanned[], parts: readonly OrderPart[]): readonly string[] => judged(list, parts).map(({ why }) => why[0]?.code ?? "right");

describe("what was scanned is judged at once", () => {
  it("against what is planned and what stands in for it, with what was expected", () => {
    expect(codes([line("BRG-1"), line("BRG-1-2RS"), line("DSP")], [BEARING, SEAL])).toEqual(["right", "right", "order_parts.wrong_part"]);
    expect(judged([line("DSP")], [BEARING, SEAL])[0]?.why[0]?.params).toEqual({ part: "DSP", expected: ["BRG-1", "SEAL"] });
  });

  it("a number that nobody knows is no part, whatever was said", () => {
    expect(codes([line("BRG-9", { known: false, extra: true }), line("SEAL")], [BEARING, { ...SEAL, known: false }])).toEqual(["part.unknown", "part.unknown"]);
  });

  it("against how much may still come: piece by piece, and what went back may come again", () => {
    const pieces = ["1", "2", "3"].map((serial) => line("BRG-1", { serial }));
    expect(codes(pieces, [BEARING])).toEqual(["right", "right", "order_parts.more_than_planned"]);
    expect(codes([line("BRG-1")], [{ ...BEARING, wanted: 0, issued: 2 }])).toEqual(["order_parts.more_than_planned"]);
    expect(codes([line("BRG-1")], [{ ...BEARING, wanted: 0, issued: 2, returned: 1 }])).toEqual(["right"]);
  });

  it("what stands in for one line does not stand in for the next one, too", () => {
    const issued = { ...BEARING, number: "BRG-1-2RS", planned: 0, issued: 3, stand_ins: [] };
    const other = { ...BEARING, number: "BRG-2" };
    expect([mayCome("BRG-1", [BEARING, issued, other]), mayCome("BRG-2", [BEARING, issued, other])]).toEqual([0, 1]);
  });

  it("what is to be taken all the same is right, and only what may be has that way", () => {
    expect(codes([line("DSP", { extra: true }), line("SEAL", { extra: true, quantity: 3 })], [SEAL])).toEqual(["right", "right"]);
    const [wrong, unknown] = judged([line("DSP"), line("X", { known: false })], [SEAL]);
    expect([wrong, unknown].map((each) => waysOf(each!))).toEqual([{ extra: true, ask: false, again: false, quantity: false, serial: false, isSerial: false }, { extra: false, ask: false, again: false, quantity: false, serial: false, isSerial: true }]);
  });
});

test("the same part once more is one more of it, and the same piece is one, in whatever letters", () => {
  const list = [line("BRG-1"), line("brg-1"), line("BRG-1", { serial: "SN 7" }), line("BRG-1", { serial: "sn 7" })].reduce<readonly Scanned[]>(added, []);
  expect(list.map(({ number, serial, quantity }) => [number, serial, quantity])).toEqual([["BRG-1", null, 2], ["BRG-1", "SN 7", 1]]);
});

test("once it is known what a label says, it is one with the same piece", () => {
  const asked = line("GLUE SN7", { known: null });
  const list = lookedUp([line("GLUE", { serial: "SN7" }), asked], asked, { number: "GLUE", serial: "SN7", known: true, name: "Glue" });
  expect(list.map(({ number, serial, quantity }) => [number, serial, quantity])).toEqual([["GLUE", "SN7", 1]]);
});

/** A storekeeper's server: it hands out what is planned, all of a request or nothing, each key once. Without a network nothing is reached. */
class Server extends Client {
  parts_: OrderPart[] = [{ ...BEARING }, { ...SEAL }];
  catalogue: FoundPart[] = [{ number: "DSP-A5", name: words("Display"), unit: "pcs" }];
  readonly #done = new Set<string>();
  readonly asked: string[] = [];
  network = true;
  /** It does what is asked, but its answer is lost. */
  mute = false;
  against: (lines: readonly { number: string }[]) => SpokenProblem[] = () => [];

  get handedOut(): readonly (readonly [string, number])[] {
    return this.parts_.filter(({ issued }) => issued > 0).map(({ number, issued }) => [number, issued]);
  }

  override async orderParts(order: string): Promise<OrderParts> {
    return await this.#reached({ order, status: "open", settled: true, parts: this.parts_, explanations: [], old_parts: [], reasons: [] });
  }

  override async parts(query: string): Promise<readonly FoundPart[]> {
    this.asked.push(query);
    return await this.#reached(this.catalogue.filter(({ number }) => number.toLowerCase().includes(query.toLowerCase())));
  }

  override async actOnParts(order: string, verb: PartVerb, body: JsonObject): Promise<OrderParts> {
    await this.#reached(null);
    const lines = body["lines"] as unknown as readonly { number: string; quantity: number }[];
    if (verb === "issue" && !this.#done.has(body["key"] as string)) {
      const problems = this.against(lines);
      if (problems[0] !== undefined) throw new Refused(422, problems[0].code, problems[0].params, problems);
      this.#done.add(body["key"] as string);
      for (const { number, quantity } of lines) this.#issue(number, quantity);
    }
    if (this.mute) throw new Unreachable("the answer was lost");
    return await this.orderParts(order);
  }

  #issue(number: string, quantity: number): void {
    if (!this.parts_.some((part) => part.number === number)) this.parts_.push({ ...SEAL, number, planned: quantity, wanted: 0 });
    this.parts_ = this.parts_.map((part) => (part.number === number ? { ...part, issued: part.issued + quantity, open: part.open + quantity, wanted: Math.max(0, part.wanted - quantity) } : part));
  }

  async #reached<T>(answer: T): Promise<T> {
    if (!this.network) throw new Unreachable("no network");
    return await Promise.resolve(answer);
  }
}

const none = (place: number, number: string): SpokenProblem => ({ code: "order_parts.wrong_part", at: `/lines/${place}/number`, element: "", params: { part: number, expected: [] } });
let person = "";
let people = 0;
let server: Server;
beforeEach(() => { person = `ada-parts-${(people += 1)}`; server = new Server(); });

/** The app as it is opened: everything it knows from before is on disk. */
async function opened(who = person): Promise<PartsDesk> {
  const attempt = async <T>(ask: () => Promise<T>): Promise<T | null> => {
    try { return await ask(); } catch (failure) { if (failure instanceof Unreachable || failure instanceof Refused) return null; throw failure; }
  };
  const desk = new PartsDesk({ store: new Store(who), client: server, attempt });
  await desk.open("o");
  return desk;
}

const listOf = (desk: PartsDesk): readonly (readonly [string, string])[] =>
  judged(desk.scanned.value["o"] ?? [], desk.sheets.value["o"]?.parts ?? []).map(({ line: { number }, why }) => [number, why[0]?.code ?? "right"]);

test("one wrong number does not keep the others: it stays on the list, with its reason", async () => {
  const desk = await opened();
  for (const each of [line("BRG-1"), line("DSP-A5", { known: null }), line("SEAL"), line("NO-SUCH", { known: null })]) await desk.scan("o", each);
  expect(listOf(desk)).toEqual([["BRG-1", "right"], ["DSP-A5", "order_parts.wrong_part"], ["SEAL", "right"], ["NO-SUCH", "part.unknown"]]);
  await desk.take("o");
  expect(server.handedOut).toEqual([["BRG-1", 1], ["SEAL", 1]]);
  expect(listOf(desk)).toEqual([["DSP-A5", "order_parts.wrong_part"], ["NO-SUCH", "part.unknown"]]);
});

test("what the server refuses by its line comes back with the reason, and the rest is taken without another press", async () => {
  const desk = await opened();
  server.against = (lines) => lines.flatMap(({ number }, place) => (number === "SEAL" ? [none(place, number)] : []));
  await desk.scan("o", line("SEAL"));
  await desk.scan("o", line("BRG-1", { quantity: 2 }));
  await desk.take("o");
  expect(server.handedOut).toEqual([["BRG-1", 2]]);
  expect([listOf(desk), desk.acts.value]).toEqual([[["SEAL", "order_parts.wrong_part"]], []]);
  expect(desk.sheets.value["o"]?.parts.map(({ open }) => open)).toEqual([2, 0]);
});

test("what is not on the shelf is told by its number, and what is refused as a whole is all on the list again", async () => {
  const desk = await opened();
  server.against = (lines) => (lines.some(({ number }) => number === "BRG-1") ? [{ code: "stock.not_there", at: "", element: "", params: { part: "BRG-1", quantity: 1, available: 0 } }] : []);
  await desk.scan("o", line("BRG-1"));
  await desk.scan("o", line("SEAL"));
  await desk.take("o");
  expect([server.handedOut, listOf(desk)]).toEqual([[["SEAL", 1]], [["BRG-1", "stock.not_there"]]]);
  server.against = () => [{ code: "order_parts.not_your_van", at: "/source", element: "", params: {} }];
  await desk.put("o", desk.scanned.value["o"]![0]!, line("BRG-1"));
  await desk.take("o");
  expect(listOf(desk)).toEqual([["BRG-1", "order_parts.not_your_van"]]);
});

test("the list outlives a reload, and is nobody else's", async () => {
  await (await opened()).scan("o", line("BRG-1", { quantity: 2 }));
  expect(listOf(await opened())).toEqual([["BRG-1", "right"]]);
  expect(listOf(await opened(`${person}-colleague`))).toEqual([]);
  const again = await opened();
  await again.put("o", again.scanned.value["o"]![0]!, null);
  expect(listOf(await opened())).toEqual([]);
});

test("without a network the list is taken once it is back, and once only, however often its answer is lost", async () => {
  const first = await opened();
  await first.scan("o", line("BRG-1"));
  const otherTab = await opened();
  server.network = false;
  await first.take("o");
  await otherTab.take("o");
  expect([listOf(await opened()), server.handedOut]).toEqual([[], []]);
  server.network = server.mute = true;
  await opened();
  await opened();
  server.mute = false;
  const last = await opened();
  expect([server.handedOut, last.acts.value, listOf(last)]).toEqual([[["BRG-1", 1]], [], []]);
});

test("what was taken without a network and is refused later is on the list again after a reload", async () => {
  const desk = await opened();
  await desk.scan("o", line("SEAL"));
  await desk.scan("o", line("BRG-1"));
  server.network = false;
  await desk.take("o");
  expect(desk.sheets.value["o"]?.parts.map(({ open }) => open)).toEqual([1, 1]);
  server.network = true;
  server.against = (lines) => lines.flatMap(({ number }, place) => (number === "SEAL" ? [none(place, number)] : []));
  const later = await opened();
  expect([listOf(later), server.handedOut]).toEqual([[["SEAL", "order_parts.wrong_part"]], [["BRG-1", 1]]]);
  expect(later.sheets.value["o"]?.parts.map(({ open }) => open)).toEqual([1, 0]);
});

describe("a number that nobody meant", () => {
  it("is not checked while nobody can be asked, and is when the network is back", async () => {
    const desk = await opened();
    server.network = false;
    await desk.scan("o", line("no-such", { known: null }));
    await desk.scan("o", line("dsp-a5 SN 4", { known: null }));
    expect(desk.scanned.value["o"]?.map(({ known }) => known)).toEqual([null, null]);
    server.network = true;
    await desk.check("o");
    expect(desk.scanned.value["o"]).toMatchObject([{ known: false }, { number: "DSP-A5", serial: "SN 4", known: true, name: words("Display") }]);
  });

  it("is known without a network where it is among those that are recommended", async () => {
    const desk = await opened();
    await new Store(person).setMeta("recommended", { orders: {}, parts: { GLUE: { name: words("Glue"), unit: "kg" } } });
    server.network = false;
    await desk.scan("o", line("glue", { known: null }));
    expect([desk.scanned.value["o"]?.[0], server.asked]).toMatchObject([{ number: "GLUE", known: true }, []]);
  });

  it("is right once somebody has planned it meanwhile", async () => {
    const desk = await opened();
    server.parts_.push({ ...SEAL, number: "DSP-A5" });
    await desk.scan("o", line("DSP-A5", { known: null }));
    expect(listOf(desk)).toEqual([["DSP-A5", "right"]]);
  });

  it("is taken by itself where somebody wants it all the same", async () => {
    const desk = await opened();
    const sent: JsonObject[] = [];
    const act = server.actOnParts.bind(server);
    server.actOnParts = async (order, verb, body) => { sent.push(body); return await act(order, verb, body); };
    await desk.scan("o", line("DSP-A5", { extra: true }));
    await desk.scan("o", line("BRG-1"));
    await desk.take("o");
    expect(sent.map(({ extra, lines }) => [extra, lines])).toEqual([[false, [{ number: "BRG-1", quantity: 1 }]], [true, [{ number: "DSP-A5", quantity: 1 }]]]);
  });
});
