import "fake-indexeddb/auto";
import { beforeEach, expect, test, vi } from "vitest";
import { Client, Unreachable } from "../src/api/client.ts";
import type { RecommendedParts } from "../src/api/types.ts";
import { RecommendedTable } from "../src/recommended.ts";
import { Store } from "../src/store/database.ts";
import { newOrder, words } from "./plan.ts";

const why = words("Planned by the template.");
const table = (order: string, part: string): RecommendedParts => ({
  orders: { [order]: { repair: [{ part, field: "used", probability: 0.8, why }] } },
  parts: { SEAL: { name: words("Seal"), unit: "pcs", fits: ["pump/*"], serial_tracked: true } },
});

/** A server with a table; null stands for no network. */
class Server extends Client {
  readonly asked: (string | null)[] = [];
  list: RecommendedParts | null = table("o1", "SEAL");
  override async recommendedParts(order: string | null): Promise<RecommendedParts> {
    this.asked.push(order);
    if (this.list === null) throw new Unreachable("no network");
    return await Promise.resolve(order === null ? this.list : table(order, "GLUE"));
  }
}

/** The table of the list is fetched when the phone has a moment, and kept. */
async function synced(server: Server): Promise<void> {
  await vi.waitFor(async () => {
    expect(server.asked).toContain(null);
    expect((await new Store(`ada${person}`).meta("recommended"))?.orders["o1"]).toBeDefined();
  });
}

let person = 0;
beforeEach(() => { person += 1; });

function phone(server: Server): RecommendedTable {
  const attempt = async <T>(ask: () => Promise<T>): Promise<T | null> => await ask().catch(() => null);
  return new RecommendedTable(new Store(`ada${person}`), server, attempt);
}

const cards = (...ids: string[]): ReturnType<typeof newOrder>[] => ids.map((id) => ({ ...newOrder(), id }));

test("what was synced is shown without a network, with all that recording the part needs", async () => {
  const server = new Server();
  phone(server).wake(cards("o1"));
  await synced(server);
  server.list = null;
  const proposed = phone(server).of("o1", "repair");
  await vi.waitFor(() => { expect(proposed.value).toEqual([{ id: "SEAL", label: words("Seal"), unit: "pcs", fits: ["pump/*"], serial: true, field: "used", probability: 0.8, why }]); });
});

test("an order that is on nobody's list is asked for once, by itself, and stays when the list is fetched", async () => {
  const server = new Server();
  const runner = phone(server);
  const proposed = runner.of("o9", "repair");
  await vi.waitFor(() => { expect(proposed.value.map(({ id, label }) => [id, label])).toEqual([["GLUE", "GLUE"]]); });
  runner.of("o9", "repair");
  runner.wake(cards("o1"));
  await synced(server);
  expect(runner.of("o1", "repair").value).toHaveLength(1);
  expect(proposed.value).toHaveLength(1);
  expect(server.asked).toEqual(["o9", null]);
});

test("a list that is polled asks for the table once; a step that asks for no parts gets none", async () => {
  const server = new Server();
  const runner = phone(server);
  for (let poll = 0; poll < 5; poll += 1) runner.wake(cards("o1"));
  await synced(server);
  runner.wake(cards("o1"));
  runner.wake(cards("o1", "o2"));
  expect(runner.of("o1", "inspect").value).toEqual([]);
  expect(server.asked).toEqual([null]);
});

test("without a network an order is asked for again when its step is shown again", async () => {
  const server = new Server();
  server.list = null;
  const runner = phone(server);
  runner.of("o9", "repair");
  await vi.waitFor(() => { expect(server.asked).toEqual(["o9"]); });
  server.list = table("o1", "SEAL");
  await vi.waitFor(() => { expect(runner.of("o9", "repair").value).toHaveLength(1); });
});
