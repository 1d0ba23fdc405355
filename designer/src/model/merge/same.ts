/** Anything that stands in a document; undefined: nothing stands there. */
export type Value = unknown;
export type Members = Readonly<Record<string, unknown>>;

export function isMembers(value: Value): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: Value): value is readonly unknown[] {
  return Array.isArray(value);
}

/** True when both say the same: the order of members does not matter, that of lists does. Parts that are shared cost nothing. */
export function same(one: Value, other: Value): boolean {
  if (Object.is(one, other)) return true;
  if (isList(one)) return isList(other) && one.length === other.length && one.every((item, index) => same(item, other[index]));
  return isMembers(one) && isMembers(other) && sameMembers(one, other);
}

function sameMembers(one: Members, other: Members): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => Object.hasOwn(other, name) && same(one[name], other[name]));
}

/** The value as text: equal for equal values. */
export function textOf(value: Value): string {
  if (isList(value)) return `[${value.map(textOf).join(",")}]`;
  if (!isMembers(value)) return value === undefined ? "" : JSON.stringify(value);
  return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${textOf(value[name])}`).join(",")}}`;
}
