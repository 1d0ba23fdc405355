import type { FieldType } from "./type.ts";

/** Field types by name. Plugins register theirs as the built-in ones are. */
export class FieldTypes {
  readonly #types = new Map<string, FieldType>();

  constructor(types: Iterable<FieldType> = []) {
    for (const type of types) this.register(type);
  }

  /** Adds a type; throws when its name is taken. */
  register(type: FieldType): void {
    if (this.#types.has(type.name)) throw new Error(`field type ${type.name} is registered already`);
    this.#types.set(type.name, type);
  }

  get(name: string): FieldType | undefined {
    return this.#types.get(name);
  }

  /** All names, in the order of registration. */
  names(): readonly string[] {
    return [...this.#types.keys()];
  }
}
