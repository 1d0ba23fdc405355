import { effect, signal } from "@preact/signals";
import type { JsonObject } from "@mendloop/engine";
import type { Client } from "../api/client.ts";
import type { Session } from "../session.ts";
import { arranging } from "../canvas/layout/layouter.ts";
import { nodeOf } from "../model/index.ts";
import { openTemplate } from "../store/index.ts";
import { read, say } from "../words/index.ts";
import { nameOf } from "./bar.tsx";
import { check } from "./checking.ts";
import { hearMishaps } from "./mishaps.ts";
import { revealing } from "./revealing.ts";
import { tell } from "./toast.tsx";

export interface OpenedSession {
  readonly session: Session;
  readonly close: () => void;
}

/** Everything that the rooms work on, for one template. Throws as `openTemplate` does. */
export async function openSession(client: Client, templateId: string): Promise<OpenedSession> {
  arranging.get().catch(() => null); // beside the draft, not after it
  const opened = await openTemplate(client, templateId);
  const { editor, saving: store, state, rights, people } = opened;
  const checking = check(client, editor.draft);
  const schema = signal<JsonObject | null>(null);
  client.get<JsonObject>("/templates/schema").then((answer) => { schema.value = answer; }, () => null); // panels say that they wait for it
  const open = signal<string | null>(null);
  const session: Session = {
    templateId, client, editor, rights, schema, people, open, store, tell, saving: state, check: checking.result, track: signal(null), ...revealing(editor, open),
  };
  const stops = [checking.stop, following(session), closing(session), telling(session), hearMishaps(session)];
  return { session, close: () => { for (const stop of stops) stop(); void opened.close(); } };
}

/** Whoever is open stays open under another name, and closes when it is gone. */
function following({ editor, open }: Session): () => void {
  return effect(() => {
    const { nodes } = editor.draft.value.template;
    const now = open.peek();
    if (now === null || nodes[now] !== undefined) return;
    open.value = editor.renames.peek().find((rename) => rename.node === null && rename.from === now)?.to ?? null;
  });
}

/** Whoever goes to another node leaves the one that is open. */
function closing({ editor, open }: Session): () => void {
  return effect(() => {
    const at = nodeOf(editor.selection.value);
    if (at !== null && at !== open.peek()) open.value = null;
  });
}

/** Where what one was typing into is gone, the next letters are no commands. */
function rest(): void {
  const place = document.querySelector<HTMLElement>("[data-testid=save-state]");
  if (place === null || document.activeElement !== document.body) return;
  place.tabIndex = -1;
  place.focus();
}

/** What happens without anybody asking for it is said. */
function telling({ editor, store }: Session): () => void {
  const stops = [
    effect(() => {
      const news = store.news.value;
      if (news === null) return;
      tell(say(news.word, { title: read(news.title), by: news.by ?? "" }));
      if (news.word === "store.taken_away") requestAnimationFrame(() => { requestAnimationFrame(rest); });
    }),
    effect(() => { if (editor.dropped.value !== null) tell(say(editor.dropped.value.what === "undo" ? "store.not_undone" : "store.not_redone", { label: nameOf(editor.dropped.value.label) })); }),
  ];
  return () => { for (const stop of stops) stop(); };
}
