import type { Template } from "./template.generated.ts";

/** Where a node stands on the canvas, in canvas units: its left upper corner. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Spots of nodes that somebody has placed by hand; all others are laid out. */
export type Layout = Readonly<Record<string, Spot>>;

/** What is being edited: the template, and where its nodes stand. Immutable: every edit makes another. */
export interface Draft {
  readonly template: Template;
  readonly layout: Layout;
}
