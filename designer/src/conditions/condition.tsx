import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { at, command, pathOf } from "../model/index.ts";
import { put } from "../model/json.ts";
import { mayEdit, type Session } from "../session.ts";
import { say } from "../words/index.ts";
import { CelField } from "./cel_field.tsx";
import { GroupRows, NEW_ROW } from "./group_rows.tsx";
import { type Group, groupOf, sourceOf } from "./rows.ts";
import { sentenceOf } from "./sentence.ts";

export interface ConditionProps {
  readonly session: Session;
  /** Where the expression stands, or is to stand, in the template. */
  readonly pointer: string;
  /** What it decides: “Shown when”. */
  readonly label: string;
  /** A condition holds or not; a value is computed and is written as text only. */
  readonly kind?: "condition" | "value";
}

const EMPTY: Group = { kind: "group", all: true, parts: [] };
/** Whoever wants a condition begins with its first row. */
const FIRST: Group = { kind: "group", all: true, parts: [NEW_ROW] };

/** An expression of the template: rows to choose from, or its text in CEL. Both are the same expression. */
export function Condition({ session, pointer, label, kind = "condition" }: ConditionProps): JSX.Element {
  const { template } = session.editor.draft.value;
  const path = useMemo(() => pathOf(template, pointer), [pointer]);
  const kept = at(template, path);
  const source = typeof kept === "string" ? kept : "";
  const group = useRows(source, mayEdit(session));
  const [asText, showText] = useState(kind === "value");
  const write = (text: string | null): void => {
    session.editor.edit((draft) => command(draft, { key: "conditions.edit" }, (next) => { put(next.template, path, text ?? undefined); }, `condition ${pointer}`));
  };
  const rows = asText ? null : group.shown;
  const choose = (next: Group): void => {
    const written = sourceOf(next);
    group.show(next, written ?? source);
    if (written !== null || next.parts.length === 0) write(written);
  };
  return (
    <div class="condition" role="group" aria-label={label} data-testid={`condition-${pointer}`}>
      {rows === null
        ? <CelField session={session} pointer={pointer} label={label} source={source} onChange={(text) => { write(text === "" ? null : text); }} />
        : <GroupRows session={session} pointer={pointer} node={nodeAt(pointer)} group={rows} isOutermost readonly={!mayEdit(session)} onChange={choose} />}
      <footer class="condition-foot">
        {rows !== null && isIncomplete(rows) ? <p class="hint" role="status">{say("conditions.incomplete")}</p> : null}
        {kind === "condition" && source !== "" ? <p class="hint">{say("conditions.sentence", { sentence: sentenceOf(template, nodeAt(pointer), source) })}</p> : null}
        {kind === "condition" && group.shown !== null
          ? <button type="button" class="condition-switch" data-testid="condition-text" onClick={() => { showText(!asText); }}>{say(asText ? "conditions.show_rows" : "conditions.show_cel")}</button> : null}
      </footer>
    </div>
  );
}

function isIncomplete(rows: Group): boolean {
  return rows !== FIRST && rows.parts.length > 0 && sourceOf(rows) === null;
}

/** The rows of `source`. What is not complete yet is kept here, until somebody changes the expression elsewhere. */
function useRows(source: string, isFree: boolean): { readonly shown: Group | null; readonly show: (group: Group, source: string) => void } {
  const rowsOf = (text: string): Group | null => (text === "" && isFree ? FIRST : groupOf(text));
  const [state, change] = useState(() => ({ group: rowsOf(source), source }));
  const newest = useRef(state);
  newest.current = state;
  useEffect(() => {
    if (newest.current.source !== source) change({ group: rowsOf(source), source });
  }, [source]);
  const isOld = state.source !== source;
  return { shown: (isOld ? rowsOf(source) : state.group) ?? (source === "" ? EMPTY : null), show: (group, written) => { change({ group, source: written }); } };
}

/** The node that a pointer lies in; empty outside of the flow. */
function nodeAt(pointer: string): string {
  return /^\/nodes\/([^/]+)/.exec(pointer)?.[1] ?? "";
}
