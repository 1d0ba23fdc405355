import { defineConfig } from "vite";

/** One script and one style sheet, for the browser tests of the canvas. */
export default defineConfig({
  root: import.meta.dirname,
  base: "/canvas-harness/",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    emptyOutDir: true, target: "es2022", modulePreload: false, assetsInlineLimit: 0, cssCodeSplit: false,
    rolldownOptions: { input: "main.tsx", output: { entryFileNames: "[name].js", chunkFileNames: "[name].js", assetFileNames: "[name][extname]", codeSplitting: false } },
  },
});
