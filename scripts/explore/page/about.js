// About: what this is, how to cite it, how far it can be trusted, what its columns mean.

import { copyButton, h, languageName, number, outside, plural, sentence, words } from "./dom.js";
import { core, records } from "./data.js";
import { isOne } from "./selection.js";
import { glossary } from "./terms.js";
import { asTable } from "./figures.js";
import { longTable } from "./evidence_parts.js";

function about() {
  const { validation, about: told, cite } = core;
  const failed = validation.suites.reduce((sum, [, , bad]) => sum + bad, 0) + validation.form.length;
  const held = validation.suites.reduce((sum, [, all]) => sum + all, 0);
  const [cookbook, codebook] = ["cookbook", "codebook"].map((id) =>
    h("div", { class: `${id} reading` }, document.getElementById(id).content.cloneNode(true)),
  );
  const reliability = records(core.reliability);
  const codes = records(core.sensitivity);
  const node = [
    h("h1", {}, "About"),
    h("p", { class: "lead" }, told.description),
    h(
      "section",
      {},
      h("h2", {}, "How to cite"),
      h("p", { id: "cite" }, cite.text),
      h("pre", { tabindex: "0", "aria-label": "BibTeX" }, cite.bibtex),
      h(
        "p",
        { class: "actions" },
        copyButton("Copy citation", () => cite.text),
        copyButton("Copy BibTeX", () => cite.bibtex),
      ),
    ),
    h(
      "section",
      {},
      h("h2", {}, "Licence"),
      h(
        "p",
        {},
        "Data: ",
        outside(told.licence_url, told.licence),
        ". Articles are linked and described in the coder's own words; their texts are not redistributed.",
      ),
    ),
    h(
      "section",
      {},
      h("h2", {}, "Validation"),
      validation.suites.length
        ? [
            h(
              "p",
              {},
              `${number(held)} expectations in ${plural(validation.suites.length, "suite")}: `,
              failed ? h("strong", { class: "no" }, `${number(failed)} do not hold`) : h("span", { class: "yes" }, "all hold"),
              ". ",
              h("a", { href: "validation.html" }, "Full report"),
            ),
            longTable("Validation by suite", ["Suite", "Expectations", "Not holding"], validation.suites, [1, 2], "validation", () => [
              ["suite", "expectations", "not_holding"],
              validation.suites,
            ]),
            h(
              "details",
              {},
              h("summary", {}, `Rules of plausibility (${validation.rules.length})`),
              h(
                "ul",
                { class: "rules" },
                validation.rules.map(([rule, reason, holds]) =>
                  h("li", { class: holds ? null : "no" }, h("code", {}, rule), " ", reason, holds ? null : " Does not hold."),
                ),
              ),
            ),
          ]
        : h("p", {}, "The validation was not run before this page was made."),
    ),
    h(
      "section",
      {},
      h("h2", {}, "Reliability"),
      h(
        "p",
        {},
        "Agreement of independent automated readings under one protocol: it tells how reproducible the protocol is, not whether human experts would agree.",
      ),
      reliability.length
        ? longTable(
            "Reliability",
            ["Variable", "Sample", "Units", "Rarer", "Agreement", "Alpha", "95 % interval"],
            reliability.map((r) => [
              r.variable,
              r.sample,
              r.n_units,
              r.n_rarer,
              fixed(r.agreement),
              fixed(r.alpha),
              r.alpha_low === null ? null : `${fixed(r.alpha_low)} to ${fixed(r.alpha_high)}`,
            ]),
            [2, 3, 4, 5, 6],
            "reliability",
            () => asTable(core.reliability, reliability),
          )
        : h("p", {}, "No second codings in this version."),
    ),
    h(
      "section",
      {},
      h("h2", {}, "Sensitivity"),
      h("p", {}, "Russian officials expelled since 24 February 2022, by the choice of figure."),
      longTable(
        "Sensitivity",
        ["Choice of figure", "Expulsions", "Officials known", "Unknown"],
        codes.map((r) => [sentence(r.choice), r.expulsions, r.officials_known, r.n_unknown]),
        [1, 2, 3],
        "sensitivity",
        () => asTable(core.sensitivity, codes),
      ),
    ),
    h(
      "section",
      {},
      h("h2", {}, "Coverage"),
      h(
        "p",
        {},
        "Half-years sought, whatever was found. A dyad counts as covered if one search had the whole half-year as its period. An absent row is a zero only where sweeps of at most five years looked for both sides by name, and inside the scope; elsewhere it means nothing.",
      ),
      h(
        "div",
        { class: "two" },
        longTable(
          "Coverage by half-year",
          ["Half-year", "Searches", "Dyads covered", "Both sides by name"],
          records(core.searched)
            .reverse()
            .map((r) => [`${r.year}, ${r.half === 1 ? "first" : "second"}`, r.searches, r.dyads_covered, r.by_name]),
          [1, 2, 3],
          "coverage_by_half_year",
          () => asTable(core.searched, records(core.searched)),
        ),
        longTable(
          "Searches by language",
          ["Language", "Searches", "Pages"],
          records(core.languages).map((r) => [languageName(r.language), r.searches, r.pages]),
          [1, 2],
          "searches_by_language",
          () => asTable(core.languages, records(core.languages)),
        ),
      ),
    ),
    h(
      "section",
      {},
      h("h2", {}, "What is missed"),
      h(
        "p",
        {},
        "Expulsions harvested twice, by coders blind to each other's list. Chapman's estimate is a lower bound of what this archive could show of what was publicly disclosed; what was done in silence is on no list.",
      ),
      longTable(
        "What is missed",
        ["Announced", "First list", "Second list", "On the first", "On the second", "Both", "Either", "Estimate", "95 % interval"],
        records(core.missed).map((r) => [
          r.from_year === r.until_year ? `${r.from_year}` : `${r.from_year}–${r.until_year}`,
          words(r.list_a),
          words(r.list_b),
          r.n_a,
          r.n_b,
          r.n_both,
          r.n_found,
          r.estimate === null ? null : r.estimate.toFixed(1),
          r.estimate === null ? null : `${r.estimate_low.toFixed(1)} to ${r.estimate_high.toFixed(1)}`,
        ]),
        [3, 4, 5, 6, 7, 8],
        "capture_recapture",
        () => asTable(core.missed, records(core.missed)),
      ),
    ),
    h("section", { id: "glossary" }, h("h2", {}, "Glossary"), glossary()),
    h("section", {}, h("h2", {}, "Cookbook"), cookbook),
    h("section", {}, h("h2", {}, "Codebook"), codebook),
  ];
  const update = ({ term }) => {
    if (term) requestAnimationFrame(() => document.getElementById("term-" + term.replaceAll(" ", "-"))?.scrollIntoView({ block: "center" }));
  };
  return { node, update, takes: { term: isOne(...Object.keys(core.terms)) } };
}

const fixed = (value) => (value === null ? null : value.toFixed(2));

export { about };
