import type { Draft, Spot } from "../../model/index.ts";
import { Cards } from "../flow/cards.ts";
import { blocksOf, flowOrder, type Graph, graphOf, type Link, usualWay } from "../flow/graph.ts";
import { sizeOf } from "../flow/kinds.ts";
import { type Tag, tagOf, widthOf } from "../flow/labels.ts";
import type { Arrangement, Flow } from "../layout/arrange.ts";
import { type Box, around as boxAround, placed } from "../layout/place.ts";
import { around } from "../route/around.ts";
import { canFall, type Course, down } from "../route/down.ts";
import { boxOf } from "../route/path.ts";
import { untangled } from "../route/untangled.ts";

/** One way as it is drawn. */
export interface Wire extends Course {
  readonly link: Link;
  readonly tagText: Tag;
  /** Everything of it lies in here. */
  readonly box: Box;
}

/** The soft ground under one lane of what runs side by side. */
export interface Ground extends Box {
  readonly key: string;
}

/** A draft as it stands on the canvas. Whatever did not change is the same object as in the scene before. */
export interface Scene {
  readonly draft: Draft;
  readonly graph: Graph;
  readonly order: readonly string[];
  readonly cards: Cards;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly wires: ReadonlyMap<string, Wire>;
  readonly grounds: readonly Ground[];
  readonly whole: Box;
  readonly tags: ReadonlyMap<string, Tag>;
}

const TAG_ROOM = 44;
const MOST_TAG = 190;
const NOWHERE: Box = { x: 0, y: 0, w: 1, h: 1 };

/** What the layout has to know of a draft. */
export function flowOf({ template }: Draft): Flow {
  const graph = graphOf(template);
  const order = flowOrder(graph);
  const items = order.map((id) => ({ id, ...sizeOf(template.nodes[id]?.kind ?? "step") }));
  const way = usualWay(template);
  const ties = graph.links.filter(({ kind, from, to }) => kind !== "rework" && from !== to).map((link) => {
    const w = tagWidth(tagOf(link, template));
    const isUsual = way.has(link.from) && way.has(link.to) && link.index === link.routes - 1;
    return { key: link.key, from: link.from, to: link.to, w, h: 26, weight: weightOf(link) + (isUsual ? 6 : 0) };
  });
  ties.sort((one, other) => other.weight - one.weight); // the usual way on is put down first, and so stays straight
  return { items, ties, blocks: blocksOf(template, graph) };
}

function weightOf({ kind, index, routes }: Link): number {
  if (kind === "exit") return 0;
  return index === routes - 1 ? 3 : 1;
}

/** How wide the words and the "+" of a way are. */
export function tagWidth({ text, turn, limit }: Tag): number {
  if (text === "" && limit === 0) return 28;
  return Math.min(MOST_TAG, widthOf(text) + (turn > 0 ? 18 : 0) + (limit > 0 ? 34 : 0)) + TAG_ROOM;
}

export function sceneOf(draft: Draft, arrangement: Arrangement, before: Scene | null): Scene {
  const { template, layout } = draft;
  const graph = graphOf(template);
  const order = flowOrder(graph);
  const boxes = placed(order, graph, (id) => sizeOf(template.nodes[id]?.kind ?? "step"), layout, arrangement.spots);
  const tags = new Map(graph.links.map((link) => [link.key, tagOf(link, template)]));
  const wires = wiresOf(graph.links, boxes, tags, bendsOf(arrangement, boxes));
  untangle(wires, boxes);
  const whole = boxAround(everything(boxes, wires)) ?? NOWHERE;
  return { draft, graph, order, boxes, tags, wires, whole, cards: new Cards(template, before?.cards ?? null), grounds: groundsOf(draft, graph, boxes, wires) };
}

function* everything(boxes: ReadonlyMap<string, Box>, wires: ReadonlyMap<string, Wire>): Iterable<Box> {
  yield* boxes.values();
  for (const { box } of wires.values()) yield box;
}

/** The places that ways pass hold only while both ends stand where the layout has put them. */
export type Bends = (link: Link) => readonly Spot[] | undefined;

