/** What plans may need beyond what is always here: one piece of the bundle, fetched when a plan names any of it. */
export { teach } from "./expressions/further.ts";
export { default, learnKeywords } from "./fields/further.ts";
export { sha256Hex } from "./sha256.ts";
