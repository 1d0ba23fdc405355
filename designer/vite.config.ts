import { join } from "node:path";
import { defineConfig } from "vite";
import { gzipBeside } from "../tools/vite/plugins.ts";

const SOURCES = join(import.meta.dirname, "src");

/** What every screen is made of: a small file, fetched by all. Styles stay with what imports them. */
function isShared(id: string): boolean {
  return /\/designer\/src\/(api\/|words\/(index|plurals)|later\.|shell\/(icons?|toast|address|appearance|fetched|save_state|other_language|printing)\.)/.test(id) || id.includes("vite/preload-helper") || (id.includes("/node_modules/") && /\/(preact|@preact)\//.test(id));
}

/** What an open template does not need at once. */
const LATER = [
  "canvas/(adder|outline|menus|finder|minimap)\\.", "canvas/acts/(items|clipboard)\\.", "canvas/flow/outline\\.", "canvas/layout/(arrang|straight|sections|dagre|worker)",
  "model/diff/", "model/merge/(?!same|graft)", "model/(beginnings|cel_|clip|conversion|elements|expressions|lines|moved_fields|palette|references)",
  "model/edits/(fields|languages|lists|paste|rename_node|template|words)\\.",
].map((part) => new RegExp(`^${join(SOURCES, part)}`));

/** The canvas with the document under it: what is fetched to open a template, in one file. */
function isEditor(id: string): boolean {
  const isOurs = ["canvas", "store", "model", "session.", "shell/actions.", "shell/counts.", "grouped."].some((room) => id.startsWith(join(SOURCES, room))) && !id.endsWith(".css");
  return isOurs && !LATER.some((part) => part.test(id)) || /\/node_modules\/(immer|idb)\/|\/engine\/web\/src\/(canonical|json_values)\./.test(id);
}

/** Styles of pieces that are fetched later are linked by Vite's own helper, so that is kept here. */
export default defineConfig({
  root: import.meta.dirname,
  base: "/designer/",
  plugins: [gzipBeside()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../platform/mendloop/static/designer",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: "src/main.tsx",
      output: { codeSplitting: { groups: [
        { name: "first", test: isShared, priority: 3, includeDependenciesRecursively: false },
        { name: "editor", test: isEditor, priority: 2, includeDependenciesRecursively: false },
      ] } },
    },
  },
  worker: { format: "es" },
});
