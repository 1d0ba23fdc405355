import type { Spot } from "../../model/index.ts";
import type { Box } from "../layout/place.ts";
import { pathThrough } from "../route/path.ts";
import { html, svg } from "./elements.ts";

/** What is drawn over the flow while something is dragged. */
export class Overlay {
  readonly element = html("div", { class: "canvas-overlay", "aria-hidden": "true" });
  readonly #lines = svg("svg", { class: "canvas-wires" });
  readonly #line = svg("path", { class: "canvas-thread" });
  readonly #guide = svg("path", { class: "canvas-guide" });
  readonly #band = html("div", { class: "canvas-band", hidden: "" });
  readonly #ghost = html("div", { class: "canvas-ghost", hidden: "" });
  readonly #note = html("div", { class: "canvas-note", hidden: "" });
  readonly #target = html("div", { class: "canvas-target", hidden: "" });

  constructor() {
    this.#lines.append(this.#line, this.#guide);
    this.element.append(this.#lines, this.#band, this.#ghost, this.#target, this.#note);
  }

  /** A thread from a node to the pointer. */
  thread(from: Spot, to: Spot): void {
    const middle = (from.y + to.y) / 2;
    this.#line.setAttribute("d", pathThrough([from, { x: from.x, y: middle }, { x: to.x, y: middle }, to]));
  }

  guide(from: Spot, to: Spot): void {
    this.#guide.setAttribute("d", `M${from.x} ${from.y}L${to.x} ${to.y}`);
  }

  noGuide(): void { this.#guide.removeAttribute("d"); }

  band(box: Box): void { cover(this.#band, box); }

  /** The outline of something new. */
  ghost(box: Box, kind: string): void {
    this.#ghost.className = `canvas-ghost kind-${kind}`;
    cover(this.#ghost, box);
  }

  /** A node that lights up, or says by its colour that it cannot be. */
  target(box: Box | null, isPossible: boolean): void {
    this.#target.hidden = box === null;
    if (box === null) return;
    this.#target.className = `canvas-target ${isPossible ? "possible" : "impossible"}`;
    cover(this.#target, { x: box.x - 6, y: box.y - 6, w: box.w + 12, h: box.h + 12 });
  }

  /** Words beside the pointer. */
  note(text: string, at: Spot): void {
    this.#note.hidden = text === "";
    if (this.#note.textContent !== text) this.#note.textContent = text;
    this.#note.style.transform = `translate(${at.x}px,${at.y}px) scale(calc(1 / var(--zoom))) translate(14px,14px)`;
  }

  clear(): void {
    this.#line.removeAttribute("d");
    this.noGuide();
    for (const each of [this.#band, this.#ghost, this.#note, this.#target]) each.hidden = true;
  }
}

function cover(element: HTMLElement, { x, y, w, h }: Box): void {
  element.hidden = false;
  element.style.transform = `translate(${x}px,${y}px)`;
  element.style.width = `${w}px`;
  element.style.height = `${h}px`;
}
