import type { Json, JsonObject } from "../json_values.ts";
import type { Problem } from "../problems.ts";
import { problem } from "../problems.ts";
import type { Lock } from "../state.ts";

/** A field's own keys with every default filled in; null: not given. */
export type Settings = JsonObject;

/** An answer as it is kept (null: none), or what is wrong with it (never empty, pointers relative to the answer). */
export type Normalised = { readonly answer: Json } | { readonly problems: readonly Problem[] };

/** What a field may know besides its own settings and answer: where and when, the order's facts, the locks that stand. */
export interface Situation {
  /** `<step>.<field>` of the field itself. */
  readonly gate: string;
  readonly visit: string;
  /** Who works on the visit, if anybody. */
  readonly by: string | null;
  readonly at: string;
  readonly order: JsonObject;
  readonly locks: Readonly<Record<string, Lock>>;
}

/** One kind of field. It has no state: everything it needs is handed in. Built-in kinds and plugins' are made alike. */
export abstract class FieldType {
  /** What a template writes as `type`. */
  abstract readonly name: string;

  /** True when nobody enters the answer: `made` makes it from the situation. */
  readonly madeByEngine: boolean = false;

  /** True when its settings have `columns`: fields, of which each row of the answer has one answer each. */
  readonly hasColumns: boolean = false;

  /** True when `sealed` binds the answer to the step's other answers. */
  readonly seals: boolean = false;

  /** JSON Schema of the shape an answer must have before `normalise` sees it. */
  abstract answerSchema(settings: Settings): JsonObject;

  /** The answer, as somebody would have given it, that a computed value stands for. */
  computed(_settings: Settings, value: Json): Json {
    return value;
  }

  /** The answer as it is kept, from one that fits `answerSchema`. */
  normalise(_settings: Settings, raw: Json): Normalised {
    return { answer: raw };
  }

  /** What the answer still lacks for its step to be completed; pointers relative to the answer. */
  missing(settings: Settings, answer: Json, required: boolean, situation: Situation): readonly Problem[] {
    if (answer === null) return required ? [problem("answer.missing")] : [];
    return this.incomplete(settings, answer, required, situation);
  }

  /** What a given answer still lacks. */
  incomplete(_settings: Settings, _answer: Json, _required: boolean, _situation: Situation): readonly Problem[] {
    return [];
  }

  /** The answer the engine makes, for types that are `madeByEngine`; `answer` is what was recorded. */
  made(_settings: Settings, answer: Json, _situation: Situation): Json {
    return answer;
  }

  /** The answer as it goes into the record; `others`: the step's other final answers, signatures apart. */
  sealed(_settings: Settings, answer: Json, _others: JsonObject, _situation: Situation): Json {
    return answer;
  }

  /** The answer as expressions see it, as JSON of its type. */
  celView(_settings: Settings, answer: Json): Json {
    return answer;
  }
}

/** The one problem of an answer. */
export function refused(code: string, params: JsonObject = {}): Normalised {
  return { problems: [problem(code, "", "", params)] };
}

/** The answer, unless there are problems. */
export function keptUnless(problems: readonly Problem[], answer: Json): Normalised {
  return problems.length > 0 ? { problems } : { answer };
}
