import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it, test } from "vitest";
import { Client, Unreachable } from "../src/api/client.ts";
import type { FoundPart } from "../src/api/types.ts";
import { PartsDesk } from "../src/parts/desk.ts";
import { done } from "../src/parts/done.ts";
import { needsSerial, pieceBy, serialIn, stillNear } from "../src/parts/pieces.ts";
import { judged, type Scanned, waysOf, WHICH } from "../src/parts/scanned.ts";
import type { NearPiece, OrderPart, OrderParts } from "../src/parts/types.ts";
import { Store } from "../src/store/database.ts";

const NPS: OrderPart = {
  number: "NPS", name: { en: "Power supply" }, unit: "pcs", planned: 2, wanted: 2, reserved: [], missing: 0, issued: 0, used: 0, returned: 0,
  explained: 0, open: 0, explained_open: 0, serial_tracked: true, serials: [], stand_ins: [],
};
const GLUE: OrderPart = { ...NPS, number: "GLUE", serial_tracked: false };
const at = (number: string, serial: string, location = "van:ada"): NearPiece => ({ number, serial, location, kind: "van", owner: "ada" });
const NEAR = [at("NPS", "SN 2"), at("NPS", "SN-3"), at("NPS", "SN-4", "warehouse")];
const sheetOf = (pieces: readonly NearPiece[] = NEAR, parts: readonly OrderPart[] = [NPS, GLUE]): OrderParts => ({ order: "o", status: "open", settled: true, parts, pieces, explanations: [], old_parts: [], reasons: [] });
const line = (number: string, change: Partial<Scanned> = {}): Scanned => ({ number, serial: null, quantity: 1, extra: false, known: true, refused: [], ...change });
const told = (list: readonly Scanned[]): readonly (readonly [string, string | null, number])[] => list.map(({ number, serial, quantity }) => [number, serial, quantity]);

describe("a serial number alone", () => {
  it("is a piece that lies near, in whatever letters, its spaces kept", () => {
    expect(pieceBy(" sn 2 ", sheetOf())).toMatchObject({ number: "NPS", serial: "SN 2" });
    expect(pieceBy("SN2", sheetOf())).toBeNull();
  });

  it("that two parts have is that of the one that has still to come", () => {
    const sheet = sheetOf([at("OLD", "7"), at("NPS", "7")], [{ ...NPS, number: "OLD", wanted: 0 }, NPS]);
    expect(pieceBy("7", sheet)?.number).toBe("NPS");
  });

  it("is read off a label that says the part's number before it, too", () => {
    expect(["SN 9", "nps | SN 9", "NPS", " "].map((code) => serialIn(code, "NPS"))).toEqual(["SN 9", "SN 9", null, null]);
  });
});

describe("which piece it is must be said", () => {
  it("unless the nearest place has just so many, as the server takes them then", () => {
    const needed = (quantity: number, pieces: readonly NearPiece[], list: readonly Scanned[] = []): boolean => needsSerial(line("NPS", { quantity }), list, sheetOf(pieces));
    expect([needed(1, NEAR), needed(2, NEAR), needed(1, NEAR, [line("NPS", { serial: "sn 2" })])]).toEqual([true, false, false]);
    expect([needed(1, []), needsSerial(line("GLUE"), [], sheetOf()), needsSerial(line("NPS", { serial: "X" }), [], sheetOf())]).toEqual([true, false, false]);
  });

  it("also of what is taken beyond the plan; what can be chosen is what is near and not on the list", () => {
    const [first, second] = judged([line("DSP", { extra: true, tracked: true }), line("NPS", { serial: "SN-3" })], [NPS], NEAR);
    expect([first?.why[0]?.code, second?.why]).toEqual([WHICH, []]);
    expect(waysOf(first!)).toMatchObject({ serial: true, again: false });
    expect(stillNear("NPS", [line("NPS", { serial: "sn-3" })], NEAR).map(({ serial }) => serial)).toEqual(["SN 2", "SN-4"]);
  });
});

test("a piece that was taken lies near no longer, and at the order", () => {
  const after = done(sheetOf(), { verb: "issue", body: { lines: [{ number: "NPS", quantity: 1, serial: "SN-3" }] } });
  expect([after.pieces?.map(({ serial }) => serial), after.parts[0]?.serials]).toEqual([["SN 2", "SN-4"], ["SN-3"]]);
});

class Server extends Client {
  network = true;
  override async orderParts(): Promise<OrderParts> { return await this.#reached(sheetOf()); }
  override async parts(query: string): Promise<readonly FoundPart[]> {
    const part = { name: { en: "Power supply" }, unit: "pcs", serial_tracked: true };
    const found: Readonly<Record<string, readonly FoundPart[]>> = { "SN-9": [{ ...part, number: "PSU", serial: "SN-9" }, { ...part, number: "NPS", serial: "SN-9" }], "PSU": [{ ...part, number: "PSU" }] };
    return await this.#reached(found[query] ?? []);
  }
  async #reached<T>(answer: T): Promise<T> {
    if (!this.network) throw new Unreachable("no network");
    return await Promise.resolve(answer);
  }
}

let people = 0;
let server: Server;
let desk: PartsDesk;
const list = (): readonly Scanned[] => desk.scanned.value["o"] ?? [];
beforeEach(async () => {
  server = new Server();
  const attempt = async <T>(ask: () => Promise<T>): Promise<T | null> => await ask().catch((failure: unknown) => { if (failure instanceof Unreachable) return null; throw failure; });
  desk = new PartsDesk({ store: new Store(`ada-pieces-${(people += 1)}`), client: server, attempt });
  await desk.open("o");
});

describe("on the list", () => {
  it("the part's number first and a serial number then are one piece, also without a network", async () => {
    server.network = false;
    await desk.scan("o", line("NPS"));
    expect(judged(list(), [NPS], NEAR)[0]?.why[0]?.code).toBe(WHICH);
    await desk.scan("o", line("NPS", { serial: "SN-3" }));
    expect(told(list())).toEqual([["NPS", "SN-3", 1]]);
  });

  it("of several the pieces are named one by one, with numbers that nobody knows, too", async () => {
    await desk.scan("o", line("NPS", { quantity: 3 }));
    await desk.name("o", list()[0]!, "SN-4");
    await desk.name("o", list()[0]!, "NEW 1");
    expect(told(list())).toEqual([["NPS", null, 1], ["NPS", "SN-4", 1], ["NPS", "NEW 1", 1]]);
  });

  it("what nobody knows is the serial number of what was scanned before, where somebody says so", async () => {
    await desk.scan("o", line("NPS"));
    await desk.scan("o", line("B 77", { known: null }));
    const [waits, read] = judged(list(), [NPS, GLUE], NEAR);
    expect([waysOf(waits!).serial, waysOf(read!).isSerial]).toEqual([true, true]);
    await desk.nameBy("o", read!.line, waits!.line);
    expect(told(list())).toEqual([["NPS", "B 77", 1]]);
  });

  it("a serial number from further away is asked for, and is that of the part that is meant", async () => {
    await desk.scan("o", line("NPS"));
    await desk.scan("o", line("SN-9", { known: null }));
    expect(told(list())).toEqual([["NPS", "SN-9", 1]]);
  });

  it("a part that nobody meant is known to need a serial number once it was looked up", async () => {
    await desk.scan("o", line("PSU", { known: null }));
    expect(list()[0]).toMatchObject({ number: "PSU", known: true, tracked: true });
  });
});
