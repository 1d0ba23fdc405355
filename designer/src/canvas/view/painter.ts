import type { Box } from "../layout/place.ts";
import type { Scene, Wire } from "./scene.ts";
import type { Viewport } from "./viewport.ts";

/** Colours for the small picture, by what they are for; read from the page's own. */
export type Inks = Readonly<Record<"card" | "edge" | "line" | "step" | "bar" | "ok" | "rework" | "selected" | "danger" | "lane", string>>;

/** Where nodes and ways are at the moment, also while they are dragged. */
export interface Picture {
  readonly scene: Scene;
  readonly boxOf: (id: string) => Box | undefined;
  readonly wires: Iterable<Wire>;
  readonly selected: ReadonlySet<string>;
  readonly bad: (id: string) => boolean;
}

/** The whole flow as plain shapes: for the minimap, and from so far away that nobody could read it. A few ms for thousands of nodes. */
export function paint(context: CanvasRenderingContext2D, picture: Picture, view: Viewport, inks: Inks, scale: number): void {
  const { canvas } = context;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.setTransform(view.zoom * scale, 0, 0, view.zoom * scale, view.x * scale, view.y * scale);
  paintGrounds(context, picture.scene, inks);
  paintWires(context, picture, view.zoom, inks);
  paintNodes(context, picture, view.zoom, inks);
}

function paintGrounds(context: CanvasRenderingContext2D, { grounds }: Scene, inks: Inks): void {
  context.fillStyle = inks.lane;
  for (const { x, y, w, h } of grounds) context.fillRect(x, y, w, h);
}

function paintWires(context: CanvasRenderingContext2D, { wires }: Picture, zoom: number, inks: Inks): void {
  const [plain, rework] = [new Path2D(), new Path2D()];
  for (const wire of wires) {
    const path = wire.link.kind === "rework" ? rework : plain;
    wire.points.forEach(({ x, y }, index) => { if (index === 0) path.moveTo(x, y); else path.lineTo(x, y); });
  }
  context.lineWidth = Math.max(1.5, 1 / zoom);
  context.strokeStyle = inks.edge;
  context.stroke(plain);
  context.strokeStyle = inks.rework;
  context.stroke(rework);
}

function paintNodes(context: CanvasRenderingContext2D, { scene, boxOf, selected, bad }: Picture, zoom: number, inks: Inks): void {
  context.lineWidth = Math.max(2, 1.2 / zoom);
  const { nodes } = scene.draft.template;
  for (const id of scene.order) {
    const [node, box] = [nodes[id], boxOf(id)];
    if (node === undefined || box === undefined) continue;
    const isMarked = selected.has(id);
    context.fillStyle = isMarked ? inks.selected : bad(id) ? inks.danger : node.kind === "end" ? inks.ok : node.kind === "step" ? inks.card : inks.bar;
    context.strokeStyle = isMarked ? inks.selected : inks.step;
    context.fillRect(box.x, box.y, box.w, box.h);
    context.strokeRect(box.x, box.y, box.w, box.h);
  }
}

/** The page's colours as a 2D picture needs them: `light-dark()` resolved. */
export function inksOf(host: HTMLElement): Inks {
  const probe = document.createElement("span");
  host.append(probe);
  const resolved = (value: string): string => { probe.style.color = value; return getComputedStyle(probe).color; };
  const inks: Inks = {
    card: resolved("var(--card)"), edge: resolved("var(--edge)"), line: resolved("var(--line)"), step: resolved("color-mix(in srgb, var(--edge) 60%, var(--card))"), bar: resolved("var(--edge)"),
    ok: resolved("var(--ok)"), rework: resolved("var(--canvas-rework)"), selected: resolved("var(--primary)"), danger: resolved("var(--danger)"), lane: resolved("var(--canvas-lane)"),
  };
  probe.remove();
  return inks;
}
