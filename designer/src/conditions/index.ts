/** Conditions by choosing, and expressions as text. */
import "./conditions.css";

export { Condition } from "./condition.tsx";
export type { ConditionProps } from "./condition.tsx";
export { nameOfPath, sentenceOf } from "./sentence.ts";
