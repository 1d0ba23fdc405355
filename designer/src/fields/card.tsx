import { computed, type Signal, useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Field } from "../model/index.ts";
import { CardHead } from "./card_head.tsx";
import { FieldEditor } from "./field_editor.tsx";
import { problemsAt } from "./found.ts";
import { Gap } from "./gap.tsx";
import { OpenHead } from "./open_head.tsx";
import type { Room } from "./room.ts";
import type { Drag, Dragging } from "./use_drag.ts";

export interface CardProps {
  readonly room: Room;
  readonly field: Field;
  readonly index: number;
  readonly begin: Dragging["begin"];
  readonly drag: Signal<Drag | null>;
}

/** One field: closed one line of words, open everything about it. Only what changed of it is drawn again. */
export function Card({ room, field, index, begin, drag }: CardProps): JSX.Element {
  const { id } = field;
  const isOpen = useMemo(() => computed(() => room.open.value === id), [room, id]).value; // under another name it is asked anew
  const isChosen = useMemo(() => computed(() => room.chosen.value.has(id)), [room, id]).value;
  const problems = useMemo(() => computed(() => problemsAt(room.found.value, id)), [room, id]).value;
  const mark = useComputed(() => markOf(drag.value, index, room.ids.value.length)).value;
  const pointer = `/nodes/${room.node}/fields/${index}`;
  const grip = room.isReadonly.value ? undefined : (event: PointerEvent): void => { begin(event, index); };
  return (
    <>
      {room.isReadonly.value ? null : <Gap room={room} index={index} />}
      <div class="fields-card" role="listitem" data-testid={`field-${id}`} data-type={field.type} data-open={isOpen} data-chosen={isChosen} data-mark={mark}>
        {isOpen
          ? <OpenHead room={room} field={field} pointer={pointer} problems={problems} grip={grip} />
          : <CardHead room={room} field={field} problems={problems} grip={grip} isChosen={isChosen} />}
        {isOpen ? <FieldEditor room={room} field={field} pointer={pointer} problems={problems} /> : null}
      </div>
    </>
  );
}

/** What the drag means for this card: it is taken, or what is dragged would fall before or after it. */
function markOf(drag: Drag | null, index: number, count: number): string | undefined {
  if (drag === null) return undefined;
  if (drag.gap === index) return drag.from === index ? "taken before" : "before";
  if (drag.gap === count && index === count - 1) return drag.from === index ? "taken after" : "after";
  return drag.from === index ? "taken" : undefined;
}
