import { gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const FOLDER = "../mendloop/static/runner";
const WORTH_IT = 1024;

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

export default defineConfig({
  root: import.meta.dirname,
  base: "/go/",
  plugins: [gzipBeside()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: FOLDER,
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: { input: "src/main.tsx" },
  },
  worker: { format: "es" },
});
