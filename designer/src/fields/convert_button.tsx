import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { convertField, type Field, fieldsOf } from "../model/index.ts";
import { Icon } from "../shell/icon.tsx";
import { Menu, type MenuItem } from "../shell/menu.tsx";
import { isWord, say } from "../words/index.ts";
import { lostKeys } from "./edits.ts";
import type { Room } from "./room.ts";
import { CONVERSIONS, type FieldType } from "./types.ts";

/** The type of the open field. A click offers what it may become, and says what each of them has no room for. */
export function ConvertButton({ room, field }: { readonly room: Room; readonly field: Field }): JSX.Element {
  const at = useSignal<{ readonly x: number; readonly y: number } | null>(null);
  const types = CONVERSIONS[field.type];
  const name = say(`fields.type_${field.type}`);
  if (room.isReadonly.value || types.length === 0) return <span class="fields-kind">{name}</span>;
  return (
    <>
      <button type="button" class="fields-kind" aria-haspopup="menu" title={say("fields.convert_why")} data-testid={`convert-field-${field.id}`}
        onClick={(event) => { const { left, bottom } = event.currentTarget.getBoundingClientRect(); at.value = { x: left, y: bottom + 4 }; }}>{name}<Icon name="down" /></button>
      {at.value === null ? null : <Menu label={say("fields.convert")} at={at.value} items={types.map((type) => itemFor(room, field, type))} onClose={() => { at.value = null; }} />}
    </>
  );
}

function itemFor(room: Room, field: Field, type: FieldType): MenuItem {
  const lost = lostBy(room, field, type).map((key) => keyName(key));
  const name = say(`fields.type_${type}`);
  const label = lost.length === 0 ? say("fields.convert_to", { type: name }) : say("fields.convert_loses", { type: name, lost: lost.join(say("fields.comma")) });
  return { label, testid: `convert-to-${type}`, run: () => { room.session.editor.edit((draft) => convertField(draft, room.node, field.id, type)); room.show(field.id, "card"); } };
}

/** What would be gone: seen on a copy. */
function lostBy({ session, node }: Room, field: Field, type: FieldType): readonly string[] {
  const draft = session.editor.draft.peek();
  const after = convertField(draft, node, field.id, type)?.apply(draft) ?? draft;
  return lostKeys(field, fieldsOf(after.template.nodes[node]).find(({ id }) => id === field.id));
}

function keyName(key: string): string {
  const word = `fields.key_${key}`;
  return isWord(word) ? say(word) : key;
}
