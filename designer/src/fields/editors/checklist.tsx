import type { Json } from "@mendloop/engine";
import type { JSX } from "preact";
import { Control, List, Name, NumberControl, type RowProps, setAt, WordsControl } from "../../panels/index.ts";
import { mayEdit } from "../../session.ts";
import { say, type Word } from "../../words/index.ts";
import type { EditorProps, Of } from "./props.ts";
import { Unit } from "./unit.tsx";

type Item = Of<"checklist">["items"][number];
type Demands = NonNullable<Item["not_ok"]>;

/** Items, and what each of them wants when it is not ok. */
export function ChecklistEditor({ session, pointer }: EditorProps): JSX.Element {
  return (
    <>
      <List session={session} pointer={`${pointer}/items`} stem="item" show={(props) => <ItemRow {...props} />} fold={(props) => <ItemFold {...props} />} />
      <p class="hint">{say("fields.paste_lines")}</p>
    </>
  );
}

function ItemRow({ session, pointer, row }: RowProps): JSX.Element {
  const { not_ok: demands = {} } = row as unknown as Item;
  const set = (changed: Demands): void => { setAt(session, `${pointer}/not_ok`, Object.keys(changed).length === 0 ? undefined : (changed), say("fields.not_ok")); };
  const chip = (word: Word, isOn: boolean, turned: Demands): JSX.Element => (
    <button type="button" class="fields-chip" aria-pressed={isOn} disabled={!mayEdit(session)} onClick={() => { set(turned); }}>{say(word)}</button>
  );
  const { photo = 0, note, reading } = demands;
  return (
    <>
      <WordsControl session={session} pointer={`${pointer}/label`} required bare />
      <div class="fields-chips" role="group" aria-label={say("fields.not_ok")} data-pointer={`${pointer}/not_ok`} tabIndex={-1}>
        <span class="quiet">{say("fields.not_ok")}</span>
        {chip("fields.demand_photo", photo > 0, without(demands, "photo", photo > 0 ? undefined : 1))}
        {chip("fields.demand_note", note === true, without(demands, "note", note === true ? undefined : true))}
        {chip("fields.demand_reading", reading !== undefined, without(demands, "reading", reading === undefined ? {} : undefined))}
        {reading === undefined ? null : <span class="fields-amount"><Unit session={session} pointer={`${pointer}/not_ok/reading/unit`} placeholder={say("fields.key_unit")} bare /></span>}
      </div>
    </>
  );
}

/** The demands with one of them otherwise; undefined: without it. */
function without(demands: Demands, key: keyof Demands, value: Json | undefined): Demands {
  const { [key]: _old, ...rest } = demands;
  return value === undefined ? rest : { ...rest, [key]: value };
}

function ItemFold({ session, pointer, row }: RowProps): JSX.Element {
  const { not_ok: demands } = row as unknown as Item;
  return (
    <>
      <Control session={session} pointer={`${pointer}/allow_na`} />
      {(demands?.photo ?? 0) > 0 ? <NumberControl session={session} pointer={`${pointer}/not_ok/photo`} /> : null}
      <Name session={session} pointer={`${pointer}/id`} />
    </>
  );
}
