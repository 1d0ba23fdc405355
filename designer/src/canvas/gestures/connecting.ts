import { say } from "../../words/index.ts";
import { newRoute, whyNotConnect } from "../acts/connecting.ts";
import { join, lead } from "../acts/edits.ts";
import { foot } from "../route/down.ts";
import { type Gesture, type Hand, type Point, whenLetGo } from "./gesture.ts";
import { nodeAt } from "./hits.ts";

const REACH = 14;

/** From a node's handle to another node: a new route. On the ground: a menu of what could come there. */
export function connecting(hand: Hand, from: string): Gesture {
  const { board, stage } = hand;
  const box = stage.boxOf(from);
  const draft = board.session.editor.draft.peek();
  return aiming(hand, {
    why: (to) => whyNotConnect(draft, from, to),
    words: (to) => (newRoute(draft, from, to) === "rework" ? say("canvas.will_be_rework") : ""),
    begin: box === undefined ? { x: 0, y: 0 } : foot(box),
    take: (to) => { join(board, from, to); },
    miss: (at) => {
      board.selectNodes([from]);
      whenLetGo(() => { board.menu.value = { kind: "add", at: { x: at.clientX, y: at.clientY }, place: { after: from } }; });
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
    miss: () => undefined,
  }, from);
}

interface Aim {
  readonly why: (to: string) => string | null;
  readonly words: (to: string) => string;
  readonly begin: Point["flow"];
  readonly take: (to: string) => void;
  readonly miss: (at: Point) => void;
}

function aiming({ board, stage }: Hand, aim: Aim, from: string): Gesture {
  const { overlay } = stage;
  let target: string | null = null;
  const over = (to: Point): string | null => nodeAt(board.scene.peek(), to.flow, REACH);
  return {
    pulls: true,
    move: (to) => {
      overlay.thread(aim.begin, to.flow);
      target = over(to);
      const why = target === null || target === from ? null : aim.why(target);
      overlay.target(target === null || target === from ? null : (stage.boxOf(target) ?? null), why === null);
      overlay.note(target === null || target === from ? "" : (why ?? aim.words(target)), to.flow);
    },
    end: (at) => {
      overlay.clear();
      target = over(at);
      if (target === null) aim.miss(at);
      else if (target !== from) aim.take(target);
    },
    cancel: () => { overlay.clear(); },
  };
}
