/** Calls of the profile's functions. */
import { FUNCTIONS as CALENDAR } from "./calendar.ts";
import { charge, parts } from "./compile.ts";
import type { Closure, Tree } from "./compile.ts";
import { FUNCTIONS as CONVERSIONS } from "./conversions.ts";
import { FUNCTIONS as LIBRARY } from "./library.ts";
import type { Call } from "./library.ts";
import { hundreds } from "./values.ts";
import type { Vocabulary } from "./vocabulary.ts";

const FUNCTIONS: Readonly<Record<string, Call>> = { ...LIBRARY, ...CONVERSIONS, ...CALENDAR };

function call(tree: Tree): Closure {
  const run = FUNCTIONS[tree[1] as string];
  if (!run) throw new Error(`no function of an expression: ${String(tree[1])}`);
  const given = parts(tree, 2);
  return (frame) => {
    const values = given.map((each) => each(frame));
    charge(frame, hundreds(values[0] ?? null));
    return run(...values);
  };
}

export const VOCABULARY: Vocabulary = { nodes: { call } };
