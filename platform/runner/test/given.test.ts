import { afterEach, beforeEach, expect, test } from "vitest";
import { Client, type KnownOrder } from "../src/api/client.ts";
import { Given } from "../src/api/given.ts";
import type { FullOrder } from "../src/api/types.ts";

interface Block { dataset: Record<string, string>; textContent: string; remove: () => void }

let page: Block[] = [];
let asked: string[] = [];
let answers: Record<string, () => Response> = {};
const browser = { fetch: globalThis.fetch, document: globalThis.document };

const json = (value: unknown, headers: Record<string, string> = {}): Response => new Response(JSON.stringify(value), { headers: { "Content-Type": "application/json", ...headers } });
const order = (revision: number): FullOrder => ({ id: "o", revision, state: {}, visits: [] }) as unknown as FullOrder;
const known = (revision: number, etag: string): KnownOrder => ({ order: order(revision), etag });

function bring(path: string, value: unknown, etag = ""): void {
  const block: Block = { dataset: { answer: path, etag }, textContent: JSON.stringify(value), remove: () => { page = page.filter((each) => each !== block); } };
  page.push(block);
}

beforeEach(() => {
  [page, asked, answers] = [[], [], {}];
  Object.assign(globalThis, {
    document: { querySelectorAll: () => page },
    fetch: async (address: string, { method, headers }: { method: string; headers: Record<string, string> }) => {
      asked.push(`${method} ${address}${headers["X-CSRF-Token"] === undefined ? "" : ` ${headers["X-CSRF-Token"]}`}`);
      return await Promise.resolve(answers[address]?.() ?? json({}));
    },
  });
});
afterEach(() => { Object.assign(globalThis, browser); });

test("what the page has brought is not asked for, once", async () => {
  bring("/orders/o", order(3), '"3-"');
  answers["/api/v1/orders/o"] = () => json(order(4), { ETag: '"4-"' });
  const client = new Client();
  expect((await client.order("o", null))?.order.revision).toBe(3);
  expect(asked).toEqual([]);
  expect((await client.order("o", known(3, '"3-"')))?.etag).toBe('"4-"');
  expect(asked).toEqual(["GET /api/v1/orders/o"]);
});

test("an order that is as the phone knows it is nothing new", async () => {
  bring("/orders/o", order(3), '"3-"');
  expect(await new Client().order("o", known(3, '"3-"'))).toBeNull();
  expect(asked).toEqual([]);
});

test("the page is not believed where the phone knows more", async () => {
  bring("/orders/o", order(3), '"3-"');
  answers["/api/v1/orders/o"] = () => json(order(6), { ETag: '"6-"' });
  expect((await new Client().order("o", known(5, '"5-"')))?.order.revision).toBe(6);
});

test("after an act nothing of the page is believed any more", async () => {
  bring("/orders/o", order(3), '"3-"');
  answers["/api/v1/orders/o"] = () => json(order(4), { ETag: '"4-"' });
  const client = new Client();
  client.forget();
  expect((await client.order("o", null))?.order.revision).toBe(4);
});

test("the first act fetches the token that the page does not hold, the next ones have it", async () => {
  bring("/session", { person_id: "ada", csrf_token: "" });
  answers["/api/v1/session"] = () => json({ person_id: "ada", csrf_token: "t" });
  const client = new Client();
  await client.session();
  await client.chooseLanguage("en");
  await client.chooseLanguage("en");
  expect(asked).toEqual(["GET /api/v1/session", "PUT /api/v1/session/language t", "PUT /api/v1/session/language t"]);
});

test("an order that was asked for early is asked for once, and a refusal reaches who waits for it", async () => {
  answers["/api/v1/orders/o"] = () => new Response(JSON.stringify({ problems: [{ code: "not_found" }] }), { status: 404, headers: { "Content-Type": "application/problem+json" } });
  const client = new Client();
  client.askEarly("o");
  await expect(client.order("o", null)).rejects.toThrow("404 not_found");
  expect(asked).toEqual(["GET /api/v1/orders/o"]);
});

test("a page that brings nothing is told from one that does", () => {
  expect(new Given().brought("/session")).toBe(false);
  bring("/session", {});
  expect(new Given().brought("/session")).toBe(true);
});
