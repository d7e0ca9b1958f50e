// Lints the page's modules: each by itself, whether it takes and gives what it uses, and all as the one program that the build joins them to.

import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import js from "@eslint/js";
import { build } from "esbuild";
import { Linter } from "eslint";
import globals from "globals";

const folder = process.argv[2];
const names = readdirSync(folder).filter((file) => file.endsWith(".js") && file !== "vendor.js");
const text = new Map(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
const config = {
  languageOptions: { ecmaVersion: "latest", sourceType: "module", globals: globals.browser },
  rules: { ...js.configs.recommended.rules, "prefer-const": "error", "no-control-regex": "off" },
};
const complaints = [];
for (const [name, source] of text)
  for (const { line, message, ruleId } of new Linter().verify(source, [config])) complaints.push(`${name}:${line}  ${message} (${ruleId})`);

// What a module gives and no other takes.
const braces = (source, kind) => [...source.matchAll(new RegExp(`^${kind} \\{([^{}]*)\\}`, "gm"))].flatMap(([, held]) => held.split(",").map((one) => one.trim()).filter(Boolean));
const taken = new Set([...text.values()].flatMap((source) => braces(source, "import")));
for (const [name, source] of text) for (const one of braces(source, "export")) if (!taken.has(one)) complaints.push(`${name}  ${one} is given and nobody takes it`);

// Whether each import has its export, and whether no name is declared twice in the scope that all share.
const { errors, warnings } = await build({ entryPoints: [join(folder, "main.js")], bundle: true, write: false, format: "esm", logLevel: "silent" }).catch((failed) => failed);
for (const { text: message, location } of [...errors, ...warnings]) complaints.push(`${basename(location?.file ?? folder)}:${location?.line ?? 0}  ${message}`);
const joined = [...text.values()].join("\n").replace(/^(import|export) \{[^{}]*\}[^\n]*\n/gm, "");
const one = { languageOptions: { ...config.languageOptions, globals: { lib: "readonly" } }, rules: { "no-redeclare": "error" } };
for (const { line, message } of new Linter().verify(joined, [one])) complaints.push(`joined:${line}  ${message}`);

for (const complaint of complaints) console.error(complaint);
process.exit(complaints.length ? 1 : 0);
