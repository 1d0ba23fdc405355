// Builds one subject of the benchmark: `node build.js ENTRY FOLDER`. The same settings for all; they are the engineer's app's own.
import { build } from "vite";

const [entry, folder] = process.argv.slice(2);

await build({
  root: new URL(".", `file://${entry}`).pathname,
  configFile: false,
  logLevel: "error",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: folder,
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: { input: entry },
  },
});
