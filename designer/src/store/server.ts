import type { Json, JsonObject } from "@mendloop/engine";
import { type Client, Refused } from "../api/client.ts";
import type { Draft, Layout, Selection, Template } from "../model/index.ts";
import { grafted } from "../model/merge/graft.ts";
import type { Colleague, Right } from "../session.ts";

/** The draft as the server has it. */
export interface Standing {
  readonly revision: number;
  readonly draft: Draft;
  /** Of the clock on the wall, in ms. */
  readonly savedAt: number;
  /** The tab that saved it; unknown where this tab did. */
  readonly session?: string;
}

export interface DraftAnswer extends Standing {
  /** Who saved it. */
  readonly by: string;
  readonly rights: readonly Right[];
  readonly latestVersion: number | null;
  readonly people: readonly Colleague[];
}

/** What became of a save. `behind`: somebody else was faster; nothing of ours was stored. */
export type SaveAnswer =
  | { readonly kind: "saved"; readonly revision: number }
  | { readonly kind: "behind"; readonly theirs: Standing; readonly by: string };

/** Who is here, and which revision the draft is at. */
export interface HereAnswer {
  readonly people: readonly Colleague[];
  readonly revision: number | null;
}

interface DraftOut {
  readonly revision: number;
  readonly document: Template;
  readonly layout: Layout;
  readonly saved_at: string;
  readonly saved_by_name: string;
  readonly session: string;
  readonly rights: readonly Right[];
  readonly latest_version: number | null;
  readonly people: readonly Colleague[];
}

/** One template's draft on the server. Everything may throw `Unreachable`, `SignedOut` or `Refused`. */
export class DraftServer {
  constructor(private readonly client: Client, readonly templateId: string) {}

  /** What did not change since `known` is the same object. */
  async read(known: Draft | null): Promise<DraftAnswer> {
    const answer = await this.client.get<DraftOut>(`${this.#path}/draft`);
    return { ...standingOf(answer, known), by: answer.saved_by_name, rights: answer.rights, latestVersion: answer.latest_version, people: answer.people };
  }

  /** Sent again with the same session it is stored once and answered as the first time. */
  async save(expected: Standing, draft: Draft, session: string): Promise<SaveAnswer> {
    try {
      const { revision } = await this.client.act<{ readonly revision: number }>("PUT", `${this.#path}/draft`, saveOf(expected.revision, draft, session));
      return { kind: "saved", revision };
    } catch (failure) {
      if (!(failure instanceof Refused && failure.status === 409 && typeof failure.answer["revision"] === "number")) throw failure;
      const answer = failure.answer as unknown as DraftOut;
      return { kind: "behind", theirs: standingOf(answer, expected.draft), by: answer.saved_by_name };
    }
  }

  /** The same while the page goes: nobody hears what becomes of it. */
  saveWhileLeaving(expected: Standing, draft: Draft, session: string): void {
    this.client.sendOff("PUT", `${this.#path}/draft`, saveOf(expected.revision, draft, session));
  }

  async beHere(session: string, selection: Selection): Promise<HereAnswer> {
    return await this.client.act<HereAnswer>("PUT", `${this.#path}/presence`, { session, selection: selection as unknown as JsonObject });
  }

  leave(session: string): void {
    this.client.sendOff("DELETE", `${this.#path}/presence?session=${session}`, null);
  }

  get #path(): string { return `/templates/${this.templateId}`; }
}

function saveOf(revision: number, { template, layout }: Draft, session: string): Json {
  return { expected_revision: revision, document: template as unknown as JsonObject, layout: layout as unknown as JsonObject, session };
}

function standingOf({ revision, document, layout, saved_at, session }: DraftOut, known: Draft | null): Standing {
  return { revision, draft: grafted(known, { template: document, layout }), savedAt: Date.parse(saved_at), session };
}
