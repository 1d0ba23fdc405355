/** Answers, line by line, what the TypeScript half makes of a tree, a value or a pattern: Python's tests ask it. */
import { createInterface } from "node:readline";
import { CelMap, compileTree, Duration, EvaluationError, fromJson, learnEverything, sayMore, search, Timestamp, toJson, Uint } from "../../../engine/web/src/expressions/index.ts";
import type { Program, Tree, Type, Value } from "../../../engine/web/src/expressions/index.ts";

type Tagged = null | boolean | Tagged[] | Readonly<Record<string, unknown>>;

const READ: Readonly<Record<string, (written: never) => Value>> = {
  i: (text: string) => BigInt(text),
  u: (text: string) => new Uint(BigInt(text)),
  d: (text: string) => Number(text),
  s: (text: string) => text,
  b: (text: string) => Uint8Array.from(Buffer.from(text, "base64")),
  t: (ns: string) => new Timestamp(BigInt(ns)),
  D: (ns: string) => new Duration(BigInt(ns)),
  e: (kind: string) => new EvaluationError(kind),
  m: (pairs: [Tagged, Tagged][]) => {
    const map = new CelMap();
    for (const [key, value] of pairs) {
      const k = decode(key);
      if (k instanceof Uint) (map.unsigned ??= new Set()).add(k.value);
      map.set(k instanceof Uint ? k.value : (k as string | bigint | boolean), decode(value));
    }
    return map;
  },
};

function decode(tagged: Tagged): Value {
  if (tagged === null || typeof tagged === "boolean") return tagged;
  if (Array.isArray(tagged)) return tagged.map(decode);
  const [[tag, written] = ["", null]] = Object.entries(tagged);
  const read = READ[tag];
  if (!read) throw new Error(`no tag: ${tag}`);
  return read(written as never);
}

function encode(value: Value): Tagged {
  if (value === null || typeof value === "boolean") return value;
  if (Array.isArray(value)) return (value as Value[]).map(encode);
  if (typeof value === "bigint") return { i: String(value) };
  if (typeof value === "number") return { d: Object.is(value, -0) ? "-0" : String(value) };
  if (typeof value === "string") return { s: value };
  return encodeObject(value);
}

function encodeObject(value: object): Tagged {
  if (value instanceof Uint) return { u: String(value.value) };
  if (value instanceof Timestamp) return { t: String(value.ns) };
  if (value instanceof Duration) return { D: String(value.ns) };
  if (value instanceof Uint8Array) return { b: Buffer.from(value).toString("base64") };
  if (value instanceof EvaluationError) return { e: value.kind };
  if (value instanceof CelMap) {
    return { m: [...value].map(([key, item]) => [typeof key === "bigint" && value.unsigned?.has(key) ? { u: String(key) } : encode(key), encode(item)]) };
  }
  return { T: (value as { name: string }).name };
}

interface Question {
  readonly tree?: Tree;
  readonly env?: Record<string, Tagged>;
  readonly type?: Type;
  readonly json?: unknown;
  readonly program?: Program;
  readonly texts?: string[];
  readonly times?: number;
}

function answer(question: Question): unknown {
  const { type, json, program, texts, tree, env, times } = question;
  if (sayMore(JSON.stringify(question))) learnEverything(); // as a plan with these would, and not otherwise
  if (type !== undefined) {
    const value = fromJson(type, json);
    return { value: encode(value), json: toJson(value) };
  }
  if (program) return (texts ?? []).map((text) => search(program, text));
  const names = new Map(Object.entries(env ?? {}).map(([name, value]) => [name, decode(value)]));
  const run = compileTree(tree ?? ["unknown"]);
  return times === undefined ? encode(run(names)) : microseconds(() => run(names), times);
}

/** How long one run takes on average, once warm. */
function microseconds(run: () => void, times: number): number {
  for (let i = 0; i < times; i++) run();
  const begin = process.hrtime.bigint();
  for (let i = 0; i < times; i++) run();
  return Number(process.hrtime.bigint() - begin) / 1000 / times;
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line) as Question))}\n`);
}
