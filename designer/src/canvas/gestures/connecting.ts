import { say } from "../../words/index.ts";
import { newRoute, whyNotConnect } from "../acts/connecting.ts";
import { join, lead } from "../acts/edits.ts";
import type { Place } from "../board.ts";
import type { Link } from "../flow/graph.ts";
import { foot } from "../route/down.ts";
import { type Gesture, type Hand, type Point, whenLetGo } from "./gesture.ts";
import { nodeAt, wireAt } from "./hits.ts";

const REACH = 14;
/** So near to a route, what is let go is meant for it. */
const NEAR = 16;

/** From a node's handle to another node: a new route. On the ground: a menu of what could come on a branch there; on a route of that node, in it. */
export function connecting(hand: Hand, from: string): Gesture {
  const { board, stage } = hand;
  const box = stage.boxOf(from);
  const draft = board.session.editor.draft.peek();
  return aiming(hand, {
    why: (to) => whyNotConnect(draft, from, to),
    words: (to) => (newRoute(draft, from, to) === "rework" ? say("canvas.will_be_rework") : ""),
    begin: box === undefined ? { x: 0, y: 0 } : foot(box),
    take: (to) => { join(board, from, to); },
    wire: (at) => {
      const link = wireAt(board.scene.peek(), at.flow, NEAR)?.link;
      return link?.from === from && link.kind === "route" ? link : null;
    },
    miss: (at, into) => {
      board.selectNodes([from]);
      const place: Place = into === null ? { after: from, isBranch: true } : { onEdge: { from, index: into.index } };
      whenLetGo(() => { board.menu.value = { kind: "add", at: { x: at.clientX, y: at.clientY }, place }; });
    },
  }, from);
}

/** The end of a route, to another node. */
export function leading(hand: Hand, from: string, index: number): Gesture {
  const { board, stage } = hand;
  const wire = stage.wireOf(`${from} ${index}`);
  const draft = board.session.editor.draft.peek();
  return aiming(hand, {
    why: (to) => (to === wire?.link.to ? null : whyNotConnect(draft, from, to)),
    words: () => "",
    begin: wire?.points[0] ?? { x: 0, y: 0 },
    take: (to) => { lead(board, from, index, to); },
    wire: () => null,
    miss: () => undefined,
  }, from);
}

interface Aim {
  readonly why: (to: string) => string | null;
  readonly words: (to: string) => string;
  readonly begin: Point["flow"];
  readonly take: (to: string) => void;
  /** The route that takes what is let go there. */
  readonly wire: (at: Point) => Link | null;
  readonly miss: (at: Point, into: Link | null) => void;
}

function aiming({ board, stage }: Hand, aim: Aim, from: string): Gesture {
  const { overlay } = stage;
  let target: string | null = null;
  const clear = (): void => { overlay.clear(); board.lit.value = null; };
  const over = (to: Point): string | null => nodeAt(board.scene.peek(), to.flow, REACH);
  return {
    pulls: true,
    move: (to) => {
      overlay.thread(aim.begin, to.flow);
      target = over(to);
      board.lit.value = (target === null ? aim.wire(to) : null)?.key ?? null;
      const why = target === null || target === from ? null : aim.why(target);
      overlay.target(target === null || target === from ? null : (stage.boxOf(target) ?? null), why === null);
      overlay.note(target === null || target === from ? "" : (why ?? aim.words(target)), to.flow);
    },
    end: (at) => {
      clear();
      target = over(at);
      if (target === null) aim.miss(at, aim.wire(at));
      else if (target !== from) aim.take(target);
    },
    cancel: clear,
  };
}
