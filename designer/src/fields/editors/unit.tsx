import type { JSX } from "preact";
import { Combobox, Frame, type Option, useControl } from "../../panels/index.ts";
import type { Session } from "../../session.ts";
import { language, say } from "../../words/index.ts";
import UNITS from "./units.json";

interface UnitProps {
  readonly session: Session;
  readonly pointer: string;
  readonly bare?: boolean;
  /** What people write while nothing is chosen. */
  readonly placeholder?: string;
}

/** A unit: one of those that repairs know, or any other that is typed. */
export function Unit({ session, pointer, bare = false, placeholder = say("fields.unit_example") }: UnitProps): JSX.Element {
  const control = useControl<string>({ session, pointer });
  const named = bare ? { "aria-label": control.label } : {};
  return (
    <Frame {...control} bare={bare} beside>
      <Combobox id={control.id} options={units()} value={control.value ?? ""} isFree readonly={control.readonly} placeholder={placeholder} attributes={{ "data-pointer": pointer, maxLength: 30, ...named }}
        onChoose={({ value: chosen }) => { control.set(chosen.trim() === "" ? undefined : chosen.trim()); }} />
    </Frame>
  );
}

/** What is measured in repairs, most usual first; found by its sign, by what it measures, and as people say it in either language. */
export function units(): readonly Option[] {
  return UNITS.map(({ unit, said, ...what }) => ({ value: unit, label: unitWord(unit), note: what[language.value], also: `${said} ${what["zh-CN"]} ${what.en}` }));
}

/** A unit as people read it: pieces are counted in words, the rest has signs. */
export function unitWord(unit: string): string {
  return unit === "pcs" ? say("fields.unit_pieces") : unit;
}
