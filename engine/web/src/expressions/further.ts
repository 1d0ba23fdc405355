/** What expressions can say beyond what nearly every plan says: one piece, fetched when a plan says any of it. */
import { VOCABULARY as CALLS } from "./calls.ts";
import { VOCABULARY as LITERALS } from "./literals.ts";
import { VOCABULARY as MACROS } from "./macros.ts";
import { VOCABULARY as MATCHING } from "./matching.ts";
import * as times from "./times.ts";
import { VOCABULARY as UNTYPED } from "./untyped.ts";
import { learn } from "./vocabulary.ts";

/** From now on expressions may say everything. */
export function teach(): void {
  times.teach();
  for (const part of [CALLS, LITERALS, MACROS, MATCHING, UNTYPED]) learn(part);
}
