// Terms say what they mean on focus and under the pointer; all of them stand in the glossary. The meanings are the descriptor's.

import { address, h, sentence } from "./dom.js";
import { core } from "./data.js";

let tips = 0;
function term(name, text = name) {
  const told = core.terms[name];
  if (!told) return text;
  const id = `tip-${++tips}`;
  return h(
    "span",
    { class: "term" },
    h("a", { href: address("about", { term: name }), "aria-describedby": id }, text),
    h("span", { class: "tip", role: "tooltip", id }, told),
  );
}

function glossary() {
  return h(
    "dl",
    { class: "glossary" },
    Object.entries(core.terms).map(([name, told]) => h("div", { id: "term-" + name.replaceAll(" ", "-") }, h("dt", {}, sentence(name)), h("dd", {}, told))),
  );
}

export { term, glossary };
