/** A typed tree becomes a function: one closure per node, built once, run often. */
import { fromBase64 } from "./base64.ts";
import { FUNCTIONS } from "./library.ts";
import { search } from "./matcher.ts";
import type { Program } from "./matcher.ts";
import { arithmetic, contains, elementOf, equal, keysOf, mapping, negate, ordered, select } from "./operators.ts";
import { ABSENT, CelMap, EvaluationError, fail, hundreds, MAX_MATCHED, MAX_STEPS, points, TypeValue, Uint } from "./values.ts";
import type { Env, Value } from "./values.ts";

/** `[kind, …parts]`, as the parser on the server wrote it into the plan. */
export type Tree = readonly [string, ...unknown[]];

/** One evaluation: the names' values, the steps left, the macros' variables by slot. */
interface Frame {
  readonly env: Env;
  left: number;
  readonly slots: Value[];
}

type Closure = (frame: Frame) => Value;
type Maker = (tree: Tree) => Closure;

/** A function from the names' values to the value of the expression, or to an `EvaluationError`. */
export function compileTree(tree: Tree): (env: Env) => Value {
  const closure = compile(tree);
  return (env) => {
    try {
      return closure({ env, left: MAX_STEPS, slots: [] });
    } catch (error) {
      return failure(error);
    }
  };
}

/** The evaluation error that was thrown; anything else goes on. */
function failure(error: unknown): EvaluationError {
  if (error instanceof EvaluationError) return error;
  throw error;
}

function compile(tree: Tree): Closure {
  const [kind] = tree;
  const maker = NODES.get(kind);
  if (!maker) throw new Error(`no node of an expression: ${kind}`);
  return maker(tree);
}

const parts = (tree: Tree, from = 1): Closure[] => tree.slice(from).map((part) => compile(part as Tree));
const part = (tree: Tree, at: number): Closure => compile(tree[at] as Tree);
const constant = (read: (written: unknown) => Value): Maker => ([, written]) => {
  const value = read(written);
  return () => value;
};

/** `value`, unless what was found is itself an error, such as something absent. */
const sound = (value: Value): Value => (value instanceof EvaluationError ? fail(value.kind) : value);

function charge(frame: Frame, steps: number): void {
  frame.left -= steps;
  if (frame.left < 0) fail("too_costly");
}

function field(tree: Tree): Closure {
  const operand = part(tree, 1), name = tree[2] as string;
  return (frame) => {
    const record = operand(frame);
    if (!(record instanceof CelMap)) return fail("type");
    const value = record.get(name);
    return value === undefined ? fail("absent") : sound(value);
  };
}

const nothing: Closure = () => fail("type");
const NOT_THERE = new Set(["absent", "no_such_key", "bad_index"]);

function has(tree: Tree): Closure {
  const path = part(tree, 1);
  return (frame) => {
    try {
      path(frame);
      return true;
    } catch (error) {
      return NOT_THERE.has(failure(error).kind) ? false : fail(failure(error).kind);
    }
  };
}

/** Decided by the first part that gives `deciding`, whatever fails on either side of it. */
function connective(deciding: boolean): Maker {
  return (tree) => {
    const all = parts(tree);
    return (frame) => {
      let failed: EvaluationError | undefined;
      for (const each of all) {
        const value = attempt(each, frame);
        if (value === deciding) return deciding;
        if (value !== !deciding) failed ??= value as EvaluationError;
      }
      return failed ? fail(failed.kind) : !deciding;
    };
  };
}

/** The truth of a condition, or the error it ended in. */
function attempt(condition: Closure, frame: Frame): boolean | EvaluationError {
  try {
    return truth(condition(frame));
  } catch (error) {
    return failure(error);
  }
}

const truth = (value: Value): boolean => (typeof value === "boolean" ? value : fail("type"));

function choice(tree: Tree): Closure {
  const condition = part(tree, 1), yes = part(tree, 2), no = part(tree, 3);
  return (frame) => (truth(condition(frame)) ? yes(frame) : no(frame));
}

