// Lint rules of the whole project. The layer table below is the architecture: an import that it does not name is an error,
// npm packages and Node's own modules included, and so is a file in a folder that it does not name.

import js from "@eslint/js";
import { createConfig as boundaries } from "eslint-plugin-boundaries/config";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

/**
 * What each layer may import: other layers and npm packages. `node: true` opens Node's own modules.
 * @type {Readonly<Record<string, { layers?: string[]; packages?: string[]; node?: boolean }>>}
 */
const layers = {
  "src/model": { packages: ["jsonc-parser"] },
  "src/abi": { layers: ["src/model"] },
  "src/codec": { layers: ["src/model"], packages: ["jsonc-parser"] },
  "src/rust": { layers: ["src/model", "src/abi"] },
  "src/protocol": { layers: ["src/model"], packages: ["vscode-jsonrpc"] },
  // The only layer that reads files: regular ones, up to a limit.
  "src/files": { layers: ["src/model"], node: true },
  // What operating systems do in ways of their own: ends of processes, programs by full path.
  "src/system": { layers: ["src/files", "src/model"], node: true },
  "src/cargo": {
    layers: ["src/system", "src/files", "src/model"],
    packages: ["@decimalturn/toml-patch", "smol-toml", "toml-eslint-parser", "zod"],
    node: true,
  },
  "src/project": {
    layers: ["src/rust", "src/abi", "src/cargo", "src/files", "src/model"],
    packages: ["zod"],
    node: true,
  },
  // What changed between two states of an interface: every rule on that, with its page and its example.
  "src/drift": { layers: ["src/abi", "src/model"] },
  // Every rule, with its sentence, its page and its examples.
  "src/diagnostics": {
    layers: ["src/project", "src/rust", "src/abi", "src/cargo", "src/model"],
    node: true,
  },
  // Sources of other revisions out of git, and their interfaces held against those of today.
  "src/revisions": {
    layers: [
      "src/drift",
      "src/project",
      "src/rust",
      "src/abi",
      "src/cargo",
      "src/system",
      "src/files",
      "src/model",
    ],
    packages: ["smol-toml", "zod"],
    node: true,
  },
  // New crates: templates, and what they take over from the workspace that they become part of.
  "src/scaffold": {
    layers: ["src/diagnostics", "src/project", "src/rust", "src/cargo", "src/files", "src/model"],
    packages: ["zod"],
    node: true,
  },
  // Compiles and asks bridges: the user's own serde implementations.
  "src/bridge": {
    layers: ["src/cargo", "src/codec", "src/abi", "src/system", "src/files", "src/model"],
    packages: ["zod"],
    node: true,
  },
  "src/calls": {
    layers: [
      "src/bridge",
      "src/cargo",
      "src/codec",
      "src/abi",
      "src/system",
      "src/files",
      "src/model",
    ],
    packages: ["zod"],
    node: true,
  },
  // What is remembered of calls.
  "src/history": { layers: ["src/codec", "src/files", "src/model"], node: true },
  // A call as text for elsewhere: a test, a command line, a report.
  "src/copyAs": { layers: ["src/codec", "src/model"] },
  "src/packages": {
    layers: ["src/cargo", "src/files", "src/model"],
    packages: ["tar-stream", "zod"],
    node: true,
  },
  // The only layer that loads foreign code.
  "src/host": {
    layers: ["src/protocol", "src/abi", "src/files", "src/model"],
    packages: ["koffi", "vscode-jsonrpc"],
    node: true,
  },
  // A thread of the host process. It alone in there knows schemas, because it runs the user's JavaScript.
  "src/hostFunctions": {
    layers: ["src/host", "src/protocol", "src/codec", "src/abi", "src/model"],
    packages: ["koffi"],
    node: true,
  },
  "src/runner": {
    layers: ["src/protocol", "src/codec", "src/abi", "src/system", "src/files", "src/model"],
    packages: ["vscode-jsonrpc"],
    node: true,
  },
  "src/server": {
    layers: [
      "src/scaffold",
      "src/revisions",
      "src/drift",
      "src/diagnostics",
      "src/project",
      "src/rust",
      "src/abi",
      "src/cargo",
      "src/files",
      "src/protocol",
      "src/model",
    ],
    packages: [
      "vscode-languageserver",
      "vscode-languageserver-textdocument",
      "vscode-jsonrpc",
      "toml-eslint-parser",
      "zod",
    ],
    node: true,
  },
  // The only layer that knows VS Code.
  "src/extension": {
    layers: [
      "src/runner",
      "src/packages",
      "src/history",
      "src/copyAs",
      "src/calls",
      "src/bridge",
      "src/cargo",
      "src/system",
      "src/files",
      "src/protocol",
      "src/codec",
      "src/model",
    ],
    packages: ["vscode", "vscode-languageclient", "vscode-jsonrpc"],
    node: true,
  },
  "src/cli": {
    layers: [
      "src/scaffold",
      "src/revisions",
      "src/drift",
      "src/diagnostics",
      "src/project",
      "src/packages",
      "src/runner",
      "src/calls",
      "src/bridge",
      "src/cargo",
      "src/files",
      "src/codec",
      "src/model",
    ],
    packages: ["commander"],
    node: true,
  },
  media: {
    layers: ["src/copyAs", "src/protocol", "src/codec", "src/model"],
    packages: [
      "preact",
      "@preact/signals",
      "@vscode-elements/elements",
      "@codemirror/*",
      "@lezer/*",
      "jsonc-parser",
      "vscode-jsonrpc",
    ],
  },
};

