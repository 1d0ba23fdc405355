import { mayEdit } from "../../session.ts";
import { askActs } from "../acts/asking.ts";
import { openStep } from "../acts/edits.ts";
import type { Kind } from "../flow/kinds.ts";
import { panned } from "../view/viewport.ts";
import { banding } from "./band.ts";
import { bringing } from "./bringing.ts";
import { connecting, leading } from "./connecting.ts";
import { type Gesture, type Hand, type Hit, type Point, whenLetGo } from "./gesture.ts";
import { hitAt, hitOf } from "./hits.ts";
import { moving, panning } from "./moving.ts";
import { pinching } from "./pinching.ts";
import { wheel } from "./wheel.ts";

/** Pointers move so far before they drag. */
const SLACK = 4;
const TOUCH_SLACK = 9;
const LONG_PRESS_MS = 550;
/** So near to an edge, in pixels, the canvas comes along. */
const PULL = 36;

interface Press {
  readonly event: PointerEvent;
  readonly point: Point;
  readonly hit: Hit;
}

/** Turns pointers into gestures: one at a time, one edit each. Escape ends any of them without an edit. */
export class Controller {
  readonly #stop = new AbortController();
  readonly #fingers = new Map<number, PointerEvent>();
  #press: Press | null = null;
  #gesture: Gesture | null = null;
  #pinch: ReturnType<typeof pinching> | null = null;
  #last: PointerEvent | null = null;
  #frame = 0;
  #longPress: ReturnType<typeof setTimeout> | undefined;
  #isSpaceDown = false;
  /** The finger has stayed where it is for long: let go, a menu opens. */
  #isHeld = false;
  #isDone = false;

