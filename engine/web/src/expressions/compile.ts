/** A typed tree becomes a function: one closure per node, built once, run often. */
import { arithmetic, contains, elementOf, equal, negate, ordered, select } from "./operators.ts";
import { ABSENT, CelMap, EvaluationError, fail, hundreds, MAX_STEPS } from "./values.ts";
import type { Env, Value } from "./values.ts";

/** `[kind, …parts]`, as the parser on the server wrote it into the plan. */
export type Tree = readonly [string, ...unknown[]];

/** One evaluation: the names' values, the steps left, the macros' variables by slot. */
export interface Frame {
  readonly env: Env;
  left: number;
  readonly slots: Value[];
}

export type Closure = (frame: Frame) => Value;
export type Maker = (tree: Tree) => Closure;

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
  const maker = NODES[kind];
  if (!maker) throw new Error(`no node of an expression: ${kind}`);
  return maker(tree);
}

export const parts = (tree: Tree, from = 1): Closure[] => tree.slice(from).map((part) => compile(part as Tree));
export const part = (tree: Tree, at: number): Closure => compile(tree[at] as Tree);
export const constant = (read: (written: unknown) => Value): Maker => ([, written]) => {
  const value = read(written);
  return () => value;
};

/** `value`, unless what was found is itself an error, such as something absent. */
const sound = (value: Value): Value => (value instanceof EvaluationError ? fail(value.kind) : value);

export function charge(frame: Frame, steps: number): void {
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
export function attempt(condition: Closure, frame: Frame): boolean | EvaluationError {
  try {
    return truth(condition(frame));
  } catch (error) {
    return failure(error);
  }
}

export const truth = (value: Value): boolean => (typeof value === "boolean" ? value : fail("type"));

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

/** What each kind of node becomes; kinds that not every plan has come with their part of the vocabulary. */
export const NODES: Record<string, Maker> = {
  null: constant(() => null),
  bool: constant((written) => written as boolean),
  int: constant((written) => BigInt(written as string)),
  double: constant((written) => written as number),
  string: constant((written) => written as string),
  name: ([, name]) => ({ env }) => sound(env.get(name as string) ?? missingName(env, name as string)),
  local: ([, slot]) => ({ slots }) => sound(slots[slot as number] ?? null),
  field,
  select: (tree) => {
    const operand = part(tree, 1);
    return (frame) => sound(select(operand(frame), tree[2] as string));
  },
  "[]": binary((x, y) => sound(elementOf(x, y))),
  has,
  "&&": connective(false),
  "||": connective(true),
  "!": (tree) => {
    const operand = part(tree, 1);
    return (frame) => !truth(operand(frame));
  },
  "?:": choice,
  "==": equality(true),
  "!=": equality(false),
  in: binary((x, y, frame) => contains(x, y, (steps) => { charge(frame, steps); })),
  negate: (tree) => {
    const operand = part(tree, 1);
    return (frame) => negate(operand(frame));
  },
  list: (tree) => {
    const all = parts(tree);
    return (frame) => all.map((each) => each(frame));
  },
  unknown: () => () => fail("unknown"),
  ...Object.fromEntries(["+", "-", "*", "/", "%"].map((operator) => [operator, calculation(operator)])),
  ...Object.fromEntries(["<", "<=", ">", ">="].map((operator) => [operator, relation(operator)])),
};

/** A name bound to null is null, one that is not bound at all is absent. */
const missingName = (env: Env, name: string): Value => (env.get(name) === null ? null : ABSENT);
