import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const RUNNER = join(dirname(fileURLToPath(import.meta.url)), "..", "src");
const FIELDS = join(RUNNER, "..", "..", "fields", "src");
const IMPORT = /^(?:import|export)\s+(?!type\b)(?:[^;"]*?from\s+)?"([^"]+)";/gms;

/** The sources that are fetched together with `entry` of the runner: by file, all that is imported at once. */
export function fetchedWith(entry: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const waiting = [join(RUNNER, entry)];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file) || !/\.tsx?$/.test(file)) continue;
    const source = readFileSync(file, "utf8");
    found.set(file, source);
    waiting.push(...[...source.matchAll(IMPORT)].flatMap(([, name]) => fileOf(name ?? "", file)));
  }
  return found;
}

/** Every source of the runner and of the fields, one after the other. */
export function everything(): string {
  const files = [RUNNER, FIELDS].flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)));
  return files.filter((file) => /\.tsx?$/.test(file)).map((file) => readFileSync(file, "utf8")).join("\n");
}

function fileOf(name: string, importer: string): readonly string[] {
  if (name === "@mendloop/fields") return [join(FIELDS, "index.ts")];
  if (name.startsWith("@mendloop/fields/")) return [join(FIELDS, name.slice("@mendloop/fields/".length))];
  return name.startsWith(".") ? [join(dirname(importer), name)] : [];
}
