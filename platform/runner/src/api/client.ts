import { isCommandsAnswer, isFullOrder, isListed } from "./shapes.ts";
import type { Card, CommandsAnswer, FoundPart, FullOrder, SentCommand, Session } from "./types.ts";

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
  constructor(readonly status: number, readonly code: string) { super(`${status} ${code}`); }
}

const BASE = "/api/v1";
const TIME_OUT_MS = 30_000;
const TEMPORARY = new Set([408, 425, 429, 500, 502, 503, 504]);

/** The server's API. Only a JSON answer of the expected shape counts as an answer: a portal's page does not. */
export class Client {
  #token = "";

  async session(): Promise<Session> {
    const session = (await this.#json("GET", "/session")) as Session;
    if (typeof session.person_id !== "string") throw new Unreachable("not a session");
    this.#token = session.csrf_token;
    return session;
  }

  async myOrders(): Promise<readonly Card[]> {
    const answer = await this.#json("GET", "/my/orders");
    if (!isListed<Card>(answer, "orders")) throw new Unreachable("not a list of orders");
    return answer.orders;
  }

  /** The order and its ETag; null when it is still what `etag` names. */
  async order(id: string, etag: string | null): Promise<{ order: FullOrder; etag: string | null } | null> {
    const response = await this.#send("GET", `/orders/${encodeURIComponent(id)}`, null, etag === null ? {} : { "If-None-Match": etag });
    if (response.status === 304) return null;
    const order = await readJson(response);
    if (!isFullOrder(order, id)) throw new Unreachable("not an order");
    return { order, etag: response.headers.get("ETag") };
  }

  async plan(hash: string): Promise<unknown> {
    return await this.#json("GET", `/plans/${hash}`);
  }

  async parts(query: string): Promise<readonly FoundPart[]> {
    const answer = await this.#json("GET", `/parts?query=${encodeURIComponent(query)}`);
    return isListed<FoundPart>(answer, "parts") ? answer.parts : [];
  }

  async putPhoto(sha256: string, picture: Blob): Promise<void> {
    await readJson(await this.#send("PUT", `/photos/${sha256}`, picture, { "Content-Type": "application/octet-stream" }));
  }

  async commands(device: { id: string; incarnation: string }, commands: readonly SentCommand[]): Promise<CommandsAnswer> {
    const body = JSON.stringify({ device: { ...device, now: new Date().toISOString() }, commands });
    const answer = await readJson(await this.#send("POST", "/commands", body, { "Content-Type": "application/json" }));
    if (!isCommandsAnswer(answer)) throw new Unreachable("not an answer to commands");
    return answer;
  }

  async chooseLanguage(language: string): Promise<void> {
    await this.#send("PUT", "/session/language", JSON.stringify({ language }), { "Content-Type": "application/json" });
  }

  /** End the session on the server. What waits on the phone stays there. */
  async signOut(): Promise<void> {
    await this.session();
    await reach("/sign-out", { method: "POST", redirect: "manual", credentials: "same-origin", headers: { "X-CSRF-Token": this.#token } });
  }

  async #json(method: string, path: string): Promise<unknown> {
    return await readJson(await this.#send(method, path, null, {}));
  }

  async #send(method: string, path: string, body: BodyInit | null, headers: Record<string, string>, again = true): Promise<Response> {
    const response = await reach(BASE + path, {
      method, body, credentials: "same-origin", redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(TIME_OUT_MS),
      headers: { Accept: "application/json", ...(method === "GET" ? {} : { "X-CSRF-Token": this.#token }), ...headers },
    });
    if (response.ok || response.status === 304) return response;
    const code = await codeOf(response);
    if (code === "csrf" && again) {
      await this.session();
      return await this.#send(method, path, body, headers, false);
    }
    throw failureOf(response, code);
  }
}

async function reach(address: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(address, request);
  } catch (failure) {
    throw new Unreachable(failure instanceof Error ? failure.message : "no answer");
  }
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

/** The stable code of the first problem in a problem+json answer; empty when the answer is not ours. */
async function codeOf(response: Response): Promise<string> {
  if (!(response.headers.get("Content-Type") ?? "").startsWith("application/problem+json")) return "";
  try {
    const body = (await response.json()) as { problems?: { code?: string }[] };
    return body.problems?.[0]?.code ?? "unknown";
  } catch {
    return ""; // cut off on its way: not an answer
  }
}

function failureOf(response: Response, code: string): Error {
  if (response.status === 401 && code !== "") return new SignedOut();
  if (code === "" || TEMPORARY.has(response.status)) return new Unreachable(`status ${response.status}`, retryAfter(response));
  return new Refused(response.status, code);
}

function retryAfter(response: Response): number | null {
  const seconds = Number(response.headers.get("Retry-After") ?? NaN);
  return Number.isFinite(seconds) ? Math.min(seconds, 600) * 1000 : null;
}
