import { defineConfig } from "vite";
import { gzipBeside } from "../tools/vite/plugins.ts";

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
    rolldownOptions: { input: "src/main.tsx" },
  },
  worker: { format: "es" },
});
