import type { Json } from "@mendloop/engine";
import { at, type Command, command, type Draft, type Label, pathOf, sameJson, setWords } from "../model/index.ts";
import { put } from "../model/json.ts";
import type { Session } from "../session.ts";

/** Change what stands at a pointer of the template; undefined takes it away. Edits of one place that follow quickly are undone together. */
export function setAt(session: Session, pointer: string, value: Json | undefined, what: string): void {
  session.editor.edit((draft) => changeAt(draft, pointer, value, labelOf(what)));
}

export function labelOf(what: string): Label {
  return { key: "panels.change", params: { what } };
}

export function changeAt(draft: Draft, pointer: string, value: Json | undefined, label: Label): Command | null {
  const path = pathOf(draft.template, pointer);
  if (sameJson(at(draft.template, path), value)) return null;
  return command(draft, label, (next) => { put(next.template, path, value); }, `at ${pointer}`);
}

/** Change a list as a whole: `make` gets a copy. One edit, never joined with another. */
export function changeList(session: Session, pointer: string, what: string, make: (list: Json[]) => readonly Json[]): void {
  session.editor.edit((draft) => {
    const path = pathOf(draft.template, pointer);
    const found = at(draft.template, path);
    const list = Array.isArray(found) ? (found as readonly Json[]) : [];
    const changed = make([...list]);
    if (sameJson(list, changed)) return null;
    return command(draft, labelOf(what), (next) => { put(next.template, path, changed); });
  });
}

/** One text of words; words that have none left are taken away unless they are needed. */
export function setWord(session: Session, pointer: string, tongue: string, text: string): void {
  session.editor.edit((draft) => setWords(draft, pointer, tongue, text));
}
