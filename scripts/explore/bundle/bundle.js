// Writes the file named on the command line: the libraries, the atlas and their licences, for a policy that admits no style of an element.

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { atlas } from "./atlas.js";

const made = {
  name: "atlas",
  setup(build) {
    build.onResolve({ filter: /^atlas$/ }, () => ({ path: "atlas", namespace: "made" }));
    build.onLoad({ filter: /.*/, namespace: "made" }, () => ({ contents: JSON.stringify(atlas()), loader: "json" }));
    // Plot writes a style element into each figure; its four rules stand in the style sheet of the page.
    build.onLoad({ filter: /plot\/src\/plot\.js$/ }, ({ path }) => {
      const source = readFileSync(path, "utf8");
      const contents = source.replace(/svg\.append\("style"\)\.text\(\s*`[^`]*`\s*\)/, "svg");
      if (contents === source) throw new Error("Plot writes its style otherwise than it did: see bundle.js.");
      return { contents, loader: "js" };
    });
  },
};

const result = await build({
  entryPoints: ["vendor.js"],
  bundle: true,
  minify: true,
  format: "iife",
  globalName: "lib",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  plugins: [made],
  write: false,
});

// What went in, and world-atlas, of which the map is made.
const packages = new Set(["world-atlas"]);
for (const [input, { bytesInOutput = 1 }] of Object.entries(Object.values(result.metafile.outputs)[0].inputs)) {
  const found = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
  if (found && bytesInOutput) packages.add(found[1]);
}
const licences = [...packages].sort().map((name) => {
  const folder = join("node_modules", name);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return `${name} ${version}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
});
const head = `/* Written by make bundle out of ${dirname("scripts/explore/bundle/x")}: no file to edit.\n\n${licences.join("\n---\n\n")}\nMap: Natural Earth, public domain.\n*/\n`;
writeFileSync(process.argv[2], head + result.outputFiles[0].text + "export { lib };\n");
