import type { JSX } from "preact";
import { Icon } from "../shell/icon.tsx";
import { say } from "../words/index.ts";
import type { Room } from "./room.ts";

/** Between two cards: a line with "+", seen when the pointer or the focus is near. After the last it is always seen. */
export function Gap({ room, index, isLast = false }: { readonly room: Room; readonly index: number; readonly isLast?: boolean }): JSX.Element {
  return (
    <div class={isLast ? "fields-gap last" : "fields-gap"} role="listitem">
      <button type="button" aria-label={isLast ? undefined : say("fields.add_here", { place: index + 1 })} title={say("fields.add")} aria-haspopup="dialog" tabIndex={isLast ? 0 : -1} data-testid={`add-field-${index}`}
        onClick={(event) => { room.adding.value = { index, anchor: event.currentTarget }; }}>
        <Icon name="plus" />{isLast ? say("fields.add") : null}
      </button>
    </div>
  );
}
