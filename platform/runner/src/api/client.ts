import type { JsonObject } from "@mendloop/engine";
import type { CaseVote, KnownCases } from "../knowledge/types.ts";
import type { OrderParts, PartVerb } from "../parts/types.ts";
import { type Answer, Given } from "./given.ts";
import { isCommandsAnswer, isFullOrder, isKnownCases, isListed, isOrderParts, isRecommendedParts } from "./shapes.ts";
import type { Card, CommandsAnswer, FoundPart, FullOrder, RecommendedParts, SentCommand, Session, SpokenProblem } from "./types.ts";

/** The server could not be reached, or what answered was not our server. Everything may be tried again. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
  constructor(reason: string, readonly retryAfterMs: number | null = null) { super(reason); }
}

/** Nobody is signed in any more. Everything waits until somebody is. */
export class SignedOut extends Error {
  override readonly name = "SignedOut";
}

/** The server understood, and said no. Trying the same again would not help. */
export class Refused extends Error {
  override readonly name = "Refused";
  /** `problems`: everything that it has against it, the first one included. */
  constructor(readonly status: number, readonly code: string, readonly params: JsonObject = {}, readonly problems: readonly SpokenProblem[] = [{ code, at: "", element: "", params }]) {
    super(`${status} ${code}`);
  }
}

const BASE = "/api/v1";
const TIME_OUT_MS = 30_000;
/** A picture on a slow network takes its time; giving up would only begin it again. */
const PHOTO_TIME_OUT_MS = 180_000;
const JSON_TYPE = "application/json";
const TOO_LARGE = 413;
const TEMPORARY = new Set([408, 425, 429, 500, 502, 503, 504]);

export interface KnownOrder {
  readonly order: FullOrder;
  readonly etag: string | null;
}

/** The server's API. Only a JSON answer of the expected shape counts as an answer: a portal's page does not. */
export class Client {
  readonly #given = new Given();
  #token = "";

  /** Who is here is known already: the page has said so. */
  get isTold(): boolean {
    return this.#given.brought("/session");
  }

