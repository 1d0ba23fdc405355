import { join } from "node:path";
import { defineConfig } from "vite";
import { bareImports, gzipBeside } from "../../tools/vite/plugins.ts";

const FOLDER = "../mendloop/static/runner";
const ROOT = join(import.meta.dirname, "..", "..");
const FOLDERS = ["engine", "platform", "node_modules"].map((name) => join(ROOT, name));
const ENTRY = join(import.meta.dirname, "src", "main.tsx");
/** The phone in the designer's preview: the same app, of which nothing else may become larger. */
const PREVIEW = join(import.meta.dirname, "src", "preview");

/**
 * What the entry needs at once is one file, apart from the entry itself: pieces import that file, and would wait for ever for an entry
 * that waits for them. Styles stay with the entry, where the page looks for them.
 */
function isShared(id: string): boolean {
  return FOLDERS.some((folder) => id.startsWith(folder)) && id !== ENTRY && !id.startsWith(PREVIEW) && !id.includes("/style/");
}

/** What the engine's further piece shares with `decide` comes with it: it is always fetched before, and small files cost a round trip. */
function isFurther(id: string): boolean {
  return /\/engine\/web\/src\/(further|canonical|sha256|time)\.ts$/.test(id);
}

export default defineConfig({
  root: import.meta.dirname,
  base: "/go/",
  plugins: [bareImports(), gzipBeside()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: FOLDER,
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    modulePreload: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: ["src/main.tsx", "src/preview/main.tsx"],
      output: { codeSplitting: { groups: [{ name: "first", tags: ["$initial"], test: isShared }, { name: "further", test: isFurther }] } },
    },
  },
  worker: { format: "es" },
});
