/** What expressions can say beyond what nearly every plan says: parts that are fetched when a plan needs them. */
import { NODES } from "./compile.ts";
import type { Maker } from "./compile.ts";
import { READERS, WRITERS } from "./json.ts";
import type { Reader, Writer } from "./json.ts";
import type { Program } from "./matcher.ts";
import { RARE } from "./operators.ts";

/** A part of the language: kinds of nodes, how values of further types are read, written and added, the search for a pattern. */
export interface Vocabulary {
  readonly nodes?: Readonly<Record<string, Maker>>;
  readonly readers?: Readonly<Record<string, Reader>>;
  readonly writers?: Readonly<Record<string, Writer>>;
  readonly sums?: Partial<typeof RARE>;
  readonly patterns?: Partial<typeof PATTERNS>;
}

const PATTERNS = {
  search: (_program: Program, _text: string): boolean => { throw new Error("patterns were not learnt"); },
};

/** From now on every expression may say this too. Learning twice changes nothing. */
export function learn({ nodes, readers, writers, sums, patterns }: Vocabulary): void {
  Object.assign(NODES, nodes);
  Object.assign(READERS, readers);
  Object.assign(WRITERS, writers);
  Object.assign(RARE, sums);
  Object.assign(PATTERNS, patterns);
}

/** Whether the pattern is found anywhere in `text`. */
export function search(program: Program, text: string): boolean {
  return PATTERNS.search(program, text);
}
