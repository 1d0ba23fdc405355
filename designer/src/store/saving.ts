import { effect, type ReadonlySignal } from "@preact/signals";
import { Refused, SignedOut, Unreachable } from "../api/client.ts";
import { type Draft, type Editor, nodeOf } from "../model/index.ts";
import type { Conflict, Merge, Side } from "../model/merge/index.ts";
import { same } from "../model/merge/same.ts";
import type { Right, SaveState } from "../session.ts";
import type { Journal, Kept } from "./journal.ts";
import { Keeper } from "./keeper.ts";
import { bringIn, commonGround } from "./lost.ts";
import { together } from "./merging.ts";
import { type News, Notices, type Refusal } from "./notices.ts";
import { Asking, type Question } from "./question.ts";
import type { DraftServer, Standing } from "./server.ts";
import { Timing } from "./timing.ts";

/** A row of a tab that is gone, ours as long as we hold its lock. */
export interface Orphan {
  readonly row: Kept;
  readonly release: () => void;
}

interface Parts {
  readonly editor: Editor;
  readonly server: DraftServer;
  readonly journal: Journal;
  readonly session: string;
  readonly standing: Standing;
  readonly rights: readonly Right[];
  readonly orphans?: readonly Orphan[];
  /** Other tabs hear which revision there is now. */
  readonly tellTabs?: (revision: number) => void;
}

type Trouble = "offline" | "signed_out" | "refused";

/**
 * Brings every edit to disk at once and to the server soon, merges what others have saved into the open draft, and says how it stands. "Saved" is said
 * only while the server has acknowledged exactly the draft that is shown. Nothing is given up: what cannot be saved is kept and tried again.
 */
export class Saving {
  readonly #notices: Notices;
  readonly #keeper: Keeper;
  readonly #timing = new Timing(() => { void this.#run(); });
  readonly #orphans: Orphan[];
  readonly #stopWatching: () => void;
  #standing: Standing;
  /** What was sent and not answered: the server may have it. */
  #sent: Draft | null = null;
  #newest: number;
  #asking: Asking | null = null;
  #asked: Standing | Orphan | null = null;
  #trouble: Trouble | null = null;
  #unsavedSince = 0;
  #running: Promise<void> | null = null;
  #isAskedAgain = false;
  /** What was brought in, by the tab that had kept it. What that tab sent off while it went may arrive after it, and goes on from there. */
  readonly #broughtIn = new Map<string, Draft>();
  /** How many wait for it to be saved. */
  #waiting = 0;
  #isClosed = false;

