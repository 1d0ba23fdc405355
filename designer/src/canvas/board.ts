import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Draft, Selection, Spot } from "../model/index.ts";
import type { Session } from "../session.ts";
import { language } from "../words/index.ts";
import { type Count, problemsByElement } from "./flow/problems.ts";
import type { Arrangement } from "./layout/arrange.ts";
import { Layouter, plainly } from "./layout/layouter.ts";
import { flowOf, type Scene, sceneOf } from "./view/scene.ts";
import { opened, type Room, type Viewport } from "./view/viewport.ts";

/** What a small menu on the canvas is asked for, and where in the window it opens. */
export type MenuAsked =
  | { readonly kind: "acts"; readonly at: Spot }
  /** `typed`: what somebody has written before the menu was there. */
  | { readonly kind: "add"; readonly at: Spot; readonly place: Place; readonly typed?: () => Typed }
  | { readonly kind: "outcome"; readonly at: Spot; readonly pick: (outcome: string) => void }
  | { readonly kind: "target"; readonly at: Spot; readonly pick: (id: string) => void; readonly refuse: (id: string) => string | null };

export interface Typed {
  readonly text: string;
  readonly isDone: boolean;
}

/** Where something new goes: into a route, behind a node (in its last route, or on a branch of its own), or to a place of the flow. */
export type Place = { readonly onEdge: { readonly from: string; readonly index: number } } | { readonly after: string; readonly isBranch?: true } | { readonly at: Spot };

const NOTHING_YET: Arrangement = { spots: {}, bends: {}, w: 0, h: 0 };
const LARGE = 200;

/** What canvas, palette, outline and minimap of one open template share. Nothing of it is in the template. */
export class Board {
  readonly view: Signal<Viewport> = signal({ x: 0, y: 0, zoom: 1 });
  readonly room: Signal<Room> = signal({ w: 0, h: 0 });
  readonly menu: Signal<MenuAsked | null> = signal<MenuAsked | null>(null);
  /** The node whose title is being written on its card. */
  readonly renaming: Signal<string | null> = signal<string | null>(null);
  /** The node that was just pointed out. */
  readonly flashing: Signal<string | null> = signal<string | null>(null);
  /** The route that takes what is dragged over it. */
  readonly lit: Signal<string | null> = signal<string | null>(null);
  /** What a screen reader says next. */
  readonly said: Signal<string> = signal("");
  readonly scene: ReadonlySignal<Scene>;
  readonly problems: ReadonlySignal<ReadonlyMap<string, Count>>;
  /** The element that holds the canvas while it is shown. */
  host: HTMLElement | null = null;
  /** Ends the gesture that is under way, without an edit. True when there was one. */
  cancelGesture: () => boolean = () => false;
  /** Begins to drag something new from the palette. */
  dragNew: (kind: string, event: PointerEvent) => void = () => undefined;
  readonly #arrangement: Signal<Arrangement> = signal(NOTHING_YET);
  readonly #layouter = new Layouter();
  #shape = "";
  #arranged: { readonly template: Draft["template"]; readonly spoken: string } | null = null;
  #isOpened = false;

  constructor(readonly session: Session) {
    let before: Scene | null = null;
    this.scene = computed(() => (before = sceneOf(session.editor.draft.value, this.#arrangement.value, before)));
    this.problems = computed(() => problemsByElement(session.check.value));
    effect(() => { this.#arrange(session.editor.draft.value); });
    effect(() => { this.#open(this.scene.value, this.room.value); });
  }

  /** True once it is known where everything stands. */
  get isOpened(): boolean { return this.#isOpened; }

  get selection(): Selection { return this.session.editor.selection.value; }

  /** Ids of the nodes that are selected. */
  get selected(): readonly string[] {
    const { selection } = this;
    return selection.kind === "nodes" ? selection.nodes : selection.kind === "fields" ? [selection.node] : [];
  }

  select(selection: Selection): void {
    this.session.editor.selection.value = selection;
  }

  selectNodes(nodes: readonly string[]): void {
    this.select(nodes.length === 0 ? { kind: "template" } : { kind: "nodes", nodes });
  }

  /** Select a node and put the keyboard on it. */
  goTo(id: string): void {
    this.selectNodes([id]);
    this.reveal(id);
    this.focus(id);
  }

  reveal: (id: string) => void = () => undefined;
  focus: (id: string) => void = () => undefined;

  say(text: string): void {
    this.said.value = this.said.peek() === text ? `${text}\u00a0` : text; // the same words again are said again
  }

  /** Lay everything out that nobody has placed. Only when what shapes the layout has changed. */
  #arrange(draft: Draft): void {
    const [{ template }, spoken] = [draft, language.value]; // words have a width
    if (this.#arranged?.template === template && this.#arranged.spoken === spoken || isPlaced(draft)) return;
    this.#arranged = { template, spoken };
    const flow = flowOf(draft);
    const shape = JSON.stringify(flow);
    if (shape === this.#shape) return;
    const isNew = this.#shape === "";
    this.#shape = shape;
    if (isNew && flow.items.length > LARGE) this.#arrangement.value = fromStart(plainly(flow), draft.template.start);
    this.#layouter.arrange(flow, (arrangement) => { this.#arrangement.value = fromStart(arrangement, draft.template.start); });
  }

  /** The first time that there is something to see and room for it. */
  #open(scene: Scene, room: Room): void {
    const start = scene.boxes.get(scene.graph.start) ?? scene.boxes.values().next().value;
    const isLaidOut = this.#arrangement.value !== NOTHING_YET || Object.keys(scene.draft.layout).length > scene.order.length / 2;
    if (this.#isOpened || room.w === 0 || start === undefined || !isLaidOut) return;
    this.#isOpened = true;
    batch(() => { this.view.value = opened(scene.whole, start, room); });
  }
}

/** True when somebody has placed everything: there is nothing left to lay out. */
function isPlaced({ template, layout }: Draft): boolean {
  for (const id in template.nodes) if (layout[id] === undefined) return false;
  return true;
}

/** Counted from the first node, so that what is placed by hand keeps its distance when the flow grows. */
function fromStart(arrangement: Arrangement, start: string): Arrangement {
  const origin = arrangement.spots[start];
  if (origin === undefined) return arrangement;
  const shift = ({ x, y }: Spot): Spot => ({ x: x - origin.x, y: y - origin.y });
  const spots = Object.fromEntries(Object.entries(arrangement.spots).map(([id, spot]) => [id, shift(spot)]));
  const bends = Object.fromEntries(Object.entries(arrangement.bends).map(([key, points]) => [key, points.map(shift)]));
  return { ...arrangement, spots, bends };
}

const boards = new WeakMap<Session, Board>();

/** The board of an open template; made when it is first asked for. */
export function boardOf(session: Session): Board {
  const board = boards.get(session) ?? new Board(session);
  boards.set(session, board);
  return board;
}
