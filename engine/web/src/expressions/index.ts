/** Expressions on the phone: the evaluator of the trees a plan holds. Parsing and typing happen on the server. */
export { compileTree } from "./compile.ts";
export type { Tree } from "./compile.ts";
export { fromJson, toJson } from "./json.ts";
export type { Json } from "./json.ts";
export { teach as learnEverything } from "./further.ts";
export type { Program } from "./matcher.ts";
export { sayMore } from "./needs.ts";
export { listOf, mapOf, objectOf } from "./types.ts";
export type { Type } from "./types.ts";
export { ABSENT, CelMap, Duration, EvaluationError, Timestamp, Uint } from "./values.ts";
export type { Env, Value } from "./values.ts";
export { search } from "./vocabulary.ts";
