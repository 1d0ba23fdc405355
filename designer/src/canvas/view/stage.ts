import { effect } from "@preact/signals";
import type { Spot } from "../../model/index.ts";
import { mayEdit } from "../../session.ts";
import { language } from "../../words/index.ts";
import type { Board } from "../board.ts";
import type { Link } from "../flow/graph.ts";
import { type Box, overlap } from "../layout/place.ts";
import { html } from "./elements.ts";
import { FarView } from "./far_view.ts";
import { lookOf, wireClasses } from "./looks.ts";
import { NodeLayer } from "./node_layer.ts";
import { Overlay } from "./overlay.ts";
import { type Scene, type Wire, wiresOf } from "./scene.ts";
import { toFlow, visible } from "./viewport.ts";
import { WireLayer } from "./wire_layer.ts";

/** This far outside what is seen, in pixels of the screen, nodes are kept ready. */
const MARGIN = 240;
/** More nodes in sight than this cannot be read anyway: they are painted. */
const MOST_CARDS = 260;
const REST_MS = 160;

/** Draws a board. Only what is in sight is there; moving about moves one layer. */
export class Stage {
  readonly overlay = new Overlay();
  readonly #world = html("div", { class: "canvas-world" });
  readonly #grounds = html("div", { class: "canvas-grounds" });
  readonly #nodes = new NodeLayer();
  readonly #wires = new WireLayer();
  readonly #far: FarView;
  readonly #stops: (() => void)[] = [];
  #scene: Scene | null = null;
  #drawnAt: Box | null = null;
  /** Where nodes are while they are dragged. */
  #lifted: ReadonlyMap<string, Box> = new Map();
  #liftedWires: ReadonlyMap<string, Wire> = new Map();
  #rest: ReturnType<typeof setTimeout> | undefined;
  #zoom = 0;
  #isFar = false;

  constructor(readonly board: Board, readonly host: HTMLElement) {
    this.#far = new FarView(host);
    this.#world.append(this.#grounds, this.#wires.lines, this.#wires.lifted, this.#wires.tags, this.#nodes.element, this.overlay.element);
    host.prepend(this.#far.canvas, this.#world);
    this.#stops.push(effect(() => { this.#see(board.scene.value); }), effect(() => { this.#move(); }), effect(() => { this.#mark(); }));
  }

  close(): void {
    for (const stop of this.#stops) stop();
    clearTimeout(this.#rest);
    this.#far.close();
    this.#nodes.clear();
    this.#world.remove();
  }

  boxOf(id: string): Box | undefined {
    return this.#lifted.get(id) ?? this.#scene?.boxes.get(id);
  }

  wireOf(key: string): Wire | undefined {
    return this.#liftedWires.get(key) ?? this.#scene?.wires.get(key);
  }

  element(id: string): HTMLElement | undefined {
    return this.#nodes.get(id);
  }

  /** Show these nodes moved by so much, with the ways that hang on them, until `drop`. */
  lift(ids: readonly string[], by: Spot): void {
    const scene = this.#scene;
    if (scene === null) return;
    const lifted = new Map<string, Box>();
    for (const id of ids) {
      const box = scene.boxes.get(id);
      if (box !== undefined) lifted.set(id, { ...box, x: box.x + by.x, y: box.y + by.y });
    }
    this.#lifted = lifted;
    this.#liftedWires = this.#ledAlong(scene, ids, by);
    if (this.#isFar) { this.#paint(); return; }
    for (const [id, box] of lifted) this.#nodes.lift(id, box);
    for (const wire of this.#liftedWires.values()) this.#wires.lift(wire);
  }

  /** Everything where the draft has it. */
  drop(): void {
    this.#land();
    this.#draw();
  }

  #land(): void {
    for (const id of this.#lifted.keys()) this.#nodes.land(id);
    for (const key of this.#liftedWires.keys()) this.#wires.land(key);
    this.#lifted = new Map();
    this.#liftedWires = new Map();
  }

  /** Ways of which both ends move go along; those of which one does are led anew. */
  #ledAlong(scene: Scene, ids: readonly string[], by: Spot): ReadonlyMap<string, Wire> {
    const moving = new Set(ids);
    const led = new Map<string, Wire>();
    const anew: Link[] = [];
    for (const wire of touched(scene, ids)) {
      if (moving.has(wire.link.from) && moving.has(wire.link.to)) led.set(wire.link.key, shifted(wire, by));
      else anew.push(wire.link);
    }
    const boxes = new Overlaid(scene.boxes, this.#lifted);
    for (const [key, wire] of wiresOf(anew, boxes, scene.tags, () => undefined)) led.set(key, wire);
    return led;
  }

  #see(scene: Scene): void {
    const isSettling = this.#scene !== null && this.#scene.draft !== scene.draft && this.#lifted.size === 0 && scene.order.length < 400;
    this.#scene = scene;
    this.#land();
    this.host.classList.toggle("settling", isSettling);
    this.#drawGrounds(scene);
    this.#draw();
  }

  #drawGrounds({ grounds }: Scene): void {
    this.#grounds.replaceChildren(...grounds.map(({ x, y, w, h }) => {
      const ground = html("div", { class: "canvas-ground" });
      ground.style.cssText = `left:${x}px;top:${y}px;width:${w}px;height:${h}px`; // as an attribute the page's policy forbids it
      return ground;
    }));
  }

  /** The part that is seen has changed. */
  #move(): void {
    const { view: { value: view }, room: { value: room } } = this.board;
    this.#world.style.transform = `translate(${view.x}px,${view.y}px) scale(${view.zoom})`;
    this.host.style.backgroundPosition = `${view.x}px ${view.y}px`;
    if (view.zoom !== this.#zoom) this.#zoomed(view.zoom);
    this.host.classList.add("moving");
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => { this.host.classList.remove("moving", "settling"); }, REST_MS);
    const seen = visible(view, room);
    if (this.#isFar || this.#drawnAt === null || !holds(this.#drawnAt, seen)) this.#draw();
  }

  /** Only when it differs: everything inside is styled anew. */
  #zoomed(zoom: number): void {
    this.#zoom = zoom;
    this.host.style.setProperty("--zoom", String(zoom));
    this.host.dataset["level"] = levelOf(zoom);
  }

