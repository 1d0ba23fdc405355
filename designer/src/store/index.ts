/** Everything about saving, and about who else is there. Knows no view. */
export { exported } from "./export.ts";
export { type Opened, openTemplate } from "./open.ts";
export type { Question } from "./question.ts";
export type { News, Refusal } from "./notices.ts";
export type { Saving } from "./saving.ts";
