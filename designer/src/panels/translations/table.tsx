import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { Icon } from "../../shell/icon.tsx";
import { mayEdit, type Session } from "../../session.ts";
import { language, say } from "../../words/index.ts";
import { Lines } from "../controls/text.tsx";
import { tongueName, tongueWord } from "../controls/words.tsx";
import { setWord } from "../edit.ts";
import { tonguesIn, tonguesOf } from "../tongues.ts";
import { useTyping } from "../typing.ts";
import { rootSchema } from "../use.ts";
import { groupTitle, holding, rowsOf, type TextRow } from "./rows.ts";

/** All words side by side. What is missing is counted, can be shown alone, and is walked through with one button. */
export function Translations({ session }: { readonly session: Session }): JSX.Element {
  const { template } = session.editor.draft.value;
  const rows = rowsOf(template, rootSchema(session));
  const missing = rows.filter((row) => row.missing.length > 0);
  const [isOnlyMissing, showMissing] = useState(missing.length > 0);
  const [query, setQuery] = useState("");
  const table = useRef<HTMLTableElement>(null);
  const shown = useShown(holding(rows, query), isOnlyMissing);
  return (
    <div class="translations" data-testid="translations-view">
      <div class="translations-bar">
        <span class={missing.length === 0 ? "badge ok" : "badge warn"} data-testid="missing-count" role="status">{missing.length === 0 ? say("panels.complete") : say("panels.missing_count", { count: missing.length })}</span>
        <label class="translations-only"><input type="checkbox" class="check" data-testid="only-missing" checked={isOnlyMissing} onChange={(event) => { showMissing(event.currentTarget.checked); }} />{say("panels.only_missing")}</label>
        <input type="search" class="input" placeholder={say("panels.search_words")} aria-label={say("panels.search_words")} value={query} onInput={(event) => { setQuery(event.currentTarget.value); }} />
        <button type="button" class="button" data-testid="next-missing" disabled={missing.length === 0} onPointerDown={(event) => { event.preventDefault(); }} onClick={() => { nextMissing(table.current); }}><Icon name="down" />{say("panels.next_missing")}</button>
      </div>
      {shown.length === 0 ? <p class="translations-none">{say(query === "" ? "panels.nothing_missing" : "panels.nothing_found")}</p> : <Table session={session} rows={shown} place={table} />}
    </div>
  );
}

/** A row that was shown because it lacked something stays while it is filled in. */
function useShown(rows: readonly TextRow[], isOnlyMissing: boolean): readonly TextRow[] {
  const kept = useRef<Set<string>>(new Set());
  if (!isOnlyMissing) { kept.current.clear(); return rows; }
  for (const { pointer, missing } of rows) if (missing.length > 0) kept.current.add(pointer);
  return rows.filter(({ pointer }) => kept.current.has(pointer));
}

interface TableProps {
  readonly session: Session;
  readonly rows: readonly TextRow[];
  readonly place: { current: HTMLTableElement | null };
}

function Table({ session, rows, place }: TableProps): JSX.Element {
  const { template } = session.editor.draft.value;
  const tongues = tonguesOf(undefined, language.value, tonguesIn(template));
  const groups = [...new Set(rows.map(({ group }) => group))];
  return (
    <table class="translations-table" ref={place}>
      <thead><tr><th scope="col">{say("panels.text")}</th>{tongues.map((tongue) => <th key={tongue} scope="col">{tongueName(tongue)}</th>)}</tr></thead>
      {groups.map((group) => (
        <tbody key={group}>
          <tr class="translations-group"><th scope="rowgroup" colSpan={tongues.length + 1}>{groupTitle(template, group)}</th></tr>
          {rows.filter((row) => row.group === group).map((row) => <Row key={row.pointer} session={session} row={row} tongues={tongues} />)}
        </tbody>
      ))}
    </table>
  );
}

function Row({ session, row, tongues }: { readonly session: Session; readonly row: TextRow; readonly tongues: readonly string[] }): JSX.Element {
  const jump = (event: MouseEvent): void => {
    (event.currentTarget as Element).closest("dialog")?.close();
    session.reveal(row.pointer);
  };
  return (
    <tr data-testid="translation">
      <th scope="row"><button type="button" class="panels-link" title={say("panels.show_it")} onClick={jump}>{row.name}</button></th>
      {tongues.map((tongue) => <td key={tongue}><Cell session={session} row={row} tongue={tongue} /></td>)}
    </tr>
  );
}

function Cell({ session, row, tongue }: { readonly session: Session; readonly row: TextRow; readonly tongue: string }): JSX.Element {
  const isMissing = row.missing.includes(tongue);
  const typing = useTyping({ text: row.words[tongue] ?? "", isMultiline: true, commit: (text) => { setWord(session, row.pointer, tongue, text); } });
  const common = {
    lang: tongue, readOnly: !mayEdit(session), "aria-label": `${row.name} (${tongueName(tongue)})`, placeholder: isMissing ? say("panels.missing_in", { tongue: tongueWord(tongue) }) : "",
    "data-missing": isMissing ? tongue : undefined, "data-testid": isMissing ? "missing-text" : undefined,
  };
  return <Lines typing={typing} common={common} />;
}

/** From where the cursor is on, round again at the end. */
function nextMissing(table: HTMLTableElement | null): void {
  const cells = [...(table?.querySelectorAll<HTMLElement>("[data-missing]") ?? [])];
  const here = document.activeElement;
  const next = cells.find((cell) => here !== null && table?.contains(here) === true && (here.compareDocumentPosition(cell) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0) ?? cells[0];
  next?.focus();
  next?.scrollIntoView({ block: "center" });
}