  #mark(): void {
    const { board } = this;
    const { session } = board;
    // what marks depend on; drawing reads all of it again
    const marks = [session.editor.selection, board.problems, session.track, session.people, board.renaming, session.rights, language, session.open, board.flashing, board.lit];
    for (const each of marks) subscribed(each.value);
    this.host.dataset["edit"] = mayEdit(session) ? "yes" : "no";
    this.#draw();
  }

  #draw(): void {
    const { board } = this;
    const scene = this.#scene;
    const [view, room] = [board.view.peek(), board.room.peek()];
    if (scene === null || room.w === 0 || !board.isOpened) return; // nothing is shown where it will not stay
    const around = visible(view, room, MARGIN);
    const ids = new Set(scene.order.filter((id) => isIn(this.boxOf(id), around)));
    this.#drawnAt = around;
    this.#isFar = ids.size > MOST_CARDS;
    this.host.classList.toggle("far", this.#isFar);
    if (this.#isFar) { this.#drawFar(scene); return; }
    this.#far.clear();
    const { selected } = board;
    const tabStop = selected.find((id) => ids.has(id)) ?? (ids.has(scene.graph.start) ? scene.graph.start : ids.values().next().value);
    this.#nodes.show(ids, scene.cards, this.#boxes(scene), (id) => lookOf(board, id, id === tabStop));
    this.#wires.show(this.#wiresInSight(scene), (wire) => wireClasses(board, wire), mayEdit(board.session));
  }

  #drawFar(scene: Scene): void {
    const kept = new Set(this.board.selected.slice(0, 1));
    this.#nodes.show(kept, scene.cards, this.#boxes(scene), (id) => lookOf(this.board, id, true));
    this.#wires.clear();
    this.#paint();
  }

  #paint(): void {
    const scene = this.#scene;
    if (scene === null) return;
    const { board } = this;
    const wires = [...scene.wires.values()].map((wire) => this.#liftedWires.get(wire.link.key) ?? wire);
    this.#far.paint({ scene, wires, boxOf: (id) => this.boxOf(id), selected: new Set(board.selected), bad: (id) => (board.problems.peek().get(id)?.errors ?? 0) > 0 }, board.view.peek(), board.room.peek());
  }

  #boxes(scene: Scene): ReadonlyMap<string, Box> {
    return this.#lifted.size === 0 ? scene.boxes : new Overlaid(scene.boxes, this.#lifted);
  }

  *#wiresInSight(scene: Scene): Iterable<Wire> {
    const around = this.#drawnAt;
    if (around === null) return;
    for (const [key, wire] of scene.wires) {
      const shown = this.#liftedWires.get(key) ?? wire;
      if (overlap(shown.box, around)) yield shown;
    }
  }

  /** The place in the flow of a place in the window. */
  flowSpot({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }): Spot {
    const { left, top } = this.host.getBoundingClientRect();
    return toFlow(this.board.view.peek(), { x: clientX - left, y: clientY - top });
  }
}

/** Reading is what subscribes. */
function subscribed(_value: unknown): void { /* read already */ }

function touched({ graph, wires }: Scene, ids: readonly string[]): Iterable<Wire> {
  const found = new Map<string, Wire>();
  for (const id of ids) for (const { key } of [...(graph.out.get(id) ?? []), ...(graph.into.get(id) ?? [])]) {
    const wire = wires.get(key);
    if (wire !== undefined) found.set(key, wire);
  }
  return found.values();
}

/** How much of a card can be read at this zoom. */
function levelOf(zoom: number): string {
  if (zoom < 0.3) return "least";
  return zoom < 0.55 ? "low" : "full";
}

/** Boxes of which some are elsewhere for the moment. */
class Overlaid extends Map<string, Box> {
  constructor(private readonly under: ReadonlyMap<string, Box>, private readonly over: ReadonlyMap<string, Box>) { super(); }
  override get(id: string): Box | undefined { return this.over.get(id) ?? this.under.get(id); }
  override *values(): MapIterator<Box> { for (const [id, box] of this.under) yield this.over.get(id) ?? box; }
}

function isIn(box: Box | undefined, around: Box): boolean {
  return box !== undefined && overlap(box, around);
}

function holds(outer: Box, inner: Box): boolean {
  return outer.x <= inner.x && outer.y <= inner.y && outer.x + outer.w >= inner.x + inner.w && outer.y + outer.h >= inner.y + inner.h;
}

function shifted(wire: Wire, by: Spot): Wire {
  const move = ({ x, y }: Spot): Spot => ({ x: x + by.x, y: y + by.y });
  return { ...wire, points: wire.points.map(move), tag: move(wire.tag), box: { ...wire.box, ...move(wire.box) } };
}
