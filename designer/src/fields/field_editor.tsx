import { signal } from "@preact/signals";
import type { ComponentType, JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Field } from "../model/index.ts";
import type { Found } from "../session.ts";
import { say } from "../words/index.ts";
import type { Room } from "./room.ts";

export interface FieldEditorProps {
  readonly room: Room;
  readonly field: Field;
  readonly pointer: string;
  readonly problems: readonly Found[];
}

/** What edits the settings of each type: fetched after the cards are shown, or when the first is opened. */
const editor = signal<ComponentType<FieldEditorProps> | null>(null);
const hasFailed = signal(false);

async function fetchNow(): Promise<void> {
  hasFailed.value = false;
  try {
    editor.value = (await import("./editors/index.ts")).Editor;
  } catch {
    hasFailed.value = true; // said below, with a button to try again
  }
}

/** Fetch it while nothing else is to be done. */
export function fetchEditors(): void {
  if (editor.peek() !== null) return;
  if (typeof requestIdleCallback === "undefined") setTimeout(() => { void fetchNow(); }, 200);
  else requestIdleCallback(() => { void fetchNow(); }, { timeout: 2_000 });
}

/** The settings of the open field. */
export function FieldEditor(props: FieldEditorProps): JSX.Element {
  useEffect(() => { if (editor.peek() === null) void fetchNow(); }, []);
  const Here = editor.value;
  if (Here !== null) return <Here {...props} />;
  if (!hasFailed.value) return <div class="fields-body" aria-busy="true" />;
  return <p class="fields-body" role="alert">{say("fields.not_fetched")} <button type="button" class="button" onClick={() => { void fetchNow(); }}>{say("fields.try_again")}</button></p>;
}
