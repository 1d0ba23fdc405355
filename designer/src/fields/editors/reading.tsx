import type { JSX } from "preact";
import { NumberControl, Range, setAt } from "../../panels/index.ts";
import { mayEdit, type Session } from "../../session.ts";
import { say } from "../../words/index.ts";
import type { EditorProps, Of } from "./props.ts";
import { type MarkName, type Marks, marksOf, withMark } from "./scale.ts";
import { Scale } from "./scale_line.tsx";
import { Unit } from "./unit.tsx";

/** Unit, norm and limits: typed, or dragged on a line. */
export function ReadingEditor({ session, pointer, field }: EditorProps): JSX.Element {
  const reading = field as Of<"reading">;
  const { unit } = reading;
  const marks = readMarks(reading);
  return (
    <>
      <Unit session={session} pointer={`${pointer}/unit`} />
      <NumberControl session={session} pointer={`${pointer}/norm`} unit={unit} />
      <Range session={session} pointer={`${pointer}/tolerance`} unit={unit} />
      <Range session={session} pointer={`${pointer}/soft_limit`} unit={unit} />
      {marksOf(marks).length === 0 ? <p class="hint">{say("fields.scale_empty")}</p> : (
        <Scale marks={marks} unit={unit} readonly={!mayEdit(session)} change={(name, value) => { write(session, pointer, withMark(marks, name, value), name); }} />
      )}
      <p class="fields-legend"><span class="fine">{say("fields.zone_fine")}</span><span class="noticed">{say("fields.zone_noticed")}</span><span class="reasoned">{say("fields.zone_reasoned")}</span></p>
    </>
  );
}

function readMarks({ norm, tolerance, soft_limit: soft }: Of<"reading">): Marks {
  const ends = (range: readonly (number | null)[] | undefined): [number | null, number | null] => [range?.[0] ?? null, range?.[1] ?? null];
  return { norm: norm ?? null, tolerance: ends(tolerance), soft: typeof soft === "number" ? [null, soft] : ends(soft) };
}

function write(session: Session, pointer: string, { norm, tolerance, soft }: Marks, name: MarkName): void {
  const what = say(`fields.mark_${name}`);
  if (name === "norm") setAt(session, `${pointer}/norm`, norm ?? undefined, what);
  else if (name === "low" || name === "high") setAt(session, `${pointer}/tolerance`, [...tolerance], what);
  else setAt(session, `${pointer}/soft_limit`, [...soft], what);
}
