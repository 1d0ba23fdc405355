/** Macros: what runs over the elements of a list or the keys of a map. */
import { attempt, charge, part, parts, truth } from "./compile.ts";
import type { Closure, Frame, Maker } from "./compile.ts";
import { CelMap, EvaluationError, fail, Uint } from "./values.ts";
import type { Value } from "./values.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Looks at one element, already in its slot; false ends the macro. */
type Turn = (element: Value) => boolean;

interface MacroRun {
  readonly turn: Turn;
  readonly result: () => Value;
}

/** How a macro runs over the elements of a list or the keys of a map: one step per turn. */
function macro(start: (frame: Frame, bodies: readonly Closure[]) => MacroRun): Maker {
  return (tree) => {
    const span = part(tree, 1), slot = tree[2] as number, bodies = parts(tree, 3);
    return (frame) => {
      const { turn, result } = start(frame, bodies);
      for (const element of elementsOf(span(frame))) {
        charge(frame, 1);
        frame.slots[slot] = element;
        if (!turn(element)) break;
      }
      return result();
    };
  };
}

function elementsOf(over: Value): readonly Value[] {
  if (over instanceof CelMap) return keysOf(over);
  return Array.isArray(over) ? (over as readonly Value[]) : fail("type");
}

/** The keys of a map as values. */
function keysOf(map: CelMap): Value[] {
  return [...map.keys()].map((key) => (typeof key === "bigint" && map.unsigned?.has(key) ? new Uint(key) : key));
}

const nothing: Closure = () => fail("type");

const quantifier = (deciding: boolean): Maker => macro((frame, [body = nothing]) => {
  let failed: EvaluationError | undefined;
  let decided = !deciding;
  const turn = (): boolean => {
    const value = attempt(body, frame);
    if (value instanceof EvaluationError) failed ??= value;
    else if (value === deciding) decided = deciding;
    return decided !== deciding;
  };
  return { turn, result: () => (failed && decided !== deciding ? fail(failed.kind) : decided) };
});

/** Keeps what `pick` gives for the elements that meet every condition. */
const collector = (pick: (element: Value, frame: Frame, last: Closure) => Value, last: number, result: (found: Value[]) => Value): Maker =>
  macro((frame, bodies) => {
    const found: Value[] = [];
    const conditions = bodies.slice(0, bodies.length - last), body = bodies[bodies.length - 1] ?? nothing;
    const turn = (element: Value): boolean => {
      if (conditions.every((condition) => truth(condition(frame)))) found.push(pick(element, frame, body));
      return true;
    };
    return { turn, result: () => result(found) };
  });

const itself = (element: Value): Value => element;

export const VOCABULARY: Vocabulary = {
  nodes: {
    all: quantifier(false),
    exists: quantifier(true),
    exists_one: collector(itself, 0, (found) => found.length === 1),
    filter: collector(itself, 0, (found) => found),
    map: collector((_, frame, last) => last(frame), 1, (found) => found),
  },
};
