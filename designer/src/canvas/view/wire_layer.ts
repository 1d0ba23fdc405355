import { say } from "../../words/index.ts";
import { pathThrough } from "../route/path.ts";
import { html, put, svg } from "./elements.ts";
import type { Wire } from "./scene.ts";

interface Shown {
  readonly group: SVGGElement;
  readonly hit: SVGPathElement;
  readonly line: SVGPathElement;
  readonly tag: HTMLElement;
  readonly text: HTMLElement;
  wire: Wire;
  classes: string;
}

/** The ways that are in sight: lines in one SVG, their words and "+" as HTML above it. */
export class WireLayer {
  readonly lines = svg("svg", { class: "canvas-wires", "aria-hidden": "true" });
  readonly lifted = svg("svg", { class: "canvas-wires", "aria-hidden": "true" });
  readonly tags = html("div", { class: "canvas-tags" });
  readonly #shown = new Map<string, Shown>();

  constructor() {
    this.lines.append(arrowHeads());
  }

  /** Exactly these are shown. `mayAdd`: with a "+" on them. */
  show(wires: Iterable<Wire>, classesOf: (wire: Wire) => string, mayAdd: boolean): void {
    const kept = new Set<string>();
    for (const wire of wires) {
      kept.add(wire.link.key);
      this.set(wire, classesOf(wire), mayAdd);
    }
    for (const [key, shown] of this.#shown) if (!kept.has(key)) this.#drop(key, shown);
  }

  set(wire: Wire, classes: string, mayAdd: boolean): void {
    const kept = this.#shown.get(wire.link.key);
    if (kept !== undefined && kept.wire.link.kind !== wire.link.kind) this.#drop(wire.link.key, kept); // another way is in its place now
    const shown = this.#shown.get(wire.link.key) ?? this.#made(wire, mayAdd);
    const isOther = shown.wire !== wire;
    if (isOther) { shown.wire = wire; draw(shown); }
    if (isOther || shown.classes !== classes) { shown.classes = classes; mark(shown); }
  }

  /** The same way, led otherwise for the moment: in a drawing of its own, so that nothing else is laid out or painted with it. */
  lift(wire: Wire): void {
    const shown = this.#shown.get(wire.link.key);
    if (shown === undefined) return;
    const { tag } = shown.wire;
    if (shown.group.parentNode !== this.lifted) this.#take(shown);
    put(shown.line, "d", pathThrough(wire.points));
    if (!shown.text.hidden) shown.tag.style.transform = `translate(${wire.tag.x - tag.x}px,${wire.tag.y - tag.y}px)`;
  }

  /** Words come along; where there is only a "+", nothing need be moved. */
  #take({ group, tag, text }: Shown): void {
    this.lifted.append(group);
    tag.style.display = text.hidden ? "none" : "";
  }

  land(key: string): void {
    const shown = this.#shown.get(key);
    if (shown === undefined) return;
    this.lines.append(shown.group);
    trace(shown);
  }

  clear(): void {
    for (const [key, shown] of this.#shown) this.#drop(key, shown);
  }

  #drop(key: string, { group, tag }: Shown): void {
    group.remove();
    tag.remove();
    this.#shown.delete(key);
  }

  #made(wire: Wire, mayAdd: boolean): Shown {
    const { key, from, index, kind } = wire.link;
    const [group, hit, line] = copied(WAY);
    const [tag, text] = copied(TAG);
    group.dataset["edge"] = tag.dataset["edge"] = key;
    group.dataset["testid"] = kind === "exit" ? `exit-${from}-${index}` : `edge-${from}-${index}`;
    if (mayAdd && kind === "route") tag.append(addButton(key, `add-on-${from}-${index}`));
    this.lines.append(group);
    this.tags.append(tag);
    const shown: Shown = { group, hit, line, tag, text, wire, classes: "" };
    this.#shown.set(key, shown);
    draw(shown);
    mark(shown);
    return shown;
  }
}

/** Made once and copied for every way: quicker than to put each together. */
const WAY = svg("g");
WAY.append(svg("path", { class: "canvas-hit" }), svg("path", { class: "canvas-line" }));
const TAG = html("div");
TAG.append(html("span", { class: "canvas-words" }));
const ADD = html("button", { type: "button", class: "canvas-add", tabindex: "-1" });

/** A copy of an element, with what is in it. */
function copied(whole: SVGGElement): [SVGGElement, SVGPathElement, SVGPathElement];
function copied(whole: HTMLElement): [HTMLElement, HTMLElement];
function copied(whole: Element): Element[] {
  const copy = whole.cloneNode(true) as Element;
  return [copy, ...copy.children];
}

function addButton(key: string, testid: string): HTMLElement {
  const button = ADD.cloneNode() as HTMLElement;
  const name = say("canvas.add_here");
  Object.assign(button.dataset, { add: key, testid });
  button.title = name;
  button.setAttribute("aria-label", name);
  return button;
}

function draw(shown: Shown): void {
  const { tagText: { turn, text, limit } } = shown.wire;
  trace(shown);
  shown.text.replaceChildren();
  if (turn > 0 && text !== "") shown.text.append(labelled("canvas-turn", String(turn)));
  if (text !== "") shown.text.append(labelled("canvas-label", text));
  if (limit > 0) shown.text.append(labelled("canvas-limit", say("canvas.limit", { count: limit })));
  shown.text.hidden = text === "" && limit === 0 && shown.wire.link.kind !== "rework";
  put(shown.text, "title", text);
}

/** Words are in the middle of so much room: a place by left and top alone, without a transform. */
const ROOM = 300;

function labelled(name: string, text: string): HTMLElement {
  const element = html("span", { class: name });
  element.textContent = text;
  return element;
}

function trace({ wire: { points, tag: { x, y } }, hit, line, tag }: Shown): void {
  const path = pathThrough(points);
  put(hit, "d", path);
  put(line, "d", path);
  tag.style.transform = "";
  tag.style.display = "";
  tag.style.left = `${x - ROOM / 2}px`;
  tag.style.top = `${y - 17}px`;
}

function mark({ group, tag, wire: { link, tagText }, classes }: Shown): void {
  const all = `${link.kind}${tagText.isElse ? " else" : ""} ${classes}`;
  put(group, "class", `canvas-wire ${all}`);
  put(tag, "class", `canvas-tag ${all}`);
}

/** One for each colour: SVG markers do not take over the colour of their line everywhere. */
function arrowHeads(): SVGDefsElement {
  const defs = svg("defs");
  for (const name of ["route", "rework", "exit", "selected", "taken", "bad"]) {
    const marker = svg("marker", { id: `canvas-arrow-${name}`, class: `canvas-arrow ${name}`, viewBox: "0 0 10 10", refX: "8.5", refY: "5", markerWidth: "9", markerHeight: "9", markerUnits: "userSpaceOnUse", orient: "auto" });
    marker.append(svg("path", { d: "M0.5 0.8L9.3 5L0.5 9.2L2.6 5Z" }));
    defs.append(marker);
  }
  return defs;
}
