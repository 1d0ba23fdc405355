import type { Json, Words } from "@mendloop/engine";

/** What the panels read of a JSON Schema. `x-` is ours: see docs/decisions and base.json. */
export interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly allOf?: readonly { readonly if?: Schema; readonly then?: Schema }[];
  readonly required?: readonly string[];
  readonly enum?: readonly Json[];
  readonly const?: Json;
  readonly default?: Json;
  readonly examples?: readonly Json[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly "x-zh-CN"?: { readonly title?: string; readonly description?: string };
  readonly "x-expression"?: boolean;
  /** What a name names: node, role, field, shot, gate, part, product, fault, option. */
  readonly "x-refers-to"?: string;
  /** Seldom needed: folded away until it is set. */
  readonly "x-rare"?: boolean;
  /** In a list it stands in the row itself, below the row's words. */
  readonly "x-beside"?: boolean;
  /** A text of several lines. */
  readonly "x-lines"?: boolean;
  readonly "x-unit"?: Words;
  /** What each value of an enumeration is called. */
  readonly "x-words"?: Readonly<Record<string, Words>>;
}

const DEFINITION = /^#\/\$defs\/(.+)$/;

/** The schema with what it refers to; what stands beside the reference wins. */
export function resolved(root: Schema, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const { $ref, ...beside } = schema;
  const definition = root.$defs?.[DEFINITION.exec($ref)?.[1] ?? ""];
  if (definition === undefined) return beside;
  const meant = resolved(root, definition);
  return { ...meant, ...beside, ...chinese(meant, beside) };
}

function chinese(meant: Schema, beside: Schema): Pick<Schema, "x-zh-CN"> {
  const words = { ...meant["x-zh-CN"], ...beside["x-zh-CN"] };
  return Object.keys(words).length === 0 ? {} : { "x-zh-CN": words };
}

/** The schema of `value`: of definitions that depend on it (a node by its kind, a field by its type) the one that holds. */
export function schemaOf(root: Schema, schema: Schema, value: unknown): Schema {
  const found = resolved(root, schema);
  const branch = found.allOf?.find((rule) => rule.then !== undefined && holds(rule.if, value))?.then;
  return branch === undefined ? found : schemaOf(root, branch, value);
}

function holds(condition: Schema | undefined, value: unknown): boolean {
  const wanted = Object.entries(condition?.properties ?? {});
  return wanted.every(([key, { const: is }]) => member(value, key) === is);
}

function member(value: unknown, key: string | number): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string | number, unknown>)[key] : undefined;
}

/** The schema of what stands, or may stand, at `path` of `document`; null where nothing may. */
export function schemaAt(root: Schema, document: unknown, path: readonly (string | number)[]): Schema | null {
  let schema = schemaOf(root, root, document);
  let value = document;
  for (const key of path) {
    value = member(value, key);
    const inner = innerOf(schema, key);
    if (inner === null) return null;
    schema = schemaOf(root, inner, value);
  }
  return schema;
}

function innerOf(schema: Schema, key: string | number): Schema | null {
  if (typeof key === "number" || (schema.items !== undefined && schema.properties === undefined)) return schema.items ?? null;
  const named = schema.properties?.[key];
  if (named !== undefined) return named;
  return typeof schema.additionalProperties === "object" ? schema.additionalProperties : null;
}

/** True when `schema` allows values of this JSON type. */
export function allows(schema: Schema, type: string): boolean {
  return schema.type === type || (Array.isArray(schema.type) && schema.type.includes(type));
}