/**
 * The wings of large layers, from the ground up: each imports those before it. Files beside the wings import them all.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const wings = {
  "src/codec": [
    "text",
    "formats",
    "kinds",
    "values",
    "bincode",
    "debugJson",
    "json",
    "long",
    "method",
  ],
  "src/runner": ["process", "outcome", "session", "stream", "call"],
  "src/cli": ["output", "options", "commands"],
};

/** The elements of a layer: its wings, and the layer itself. @param {string} layer */
function elementsOf(layer) {
  return [...(wings[layer] ?? []).map((wing) => `${layer}/${wing}`), layer];
}

/** What of Node opens files by their names for reading. */
const fileReaders = [
  "default",
  "readFile",
  "readFileSync",
  "createReadStream",
  "open",
  "openSync",
  "openAsBlob",
  "statSync",
];

/** The layer table, and the order of wings, as policies of eslint-plugin-boundaries. */
const policies = Object.entries(layers).flatMap(
  ([layer, { layers: others = [], packages = [], node = false }]) =>
    elementsOf(layer).flatMap((type, index, own) => {
      const from = { element: { type } };
      const anyOf = [...own.slice(0, index + 1), ...others.flatMap(elementsOf)];
      return [
        { from, allow: { to: { element: { types: { anyOf } } } } },
        ...packages.map((source) => ({
          from,
          allow: { to: { module: { origin: "external", source } } },
        })),
        ...(node ? [{ from, allow: { to: { module: { origin: "core" } } } }] : []),
      ];
    }),
);

export default defineConfig(
  globalIgnores([
    "dist/",
    "coverage/",
    ".cache/",
    ".vscode-test/",
    "test-results/",
    "**/target/",
    "**/node_modules/",
  ]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: false, requireDefaultForNonUnion: true },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/consistent-type-exports": "error",
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      // Unused arguments of a signature that someone else dictates are written with a leading underscore.
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", caughtErrors: "all" },
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector: "ExportDefaultDeclaration",
          message: "Export by name: one name for one idea everywhere.",
        },
        {
          selector:
            ":matches(PropertyDefinition, MethodDefinition, TSParameterProperty)[accessibility='private']",
          message: "Use #name: private to the run time too.",
        },
      ],
      "max-lines": ["error", { max: 400 }],
      "max-lines-per-function": ["error", { max: 80, skipBlankLines: true, skipComments: true }],
      // A switch over a union counts once: naming its cases is not complex, and they must all be there.
      complexity: ["error", { max: 15, variant: "modified" }],
      "no-console": "error",
      eqeqeq: "error",
      curly: "error",
    },
  },
  boundaries({
    files: ["src/**", "media/**"],
    settings: {
      "boundaries/elements": Object.keys(layers)
        .flatMap(elementsOf)
        .map((element) => ({ type: element, pattern: element })),
      "boundaries/include": ["src/**/*", "media/**/*"],
    },
    rules: {
      "boundaries/dependencies": [
        "error",
        { default: "disallow", checkAllOrigins: true, checkInternals: true, policies },
      ],
      "boundaries/no-unknown-files": "error",
      "boundaries/no-unknown-dependencies": "error",
    },
  }),
  {
    // These run in the browser too.
    files: ["src/protocol/**", "media/**"],
    rules: { "no-restricted-imports": ["error", { patterns: ["vscode-jsonrpc/node*"] }] },
  },
  {
    // Files are read by src/files alone: another way in would wait for a pipe, or fill the memory from a device.
    files: ["src/**"],
    ignores: ["src/files/**", "src/protocol/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: [
            {
              name: "node:fs",
              importNames: fileReaders,
              message: "Read files by src/files/regularFile.ts.",
            },
            {
              name: "node:fs/promises",
              importNames: fileReaders,
              message: "Read files by src/files/regularFile.ts.",
            },
            { name: "fs", message: "Import node:fs." },
            { name: "fs/promises", message: "Import node:fs/promises." },
          ],
        },
      ],
    },
  },
  {
    // Markup is long without being complex.
    files: ["media/**/*.tsx"],
    rules: { "max-lines-per-function": ["error", { max: 120, skipBlankLines: true }] },
  },
  {
    files: ["src/extension/**"],
    ignores: ["src/extension/platform/notify.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        ...[
          "showErrorMessage",
          "showWarningMessage",
          "showInformationMessage",
          "withProgress",
          "setStatusBarMessage",
        ].map((property) => ({
          property,
          message: "Use platform/notify.ts: it shows what others wrote as text, without links.",
        })),
      ],
    },
  },
  {
    // Tests may be long and say things plainly; their types are as strict as any.
    files: ["test/**"],
    rules: {
      complexity: "off",
      "max-lines": ["error", { max: 1000 }],
      "max-lines-per-function": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    // Command-line programs in plain JavaScript, typed by JSDoc: what they print is their purpose.
    files: ["scripts/**", "**/*.mjs"],
    rules: {
      "no-undef": "off", // tsc checks these files and knows Node
      "no-console": "off",
      "@typescript-eslint/explicit-module-boundary-types": "off",
    },
  },
  {
    // `npm test` and `npm start` read these before they have installed any package.
    files: ["scripts/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: "^(?!node:|\\.)",
              message:
                "Load a package with `await import(…)` where it is used: set-up comes first.",
            },
          ],
        },
      ],
    },
  },
  {
    // Tables, and a default export because its reader asks for one.
    files: ["*.config.mjs"],
    rules: { "no-restricted-syntax": "off", "max-lines": "off" },
  },
);
