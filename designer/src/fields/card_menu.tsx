import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { Icon } from "../shell/icon.tsx";
import { shownKeys } from "../shell/actions.ts";
import { Menu, type MenuItem } from "../shell/menu.tsx";
import { say } from "../words/index.ts";
import { copyFields, cutFields, pasteFields } from "./clipboard.ts";
import type { Room } from "./room.ts";

/** "⋯": everything that can be done with the field, or with all that are chosen. */
export function CardMenuButton({ room, id, isStop }: { readonly room: Room; readonly id: string; readonly isStop: boolean }): JSX.Element {
  const at = useSignal<{ readonly x: number; readonly y: number } | null>(null);
  return (
    <>
      <button type="button" class="tool fields-menu" aria-haspopup="menu" aria-label={say("fields.menu")} title={say("fields.menu")} tabIndex={isStop ? 0 : -1} data-testid={`field-menu-${id}`}
        onClick={(event) => { const { left, bottom } = event.currentTarget.getBoundingClientRect(); at.value = { x: left, y: bottom + 4 }; }}><Icon name="more" /></button>
      {at.value === null ? null : <Menu label={say("fields.menu")} at={at.value} items={itemsOf(room, id)} onClose={() => { at.value = null; }} />}
    </>
  );
}

function itemsOf(room: Room, id: string): readonly MenuItem[] {
  const ids = room.meant(id);
  const place = room.placeOf(id);
  const many = ids.length > 1 ? say("fields.of_many", { count: ids.length }) : "";
  return [
    { label: say("fields.duplicate") + many, icon: "copy", keys: shownKeys("Mod+D"), testid: "menu-duplicate", run: () => { room.duplicate(ids); } },
    { label: say("fields.copy") + many, keys: shownKeys("Mod+C"), testid: "menu-copy", run: () => { void copyFields(room, ids); } },
    { label: say("fields.cut") + many, keys: shownKeys("Mod+X"), testid: "menu-cut", run: () => { void cutFields(room, ids); } },
    { label: say("fields.paste_after"), keys: shownKeys("Mod+V"), testid: "menu-paste", run: () => { void pasteFields(room, place + 1); } },
    { label: say("fields.up") + many, icon: "up", keys: shownKeys("Alt+ArrowUp"), disabled: place === 0, testid: "menu-up", run: () => { room.step(id, -1); } },
    { label: say("fields.down") + many, icon: "down", keys: shownKeys("Alt+ArrowDown"), disabled: place === room.ids.peek().length - 1, testid: "menu-down", run: () => { room.step(id, 1); } },
    { label: say("fields.remove") + many, icon: "trash", keys: shownKeys("Delete"), danger: true, testid: "menu-remove", run: () => { room.remove(ids); } },
  ];
}
