/** The document that is edited, and every edit of it. Knows no view. */
export { type Command, command, joined, type Label } from "./command.ts";
export type { Draft, Layout, Spot } from "./draft.ts";
export { Editor } from "./editor.ts";
export { freeName } from "./ids.ts";
export { at, type Path, pathOf, pointerOf } from "./json.ts";
export { nodeOf, NOTHING, type Selection } from "./selection.ts";
export type * from "./template.generated.ts";
export * from "./edits/edges.ts";
