import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Draft } from "../model/index.ts";

/** What one tab has of a template that the server does not, or may not, have. */
export interface Kept {
  /** The tab. */
  readonly session: string;
  readonly template: string;
  /** The server's draft that the edits began from. */
  readonly revision: number;
  readonly base: Draft;
  /** What was sent and not answered: the server may have it. */
  readonly sent: Draft | null;
  readonly draft: Draft;
  /** When it was kept, of the clock on the wall, in ms. */
  readonly at: number;
}

/** Apart, so that an edit writes what it has changed and not what it began from. */
type Origin = Pick<Kept, "session" | "revision" | "base" | "sent">;
type Present = Pick<Kept, "session" | "template" | "draft" | "at">;

interface JournalSchema extends DBSchema {
  origins: { key: string; value: Origin };
  drafts: { key: string; value: Present; indexes: { by_template: string } };
}

type Database = IDBPDatabase<JournalSchema>;

const VERSION = 1;
/** On disk when the transaction completes: only then does the screen say that it is kept. */
const STRICT = { durability: "strict" } as const;

/** What one person has not yet saved, on this computer. Everything that is answered is on disk. */
export class Journal {
  #open: Promise<Database> | null = null;

  constructor(private readonly person: string) {}

  /** What tabs have kept of a template; oldest first. */
  async of(template: string): Promise<readonly Kept[]> {
    return await this.#use(async (database) => {
      const tx = database.transaction(["origins", "drafts"]);
      const drafts = await tx.objectStore("drafts").index("by_template").getAll(template);
      const rows = await Promise.all(drafts.map(async (draft) => ({ ...(await tx.objectStore("origins").get(draft.session)), ...draft })));
      return rows.filter((row): row is Kept => "base" in row).sort((one, other) => one.at - other.at);
    });
  }

  /** Keep it in the place of what the tab has kept before; `withOrigin` when more than the draft has changed. Rows of `gone` tabs go with it. */
  async keep({ session, template, draft, at, ...origin }: Kept, withOrigin: boolean, gone: readonly string[]): Promise<void> {
    await this.#use(async (database) => {
      const tx = database.transaction(["origins", "drafts"], "readwrite", STRICT);
      await Promise.all([
        tx.objectStore("drafts").put({ session, template, draft, at }),
        ...(withOrigin ? [tx.objectStore("origins").put({ session, ...origin })] : []),
        ...gone.flatMap((each) => [tx.objectStore("drafts").delete(each), tx.objectStore("origins").delete(each)]),
        tx.done,
      ]);
    });
  }

  /** The server has it all: a row that came back would bring old edits back. */
  async forget(sessions: readonly string[]): Promise<void> {
    await this.#use(async (database) => {
      const tx = database.transaction(["origins", "drafts"], "readwrite", STRICT);
      await Promise.all([...sessions.flatMap((each) => [tx.objectStore("drafts").delete(each), tx.objectStore("origins").delete(each)]), tx.done]);
    });
  }

  close(): void {
    void this.#open?.then((database) => { database.close(); }, () => null);
    this.#open = null;
  }

  /** Once more when the browser has closed the database under the page. */
  async #use<T>(work: (database: Database) => Promise<T>): Promise<T> {
    try {
      return await work(await this.#opened());
    } catch (failure) {
      if (!(failure instanceof DOMException) || failure.name !== "InvalidStateError") throw failure;
      this.#open = null;
      return await work(await this.#opened());
    }
  }

  #opened(): Promise<Database> {
    this.#open ??= open(this.person).catch((failure: unknown) => { this.#open = null; throw failure; });
    return this.#open;
  }
}

async function open(person: string): Promise<Database> {
  return await openDB<JournalSchema>(`mendloop-designer-${person}`, VERSION, {
    upgrade(database) {
      database.createObjectStore("origins", { keyPath: "session" });
      database.createObjectStore("drafts", { keyPath: "session" }).createIndex("by_template", "template");
    },
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
    },
  });
}
