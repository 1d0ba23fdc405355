import { signal } from "@preact/signals";
import type { Refused } from "../api/client.ts";
import type { Words } from "../model/index.ts";
import { same } from "../model/merge/same.ts";
import type { Right, SaveState } from "../session.ts";
import type { Question } from "./question.ts";

/** Something to say once: a key of the designer's words. `count` goes up, so that the same can be said again. */
export interface News {
  readonly word: "store.brought_in" | "store.rights_withdrawn" | "store.taken_away";
  /** Of what was taken away, and who did that. */
  readonly title?: Words | undefined;
  readonly by?: string;
  readonly count: number;
}

/** Why the server would not take a draft. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
}

/** Everything that saving tells whoever looks. */
export class Notices {
  readonly state = signal<SaveState>({ kind: "saving" });
  readonly question = signal<Question | null>(null);
  readonly news = signal<News | null>(null);
  readonly refusal = signal<Refusal | null>(null);
  readonly rights;

  constructor(rights: readonly Right[]) {
    this.rights = signal(rights);
  }

  get maySave(): boolean { return this.rights.peek().includes("edit"); }

  stands(state: SaveState): void {
    if (!same(state, this.state.peek())) this.state.value = state;
  }

  say(word: News["word"], about: Pick<News, "title" | "by"> = {}): void {
    this.news.value = { word, ...about, count: (this.news.peek()?.count ?? 0) + 1 };
  }

  /** The server has said no. Where that is for want of a right, it may come back. */
  refused({ status, code }: Refused): void {
    this.refusal.value = { status, code };
    if (status !== 403 && status !== 404) return;
    this.rights.value = this.rights.peek().filter((right) => right === "view");
    this.say("store.rights_withdrawn");
  }
}
