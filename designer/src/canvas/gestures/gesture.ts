import type { Spot } from "../../model/index.ts";
import type { Board } from "../board.ts";
import type { Stage } from "../view/stage.ts";

/** Where the pointer is: in the window, and in the flow. */
export interface Point {
  readonly clientX: number;
  readonly clientY: number;
  readonly flow: Spot;
}

/** Something under way with the pointer. It makes its edit at the end; cancelled, it makes none. */
export interface Gesture {
  move: (to: Point) => void;
  end: (at: Point) => void;
  cancel: () => void;
  /** True when the canvas moves along at its edges. */
  readonly pulls?: boolean;
}

export interface Hand {
  readonly board: Board;
  readonly stage: Stage;
}

/** What lies under the pointer. */
export type Hit =
  | { readonly kind: "ground" }
  | { readonly kind: "node"; readonly id: string }
  | { readonly kind: "handle"; readonly id: string }
  | { readonly kind: "edge"; readonly key: string }
  | { readonly kind: "add"; readonly key: string }
  | { readonly kind: "end"; readonly key: string };

/** What opens when the pointer is let go opens after that: a browser closes what is open when the pointer goes up beside it. */
export function whenLetGo(open: () => void): void {
  setTimeout(open, 0);
}
