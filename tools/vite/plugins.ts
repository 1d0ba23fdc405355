import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const WORTH_IT = 1024;

/** Beside every text file its gzip, so that the server never compresses while somebody waits. */
export function gzipBeside(): Plugin {
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
export function bareImports(): Plugin {
  const id = "\0vite/preload-helper.js";
  return {
    name: "bare-imports",
    apply: "build",
    enforce: "pre",
    load: { filter: { id: /preload-helper/ }, handler: (asked) => (asked === id ? "export const __vitePreload = (load) => load();" : null) },
  };
}
