import type { JSX } from "preact";
import { USUAL } from "../model/beginnings.ts";
import { addField, type Command, type Draft, setField } from "../model/index.ts";
import { writtenIn } from "../model/tongues.ts";
import { Icon } from "../shell/icon.tsx";
import { say } from "../words/index.ts";
import { pasteFields } from "./clipboard.ts";
import { inOne } from "./edits.ts";
import type { Room } from "./room.ts";
import { TypeIcon } from "./type_icon.tsx";

type Beginning = (typeof USUAL)[number];

/** A step without fields says what fields are for, and offers how most begin. */
export function EmptyStep({ room }: { readonly room: Room }): JSX.Element {
  if (room.isReadonly.value) return <p class="fields-empty quiet">{say("fields.none")}</p>;
  return (
    <div class="fields-empty" data-testid="fields-empty">
      <h3>{say("fields.empty_title")}</h3>
      <p class="quiet">{say("fields.empty_why")}</p>
      {USUAL.map((beginning) => (
        <button key={beginning.type} type="button" class="fields-begin" data-testid={`begin-${beginning.type}`} onClick={() => { begin(room, beginning); }}>
          <span class="fields-icon" data-type={beginning.type}><TypeIcon type={beginning.type} /></span>
          <span class="fields-text"><strong>{say(`fields.begin_${beginning.word}`)}</strong><small>{say(`fields.begin_${beginning.word}_why`)}</small></span>
        </button>
      ))}
      <div class="fields-others">
        <button type="button" class="button" data-testid="add-field-0" onClick={(event) => { room.adding.value = { index: 0, anchor: event.currentTarget }; }}><Icon name="plus" />{say("fields.other_type")}</button>
        <button type="button" class="button" onClick={() => { void pasteFields(room, 0); }}>{say("fields.paste")}</button>
      </div>
    </div>
  );
}

/** One edit: the field with its words. */
function begin(room: Room, beginning: Beginning): void {
  const { type, label } = beginning;
  let id = "";
  const add = (draft: Draft): Command | null => {
    const added = addField(draft, room.node, type);
    id = added?.id ?? "";
    return added?.command ?? null;
  };
  room.session.editor.edit((draft) => inOne(draft, [
    add,
    (now) => setField(now, room.node, id, ["label"], writtenIn(now.template, label)),
    (now) => ("path" in beginning ? setField(now, room.node, id, [beginning.path], writtenIn(now.template, beginning.value)) : null),
  ]));
  room.show(id);
}
