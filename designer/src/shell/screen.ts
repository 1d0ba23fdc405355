import { effect, type Signal, signal } from "@preact/signals";

export type Dialog = "conflict" | "refused" | "publish" | "rights" | "palette" | "find" | "shortcuts" | "translations" | null;

/** What is shown beside the canvas. It is this computer's, not the template's. */
export interface Screen {
  readonly problems: Signal<boolean>;
  readonly phone: Signal<boolean>;
  readonly outline: Signal<boolean>;
  /** The template is tried on a made-up order, beside the canvas, which shows where it is. */
  readonly trial: Signal<boolean>;
  readonly dialog: Signal<Dialog>;
}

export function newScreen(): Screen {
  return { problems: kept("problems", false), phone: kept("phone", false), outline: kept("outline", false), trial: signal(false), dialog: signal<Dialog>(null) };
}

/** A choice that is remembered on this computer. */
function kept(name: string, otherwise: boolean): Signal<boolean> {
  const key = `mendloop.designer.${name}`;
  const choice = signal((localStorage.getItem(key) ?? String(otherwise)) === "true");
  effect(() => { localStorage.setItem(key, String(choice.value)); });
  return choice;
}
