// Builds one subject of the benchmark: `node build.js ENTRY FOLDER NAME`. The same settings for all; they are the designer's own.
import { build } from "vite";

const [entry, folder, name] = process.argv.slice(2);

await build({
  root: new URL(".", `file://${entry}`).pathname,
  configFile: new URL("../../../designer/vite.config.ts", import.meta.url).pathname,
  base: `/${name}/`,
  logLevel: "error",
  define: { "process.env.NODE_ENV": '"production"' },
  build: { outDir: folder, rolldownOptions: { input: entry } },
});
