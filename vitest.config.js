import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{engine/web,platform/*,designer,plugins/*}/**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**"],
    pool: "threads",
  },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
});
