import { type Inks, inksOf, paint, type Picture } from "./painter.ts";
import type { Room, Viewport } from "./viewport.ts";

/** The flow from far away, painted. */
export class FarView {
  readonly canvas = document.createElement("canvas");
  #inks: Inks | null = null;
  #isClear = true;
  readonly #watch = new MutationObserver(() => { this.#inks = null; });
  readonly #night = matchMedia("(prefers-color-scheme: dark)");
  readonly #forget = (): void => { this.#inks = null; };

  constructor(private readonly host: HTMLElement) {
    this.canvas.className = "canvas-far";
    this.canvas.setAttribute("aria-hidden", "true");
    this.#watch.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    this.#night.addEventListener("change", this.#forget);
  }

  close(): void {
    this.#watch.disconnect();
    this.#night.removeEventListener("change", this.#forget);
    this.canvas.remove();
  }

  clear(): void {
    if (this.#isClear) return;
    this.#isClear = true;
    this.canvas.width = 0;
  }

  paint(picture: Picture, view: Viewport, room: Room): void {
    const scale = devicePixelRatio;
    const [w, h] = [Math.round(room.w * scale), Math.round(room.h * scale)];
    if (this.canvas.width !== w || this.canvas.height !== h) {
      this.canvas.width = w;
      this.canvas.height = h;
    }
    this.#isClear = false;
    this.#inks ??= inksOf(this.host);
    const context = this.canvas.getContext("2d");
    if (context !== null) paint(context, picture, view, this.#inks, scale);
  }
}
