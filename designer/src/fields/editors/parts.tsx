import type { Json } from "@mendloop/engine";
import type { JSX } from "preact";
import { changeList, Controls, Frame, NumberControl, setAt, Toggle, useControl, WordsControl } from "../../panels/index.ts";
import { mayEdit, type Session } from "../../session.ts";
import { read, say, type Word } from "../../words/index.ts";
import { type FoundPart, PartSearch } from "./part_search.tsx";
import type { EditorProps, Of } from "./props.ts";
import { Rows } from "./rows.tsx";
import { Unit } from "./unit.tsx";

type Line = NonNullable<Of<"parts">["lines"]>[number];

/** Planned parts, found in stock: how many, of which each must be told, and where they fit. */
export function PartsEditor({ session, pointer, field }: EditorProps): JSX.Element {
  const lines = (field as Of<"parts">).lines ?? [];
  const control = useControl<Json>({ session, pointer: `${pointer}/lines` });
  const add = (part: FoundPart): void => { changeList(session, `${pointer}/lines`, control.label, (list) => [...list, lineFor(part)]); };
  return (
    <>
      <Frame {...control} group problem={control.problem?.at === `${pointer}/lines` ? control.problem : null}>
        <Rows<Line & Json> session={session} pointer={`${pointer}/lines`} what={control.label} rows={lines} keyOf={({ part }, index) => `${part} ${index}`} nameOf={nameOf}
          row={(line, at) => <LineRow session={session} line={line} pointer={at} />} fold={(_, at) => <LineFold session={session} pointer={at} />} />
        {mayEdit(session) ? <PartSearch session={session} known={lines.map(({ part }) => part)} onChoose={add} /> : null}
      </Frame>
      <Toggle session={session} pointer={`${pointer}/allow_other`} />
    </>
  );
}

function lineFor({ number, name, unit, serial_tracked: hasSerial }: FoundPart): Json {
  return { part: number, ...(Object.keys(name).length === 0 ? {} : { label: name }), quantity: 1, ...(unit === "" ? {} : { unit }), ...(hasSerial ? { serial: true } : {}) };
}

function nameOf({ part, label }: Line): string {
  return read(label) || part;
}

function LineRow({ session, line, pointer }: { readonly session: Session; readonly line: Line; readonly pointer: string }): JSX.Element {
  const chip = (key: "required" | "serial", word: Word): JSX.Element => (
    <button type="button" class="fields-chip" aria-pressed={line[key] === true} disabled={!mayEdit(session)} data-pointer={`${pointer}/${key}`}
      onClick={() => { setAt(session, `${pointer}/${key}`, line[key] === true ? undefined : true, say(word)); }}>{say(word)}</button>
  );
  const fits = [...(line.products ?? []), ...(line.faults ?? [])];
  return (
    <>
      <div class="fields-part"><strong>{nameOf(line)}</strong>{line.label === undefined ? null : <span class="quiet">{line.part}</span>}{line.position === undefined ? null : <span class="quiet">{line.position}</span>}</div>
      <div class="fields-chips">
        <span class="fields-amount"><small aria-hidden="true">{say("fields.part_quantity")}</small><NumberControl session={session} pointer={`${pointer}/quantity`} label={say("fields.part_quantity")} bare /></span>
        <span class="fields-amount"><small aria-hidden="true">{say("fields.part_unit")}</small><Unit session={session} pointer={`${pointer}/unit`} placeholder="" bare /></span>
        {chip("required", "fields.part_required")}
        {chip("serial", "fields.part_serial")}
      </div>
      {fits.length === 0 ? null : <p class="hint">{say("fields.part_fits", { what: fits.join(say("fields.comma")) })}</p>}
    </>
  );
}

function LineFold({ session, pointer }: { readonly session: Session; readonly pointer: string }): JSX.Element {
  return (
    <>
      <WordsControl session={session} pointer={`${pointer}/label`} />
      <Controls session={session} pointer={pointer} only={["position", "products", "faults", "part"]} isFolded={false} />
    </>
  );
}