/** An operator with two operands; the left one is evaluated, and fails, first. */
function binary(run: (x: Value, y: Value, frame: Frame) => Value): Maker {
  return (tree) => {
    const left = part(tree, 1), right = part(tree, 2);
    return (frame) => {
      const x = left(frame);
      return run(x, right(frame), frame);
    };
  };
}

const calculation = (operator: string): Maker => binary((x, y, frame) => {
  const result = arithmetic(operator, x, y);
  charge(frame, hundreds(result));
  return result;
});

const relation = (operator: string): Maker =>
  binary((x, y, frame) => ordered(operator, x, y, (steps) => { charge(frame, steps); }));

const equality = (wanted: boolean): Maker =>
  binary((x, y, frame) => equal(x, y, (steps) => { charge(frame, steps); }) === wanted);

function call(tree: Tree): Closure {
  const run = FUNCTIONS.get(tree[1] as string);
  if (!run) throw new Error(`no function of an expression: ${String(tree[1])}`);
  const given = parts(tree, 2);
  return (frame) => {
    const values = given.map((each) => each(frame));
    charge(frame, hundreds(values[0] ?? null));
    return run(...values);
  };
}

function matches(tree: Tree): Closure {
  const operand = part(tree, 1), program = tree[3] as Program;
  return (frame) => {
    const text = operand(frame);
    if (typeof text !== "string") return fail("type");
    const length = points(text);
    charge(frame, Math.floor((length * program.code.length) / 100));
    return length > MAX_MATCHED ? fail("too_long") : search(program, text);
  };
}

function mappingOf(tree: Tree): Closure {
  const all = parts(tree);
  return (frame) => {
    const values = all.map((each) => each(frame));
    return mapping(values.flatMap((value, at) => (at % 2 === 0 ? [[value, values[at + 1] ?? null] as const] : [])));
  };
}

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

const NODES: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ["null", constant(() => null)],
  ["bool", constant((written) => written as boolean)],
  ["int", constant((written) => BigInt(written as string))],
  ["uint", constant((written) => new Uint(BigInt(written as string)))],
  ["double", constant((written) => written as number)],
  ["string", constant((written) => written as string)],
  ["bytes", constant((written) => fromBase64(written as string))],
  ["type", constant((written) => new TypeValue(written as string))],
  ["name", ([, name]) => ({ env }) => sound(env.get(name as string) ?? missingName(env, name as string))],
  ["local", ([, slot]) => ({ slots }) => sound(slots[slot as number] ?? null)],
  ["field", field],
  ["select", (tree) => {
    const operand = part(tree, 1);
    return (frame) => sound(select(operand(frame), tree[2] as string));
  }],
  ["[]", binary((x, y) => sound(elementOf(x, y)))],
  ["has", has],
  ["&&", connective(false)],
  ["||", connective(true)],
  ["!", (tree) => {
    const operand = part(tree, 1);
    return (frame) => !truth(operand(frame));
  }],
  ["?:", choice],
  ["==", equality(true)],
  ["!=", equality(false)],
  ["in", binary((x, y, frame) => contains(x, y, (steps) => { charge(frame, steps); }))],
  ["negate", (tree) => {
    const operand = part(tree, 1);
    return (frame) => negate(operand(frame));
  }],
  ["call", call],
  ["matches", matches],
  ["list", (tree) => {
    const all = parts(tree);
    return (frame) => all.map((each) => each(frame));
  }],
  ["mapping", mappingOf],
  ["all", quantifier(false)],
  ["exists", quantifier(true)],
  ["exists_one", collector(itself, 0, (found) => found.length === 1)],
  ["filter", collector(itself, 0, (found) => found)],
  ["map", collector((_, frame, last) => last(frame), 1, (found) => found)],
  ["unknown", () => () => fail("unknown")],
  ...["+", "-", "*", "/", "%"].map((operator) => [operator, calculation(operator)] as const),
  ...["<", "<=", ">", ">="].map((operator) => [operator, relation(operator)] as const),
]);

/** A name bound to null is null, one that is not bound at all is absent. */
const missingName = (env: Env, name: string): Value => (env.get(name) === null ? null : ABSENT);
