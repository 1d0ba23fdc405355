import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { say } from "../words/index.ts";
import type { Adding, Room } from "./room.ts";
import { TypeIcon } from "./type_icon.tsx";
import { type FieldType, type Group, farness, GROUPS, isMeant } from "./types.ts";

/** The list of types to add one of: in groups, each with its drawing and what it is for; searched by typing. */
export function AddMenu({ room }: { readonly room: Room }): JSX.Element | null {
  const adding = room.adding.value;
  if (adding === null) return null;
  return <Types key={adding.index} room={room} adding={adding} />;
}

function Types({ room, adding }: { readonly room: Room; readonly adding: Adding }): JSX.Element {
  const menu = useRef<HTMLDivElement>(null);
  const typed = useSignal("");
  const active = useSignal(0);
  const found = matching(typed.value);
  const types = found.flatMap(({ types: each }) => each);
  const close = (): void => { room.adding.value = null; };
  const add = (type: FieldType | undefined): void => {
    if (type === undefined) return;
    close();
    room.add(type, adding.index);
  };
  useLayoutEffect(() => {
    const shown = menu.current;
    if (shown === null) return;
    shown.showPopover();
    place(shown, adding.anchor);
    shown.querySelector("input")?.focus();
    const toggled = (event: Event): void => { if ((event as ToggleEvent).newState === "closed") { close(); adding.anchor.focus(); } };
    shown.addEventListener("toggle", toggled);
    return () => { shown.removeEventListener("toggle", toggled); };
  }, []);
  const hear = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      active.value = (active.value + step + types.length) % Math.max(1, types.length);
      menu.current?.querySelector(`#add-type-${types[active.value] ?? ""}`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); add(types[active.value]); }
    event.stopPropagation();
  };
  return (
    <div class="menu fields-types" popover="auto" role="dialog" aria-label={say("fields.add")} data-testid="field-types" ref={menu} onKeyDown={hear}>
      <input type="text" class="input" role="combobox" aria-expanded="true" aria-controls="add-types" aria-autocomplete="list" aria-activedescendant={`add-type-${types[active.value] ?? ""}`}
        aria-label={say("fields.search_types")} placeholder={say("fields.search_types")} autocomplete="off" data-testid="field-type-search" value={typed.value}
        onInput={(event) => { typed.value = event.currentTarget.value; active.value = 0; }} />
      <div class="fields-found" id="add-types" role="listbox" aria-label={say("fields.types")}>
        {found.map(({ group, types: each }) => (
          <div key={group} role="group" aria-label={say(`fields.group_${group}`)}>
            <span class="fields-group" aria-hidden="true">{say(`fields.group_${group}`)}</span>
            {each.map((type) => (
              <div key={type} class="fields-kind-row" role="option" id={`add-type-${type}`} aria-selected={type === types[active.value]} data-testid={`field-type-${type}`}
                onPointerMove={() => { active.value = types.indexOf(type); }} onClick={() => { add(type); }}>
                <span class="fields-icon" data-type={type}><TypeIcon type={type} /></span>
                <span class="fields-text"><strong>{say(`fields.type_${type}`)}</strong><small>{say(`fields.about_${type}`)}</small></span>
              </div>
            ))}
          </div>
        ))}
      </div>
      {types.length === 0 ? <p class="hint" role="status">{say("fields.no_type", { typed: typed.value })}</p> : null}
    </div>
  );
}

/** The groups with the types that are meant, what is called so first; groups without any are left out. */
export function matching(typed: string): readonly { readonly group: Group; readonly types: readonly FieldType[] }[] {
  const groups = Object.entries(GROUPS) as readonly (readonly [Group, readonly FieldType[]])[];
  return groups
    .map(([group, types]) => ({ group, types: types.filter((type) => isMeant(typed, [type, say(`fields.type_${type}`), say(`fields.about_${type}`), say(`fields.find_${type}`), say(`fields.group_${group}`)])) }))
    .filter(({ types }) => types.length > 0)
    .map((found) => ({ ...found, types: [...found.types].sort((one, other) => farnessOf(typed, one) - farnessOf(typed, other)) }))
    .sort((one, other) => farnessOf(typed, one.types[0]) - farnessOf(typed, other.types[0]));
}

function farnessOf(typed: string, type: FieldType | undefined): number {
  return typed.trim() === "" || type === undefined ? 0 : farness(typed, say(`fields.type_${type}`));
}

const AWAY = 8;

/** Below what opened it where there is room, else above; always within the window. */
function place(menu: HTMLElement, anchor: HTMLElement): void {
  const { left, right, top, bottom } = anchor.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const isBelow = innerHeight - bottom > height + AWAY || innerHeight - bottom > top;
  menu.style.left = `${Math.max(AWAY, Math.min((left + right - width) / 2, innerWidth - width - AWAY))}px`;
  menu.style.top = `${Math.max(AWAY, isBelow ? Math.min(bottom + 4, innerHeight - height - AWAY) : top - height - 4)}px`;
}
