import type { Json, JsonObject } from "@mendloop/engine";
import { type Given, NOTHING_GIVEN } from "./given.ts";

/** The server could not be reached, or what answered was not our server. Everything may be tried again. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

/** Nobody is signed in any more. */
export class SignedOut extends Error {
  override readonly name = "SignedOut";
}

/** The server understood, and said no: `code` is stable, `answer` is all that it said. */
export class Refused extends Error {
  override readonly name = "Refused";
  constructor(readonly status: number, readonly code: string, readonly answer: JsonObject) { super(`${status} ${code}`); }
}

const BASE = "/api/v1";
const TIME_OUT_MS = 30_000;
/** Browsers send 64 KiB at most for a page that is gone. */
const LEAVING_BYTES = 60_000;
const TOO_LARGE = 413;
const TEMPORARY = new Set([408, 425, 429, 500, 502, 503, 504]);

/** The server's API, for one who is signed in. */
export class Client {
  #token = "";
  #person: string | null = null;
  #fetching: Promise<void> | null = null;

  /** `given`: what has come with the page. */
  constructor(private readonly given: Given = NOTHING_GIVEN) {}

  async get<Answer>(path: string): Promise<Answer> {
    return (this.given(path) as Answer | null) ?? await this.#ask<Answer>("GET", path, null);
  }

  /** POST, PUT or DELETE. A page that has stood open for long fetches a new token by itself. */
  async act<Answer>(method: "POST" | "PUT" | "DELETE", path: string, body: Json | FormData): Promise<Answer> {
    if (this.#token === "") await this.#fetchToken();
    try {
      return await this.#ask<Answer>(method, path, body);
    } catch (failure) {
      if (!(failure instanceof Refused && failure.code === "csrf")) throw failure;
      await this.#fetchToken();
      return await this.#ask<Answer>(method, path, body);
    }
  }

  /** Who is signed in, asked anew unless the page has just said it. Throws `SignedOut` also when that is somebody else than before. */
  async person(): Promise<string> {
    await this.#fetchToken();
    return this.#person ?? "";
  }

  /** Send something while the page goes: nobody hears the answer. False when it is too large for that, or nothing was sent before. */
  sendOff(method: "POST" | "PUT" | "DELETE", path: string, body: Json): boolean {
    const text = body === null ? "" : JSON.stringify(body);
    if (this.#token === "" || new Blob([text]).size > LEAVING_BYTES) return false;
    const request: RequestInit = { method, ...contentOf(body), ...this.#manner(method, body), signal: null, keepalive: true };
    fetch(BASE + path, request).catch(() => null); // there is nobody left to tell
    return true;
  }

  /** Whoever needs it meanwhile waits for the same. A page brings no token: it is fetched before the first act. */
  async #fetchToken(): Promise<void> {
    this.#fetching ??= this.#askForToken().finally(() => { this.#fetching = null; });
    await this.#fetching;
  }

  async #askForToken(): Promise<void> {
    const { csrf_token, person_id } = await this.get<{ csrf_token: string; person_id: string }>("/session");
    if (this.#person !== null && this.#person !== person_id) throw new SignedOut(); // another person's name is not ours to act in
    this.#person = person_id;
    this.#token = csrf_token;
  }

  async #ask<Answer>(method: string, path: string, body: Json | FormData): Promise<Answer> {
    const response = await reach(BASE + path, { method, ...contentOf(body), ...this.#manner(method, body) });
    const answer = await jsonOf(response);
    if (response.ok) return answer as Answer;
    throw failureOf(response.status, answer);
  }

  #manner(method: string, body: Json | FormData): RequestInit {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (method !== "GET") headers["X-CSRF-Token"] = this.#token;
    if (body !== null && !(body instanceof FormData)) headers["Content-Type"] = "application/json";
    return { headers, credentials: "same-origin", redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(TIME_OUT_MS) };
  }
}

function contentOf(body: Json | FormData): RequestInit {
  if (body === null) return {};
  return { body: body instanceof FormData ? body : JSON.stringify(body) };
}

async function reach(address: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(address, request);
  } catch (failure) {
    throw new Unreachable("no answer", { cause: failure });
  }
}

/** Anything that does not call itself JSON is not from our server; "too large" means the same from whatever stands before it. */
async function jsonOf(response: Response): Promise<unknown> {
  const isJson = /^application\/(problem\+)?json\b/.test(response.headers.get("Content-Type") ?? "");
  if (!isJson && response.status === TOO_LARGE) return null;
  if (!isJson) throw new Unreachable("the answer was no JSON");
  try {
    return await response.json();
  } catch (failure) {
    throw new Unreachable("broken answer", { cause: failure });
  }
}

interface Told { readonly problems?: readonly { readonly code?: string }[] }

function failureOf(status: number, answer: unknown): Error {
  const code = (answer as Told | null)?.problems?.[0]?.code ?? "unknown";
  if (status === 401) return new SignedOut();
  if (TEMPORARY.has(status)) return new Unreachable(`status ${status}`);
  return new Refused(status, code, answer as JsonObject);
}
