/** Two descendants of one draft become one, by meaning. */
export type { Choices, Conflict, Side } from "./conflict.ts";
export { grafted } from "./graft.ts";
export { type Merge, merge, resolve, type Rename, renamed } from "./merge.ts";
export { onto } from "./onto.ts";
export { same } from "./same.ts";
