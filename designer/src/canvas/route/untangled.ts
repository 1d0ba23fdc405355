import type { Spot } from "../../model/index.ts";
import { type Box, overlap } from "../layout/place.ts";

const HEIGHT = 28;
const CELL = { w: 320, h: 100 };

/** Words of a way: where they stand, where else they could, the best place first, and how wide they are. */
export interface Words {
  readonly tag: Spot;
  readonly tags: readonly Spot[];
  readonly w: number;
}

/** Where words stand so that they cover neither `boxes` nor each other, as far as there is a place for them. */
export function untangled(words: readonly Words[], boxes: Iterable<Box>): readonly Spot[] {
  const taken = new Grid();
  for (const box of boxes) taken.add(box);
  return words.map(({ tag, tags, w }) => {
    const free = tags.find((spot) => !taken.meets(standing(spot, w))) ?? tag;
    taken.add(standing(free, w));
    return free;
  });
}

function standing({ x, y }: Spot, w: number): Box {
  return { x: x - w / 2, y: y - HEIGHT / 2, w, h: HEIGHT };
}

/** Boxes by the cells that they touch, so that only neighbours are looked at. */
class Grid {
  readonly #cells = new Map<number, Box[]>();

  add(box: Box): void {
    for (const cell of cellsOf(box)) {
      const here = this.#cells.get(cell);
      if (here === undefined) this.#cells.set(cell, [box]);
      else here.push(box);
    }
  }

  /** Boxes one unit apart count as meeting: words need some air. */
  meets(box: Box): boolean {
    return cellsOf(box).some((cell) => this.#cells.get(cell)?.some((other) => overlap(other, box, 2)) === true);
  }
}

function cellsOf({ x, y, w, h }: Box): readonly number[] {
  const cells: number[] = [];
  for (let row = Math.floor((y - 2) / CELL.h); row <= Math.floor((y + h + 2) / CELL.h); row += 1)
    for (let column = Math.floor((x - 2) / CELL.w); column <= Math.floor((x + w + 2) / CELL.w); column += 1) cells.push(row * 65_536 + column);
  return cells;
}
