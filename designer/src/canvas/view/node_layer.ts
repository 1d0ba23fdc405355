import { h, render } from "preact";
import type { Box } from "../layout/place.ts";
import type { Card } from "../flow/card.ts";
import type { Cards } from "../flow/cards.ts";
import { type CardProps, CardView } from "./card.tsx";
import { html, put } from "./elements.ts";
import { say } from "../../words/index.ts";

/** How a node looks at the moment, beside what its card tells. */
export interface Look extends Omit<CardProps, "card"> {
  readonly classes: string;
  readonly isSelected: boolean;
  readonly takesTab: boolean;
}

interface Shown {
  readonly element: HTMLElement;
  readonly face: HTMLElement;
  card: Card;
  look: Look;
  box: Box;
}

/** The cards that are in sight. Each is drawn by Preact on its own, and only when it changed; their places are set by hand. */
export class NodeLayer {
  readonly element = html("div", { class: "canvas-nodes" });
  readonly #shown = new Map<string, Shown>();

  get(id: string): HTMLElement | undefined { return this.#shown.get(id)?.element; }

  /** Exactly these are shown. */
  show(ids: ReadonlySet<string>, cards: Cards, boxes: ReadonlyMap<string, Box>, lookOf: (id: string) => Look): void {
    for (const [id, shown] of this.#shown) if (!ids.has(id) || !cards.has(id)) this.#drop(id, shown);
    for (const id of ids) {
      const [card, box] = [cards.get(id), boxes.get(id)];
      if (card !== undefined && box !== undefined) this.#set(id, card, box, lookOf(id));
    }
  }

  /** Another place for a node that is being dragged, without drawing it again: it is a layer of its own meanwhile. */
  lift(id: string, box: Box): void {
    const shown = this.#shown.get(id);
    if (shown === undefined) return;
    shown.element.classList.add("lifted");
    shown.element.style.transform = `translate(${box.x - shown.box.x}px,${box.y - shown.box.y}px)`;
  }

  land(id: string): void {
    const element = this.#shown.get(id)?.element;
    if (element === undefined) return;
    element.classList.remove("lifted");
    element.style.transform = "";
  }

  clear(): void {
    for (const [id, shown] of this.#shown) this.#drop(id, shown);
  }

  #drop(id: string, { element, face }: Shown): void {
    render(null, face);
    element.remove();
    this.#shown.delete(id);
  }

  #set(id: string, card: Card, box: Box, look: Look): void {
    const shown = this.#shown.get(id) ?? this.#made(id, card, box, look);
    if (shown.box !== box && !shown.element.classList.contains("lifted")) place(shown, box);
    if (shown.card === card && sameLook(shown.look, look)) return;
    shown.card = card;
    shown.look = look;
    paint(shown);
  }

  #made(id: string, card: Card, box: Box, look: Look): Shown {
    const element = html("div", { role: "button", "data-node": id, "data-testid": `node-${id}` });
    const face = html("div", { class: "canvas-content" });
    const handle = html("div", { class: "canvas-handle", "data-handle": id, "data-testid": `handle-${id}`, title: say("canvas.handle"), "aria-hidden": "true" });
    element.append(face, handle);
    const shown: Shown = { element, face, card, look, box };
    place(shown, box);
    paint(shown);
    this.element.append(element);
    this.#shown.set(id, shown);
    return shown;
  }
}

function place(shown: Shown, box: Box): void {
  shown.box = box;
  // by left and top: each transform would be one more thing for the browser to put together in every frame
  shown.element.style.left = `${box.x}px`;
  shown.element.style.top = `${box.y}px`;
}

function paint({ element, face, card, look }: Shown): void {
  put(element, "class", `canvas-node kind-${card.node.kind} ${look.classes}`);
  put(element, "tabindex", look.takesTab ? "0" : "-1");
  put(element, "aria-pressed", String(look.isSelected));
  if (look.renaming !== null) element.removeAttribute("role"); else put(element, "role", "button");
  render(h(CardView, { card, problems: look.problems, people: look.people, renaming: look.renaming }), face);
}

function sameLook(one: Look, other: Look): boolean {
  return one.classes === other.classes && one.isSelected === other.isSelected && one.takesTab === other.takesTab
    && one.renaming === other.renaming && one.problems === other.problems && one.people.join() === other.people.join();
}
