// Lints the scripts of the page as the one program that they are joined to: names that nobody defines or uses, and what else is surely wrong.

import { readFileSync, readdirSync } from "node:fs";
import js from "@eslint/js";
import { Linter } from "eslint";
import globals from "globals";

const folder = process.argv[2];
const starts = [];
let program = "";
let line = 1;
for (const name of readdirSync(folder).filter((file) => file.endsWith(".js") && file !== "vendor.js")) {
  const text = readFileSync(`${folder}/${name}`, "utf8");
  starts.push({ name, line });
  program += text + "\n";
  line = program.split("\n").length;
}
const config = {
  languageOptions: { ecmaVersion: "latest", sourceType: "module", globals: { ...globals.browser, lib: "readonly" } },
  rules: { ...js.configs.recommended.rules, "prefer-const": "error", "no-control-regex": "off" },
};
const found = new Linter().verify(program, [config]);
for (const { line, message, ruleId } of found) {
  const file = starts.findLast((start) => start.line <= line);
  console.error(`${file.name}:${line - file.line + 1}  ${message} (${ruleId})`);
}
process.exit(found.length ? 1 : 0);
