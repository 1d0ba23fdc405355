import { allows, resolved, type Schema } from "./schema.ts";

/** One for each control. */
export type Kind =
  | "fixed" | "words" | "condition" | "expression" | "literal" | "choice" | "toggle" | "number" | "range" | "text"
  | "reference" | "references" | "globs" | "part" | "position" | "name" | "list" | "object" | "map";

const PATTERNS: ReadonlySet<string> = new Set(["product", "fault"]);

/** Which control edits values of this schema (resolved). */
export function kindOf(root: Schema, schema: Schema): Kind {
  if (schema.const !== undefined) return "fixed";
  if (isWords(schema)) return "words";
  if (schema["x-expression"] === true) return expressionKind(schema);
  if (schema.enum !== undefined) return "choice";
  if (schema["x-refers-to"] !== undefined) return referenceKind(schema["x-refers-to"]);
  if (allows(schema, "array")) return listKind(root, schema);
  return plainKind(schema);
}

function isWords(schema: Schema): boolean {
  return schema.type === "object" && schema.properties?.["zh-CN"] !== undefined && schema.properties["en"] !== undefined;
}

function expressionKind(schema: Schema): Kind {
  if (allows(schema, "number")) return "literal";
  return allows(schema, "boolean") ? "condition" : "expression";
}

function referenceKind(target: string): Kind {
  if (target === "part" || target === "position") return target;
  return PATTERNS.has(target) ? "globs" : "reference";
}

function listKind(root: Schema, schema: Schema): Kind {
  const item = resolved(root, schema.items ?? {});
  const target = item["x-refers-to"];
  if (target !== undefined) return PATTERNS.has(target) ? "globs" : "references";
  return schema.maxItems === 2 && allows(item, "number") ? "range" : "list";
}

function plainKind(schema: Schema): Kind {
  if (schema.type === "boolean") return "toggle";
  if (allows(schema, "integer") || allows(schema, "number")) return "number";
  if (schema.type === "object") return schema.properties === undefined ? "map" : "object";
  return schema.pattern?.startsWith("^[a-z][a-z0-9_]{") === true && schema.pattern.endsWith("}$") ? "name" : "text";
}
