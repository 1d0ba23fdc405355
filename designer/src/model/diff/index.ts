/** The difference between two templates in meaning. Loaded where it is shown: import it from here, not from the model's index. */
export type { Change } from "./change.ts";
export { difference } from "./difference.ts";
export { byNode, type ChangeGroup, sidesOf } from "./groups.ts";
