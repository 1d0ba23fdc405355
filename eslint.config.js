import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

/** Who may import whom: engine/web <- fields <- runner, designer. A breach fails `make check`. */
const roomMayNotImport = (files, forbidden, reason) => ({
  files,
  rules: {
    "no-restricted-imports": ["error", { patterns: [{ group: forbidden, message: reason }] }],
  },
});

const clocksAndChance = [
  { object: "Math", property: "random", message: "The engine is pure: randomness arrives as an argument." },
  { object: "Date", property: "now", message: "The engine is pure: time arrives as an argument." },
];

export default defineConfig(
  globalIgnores(["**/node_modules/", "**/dist/", "**/static/", ".venv/", "var/", "build/", "**/*.generated.ts", "**/*.generated.d.ts"]),
  js.configs.recommended,
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      complexity: ["error", 12],
      eqeqeq: "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/method-signature-style": "error", // properties are checked more strictly, and may be passed on
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ["engine/web/src/**"],
    rules: {
      "no-restricted-properties": ["error", ...clocksAndChance],
      "no-restricted-globals": ["error", "window", "document", "navigator", "localStorage", "indexedDB", "fetch", "performance", "process"],
      "no-restricted-syntax": [
        "error",
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "The engine is pure: time arrives as an argument." },
      ],
    },
  },
  roomMayNotImport(
    ["engine/web/src/**"],
    ["@mendloop/*", "preact", "preact/*", "@preact/*", "idb", "node:*", "**/platform/**", "**/designer/**"],
    "The engine imports no other room, no DOM library and no Node.",
  ),
  roomMayNotImport(
    ["platform/fields/src/**"],
    ["@mendloop/runner", "@mendloop/runner/*", "@mendloop/designer", "@mendloop/designer/*", "**/runner/**", "**/designer/**", "node:*"],
    "Field widgets know the engine only: runner and designer both use them.",
  ),
  roomMayNotImport(
    ["platform/runner/src/**"],
    ["@mendloop/designer", "@mendloop/designer/*", "**/designer/**", "node:*"],
    "The runner never imports the designer.",
  ),
  roomMayNotImport(
    ["designer/src/**"],
    ["@mendloop/runner", "@mendloop/runner/*", "**/runner/**", "node:*"],
    "The designer shows the runner in a frame; it imports the field widgets at most.",
  ),
  roomMayNotImport(
    ["designer/src/model/**"],
    ["preact", "preact/*", "@preact/signals", "@mendloop/fields", "@mendloop/fields/*", "@mendloop/runner", "@mendloop/runner/*", "**/runner/**", "node:*"],
    "The document model knows no view.",
  ),
  {
    files: ["designer/src/model/**"],
    rules: { "no-restricted-globals": ["error", "window", "document", "navigator", "localStorage", "indexedDB", "fetch", "process"] },
  },
  {
    files: ["**/test/**", "tests/**"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off" }, // a test may fail by what is not there
  },
  { files: ["**/*.config.ts", "tools/vite/*.ts"], extends: [tseslint.configs.disableTypeChecked] },
  {
    files: ["**/*.js", "**/*.mjs", "**/*.config.ts"],
    languageOptions: { globals: { process: "readonly", console: "readonly", URL: "readonly" } },
  },
);