  constructor(private readonly hand: Hand) {
    const { host } = hand.stage;
    const { signal } = this.#stop;
    host.addEventListener("pointerdown", (event) => { this.#down(event); }, { signal });
    host.addEventListener("dblclick", (event) => { this.#twice(event); }, { signal });
    host.addEventListener("contextmenu", (event) => { this.#context(event); }, { signal });
    host.addEventListener("wheel", (event) => { wheel(hand, event); }, { signal, passive: false });
    host.addEventListener("click", (event) => { this.#plus(event); }, { signal });
    // what a finger has done is done: a click that the browser makes of it would close the menu that opens
    host.addEventListener("touchend", (event) => { if (this.#isDone && event.cancelable) event.preventDefault(); }, { signal, passive: false });
    host.addEventListener("pointerover", (event) => { this.#near(event); }, { signal });
    addEventListener("pointermove", (event) => { this.#move(event); }, { signal });
    addEventListener("pointerup", (event) => { this.#up(event); }, { signal });
    addEventListener("pointercancel", (event) => { this.#fingers.delete(event.pointerId); this.cancel(); }, { signal });
    addEventListener("keydown", (event) => { this.#key(event); }, { signal, capture: true });
    addEventListener("keyup", ({ key }) => { if (key === " ") this.#space(false); }, { signal });
    addEventListener("blur", () => { this.#space(false); this.cancel(); }, { signal });
    hand.board.cancelGesture = () => this.cancel();
    hand.board.dragNew = (kind, event) => { this.#bring(kind as Kind, event); };
  }

  close(): void {
    this.cancel();
    this.#stop.abort();
  }

  cancel(): boolean {
    clearTimeout(this.#longPress);
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const gesture = this.#gesture;
    this.#press = null;
    this.#isHeld = false;
    this.#gesture = null;
    this.#pinch = null;
    this.hand.stage.host.classList.remove("grabbing", "dragging");
    gesture?.cancel();
    return gesture !== null;
  }

  #point(event: PointerEvent | MouseEvent): Point {
    return { clientX: event.clientX, clientY: event.clientY, flow: this.hand.stage.flowSpot(event) };
  }

  #hit(event: PointerEvent | MouseEvent): Hit {
    const hit = hitOf(event.target);
    if (hit.kind !== "ground" || !this.hand.stage.host.classList.contains("far")) return hit;
    return hitAt(this.hand.board.scene.peek(), this.#point(event).flow, 10 / this.hand.board.view.peek().zoom);
  }

  #down(event: PointerEvent): void {
    if (!(event.target instanceof Element) || event.target.closest(".canvas-controls, .canvas-map, input") !== null) return;
    this.#fingers.set(event.pointerId, event);
    if (this.#fingers.size === 2) { this.#beginPinch(); return; }
    if (this.#gesture !== null || event.button === 2) return;
    this.#press = { event, point: this.#point(event), hit: this.#hit(event) };
    if (event.button === 1) event.preventDefault();
    if (event.pointerType !== "mouse") this.#longPress = setTimeout(() => { this.#held(); }, LONG_PRESS_MS);
    this.#selectOnPress(this.#press);
  }

  #beginPinch(): void {
    this.cancel();
    const [one, other] = [...this.#fingers.values()];
    if (one !== undefined && other !== undefined) this.#pinch = pinching(this.hand, one, other);
  }

  /** A press on what is not selected selects it; what is, may be about to be dragged together. */
  #selectOnPress({ event, hit }: Press): void {
    const { board } = this.hand;
    if (event.button !== 0 || event.pointerType === "touch" || this.#isSpaceDown) return;
    if (hit.kind === "node" && !event.shiftKey && !board.selected.includes(hit.id)) board.selectNodes([hit.id]);
  }

  #move(event: PointerEvent): void {
    if (this.#fingers.has(event.pointerId)) this.#fingers.set(event.pointerId, event);
    if (this.#pinch !== null) {
      const [one, other] = [...this.#fingers.values()];
      if (one !== undefined && other !== undefined) this.#pinch(one, other);
      return;
    }
    if (this.#press === null && this.#gesture === null) return;
    this.#last = event;
    if (this.#gesture === null && this.#press !== null && this.#isFarEnough(event, this.#press)) this.#begin(this.#press);
    if (this.#gesture !== null && this.#frame === 0) this.#frame = requestAnimationFrame(() => { this.#step(); });
  }

  #isFarEnough(event: PointerEvent, { event: from }: Press): boolean {
    return Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) >= (event.pointerType === "touch" ? TOUCH_SLACK : SLACK);
  }

  #begin(press: Press): void {
    clearTimeout(this.#longPress);
    this.#isHeld = false;
    this.#gesture = this.#gestureFor(press);
    this.#capture(press.event.pointerId);
    const isPan = press.hit.kind === "ground";
    this.hand.stage.host.classList.add(isPan ? "grabbing" : "dragging");
  }

  /** All that this pointer does is ours until it is up: the browser need not look what lies under it. */
  #capture(pointer: number): void {
    try {
      this.hand.stage.host.setPointerCapture(pointer);
    } catch (failure) {
      if (!(failure instanceof DOMException)) throw failure; // it is up already
    }
  }

  /** What a drag from here means. */
  #gestureFor({ event, point, hit }: Press): Gesture {
    if (event.button === 1 || this.#isSpaceDown) return panning(this.hand, point);
    const { board } = this.hand;
    const changing = mayEdit(board.session) ? this.#changing(hit, point, event) : null;
    if (changing !== null) return changing;
    return event.shiftKey && event.pointerType !== "touch" ? banding(this.hand, point) : panning(this.hand, point);
  }

  /** With a finger, only what is selected is dragged: the rest of the canvas is there to move about. */
  #changing(hit: Hit, point: Point, event: PointerEvent): Gesture | null {
    const { selected } = this.hand.board;
    if (hit.kind === "handle") return connecting(this.hand, hit.id);
    if ((hit.kind === "end" || hit.kind === "edge") && this.#isNearEnd(hit.key, point)) return this.#leading(hit.key);
    if (hit.kind !== "node" || event.shiftKey || (event.pointerType === "touch" && !selected.includes(hit.id))) return null;
    return moving(this.hand, point, selected.includes(hit.id) ? selected : [hit.id], hit.id);
  }

  #isNearEnd(key: string, { flow }: Point): boolean {
    const end = this.hand.stage.wireOf(key)?.points.at(-1);
    return end !== undefined && Math.hypot(end.x - flow.x, end.y - flow.y) < 30;
  }

  #leading(key: string): Gesture {
    const [from, index] = key.split(" ");
    return leading(this.hand, from ?? "", Number(index));
  }

  #step(): void {
    this.#frame = 0;
    const [gesture, event] = [this.#gesture, this.#last];
    if (gesture === null || event === null) return;
    if (gesture.pulls === true && this.#pull(event)) this.#frame = requestAnimationFrame(() => { this.#step(); });
    gesture.move(this.#point(event));
  }

  /** At its edges the canvas comes along. */
  #pull({ clientX, clientY }: PointerEvent): boolean {
    const { left, top, right, bottom } = this.hand.stage.host.getBoundingClientRect();
    const strength = (before: number, after: number): number => (before < 0 || after < 0 ? 0 : before < PULL ? (PULL - before) / 3 : after < PULL ? (after - PULL) / 3 : 0);
    const [dx, dy] = [strength(clientX - left, right - clientX), strength(clientY - top, bottom - clientY)];
    if (dx === 0 && dy === 0) return false;
    const { board } = this.hand;
    board.view.value = panned(board.view.peek(), dx, dy);
    return true;
  }

  #up(event: PointerEvent): void {
    this.#fingers.delete(event.pointerId);
    if (this.#pinch !== null) { if (this.#fingers.size < 2) this.cancel(); return; }
    const [gesture, press, isHeld] = [this.#gesture, this.#press, this.#isHeld];
    this.#isDone = isHeld || gesture !== null;
    this.#gesture = null; // what ends is no longer to be cancelled
    this.cancel();
    if (isHeld) { whenLetGo(() => { askActs(this.hand.board, { x: event.clientX, y: event.clientY }); }); return; }
    if (gesture !== null) { gesture.move(this.#point(event)); gesture.end(this.#point(event)); } else if (press !== null && press.event.pointerId === event.pointerId) this.#clicked(press);
  }

  #clicked({ event, hit }: Press): void {
    const { board } = this.hand;
    if (event.button !== 0) return;
    if (hit.kind === "node") this.#clickedNode(hit.id, event);
    else if (hit.kind === "edge" || hit.kind === "end") selectRoute(this.hand, hit.key);
    else if (hit.kind === "ground" && !event.shiftKey) board.selectNodes([]);
  }

  #clickedNode(id: string, event: PointerEvent): void {
    const { board } = this.hand;
    if (event.shiftKey || event.ctrlKey || event.metaKey) board.selectNodes(board.selected.includes(id) ? board.selected.filter((each) => each !== id) : [...board.selected, id]);
    else board.selectNodes([id]);
    board.focus(id);
  }

  /** The words of the way that the pointer is on know it: from further away only those have their "+". */
  #near({ target }: PointerEvent): void {
    const key = target instanceof Element ? target.closest<HTMLElement | SVGElement>("[data-edge]")?.dataset["edge"] : undefined;
    const { host } = this.hand.stage;
    if (host.dataset["level"] === "full" || this.#gesture !== null) return;
    for (const tag of host.querySelectorAll("[data-near]")) tag.removeAttribute("data-near");
    host.classList.toggle("near-way", key !== undefined);
    if (key !== undefined) host.querySelector(`.canvas-tag[data-edge="${CSS.escape(key)}"]`)?.setAttribute("data-near", "");
  }

  #plus(event: MouseEvent): void {
    const hit = hitOf(event.target);
    if (hit.kind === "node" && event.detail === 0) this.hand.board.selectNodes([hit.id]); // pressed by a screen reader
    if (hit.kind !== "add" || !(event.target instanceof Element)) return;
    const [from, index] = hit.key.split(" ");
    const { left, bottom } = event.target.getBoundingClientRect();
    this.hand.board.menu.value = { kind: "add", at: { x: left, y: bottom + 6 }, place: { onEdge: { from: from ?? "", index: Number(index) } } };
  }

  #twice(event: MouseEvent): void {
    const hit = this.#hit(event);
    const { board } = this.hand;
    if (hit.kind !== "node") return;
    const isTitle = event.target instanceof Element && event.target.closest("[data-title]") !== null;
    if (isTitle && mayEdit(board.session)) board.renaming.value = hit.id;
    else openStep(board, hit.id);
  }

  #context(event: MouseEvent): void {
    if (event.target instanceof Element && event.target.closest("input") !== null) return;
    event.preventDefault();
    if (this.#press?.event.pointerType === "touch") { this.#held(); return; } // the browser knows long presses too
    this.cancel();
    this.#selectFor(this.#hit(event));
    askActs(this.hand.board, { x: event.clientX, y: event.clientY });
  }

  #held(): void {
    const press = this.#press;
    if (press === null || this.#gesture !== null || this.#isHeld) return;
    clearTimeout(this.#longPress);
    this.#isHeld = true;
    this.#selectFor(press.hit);
    if ("vibrate" in navigator) navigator.vibrate(10);
  }

  #selectFor(hit: Hit): void {
    const { board } = this.hand;
    if (hit.kind === "node" && !board.selected.includes(hit.id)) board.selectNodes([hit.id]);
    if (hit.kind === "edge") selectRoute(this.hand, hit.key);
    if (hit.kind === "ground") board.selectNodes([]);
  }

  #bring(kind: Kind, event: PointerEvent): void {
    if (!mayEdit(this.hand.board.session)) return;
    this.cancel();
    this.#gesture = bringing(this.hand, kind);
    this.hand.stage.host.classList.add("dragging");
    this.#last = event;
    this.#step();
  }

  #key(event: KeyboardEvent): void {
    if (event.key === "Escape" && this.cancel()) { event.preventDefault(); event.stopPropagation(); }
    const { host } = this.hand.stage;
    const isFree = event.target === document.body || (event.target instanceof Node && host.contains(event.target) && !(event.target instanceof HTMLInputElement));
    if (event.key === " " && isFree) { event.preventDefault(); this.#space(true); }
  }

  #space(isDown: boolean): void {
    this.#isSpaceDown = isDown;
    this.hand.stage.host.classList.toggle("grab", isDown);
  }
}

function selectRoute({ board, stage }: Hand, key: string): void {
  const link = stage.wireOf(key)?.link;
  if (link === undefined) return;
  board.select({ kind: "edge", node: link.from, index: link.index });
  board.host?.focus({ preventScroll: true });
}
