import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon, type IconName } from "./icon.tsx";

export interface MenuItem {
  readonly label: string;
  readonly run: () => void;
  readonly icon?: IconName;
  readonly keys?: string;
  readonly disabled?: boolean;
  readonly danger?: boolean;
  readonly testid?: string;
}

export interface MenuProps {
  readonly items: readonly MenuItem[];
  readonly label: string;
  /** Where its left upper corner is, in the window; it is moved so that all of it can be seen. */
  readonly at: { readonly x: number; readonly y: number };
  readonly onClose: () => void;
  readonly children?: ComponentChildren;
}

const ROOM = 8;

/** A list of acts at a place. Arrows walk it, a letter jumps, Escape and a click beside it close it. */
export function Menu({ items, label, at, onClose, children }: MenuProps): JSX.Element {
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => { // at once: the key that is pressed next is for the menu
    const shown = menu.current;
    if (shown === null) return;
    shown.showPopover();
    place(shown, at);
    buttonsOf(shown)[0]?.focus();
    const closed = (event: Event): void => { if ((event as ToggleEvent).newState === "closed") onClose(); };
    shown.addEventListener("toggle", closed);
    return () => { shown.removeEventListener("toggle", closed); };
  }, []);
  return (
    <div class="menu" popover="auto" role="menu" aria-label={label} ref={menu} onKeyDown={(event) => { walk(event, menu.current); }}>
      {children}
      {items.map((item) => (
        <button key={item.label} type="button" role="menuitem" class={item.danger === true ? "menu-item danger" : "menu-item"} disabled={item.disabled} data-testid={item.testid}
          onClick={() => { menu.current?.hidePopover(); onClose(); item.run(); }}>
          {item.icon === undefined ? <span class="menu-space" /> : <Icon name={item.icon} />}
          <span class="menu-label">{item.label}</span>
          {item.keys === undefined ? null : <kbd>{item.keys}</kbd>}
        </button>
      ))}
    </div>
  );
}

function place(menu: HTMLElement, { x, y }: MenuProps["at"]): void {
  const { width, height } = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(ROOM, Math.min(x, innerWidth - width - ROOM))}px`;
  menu.style.top = `${Math.max(ROOM, Math.min(y, innerHeight - height - ROOM))}px`;
}

function buttonsOf(menu: HTMLElement): readonly HTMLButtonElement[] {
  return [...menu.querySelectorAll<HTMLButtonElement>("[role=menuitem]:not(:disabled)")];
}

function walk(event: KeyboardEvent, menu: HTMLElement | null): void {
  if (menu === null) return;
  event.stopPropagation();
  const buttons = buttonsOf(menu);
  const now = buttons.findIndex((button) => button === document.activeElement);
  const next = target(event.key, now, buttons);
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

function target(key: string, now: number, buttons: readonly HTMLButtonElement[]): HTMLButtonElement | undefined {
  if (key === "ArrowDown") return buttons[(now + 1) % buttons.length];
  if (key === "ArrowUp") return buttons.at(now <= 0 ? -1 : now - 1);
  if (key === "Home") return buttons[0];
  if (key === "End") return buttons.at(-1);
  if (key.length !== 1 || key === " ") return undefined;
  const begins = (button: HTMLButtonElement): boolean => button.textContent.trim().toLowerCase().startsWith(key.toLowerCase());
  return [...buttons.slice(now + 1), ...buttons.slice(0, now + 1)].find(begins);
}
