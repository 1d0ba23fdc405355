import type { Spot } from "../../model/index.ts";
import { grouped } from "../flow/grouped.ts";
import type { Arrangement, Item, Tie } from "./arrange.ts";

const GAP = { x: 56, y: 90 };

/** Rows without any art, at once: what is shown of a large flow until the better layout is there. Items come in the order of the flow. */
export function plainLayer(items: readonly Item[], ties: readonly Tie[]): Arrangement {
  const place = new Map(items.map(({ id }, index) => [id, index]));
  const row = new Map<string, number>();
  const into = grouped(ties, ({ to }) => to);
  for (const [index, { id }] of items.entries()) {
    const before = (into.get(id) ?? []).filter(({ from }) => (place.get(from) ?? index) < index);
    row.set(id, before.reduce((deepest, { from }) => Math.max(deepest, (row.get(from) ?? 0) + 1), 0));
  }
  const rows = [...grouped(items, ({ id }) => row.get(id) ?? 0)].sort(([one], [other]) => one - other).map(([, listed]) => listed);
  return inRows(rows);
}

function inRows(rows: readonly (readonly Item[])[]): Arrangement {
  const widths = rows.map((listed) => listed.reduce((sum, { w }) => sum + w + GAP.x, -GAP.x));
  const w = Math.max(0, ...widths);
  const spots: Record<string, Spot> = {};
  let y = 0;
  for (const [index, listed] of rows.entries()) {
    let x = (w - (widths[index] ?? 0)) / 2;
    for (const item of listed) {
      spots[item.id] = { x, y };
      x += item.w + GAP.x;
    }
    y += Math.max(...listed.map(({ h }) => h)) + GAP.y;
  }
  return { spots, bends: {}, w, h: y };
}