function bendsOf({ spots, bends }: Arrangement, boxes: ReadonlyMap<string, Box>): Bends {
  const stands = (id: string): boolean => {
    const [box, spot] = [boxes.get(id), spots[id]];
    return spot !== undefined && box?.x === spot.x && box.y === spot.y;
  };
  return ({ key, from, to }) => (stands(from) && stands(to) ? bends[key] : undefined);
}

/** Ways between boxes: down where that can be, else around. `links` may be some of all. */
export function wiresOf(links: readonly Link[], boxes: ReadonlyMap<string, Box>, tags: ReadonlyMap<string, Tag>, bends: Bends): Map<string, Wire> {
  const wires = new Map<string, Wire>();
  const back: { readonly link: Link; readonly from: Box; readonly to: Box }[] = [];
  for (const link of links) {
    const [from, to] = [boxes.get(link.from), boxes.get(link.to)];
    if (from === undefined || to === undefined) continue;
    if (link.kind !== "rework" && canFall(from, to)) wires.set(link.key, wireOf(link, tags, down(from, to, bends(link))));
    else back.push({ link, from, to });
  }
  if (back.length === 0) return wires;
  const returns = back.map(({ link, from, to }) => ({ key: link.key, from, to, w: widthOfTag(tags.get(link.key)) }));
  const courses = around(returns, [...boxes.values()], [...wires.values()].flatMap(standing));
  for (const { link } of back) wires.set(link.key, wireOf(link, tags, courses.get(link.key) ?? { points: [], tag: NOWHERE, tags: [] }));
  return wires;
}

/** Where a way goes straight down for long: no other is led along there. */
function standing({ points, tagText, tag }: Wire): readonly Box[] {
  const words = tagText.text === "" ? [] : [{ x: tag.x - tagWidth(tagText) / 2, y: tag.y - 14, w: tagWidth(tagText), h: 28 }];
  return points.slice(1).flatMap((to, index) => {
    const from = points[index] ?? to;
    return from.x === to.x && to.y - from.y > 60 ? [{ x: to.x - 1, y: from.y, w: 2, h: to.y - from.y }] : [];
  }).concat(words);
}

const NO_TAG: Tag = { turn: 0, text: "", isElse: false, limit: 0 };

function widthOfTag(tag: Tag | undefined): number {
  return tagWidth(tag ?? NO_TAG);
}

function wireOf(link: Link, tags: ReadonlyMap<string, Tag>, course: Course): Wire {
  const tagText = tags.get(link.key) ?? NO_TAG;
  const half = { w: tagWidth(tagText) / 2, h: 16 };
  const { tag } = course;
  const box = boxOf([...course.points, { x: tag.x - half.w, y: tag.y - half.h }, { x: tag.x + half.w, y: tag.y + half.h }], 8);
  return { ...course, link, tagText, box };
}

function groundsOf({ template }: Draft, graph: Graph, boxes: ReadonlyMap<string, Box>, wires: ReadonlyMap<string, Wire>): readonly Ground[] {
  return blocksOf(template, graph).flatMap(({ parallel, branches }) => branches.flatMap((branch, index) => {
    const inside = new Set(branch);
    const ways = branch.flatMap((id) => graph.out.get(id) ?? []).filter(({ to }) => inside.has(to)).flatMap(({ key }) => wires.get(key)?.box ?? []);
    const box = boxAround([...branch.flatMap((id) => boxes.get(id) ?? []), ...ways]);
    return box === null ? [] : [{ key: `${parallel} ${index}`, x: box.x - 20, y: box.y - 20, w: box.w + 40, h: box.h + 40 }];
  }));
}

/** Words stand near the beginning of their way, unless other words or nodes are there already: then further on. */
function untangle(wires: Map<string, Wire>, boxes: ReadonlyMap<string, Box>): void {
  const wanted = [...wires.values()].map(({ tag, tags, tagText }) => ({ tag, tags, w: tagWidth(tagText) }));
  const found = untangled(wanted, boxes.values());
  let index = 0;
  for (const [key, wire] of wires) {
    const tag = found[index] ?? wire.tag;
    if (tag !== wire.tag) wires.set(key, { ...wire, tag });
    index += 1;
  }
}
