import type { Json, JsonObject } from "../json_values.ts";
import type { Problem } from "../problems.ts";

/** An answer as it is kept, or what is wrong with it (pointers relative to the answer). */
export type Normalised =
  | { readonly ok: true; readonly answer: Json }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** One field type: everything the engine knows of it. Its widget lives elsewhere. */
export interface FieldType {
  readonly name: string;
  readonly requiredByDefault: boolean;
  normalise(settings: JsonObject, raw: Json): Normalised;
  /** What an answer still lacks for its step to be completed. */
  missing(settings: JsonObject, answer: Json): readonly Problem[];
  /** The answer as expressions see it. */
  celView(settings: JsonObject, answer: Json): Json;
}

/** Field types by name. Plugins register theirs as the built-in ones are. */
export class FieldTypes {
  readonly #types = new Map<string, FieldType>();

  constructor(types: Iterable<FieldType> = []) {
    for (const type of types) this.register(type);
  }

  register(type: FieldType): void {
    this.#types.set(type.name, type);
  }

  get(name: string): FieldType | undefined {
    return this.#types.get(name);
  }

  names(): readonly string[] {
    return [...this.#types.keys()];
  }
}
