import type { Json } from "@mendloop/engine";

/** A path into JSON: names of members and places in lists. */
export type Path = readonly (string | number)[];

/** What stands at `path`; undefined where nothing does. */
export function at(value: unknown, path: Path): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== "object" || found === null) return undefined;
    found = (found as Record<string | number, unknown>)[key];
  }
  return found;
}

/** Put `value` at `path` of something that may be changed; undefined takes it away. Objects on the way are made. */
export function put(target: unknown, path: Path, value: Json | undefined): void {
  const last = path.at(-1);
  if (last === undefined) return;
  const holder = holderOf(target as Holder, path.slice(0, -1), value !== undefined);
  if (holder === null) return;
  if (value !== undefined) holder[last] = value;
  else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else Reflect.deleteProperty(holder, last);
}

type Holder = Record<string | number, unknown>;

function holderOf(target: Holder, path: Path, make: boolean): Holder | null {
  let holder = target;
  for (const key of path) {
    if (typeof holder[key] !== "object" || holder[key] === null) {
      if (!make) return null;
      holder[key] = {};
    }
    holder = holder[key] as Holder;
  }
  return holder;
}

/** RFC 6901. */
export function pointerOf(path: Path): string {
  return path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** The path of a pointer in `document`: numbers where a list stands. */
export function pathOf(document: unknown, pointer: string): Path {
  const path: (string | number)[] = [];
  let found = document;
  for (const raw of pointer.split("/").slice(1)) {
    const name = raw.replaceAll("~1", "/").replaceAll("~0", "~");
    const key = Array.isArray(found) ? Number(name) : name;
    path.push(key);
    found = at(found, [key]);
  }
  return path;
}

/** The list, or an empty one where a draft has something else there: drafts may be broken, and must open all the same. */
export function asList<T>(value: readonly T[] | undefined): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [];
}

/** True when both are the same JSON; the order of members does not count. */
export function sameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every((key) => Object.hasOwn(other, key) && sameJson((one as Members)[key], (other as Members)[key]));
}

type Members = Readonly<Record<string, unknown>>;