  constructor(private readonly parts: Parts) {
    this.#standing = parts.standing;
    this.#newest = parts.standing.revision;
    this.#notices = new Notices(parts.rights);
    this.#orphans = [...(parts.orphans ?? [])];
    this.#keeper = new Keeper(parts.journal, parts.session, () => { this.#tell(); });
    let known: Draft | null = parts.editor.draft.peek();
    this.#stopWatching = effect(() => {
      const draft = parts.editor.draft.value;
      if (draft !== known) this.#edited();
      known = draft;
    });
    this.#tell();
  }

  get state(): ReadonlySignal<SaveState> { return this.#notices.state; }
  /** What somebody has to choose; null: nothing. */
  get question(): ReadonlySignal<Question | null> { return this.#notices.question; }
  get rights(): ReadonlySignal<readonly Right[]> { return this.#notices.rights; }
  /** Something to say once. */
  get news(): ReadonlySignal<News | null> { return this.#notices.news; }
  /** Why the server does not take the draft, while it does not. */
  get refusal(): ReadonlySignal<Refusal | null> { return this.#notices.refusal; }
  /** The server's draft that the edits stand on; publishing names it. */
  get revision(): number { return this.#standing.revision; }
  /** True while leaving now would lose an edit. */
  get isAtRisk(): boolean { return !this.#isClean && !this.#keeper.has(this.#present); }

  /** Choose whose value stands. With the last choice everything is put together and saved. */
  choose(conflicts: Conflict | readonly Conflict[], side: Side): void {
    if (this.#asking === null) return;
    this.#asking.choose(Array.isArray(conflicts) ? (conflicts as readonly Conflict[]) : [conflicts as Conflict], side);
    this.#settle();
  }

  /** Save now, whatever the clock says; answers when that was tried. For publishing, and for the keys that people press to save. */
  async saveNow(): Promise<boolean> {
    this.#waiting += 1;
    await this.#run();
    this.#waiting -= 1;
    return this.#isClean && this.#sent === null && this.#asking === null;
  }

  /** A good moment to try: the network is back, somebody looks at the page, somebody has signed in. */
  hurry(): void {
    if (this.#trouble !== null || !this.#isClean) this.#timing.hurry();
  }

  /** Somebody has told which revision there is now. */
  heard(revision: number | null): void {
    if (revision === null || revision <= this.#newest) return;
    this.#newest = revision;
    void this.#run();
  }

  /** Nobody is signed in any more, or somebody else is: nothing is sent in a wrong name. */
  signedOut(): void {
    if (this.#trouble === "signed_out") return;
    this.#fail("signed_out");
  }

  /** The page may be gone after this. */
  flush(): void {
    if (this.#isClean || !this.#maySave || this.#asking !== null || this.#isClosed) return;
    this.#sent ??= this.#present; // two different drafts on their way could overtake each other
    this.#keep();
    this.parts.server.saveWhileLeaving(this.#standing, this.#sent, this.parts.session);
  }

  /** Bring what is left to the server if it can be reached, and stop. What it does not get is found when the template is opened again. */
  async close(): Promise<void> {
    this.#stopWatching();
    if (!this.#isClean && this.#trouble === null) await this.saveNow();
    this.#isClosed = true;
    this.#timing.stop();
    await this.#keeper.settled();
    for (const { release } of this.#orphans) release();
  }

  /** Bring in what tabs that are gone have kept, as far as nobody has to be asked. */
  async bringInKept(): Promise<void> {
    await this.#run();
  }

  get #present(): Draft { return this.parts.editor.draft.peek(); }
  get #isClean(): boolean { return same(this.#present, this.#standing.draft); }
  get #maySave(): boolean { return this.#notices.maySave; }

  #edited(): void {
    this.#keep();
    if (!this.#isClean) this.#changed();
    else if (this.#sent === null) this.#unsavedSince = 0;
    if (this.#asking !== null) void Promise.resolve().then(() => { this.#settle(); }); // typing may have settled it
    this.#tell();
  }

  #changed(): void {
    if (this.#unsavedSince === 0) this.#unsavedSince = Date.now();
    if (this.#trouble === "refused") this.#timing.answered(); // another draft may be acceptable
    this.#timing.edited();
  }

  #keep(gone: readonly string[] = []): void {
    const { session, server } = this.parts;
    const { revision, draft: base } = this.#standing;
    const sent = this.#sent;
    const isDone = sent === null && this.#isClean;
    this.#keeper.keep(isDone ? null : { session, template: server.templateId, revision, base, sent, draft: this.#present, at: Date.now() }, gone);
  }

  #tell(): void {
    this.#notices.stands(this.#stateNow());
  }

  #stateNow(): SaveState {
    if (this.#asking !== null) return { kind: "conflict" };
    if (this.#sent === null && this.#isClean) return { kind: "saved", at: this.#standing.savedAt };
    if (this.#trouble === null) return { kind: "saving" };
    if (this.#keeper.has(this.#present)) return { kind: "kept", at: this.#unsavedSince, why: this.#trouble };
    return { kind: this.#keeper.hasFailed ? "unkept" : "saving" };
  }

  /** Do what there is to do, one thing after the other; whoever calls meanwhile waits for the same. */
  async #run(): Promise<void> {
    this.#isAskedAgain = true; // what is under way may have passed the point
    this.#running ??= this.#work();
    await this.#running;
  }

  async #work(): Promise<void> {
    try {
      await Promise.resolve(); // so that it is known to run before it ends
      while (!this.#isClosed && this.#isAskedAgain) {
        this.#isAskedAgain = false;
        if (await this.#step()) this.#isAskedAgain = true;
      }
    } catch (failure) {
      this.#failed(failure);
    } finally {
      this.#running = null; // at once: whoever asks from here on begins anew
    }
    if (this.#mustSave && this.#trouble === null && !this.#timing.isWaiting) this.#timing.edited();
    this.#tell();
  }

  get #mustSave(): boolean { return !this.#isClosed && this.#asking === null && this.#maySave && !this.#isClean; }

  /** The next thing that has to be done; false: nothing now. */
  async #step(): Promise<boolean> {
    if (this.#asking !== null && (this.#asking.why === "kept" || this.#newest <= this.#askedRevision)) return false;
    if (this.#sent !== null) return await this.#send(this.#sent);
    if (this.#newest > this.#standing.revision) return await this.#fetch();
    const orphan = this.#orphans.at(-1); // the newest: what was edited while something had to be chosen is seen while it still has
    if (orphan !== undefined && this.#maySave) return await this.#adopt(orphan);
    if (this.#isClean || !(this.#timing.isDue || this.#waiting > 0)) return false;
    return this.#maySave ? await this.#send(this.#present) : await this.#askForRights();
  }

  /** Rights may come back as they went. */
  async #askForRights(): Promise<boolean> {
    await this.#fetch();
    if (this.#maySave) this.#timing.hurry();
    else this.#fail("refused");
    return this.#maySave;
  }

  get #askedRevision(): number {
    return this.#asked !== null && "revision" in this.#asked ? this.#asked.revision : Infinity;
  }

  async #send(draft: Draft): Promise<boolean> {
    this.#sent = draft;
    this.#keep();
    this.#tell();
    await this.#keeper.settled(); // whatever happens from here on, the next one who opens this knows that it was sent
    const answer = await this.parts.server.save(this.#standing, draft, this.parts.session);
    const wasLost = this.#trouble !== null;
    this.#answered();
    if (answer.kind === "saved") this.#saved(answer.revision, draft, wasLost);
    else await this.#incorporate(answer.theirs, answer.by);
    return true;
  }

  #saved(revision: number, draft: Draft, wasLost: boolean): void {
    this.#standing = { revision, draft, savedAt: Date.now() };
    this.#newest = Math.max(this.#newest, revision);
    this.#unsavedSince = this.#isClean ? 0 : Date.now();
    if (!this.#isClean && wasLost) this.#timing.hurry(); // what was edited meanwhile has waited long enough
    this.#keep();
    this.parts.tellTabs?.(revision);
  }

  async #fetch(): Promise<boolean> {
    const answer = await this.parts.server.read(this.#standing.draft);
    this.#answered();
    this.#notices.rights.value = answer.rights;
    this.#newest = Math.max(answer.revision, this.#standing.revision);
    if (answer.revision > this.#standing.revision) await this.#incorporate(answer, answer.by);
    return true;
  }

  #answered(): void {
    this.#sent = null;
    this.#trouble = null;
    this.#notices.refusal.value = null;
    this.#timing.answered();
  }

  /** Somebody else has saved: both edits stay; where that cannot be, it is asked. */
  async #incorporate(theirs: Standing, by: string): Promise<void> {
    this.#newest = Math.max(this.#newest, theirs.revision);
    const base = this.#broughtIn.get(theirs.session ?? "") ?? this.#standing.draft;
    const both = await together();
    this.#ask(new Asking("saved", by, () => [base, this.#present, theirs.draft], both, this.#asking?.choices), theirs);
  }

  #goOnFrom(standing: Standing, { merged, renamed }: Merge, { together: how, by }: Asking): void {
    this.#standing = standing;
    const { editor } = this.parts;
    const chosen = nodeOf(editor.selection.peek());
    const before = chosen === null ? undefined : this.#present.template.nodes[chosen];
    editor.absorb(merged, renamed, how);
    if (before !== undefined && nodeOf(editor.selection.peek()) === null) this.#notices.say("store.taken_away", { title: before.title, by });
    this.#keep();
    if (this.#isClean) this.#unsavedSince = 0;
    else this.#timing.hurry();
  }

  async #adopt(orphan: Orphan): Promise<boolean> {
    const base = await commonGround(orphan.row, this.#standing, this.parts.server);
    const both = await together();
    this.#ask(new Asking("kept", "", () => [base, orphan.row.draft, this.#present], both), orphan);
    return this.#asking === null;
  }

  #bringIn(orphan: Orphan, merged: Draft): void {
    this.#orphans.splice(this.#orphans.indexOf(orphan), 1);
    if (orphan.row.sent === null && same(merged, orphan.row.draft)) this.#broughtIn.set(orphan.row.session, merged);
    if (bringIn(this.parts.editor, merged)) this.#notices.say("store.brought_in");
    this.#keep([orphan.row.session]);
    void this.#keeper.settled().then(orphan.release);
  }

  /** Where nothing has to be chosen it is settled at once. */
  #ask(asking: Asking, about: Standing | Orphan): void {
    this.#asking = asking;
    this.#asked = about;
    this.#keep();
    this.#settle();
    this.#tell();
  }

  #settle(): void {
    const [asking, about] = [this.#asking, this.#asked];
    if (asking === null || about === null) return;
    const question = asking.now();
    if (question.conflicts.length > 0) { this.#notices.question.value = question; return; }
    this.#asking = null;
    this.#asked = null;
    this.#notices.question.value = null;
    if ("row" in about) this.#bringIn(about, question.merge.merged);
    else this.#goOnFrom(about, question.merge, asking);
    this.#tell();
    void this.#run();
  }

  #failed(failure: unknown): void {
    if (failure instanceof Refused) { this.#refused(failure); return; }
    this.#fail(failure instanceof SignedOut ? "signed_out" : "offline");
    if (!(failure instanceof SignedOut || failure instanceof Unreachable)) throw failure; // kept and tried again like the rest, but not hidden
  }

  /** It has not stored what was sent. Another edit may make that acceptable. */
  #refused(refused: Refused): void {
    this.#sent = null;
    this.#notices.refused(refused);
    this.#fail("refused");
  }

  #fail(trouble: Trouble): void {
    this.#trouble = trouble;
    this.#timing.failed();
    this.#keep(); // once more, too, where the disk would not take it
    this.#tell();
  }
}
