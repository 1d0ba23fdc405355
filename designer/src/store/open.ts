import type { ReadonlySignal } from "@preact/signals";
import { type Client, Unreachable } from "../api/client.ts";
import { Editor } from "../model/index.ts";
import type { Colleague, Right, SaveState } from "../session.ts";
import { newSession } from "./ids.ts";
import { Journal, type Kept } from "./journal.ts";
import { Lives } from "./lives.ts";
import { Presence } from "./presence.ts";
import { type Orphan, Saving } from "./saving.ts";
import { type DraftAnswer, DraftServer } from "./server.ts";
import { watchPage } from "./watching.ts";

/** A template that is open in this tab. */
export interface Opened {
  readonly templateId: string;
  /** This tab, as others see it. */
  readonly session: string;
  readonly editor: Editor;
  readonly saving: Saving;
  readonly state: ReadonlySignal<SaveState>;
  readonly rights: ReadonlySignal<readonly Right[]>;
  readonly people: ReadonlySignal<readonly Colleague[]>;
  /** The number of the newest published version when it was opened; null: none. */
  readonly latestVersion: number | null;
  /** Save what can be saved, and go. Whatever the server does not get stays on this computer. */
  readonly close: () => Promise<void>;
}

/**
 * Open a template's draft: the server's, with all that was kept on this computer brought in. When the draft cannot be fetched, what is kept here is opened.
 * Throws `Unreachable`, `SignedOut` or `Refused` when there is nothing to open.
 */
export async function openTemplate(client: Client, templateId: string): Promise<Opened> {
  const person = await client.person();
  const server = new DraftServer(client, templateId);
  const session = newSession();
  const [lives, journal] = [new Lives(person), new Journal(person)];
  const [release, orphans] = await Promise.all([lives.hold(session), leftBehind(journal, lives, templateId)]);
  const left = (): void => { for (const orphan of orphans) orphan.release(); release?.(); lives.close(); journal.close(); };
  try {
    const answer = await fetched(server, orphans);
    return await begun({ client, server, person, session, journal, orphans, answer, left });
  } catch (failure) {
    left();
    throw failure;
  }
}

interface Found {
  readonly client: Client;
  readonly server: DraftServer;
  readonly person: string;
  readonly session: string;
  readonly journal: Journal;
  readonly orphans: readonly Orphan[];
  readonly answer: DraftAnswer;
  readonly left: () => void;
}

async function begun({ server, person, session, journal, orphans, answer, left }: Found): Promise<Opened> {
  const editor = new Editor(answer.draft);
  const tabs = new BroadcastChannel(`mendloop-designer-${person}`);
  const tellTabs = (revision: number): void => { tabs.postMessage({ template: server.templateId, revision }); };
  const saving = new Saving({ editor, server, journal, session, standing: answer, rights: answer.rights, orphans, tellTabs });
  tabs.addEventListener("message", ({ data }: MessageEvent<{ readonly template: string; readonly revision: number }>) => {
    if (data.template === server.templateId) saving.heard(data.revision);
  });
  const presence = new Presence(server, session, person, {
    selection: () => editor.selection.peek(),
    heard: (revision) => { saving.heard(revision); },
    reached: () => { saving.hurry(); },
    signedOut: () => { saving.signedOut(); },
  }, answer.people);
  const stopWatching = watchPage(saving, presence);
  await saving.bringInKept();
  void presence.start();
  const close = async (): Promise<void> => {
    stopWatching();
    presence.stop();
    await saving.close();
    tabs.close();
    left();
  };
  return { templateId: server.templateId, session, editor, saving, state: saving.state, rights: saving.rights, people: presence.people, latestVersion: answer.latestVersion, close };
}

/** What tabs that are gone have kept of this template, each under our lock from now on. */
async function leftBehind(journal: Journal, lives: Lives, template: string): Promise<readonly Orphan[]> {
  const rows = await journal.of(template).catch((): readonly Kept[] => []); // no storage in this window: there is nothing to bring in
  const claimed = await Promise.all(rows.map(async (row) => ({ row, release: await lives.hold(row.session) })));
  return claimed.flatMap(({ row, release }) => (release === null ? [] : [{ row, release }]));
}

/** The server's draft; while it cannot be reached, the one that the newest kept edits began from. */
async function fetched(server: DraftServer, orphans: readonly Orphan[]): Promise<DraftAnswer> {
  const kept = orphans.at(-1)?.row;
  try {
    const answer = await server.read(kept?.base ?? null);
    const isOld = orphans.some(({ row }) => row.revision > answer.revision); // it came with the page, and the server has had a newer one
    return isOld ? await server.read(kept?.base ?? null) : answer;
  } catch (failure) {
    if (kept === undefined || !(failure instanceof Unreachable)) throw failure;
    return { revision: kept.revision, draft: kept.base, savedAt: kept.at, by: "", rights: ["view", "edit"], latestVersion: null, people: [] };
  }
}