  async session(): Promise<Session> {
    const session = (await this.#get("/session")) as Session;
    if (typeof session.person_id !== "string") throw new Unreachable("not a session");
    this.#token = session.csrf_token;
    return session;
  }

  async myOrders(): Promise<readonly Card[]> {
    const answer = await this.#get("/my/orders");
    if (!isListed<Card>(answer, "orders")) throw new Unreachable("not a list of orders");
    return answer.orders;
  }

  /** Something was done: what was answered before is old. */
  forget(): void {
    this.#given.forget();
  }

  /** Ask for an order that will be needed, before anybody waits for it. */
  askEarly(id: string): void {
    this.#given.expect(orderPath(id), this.#ask(orderPath(id), {}).then(answerOf));
  }

  /** The order and its ETag; null when it is still as `known`. */
  async order(id: string, known: KnownOrder | null): Promise<KnownOrder | null> {
    const answer = (await this.#givenOrder(id, known)) ?? (await this.#newer(orderPath(id), known?.etag ?? null));
    if (answer === null || (known !== null && known.etag !== null && answer.etag === known.etag)) return null;
    if (!isFullOrder(answer.json, id)) throw new Unreachable("not an order");
    return { order: answer.json, etag: answer.etag };
  }

  bringsPlan(hash: string): boolean {
    return this.#given.brought(planPath(hash));
  }

  async plan(hash: string): Promise<unknown> {
    return await this.#get(planPath(hash));
  }

  async parts(query: string): Promise<readonly FoundPart[]> {
    const answer = await this.#get(`/parts?query=${encodeURIComponent(query)}`);
    return isListed<FoundPart>(answer, "parts") ? answer.parts : [];
  }

  /** Parts that one order will probably need, or, without one, the orders of the list. */
  async recommendedParts(order: string | null): Promise<RecommendedParts> {
    const answer = await this.#get(`${order === null ? "/my" : orderPath(order)}/recommended-parts`);
    if (!isRecommendedParts(answer)) throw new Unreachable("not a table of parts");
    return answer;
  }

  async orderParts(order: string): Promise<OrderParts> {
    const answer = await this.#get(`${orderPath(order)}/parts`);
    if (!isOrderParts(answer, order)) throw new Unreachable("not an order's parts");
    return answer;
  }

  /** Do something with an order's parts; its answer is how they are now. */
  async actOnParts(order: string, verb: PartVerb, body: JsonObject): Promise<OrderParts> {
    const answer = await readJson(await this.#act("POST", `${orderPath(order)}/parts/${verb}`, JSON.stringify(body), JSON_TYPE));
    if (!isOrderParts(answer, order)) throw new Unreachable("not an order's parts");
    return answer;
  }

  /** Solved cases of the products in the list, with their ETag; "same" when they are still as they were. */
  async knownCases(etag: string | null): Promise<{ readonly known: KnownCases; readonly etag: string | null } | "same"> {
    const answer = await this.#newer("/my/cases", etag);
    if (answer === null) return "same";
    if (!isKnownCases(answer.json)) throw new Unreachable("not a table of cases");
    return { known: answer.json, etag: answer.etag };
  }

  async voteOnCase({ order, case: id, ...vote }: CaseVote): Promise<void> {
    await readJson(await this.#act("POST", `${orderPath(order)}/cases/${encodeURIComponent(id)}/vote`, JSON.stringify(vote), JSON_TYPE));
  }

  async putPhoto(sha256: string, picture: Blob): Promise<void> {
    await readJson(await this.#act("PUT", `/photos/${sha256}`, picture, "application/octet-stream", PHOTO_TIME_OUT_MS));
  }

  async commands(device: { id: string; incarnation: string }, commands: readonly SentCommand[]): Promise<CommandsAnswer> {
    const body = JSON.stringify({ device: { ...device, now: new Date().toISOString() }, commands });
    const answer = await readJson(await this.#act("POST", "/commands", body, JSON_TYPE));
    if (!isCommandsAnswer(answer)) throw new Unreachable("not an answer to commands");
    return answer;
  }

  async chooseLanguage(language: string): Promise<void> {
    await this.#act("PUT", "/session/language", JSON.stringify({ language }), JSON_TYPE);
  }

  /** End the session on the server. What waits on the phone stays there. */
  async signOut(): Promise<void> {
    await this.session();
    await reach("/sign-out", { method: "POST", redirect: "manual", credentials: "same-origin", headers: { "X-CSRF-Token": this.#token } });
  }

  async #get(path: string): Promise<unknown> {
    return ((await this.#given.take(path)) ?? (await answerOf(await this.#ask(path, {})))).json;
  }

  /** What was answered before it was asked for, unless this phone knows of more since. */
  async #givenOrder(id: string, known: KnownOrder | null): Promise<Answer | null> {
    const given = await this.#given.take(orderPath(id));
    if (known === null || given === null || !isFullOrder(given.json, id)) return given;
    return given.json.revision < known.order.revision ? null : given;
  }

  async #newer(path: string, etag: string | null): Promise<Answer | null> {
    const response = await this.#ask(path, etag === null ? {} : { "If-None-Match": etag });
    return response.status === 304 ? null : await answerOf(response);
  }

  async #ask(path: string, headers: Record<string, string>): Promise<Response> {
    return await this.#send("GET", path, null, headers);
  }

  /** Do something on the server. The page brings no token along, so that the first act fetches it. */
  async #act(method: string, path: string, body: BodyInit, type: string, patience = TIME_OUT_MS): Promise<Response> {
    if (this.#token === "") await this.session();
    return await this.#send(method, path, body, { "Content-Type": type }, patience);
  }

  async #send(method: string, path: string, body: BodyInit | null, headers: Record<string, string>, patience = TIME_OUT_MS, again = true): Promise<Response> {
    const response = await reach(BASE + path, {
      method, body, credentials: "same-origin", redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(patience),
      headers: { Accept: "application/json", ...(method === "GET" ? {} : { "X-CSRF-Token": this.#token }), ...headers },
    });
    if (response.ok || response.status === 304) return response;
    const told = await problemsOf(response);
    if (told[0]?.code === "csrf" && again) {
      await this.session();
      return await this.#send(method, path, body, headers, patience, false);
    }
    throw failureOf(response, told);
  }
}

function orderPath(id: string): string {
  return `/orders/${encodeURIComponent(id)}`;
}

function planPath(hash: string): string {
  return `/plans/${hash}`;
}

async function reach(address: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(address, request);
  } catch (failure) {
    throw new Unreachable(failure instanceof Error ? failure.message : "no answer");
  }
}

async function answerOf(response: Response): Promise<Answer> {
  return { json: await readJson(response), etag: response.headers.get("ETag") };
}

/** The body as JSON. Anything that does not call itself JSON is not from our server. */
async function readJson(response: Response): Promise<unknown> {
  if (response.status === 204) return null;
  if (!/^application\/(problem\+)?json\b/.test(response.headers.get("Content-Type") ?? "")) throw new Unreachable("the answer was no JSON");
  try {
    return await response.json();
  } catch (failure) {
    throw new Unreachable(failure instanceof Error ? failure.message : "broken answer");
  }
}

const UNTOLD = { code: "unknown", at: "", element: "", params: {} };

/** Everything that a problem+json answer says, each with its stable code; nothing when the answer is not ours. */
async function problemsOf(response: Response): Promise<readonly SpokenProblem[]> {
  if (!(response.headers.get("Content-Type") ?? "").startsWith("application/problem+json")) return [];
  try {
    const { problems: [first = {}, ...more] = [] } = (await response.json()) as { problems?: readonly Partial<SpokenProblem>[] };
    return [first, ...more].map((each) => ({ ...UNTOLD, ...each }));
  } catch {
    return []; // cut off on its way: not an answer
  }
}

function failureOf(response: Response, problems: readonly SpokenProblem[]): Error {
  const { code = "", params } = problems[0] ?? {};
  if (response.status === 401 && code !== "") return new SignedOut();
  if (response.status === TOO_LARGE) return new Refused(TOO_LARGE, code || "body_too_large", params); // also a proxy's word: it stays too large
  if (code === "" || TEMPORARY.has(response.status)) return new Unreachable(`status ${response.status}`, retryAfter(response));
  return new Refused(response.status, code, params, problems);
}

function retryAfter(response: Response): number | null {
  const seconds = Number(response.headers.get("Retry-After") ?? NaN);
  return Number.isFinite(seconds) ? Math.min(seconds, 600) * 1000 : null;
}
