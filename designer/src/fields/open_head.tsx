import { useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { FIRST_WORDS } from "../model/beginnings.ts";
import type { Field } from "../model/index.ts";
import { isFirstWord } from "../model/untouched.ts";
import { Icon } from "../shell/icon.tsx";
import type { Found } from "../session.ts";
import { say } from "../words/index.ts";
import { Badges } from "./badges.tsx";
import { Grip } from "./card_head.tsx";
import { CardMenuButton } from "./card_menu.tsx";
import { ConvertButton } from "./convert_button.tsx";
import { LabelLine } from "./label_line.tsx";
import type { Room } from "./room.ts";
import { TypeIcon } from "./type_icon.tsx";

export interface OpenHeadProps {
  readonly room: Room;
  readonly field: Field;
  readonly pointer: string;
  readonly problems: readonly Found[];
  readonly grip: ((event: PointerEvent) => void) | undefined;
}

/** The head of the open card: its label to write in, its type to change. */
export function OpenHead({ room, field, pointer, problems, grip }: OpenHeadProps): JSX.Element {
  const { id, type } = field;
  const head = useRef<HTMLDivElement>(null);
  useSignalEffect(() => {
    const wanted = room.wanted.value;
    if (wanted?.id !== id) return;
    const part = wanted.part === "label" ? ".fields-name" : "[data-face]";
    const before = document.activeElement;
    requestAnimationFrame(() => {
      room.wanted.value = null;
      if (document.activeElement !== before && head.current?.parentElement?.contains(document.activeElement) === true) return; // somebody is writing there by now
      const found = head.current?.querySelector<HTMLElement>(part);
      found?.focus();
      if (found instanceof HTMLInputElement && isFirstWord(field.label, FIRST_WORDS)) found.select(); // nobody keeps the name it begins with
    });
  });
  return (
    <div class="fields-opened" ref={head}>
      <div class="fields-row">
        <Grip grip={grip} />
        <span class="fields-icon" data-type={type}><TypeIcon type={type} /></span>
        <LabelLine room={room} field={field} pointer={pointer} />
        <button type="button" class="tool" data-face={id} aria-expanded="true" aria-label={say("fields.close")} title={say("fields.close")} data-testid={`close-field-${id}`} aria-keyshortcuts="Escape"
          onFocus={() => { room.current.value = id; }} onClick={() => { room.open.value = null; room.focus(id); }}><Icon name="up" /></button>
      </div>
      <div class="fields-row fields-under">
        <ConvertButton room={room} field={field} />
        <Badges room={room} field={field} problems={problems} />
        {grip === undefined ? null : <CardMenuButton room={room} id={id} isStop />}
      </div>
    </div>
  );
}
