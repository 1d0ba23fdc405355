import { say } from "../words/index.ts";

/** Something that can be done from the keyboard, from the command palette, and that the sheet of shortcuts lists. */
export interface Action {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  /** As in "Mod+Shift+Z"; Mod is Ctrl, or ⌘ on a Mac. Several are alternatives. */
  readonly keys?: readonly string[];
  readonly run: () => void;
  /** Missing: always. */
  readonly isPossible?: () => boolean;
}

const isMac = typeof navigator !== "undefined" && /mac|iphone|ipad/i.test(navigator.userAgent);

/** Keys as they are written on this computer: "Ctrl Shift Z", "⌘ ⇧ Z". */
export function shownKeys(keys: string): string {
  const names: Readonly<Record<string, string>> = isMac
    ? { Mod: "⌘", Shift: "⇧", Alt: "⌥", ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Delete: "⌫" }
    : { Mod: "Ctrl", ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Delete: "Del", Escape: "Esc" };
  return keys.split("+").map((part) => (part === "ContextMenu" ? say("shell.key_menu") : names[part] ?? part)).join(" ").replace(/ $/, " +");
}

/** The keys of this event, written as in `Action.keys`. */
export function keysOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const isSign = event.key.length === 1 && !/[a-z0-9]/i.test(event.key); // "?" is one key, however it is typed
  const isMod = isMac ? event.metaKey : event.ctrlKey;
  return [isMod ? "Mod" : "", event.altKey ? "Alt" : "", event.shiftKey && !isSign ? "Shift" : "", key].filter((part) => part !== "").join("+");
}

const TYPING = "input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=range]), textarea, select, [contenteditable]:not([contenteditable=false])";

/** True while this event is about a text that is being written. */
export function isTyping(event: KeyboardEvent): boolean {
  return event.isComposing || (event.target instanceof Element && event.target.closest(TYPING) !== null);
}

/** The action that these keys ask for. While somebody writes, plain keys are text. */
export function actionFor(event: KeyboardEvent, actions: readonly Action[]): Action | undefined {
  const keys = keysOf(event);
  const isPlain = !keys.startsWith("Mod") && !/^(Shift\+)?F\d+$/.test(keys);
  if (isPlain && isTyping(event)) return undefined;
  return actions.find((action) => action.keys?.includes(keys) === true && (action.isPossible?.() ?? true));
}
