import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { type OutputChunk, rolldown } from "rolldown";
import { expect, it } from "vitest";

/** What the engine may weigh, compressed, before a form's first field is shown; whoever needs more says here why. */
const MOST_BYTES = 8_200;

const SOURCES = fileURLToPath(new URL("../src/", import.meta.url));
const LATER = ["decide", "commands", "completing", "flow", "visits", "locks", "read_command", "chain", "sha256", "canonical", "history", "keywords"];

/** The file with what a screen needs to show a step, and everything it imports at once. */
async function fetchedFirst(): Promise<readonly OutputChunk[]> {
  const bundle = await rolldown({
    input: "entry",
    preserveEntrySignatures: "allow-extension",
    plugins: [{
      name: "entry",
      resolveId: (id) => (id === "entry" ? id : null),
      load: (id) => (id === "entry" ? `export { equip, LiveStep } from ${JSON.stringify(`${SOURCES}index.ts`)};` : null),
    }],
  });
  const { output } = await bundle.generate({ format: "es", minify: true });
  const chunks = output.filter((file) => file.type === "chunk");
  const first = chunks.filter(({ isEntry }) => isEntry);
  for (const { imports } of first) first.push(...chunks.filter((chunk) => imports.includes(chunk.fileName) && !first.includes(chunk)));
  return first;
}

it("the engine stays small before the first field", async () => {
  const first = await fetchedFirst();
  const bytes = first.reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0);
  expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
});

it("nothing that only deciding, long words or rare fields need is fetched before the first field", async () => {
  const modules = (await fetchedFirst()).flatMap(({ moduleIds }) => moduleIds.map((id) => id.replace(SOURCES, "").replace(/\.ts$/, "")));
  expect(modules.filter((name) => LATER.includes(name) || name.includes("words/"))).toEqual([]);
  expect(modules).toContain("evaluate");
});
