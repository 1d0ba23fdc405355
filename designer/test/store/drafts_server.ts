import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Draft, Layout, Template } from "../../src/model/index.ts";
import { same } from "../../src/model/merge/index.ts";

interface Revision { readonly draft: Draft; readonly session: string; readonly by: string }

/** What goes wrong with a request. `before`: it never arrives. `after`: it is done, and the answer is lost. */
export type Fault = "none" | "before" | "after" | "busy";

interface Save { readonly expected_revision: number; readonly document: Template; readonly layout: Layout; readonly session: string }

/** A server that keeps the contract of drafts, and can be made to fail. Only what the designer's store asks of it. */
export class DraftsServer {
  readonly revisions: Revision[] = [];
  readonly present = new Map<string, unknown>();
  /** Asked for every save. */
  fault: (request: string) => Fault = () => "none";
  isSignedOut = false;
  person = "ada";
  /** Who is signed in besides, elsewhere. */
  readonly others = new Set<string>();
  readonly #whose = new Map<string, string>();
  rights: string[] = ["view", "edit", "publish"];
  refuse: { readonly status: number; readonly code: string } | null = null;
  saves = 0;
  #server: Server | null = null;

  constructor(draft: Draft) { this.revisions.push({ draft, session: "", by: "Ada" }); }

  get draft(): Draft { return this.revisions.at(-1)!.draft; }
  get revision(): number { return this.revisions.length; }

  async start(): Promise<string> {
    this.#server = createServer((request, response) => { void this.#answer(request, response); });
    await new Promise<void>((resolve) => { this.#server?.listen(0, "127.0.0.1", resolve); });
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => { this.#server?.close(resolve); });
  }

  /** Somebody else saves. */
  saveAs(by: string, change: (draft: Draft) => Draft): void {
    this.revisions.push({ draft: change(this.draft), session: by, by });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request);
    const what = `${request.method ?? ""} ${(request.url ?? "").replace("/api/v1", "")}`;
    const fault = this.fault(what);
    if (fault === "before") { request.socket.destroy(); return; }
    const { status, answer } = fault === "busy" ? { status: 503, answer: {} } : this.#respond(what, body, request.headers["x-csrf-token"]);
    if (fault === "after") { request.socket.destroy(); return; }
    response.writeHead(status, { "Content-Type": status < 400 ? "application/json" : "application/problem+json" });
    response.end(status === 204 ? undefined : JSON.stringify(answer));
  }

  #respond(what: string, body: string, token: unknown): { readonly status: number; readonly answer: unknown } {
    if (this.isSignedOut) return problem(401, "signed_out");
    const person = [this.person, ...this.others].find((one) => token === `token of ${one}`);
    if (!what.startsWith("GET") && person === undefined) return problem(400, "csrf");
    if (what === "GET /session") return { status: 200, answer: { person_id: this.person, csrf_token: `token of ${this.person}` } };
    if (what === "GET /templates/pump/draft") return { status: 200, answer: { ...this.#now(), rights: this.rights, latest_version: null, people: [] } };
    if (what === "PUT /templates/pump/draft") return this.#save(JSON.parse(body) as Save);
    if (what === "PUT /templates/pump/presence") return this.#present(JSON.parse(body) as { readonly session: string; readonly selection: unknown }, person ?? "");
    if (what.startsWith("DELETE /templates/pump/presence?session=")) { this.present.delete(what.split("=")[1] ?? ""); return { status: 204, answer: null }; }
    return problem(404, "not_found");
  }

  #present({ session, selection }: { readonly session: string; readonly selection: unknown }, person: string): { readonly status: number; readonly answer: unknown } {
    this.present.set(session, selection);
    this.#whose.set(session, person);
    const people = [...this.present].map(([each, chosen]) => ({ session: each, person_id: this.#whose.get(each) ?? "", name: each, selection: chosen, since: "2026-11-23T08:00:00Z" }));
    return { status: 200, answer: { people, revision: this.revision } };
  }

  #save({ expected_revision: expected, document, layout, session }: Save): { readonly status: number; readonly answer: unknown } {
    this.saves += 1;
    if (this.refuse !== null) return problem(this.refuse.status, this.refuse.code);
    if (!this.rights.includes("edit")) return problem(403, "right");
    const draft = { template: document, layout };
    if (expected === this.revision) {
      if (!same(draft, this.draft)) this.revisions.push({ draft, session, by: session });
      return { status: 200, answer: { revision: this.revision, saved_at: "2026-11-23T08:00:00Z" } };
    }
    const earlier = this.revisions[expected];
    if (earlier?.session === session && same(earlier.draft, draft)) return { status: 200, answer: { revision: expected + 1, saved_at: "2026-11-23T08:00:00Z" } };
    return { status: 409, answer: { ...(problem(409, "draft.changed").answer as object), ...this.#now() } };
  }

  #now(): object {
    const { draft: { template, layout }, by, session } = this.revisions.at(-1)!;
    return { revision: this.revision, document: template, layout, saved_at: "2026-11-23T08:00:00Z", saved_by_name: by, session };
  }
}

function problem(status: number, code: string): { readonly status: number; readonly answer: unknown } {
  return { status, answer: { problems: [{ code }] } };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
