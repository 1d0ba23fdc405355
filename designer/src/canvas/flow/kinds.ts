import type { IconName } from "../../shell/icon.tsx";
import type { Node } from "../../model/index.ts";

export type Kind = Node["kind"];

/** In the order of the palette. */
export const KINDS: readonly Kind[] = ["step", "choice", "parallel", "join", "end"];

export interface Size {
  readonly w: number;
  readonly h: number;
}

/** How large each kind is drawn, in canvas units. The same for every node of a kind, so that rows are calm. */
export const SIZES: Readonly<Record<Kind, Size>> = {
  step: { w: 240, h: 92 },
  choice: { w: 208, h: 60 },
  parallel: { w: 208, h: 36 },
  join: { w: 208, h: 36 },
  end: { w: 208, h: 44 },
};

export const KIND_ICONS: Readonly<Record<Kind, IconName>> = { step: "step", choice: "choice", parallel: "parallel", join: "join", end: "end" };

export function sizeOf(kind: string): Size {
  return Object.hasOwn(SIZES, kind) ? SIZES[kind as Kind] : SIZES.step;
}
