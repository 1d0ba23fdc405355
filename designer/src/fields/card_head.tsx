import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import type { Field } from "../model/index.ts";
import { Icon } from "../shell/icon.tsx";
import type { Found } from "../session.ts";
import { read, say } from "../words/index.ts";
import { Badges } from "./badges.tsx";
import { CardMenuButton } from "./card_menu.tsx";
import type { Room } from "./room.ts";
import { summaryOf } from "./summary.ts";
import { TypeIcon } from "./type_icon.tsx";

export interface CardHeadProps {
  readonly room: Room;
  readonly field: Field;
  readonly problems: readonly Found[];
  readonly grip: ((event: PointerEvent) => void) | undefined;
  readonly isChosen: boolean;
}

/** A closed card. Only one of all cards is reached by Tab; arrows walk to the others. */
export function CardHead({ room, field, problems, grip, isChosen }: CardHeadProps): JSX.Element {
  const { id, type } = field;
  const isStop = useComputed(() => (room.current.value ?? room.ids.value[0]) === id).value;
  const label = nameOf(field);
  const summary = summaryOf(field, room.session.editor.draft.peek().template);
  const click = (event: MouseEvent): void => {
    room.click(id, event);
    if (room.open.peek() !== id) return;
    const isOnLabel = event.detail === 0 || (event.target as Element).closest(".fields-label") !== null;
    room.wanted.value = { id, part: isOnLabel ? "label" : "card" };
  };
  return (
    <div class="fields-closed">
      <Grip grip={grip} />
      <button type="button" class="fields-face" data-face={id} aria-expanded="false" aria-pressed={isChosen || undefined} tabIndex={isStop ? 0 : -1} aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown F2 Delete"
        onFocus={() => { room.current.value = id; }} onClick={click}>
        <span class="fields-icon" data-type={type}><TypeIcon type={type} /></span>
        <span class="fields-text">
          <span class={label === "" ? "fields-label none" : "fields-label"}>{label === "" ? say("fields.no_label") : label}</span>
          <span class="fields-summary"><span class="fields-type">{say(`fields.type_${type}`)}</span>{summary === "" ? "" : ` · ${summary}`}</span>
        </span>
      </button>
      <Badges room={room} field={field} problems={problems} />
      {grip === undefined ? null : <CardMenuButton room={room} id={id} isStop={isStop} />}
    </div>
  );
}

/** What a field is called; an instruction without a label begins with its text, which the summary has. */
export function nameOf(field: Field): string {
  return read(field.label);
}

/** By the grip a card is dragged; by keyboard Alt with the arrows does the same on the card. */
export function Grip({ grip }: { readonly grip: ((event: PointerEvent) => void) | undefined }): JSX.Element {
  return grip === undefined ? <span class="fields-grip" /> : <span class="fields-grip" title={say("fields.drag")} onPointerDown={grip}><Icon name="grip" /></span>;
}
