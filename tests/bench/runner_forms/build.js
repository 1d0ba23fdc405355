// Builds one subject of the benchmark: `node build.js ENTRY FOLDER`. The same settings for all; they are the engineer's app's own.
import { build } from "vite";

const [entry, folder] = process.argv.slice(2);

await build({
  root: new URL(".", `file://${entry}`).pathname,
  configFile: new URL("../../../platform/runner/vite.config.ts", import.meta.url).pathname,
  base: "/",
  logLevel: "error",
  build: { outDir: folder },
  plugins: [{ name: "only-the-subject", config: (config) => { config.build.rolldownOptions.input = entry; } }],
});
