import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../shell/icon.tsx";
import { printedAt } from "../shell/printing.ts";
import { momentWords } from "../times.ts";
import { language, say } from "../words/index.ts";
import type { Moment } from "./moments.ts";

export interface RowProps {
  readonly zone: string | undefined;
  readonly templateId: string;
  readonly moment: Moment;
  readonly pair: readonly [string, string];
  readonly mayEdit: boolean;
  readonly onChoose: (pair: readonly [string, string]) => void;
  readonly onRestore: (moment: Moment) => void;
}

/** A version, or the last save of a sitting; the saves before it unfold below. */
export function Sitting(props: RowProps): JSX.Element {
  const { earlier } = props.moment;
  const chosen = earlier.some(({ id }) => props.pair.includes(id));
  const [open, unfold] = useState(false);
  const shown = open || chosen;
  return (
    <>
      <Row {...props} fold={earlier.length === 0 ? null : (
        <button type="button" class="sitting-fold" aria-expanded={shown} disabled={chosen} data-testid={`unfold-${props.moment.id}`} onClick={() => { unfold(!open); }}>
          {say("versions.earlier", { count: earlier.length })}
        </button>
      )} />
      {shown ? earlier.map((moment) => <Row key={moment.id} {...props} moment={moment} inside fold={null} />) : null}
    </>
  );
}

function Row({ zone, templateId, moment, pair: [from, to], mayEdit, onChoose, onRestore, inside = false, fold }: RowProps & { readonly inside?: boolean; readonly fold: JSX.Element | null }): JSX.Element {
  const { id, at, by, kind, number, restores } = moment;
  const name = nameOf(moment);
  const note = noteOf(moment);
  return (
    <tr data-kind={kind} data-inside={inside} data-testid={`moment-${id}`}>
      <td><input type="radio" name="from" aria-label={say("versions.compare_from", { what: name })} checked={from === id} onChange={() => { onChoose([id, to]); }} /></td>
      <td><input type="radio" name="to" aria-label={say("versions.compare_to", { what: name })} checked={to === id} onChange={() => { onChoose([from, id]); }} /></td>
      <td><b>{name}</b> <span class="quiet">{momentWords(at, language.value, zone)} · {by}</span>{note === "" ? null : <p>{note}</p>}{fold}</td>
      <td><div class="moment-acts">
        {kind === "revision" ? null : <a class="button" target="_blank" rel="noopener" aria-label={say("versions.print_what", { what: name })} data-testid={`print-${id}`} href={printedAt(templateId, kind === "version" ? number : null)}><Icon name="print" />{say("versions.print")}</a>}
        {restores === null || !mayEdit ? null : <button type="button" class="button" data-testid={`restore-${id}`} onClick={() => { onRestore(moment); }}>{say("versions.restore")}</button>}
      </div></td>
    </tr>
  );
}

export function nameOf({ kind, number }: Pick<Moment, "kind" | "number">): string {
  if (kind === "draft") return say("versions.draft");
  return say(kind === "version" ? "versions.version" : "versions.revision", { number });
}

/** What was written beside it, or what it went back to. */
function noteOf({ note, from }: Moment): string {
  const number = Number(from.slice(1));
  return from === "" ? note : say("versions.went_back", { what: nameOf({ kind: from.startsWith("v") ? "version" : "revision", number }) });
}
