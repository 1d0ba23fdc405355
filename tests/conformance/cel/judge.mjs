// Answers, line by line, what `@bufbuild/cel` makes of an expression: one of the judges of the tests, no part of the product.
import { Buffer } from "node:buffer";
import { createInterface } from "node:readline";
import { celUint, isCelList, isCelMap, isCelUint, run } from "@bufbuild/cel";
import { strings } from "@bufbuild/cel/ext";
import { create, isMessage } from "@bufbuild/protobuf";
import { DurationSchema, TimestampSchema } from "@bufbuild/protobuf/wkt";

const SECOND = 1_000_000_000n;

const moment = (schema) => (ns) => {
  const seconds = BigInt(ns) / SECOND - (schema === TimestampSchema && BigInt(ns) % SECOND < 0n ? 1n : 0n);
  return create(schema, { seconds, nanos: Number(BigInt(ns) - seconds * SECOND) });
};

const READ = {
  i: BigInt,
  u: (text) => celUint(BigInt(text)),
  d: Number,
  s: (text) => text,
  b: (text) => Uint8Array.from(Buffer.from(text, "base64")),
  t: moment(TimestampSchema),
  D: moment(DurationSchema),
  m: (pairs) => new Map(pairs.map(([key, value]) => [decode(key), decode(value)])),
};

function decode(tagged) {
  if (tagged === null || typeof tagged === "boolean") return tagged;
  if (Array.isArray(tagged)) return tagged.map(decode);
  const [[tag, written]] = Object.entries(tagged);
  return READ[tag](written);
}

const PRIMITIVES = {
  bigint: (value) => ({ i: String(value) }),
  number: (value) => ({ d: Object.is(value, -0) ? "-0" : String(value) }),
  string: (value) => ({ s: value }),
  boolean: (value) => value,
};

function encode(value) {
  const primitive = PRIMITIVES[typeof value];
  if (primitive) return primitive(value);
  if (value === null) return null;
  return encodeObject(value);
}

function encodeObject(value) {
  if (isCelUint(value)) return { u: String(value.value) };
  if (value instanceof Uint8Array) return { b: Buffer.from(value).toString("base64") };
  if (isCelList(value)) return [...value].map(encode);
  if (isCelMap(value)) return { m: [...value.entries()].map(([key, item]) => [encode(key), encode(item)]) };
  const message = value.message ?? value;
  const ns = String(message.seconds * SECOND + BigInt(message.nanos));
  return isMessage(message, TimestampSchema) ? { t: ns } : { D: ns };
}

function judge({ source, env }) {
  try {
    const names = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, decode(value)]));
    const result = run(source, names, { funcs: strings });
    return result instanceof Error || result?.issues ? { e: String(result) } : encode(result);
  } catch (error) {
    return { e: String(error) };
  }
}

createInterface({ input: process.stdin }).on("line", (line) => {
  process.stdout.write(`${JSON.stringify(judge(JSON.parse(line)))}\n`);
});
