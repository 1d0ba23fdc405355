/** `matches`, and the search for a pattern in an answer. */
import { charge, part } from "./compile.ts";
import type { Closure, Tree } from "./compile.ts";
import { search } from "./matcher.ts";
import type { Program } from "./matcher.ts";
import { fail, MAX_MATCHED, points } from "./values.ts";
import type { Vocabulary } from "./vocabulary.ts";

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

export const VOCABULARY: Vocabulary = { nodes: { matches }, patterns: { search } };
