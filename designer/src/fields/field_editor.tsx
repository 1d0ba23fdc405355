import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Field } from "../model/index.ts";
import { whenWanted } from "../later.ts";
import type { Found } from "../session.ts";
import { say } from "../words/index.ts";
import type * as editors from "./editors/index.ts";
import type { Room } from "./room.ts";

export interface FieldEditorProps {
  readonly room: Room;
  readonly field: Field;
  readonly pointer: string;
  readonly problems: readonly Found[];
}

/** What edits the settings of each type, and the list of types: fetched after the cards are shown, or when it is first wanted. */
const part = whenWanted(async () => await import("./editors/index.ts"));
const pieces = signal<typeof editors | null>(null);
const hasFailed = signal(false);

async function fetchNow(): Promise<void> {
  hasFailed.value = false;
  try {
    pieces.value = await part.get();
  } catch {
    hasFailed.value = true; // said below, with a button to try again
  }
}

/** Fetch it while nothing else is to be done. */
export function fetchEditors(): void {
  if (pieces.peek() !== null) return;
  if (typeof requestIdleCallback === "undefined") setTimeout(() => { void fetchNow(); }, 200);
  else requestIdleCallback(() => { void fetchNow(); }, { timeout: 2_000 });
}

/** The settings of the open field. */
export function FieldEditor(props: FieldEditorProps): JSX.Element {
  useEffect(() => { if (pieces.peek() === null) void fetchNow(); }, []);
  const here = pieces.value;
  if (here !== null) return <here.Editor {...props} />;
  if (!hasFailed.value) return <div class="fields-body" aria-busy="true" />;
  return <p class="fields-body" role="alert">{say("fields.not_fetched")} <button type="button" class="button" onClick={() => { void fetchNow(); }}>{say("fields.try_again")}</button></p>;
}

/** The list of types, while it is wanted. */
export function AddMenuWanted({ room }: { readonly room: Room }): JSX.Element | null {
  const isWanted = room.adding.value !== null;
  useEffect(() => { if (isWanted && pieces.peek() === null) void fetchNow(); }, [isWanted]);
  const here = pieces.value;
  return isWanted && here !== null ? <here.AddMenu room={room} /> : null;
}
