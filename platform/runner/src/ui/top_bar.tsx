import { Icon } from "@mendloop/fields";
import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { go, type Route } from "../route.ts";
import { Menu } from "../screens/later.ts";
import { SignedOutNote } from "../screens/notes.tsx";
import { say } from "../words/index.ts";
import { Mark } from "./mark.tsx";
import { SyncBadge } from "./sync_badge.tsx";

export interface TopBarProps {
  readonly back?: Route;
  readonly title: string;
  readonly below?: string;
  readonly children?: ComponentChildren;
}

/** Where one is, the way back, what still waits to be sent, and the menu: the same on every screen. */
export function TopBar({ back, title, below, children }: TopBarProps): JSX.Element {
  const open = useSignal(false);
  return (
    <header class="top">
      <div class="top-row">
        {back === undefined ? <Mark /> : (
          <button type="button" class="button icon plain" data-testid="back" aria-label={say("back")} onClick={() => { go(back); }}><Icon name="back" /></button>
        )}
        <h1 class="top-title grow">{title}{below === undefined ? null : <span class="top-below">{below}</span>}</h1>
        <SyncBadge />
        <button type="button" class="button icon plain" data-testid="menu" aria-label={say("menu")} aria-haspopup="dialog" onClick={() => { open.value = true; }}><Icon name="menu" /></button>
      </div>
      <SignedOutNote />
      {children}
      {open.value ? <Menu close={() => { open.value = false; }} /> : null}
    </header>
  );
}
