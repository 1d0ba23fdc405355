import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const FOLDER = "../mendloop/static/runner";
const WORTH_IT = 1024;
const ROOT = join(import.meta.dirname, "..", "..");
const FOLDERS = ["engine", "platform", "node_modules"].map((name) => join(ROOT, name));
const ENTRY = join(import.meta.dirname, "src", "main.tsx");

/** Beside every text file its gzip, so that the server never compresses while somebody waits. */
function gzipBeside(): Plugin {
  return {
    name: "gzip-beside",
    apply: "build",
    generateBundle: { order: "post", handler(_options, bundle) {
      for (const [name, file] of Object.entries(bundle)) {
        const source = file.type === "chunk" ? file.code : file.source;
        if (source.length < WORTH_IT || !/\.(js|css|wasm)$/.test(name)) continue;
        this.emitFile({ type: "asset", fileName: `${name}.gz`, source: gzipSync(source, { level: 9 }) });
      }
    } },
  };
}

/**
 * Vite's helper around every `import()` links the styles of what is imported, and preloads what that imports in its turn.
 * Here each piece is one file that brings its own looks, so nothing of that is wanted.
 */
function bareImports(): Plugin {
  const id = "\0vite/preload-helper.js";
  return {
    name: "bare-imports",
    apply: "build",
    enforce: "pre",
    load: { filter: { id: /preload-helper/ }, handler: (asked) => (asked === id ? "export const __vitePreload = (load) => load();" : null) },
  };
}

/**
 * What the entry needs at once is one file, apart from the entry itself: pieces import that file, and would wait for ever for an entry
 * that waits for them. Styles stay with the entry, where the page looks for them.
 */
function isShared(id: string): boolean {
  return FOLDERS.some((folder) => id.startsWith(folder)) && id !== ENTRY && !id.includes("/style/");
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
      input: "src/main.tsx",
      output: { codeSplitting: { groups: [{ name: "first", tags: ["$initial"], test: isShared }, { name: "further", test: isFurther }] } },
    },
  },
  worker: { format: "es" },
});
