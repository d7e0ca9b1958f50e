// Evidence: one expulsion with all that supports it, at an address of its own (#2022-05-18-RUS-FRA).

import {
  copyButton, day, download, field, h, inside, languageName, number, outside, plural, sentence, shortDay, sortable, words,
} from "./dom.js";
import {
  TheName, answersOf, answersTo, columns, core, disagreementOf, evidence, expulsionById, expulsions, grouped, historyOf, linkedSet,
  meaning, name, release, retired, theName,
} from "./data.js";
import { deed, figure, range } from "./scope.js";
import { term } from "./terms.js";
import { asTable, taken } from "./figures.js";
import { UNITS, linkTo } from "./evidence_parts.js";
import { pairOf } from "./answers.js";

function evidenceIndex() {
  const go1 = (value) => expulsionById.has(value) && (location.hash = "#" + value);
  const box = h("input", {
    type: "search",
    list: "ids",
    placeholder: "2022-05-18-RUS-FRA",
    autocomplete: "off",
    oninput: () => go1(box.value.trim()),
  });
  const differ = [...disagreementOf.values()];
  const columns = [
    { name: "id", label: "Expulsion", value: (d) => d.expulsion_id, cell: (d) => linkTo(d.expulsion_id) },
    {
      name: "who",
      label: "Expeller, target",
      value: (d) => name(expulsionById.get(d.expulsion_id).expeller),
      cell: (d) => `${name(expulsionById.get(d.expulsion_id).expeller)}, ${name(expulsionById.get(d.expulsion_id).target)}`,
    },
    {
      name: "figures",
      label: "Figures in print",
      class: "figures",
      value: (d) => d.printed_high - d.printed_low,
      cell: (d) => printed(d).join(", "),
    },
    { name: "width", label: "Printed", class: "nowrap", cell: (d) => range(d.printed_low, d.printed_high) },
    { name: "best", label: "Best", number: true, value: (d) => d.officials_best, cell: (d) => number(d.officials_best) },
    { name: "basis", label: "Decided by", value: (d) => d.best_basis, cell: (d) => basis(d) },
    { name: "out", label: "Superseded or rejected", number: true, value: (d) => d.n_not_counting, cell: (d) => number(d.n_not_counting) },
  ];
  const table = sortable("Expulsions with differing figures", columns, () => differ, { by: "figures", down: true });
  table.draw();
  const node = [
    h("h1", {}, "Evidence"),
    h(
      "p",
      { class: "lead" },
      `Each of the ${number(expulsions.length)} expulsions has a page of its own with every statement found about it. Its address is its id.`,
    ),
    h(
      "form",
      { class: "scope", "aria-label": "Find an expulsion", onsubmit: (event) => (event.preventDefault(), go1(box.value.trim())) },
      field("Expulsion", box),
      h(
        "datalist",
        { id: "ids" },
        expulsions.map((e) => h("option", { value: e.expulsion_id }, `${name(e.expeller)}, ${name(e.target)}`)),
      ),
    ),
    h(
      "section",
      {},
      h("h2", {}, "Where the sources disagree"),
      h(
        "p",
        { class: "note" },
        `${plural(differ.length, "expulsion")} about which more than one number for the whole decision was printed, as a range or by different voices, the widest apart first.`,
      ),
      table.node,
      taken("disagreements", () => asTable({ ...core.disagreements, columns: core.disagreements.columns.filter((c) => c !== "figures") }, differ)),
    ),
  ];
  return { node, update: () => {} };
}

// Every whole number in print once; those that no longer stand with the reason why not.
function printed(d) {
  const counts = (f) => ["accepted", "authoritative"].includes(f.standing);
  return [...grouped(d.figures, "figure")].map(([value, held]) =>
    held.some(counts) ? number(value) : `${number(value)} (${held.map((f) => f.standing).join(", ")})`,
  );
}

// Where print disagrees nothing was unanimous: the others do not stand.
const basis = (e) => {
  if (e.best_basis !== "unanimous") return words(e.best_basis) || "–";
  return disagreementOf.has(e.expulsion_id) ? "no other stands" : e.n_figures > 1 ? "unanimous" : "the only figure";
};

function evidencePage(id) {
  const gone = retired.get(id);
  if (gone)
    return {
      node: [
        h("h1", {}, id),
        h(
          "p",
          { class: "lead" },
          "This id was retired. ",
          gone.replaced_by ? ["It is replaced by ", linkTo(gone.replaced_by), ". "] : null,
          gone.note,
        ),
      ],
      update: () => {},
    };
  const e = expulsionById.get(id);
  if (!e)
    return {
      node: [
        h("h1", {}, "Not found"),
        h(
          "p",
          { class: "lead" },
          `There is no expulsion with the id ${id} in version ${release.version}. `,
          inside("table", {}, "All expulsions"),
        ),
      ],
      update: () => {},
    };
  const found = evidence().statements.get(id) || [];
  const node = [
    h("p", { class: "crumb" }, h("code", {}, id)),
    h("h1", {}, `${TheName(e.expeller)} expels officials of ${theName(e.target)}`),
    h("p", { class: "lead" }, when(e)),
    h(
      "p",
      { class: "note" },
      "All of ",
      h("a", { href: "#" + e.expeller }, theName(e.expeller)),
      ", of ",
      h("a", { href: "#" + e.target }, theName(e.target)),
      ", of ",
      inside("dyads", { expeller: e.expeller, target: e.target }, "the two"),
      e.wave ? [", of the wave: ", inside("table", { wave: e.wave }, meaning("expulsions", "wave", e.wave))] : null,
    ),
    h("dl", { class: "headline" }, figureItems(e)),
    e.note ? h("p", { class: "remark" }, e.note) : null,
    h("section", {}, h("h2", {}, "Why this figure"), why(e, found)),
    h("section", {}, h("h2", {}, `Statements (${found.length})`), statementsOf(e, found), taken("statements", () => asTable(evidence().block, found))),
    h("section", {}, h("h2", {}, "Triggers and replies"), edges(e)),
    h("section", {}, h("h2", {}, "Coding"), facts(e)),
    h("section", {}, h("h2", {}, "History"), past(id)),
    h("section", { class: "report" }, h("h2", {}, "Report an error"), report(e)),
  ];
  return { node, update: () => {} };
}

function when(e) {
  const on = { day: "on ", month: "in ", year: "in " }[e.announced_precision];
  const acted =
    e.acted_from && e.acted_from !== e.announced_on
      ? `, ordered ${e.acted_until && e.acted_until !== e.acted_from ? `between ${day(e.acted_from)} and ${day(e.acted_until)}` : `on ${day(e.acted_from)}`}`
      : "";
  return `Made public ${on}${day(e.announced_on, e.announced_precision)} by ${meaning("expulsions", "disclosed_by", e.disclosed_by)}${acted}.`;
}

function figureItems(e) {
  const item = (label, value, note) =>
    h("div", {}, h("dt", {}, label), h("dd", {}, h("strong", {}, value), note ? h("span", {}, note) : null));
  const items = [
    item(term("best figure", "best"), figure(e), e.counted_unit ? UNITS[e.counted_unit] : e.unknown ? "no figure was published" : "no person was ordered out"),
  ];
  if (e.officials_best !== null || e.officials_low !== null || e.officials_high !== null) {
    items.push(item(term("low"), number(e.officials_low), "lower bound of all standing statements"));
    items.push(item(term("high"), e.officials_high === null ? "open" : number(e.officials_high), "upper bound of all standing statements"));
  }
  if (e.posts_cut !== null) items.push(item(term("posts cut"), number(e.posts_cut), "never part of the officials"));
  if (e.ceiling !== null) items.push(item(term("ceiling"), number(e.ceiling), "posts allowed to remain"));
  items.push(item(term("support"), words(e.status), `${plural(e.n_statements, "statement")}, ${plural(e.n_publishers, "origin")}`));
  return items;
}

// --- why the best figure is the best ---

const LADDER = Object.keys(core.labels.expulsions.best_basis).filter((step) => step !== "unanimous");
const gives = (e, st) =>
  st.eligible && st.officials_low === e.officials_best && st.counted_unit === e.counted_unit && st.qualifier === e.best_qualifier;

function why(e, found) {
  const points = found.filter((st) => st.eligible);
  const giving = found.filter((st) => gives(e, st));
  if (e.officials_best === null) {
    return h(
      "p",
      {},
      e.unknown
        ? `None of the ${plural(found.length, "statement")} gives one number for the whole decision. The figure stays empty; it is never counted as zero.`
        : "Nobody was ordered out, so there is no figure; a missing figure is never counted as zero.",
    );
  }
  const label = meaning("expulsions", "best_basis", e.best_basis);
  const differ = disagreementOf.get(e.expulsion_id);
  const others = differ ? ` In print: ${printed(differ).join(", ")}.` : "";
  return [
    h(
      "p",
      {},
      `Of ${plural(found.length, "statement")}, ${number(points.length)} count${points.length === 1 ? "s" : ""} with one number for the whole decision; ${number(giving.length)} of these say${giving.length === 1 ? "s" : ""} ${figure(e)} ${UNITS[e.counted_unit]}. `,
      e.best_basis === "unanimous"
        ? `${points.length > 1 ? "They agree with each other." : "No other decides with it."}${others}`
        : ["The choice was decided by ", h("strong", {}, words(e.best_basis)), `: ${label}.`],
    ),
    e.best_basis === "unanimous"
      ? null
      : h(
          "ol",
          { class: "ladder", "aria-label": "Steps of the order of preference" },
          LADDER.map((stepName) =>
            h(
              "li",
              {
                class: stepName === e.best_basis ? "on" : null,
                "aria-current": stepName === e.best_basis ? "step" : null,
                title: meaning("expulsions", "best_basis", stepName),
              },
              words(stepName),
            ),
          ),
        ),
    h(
      "p",
      { class: "note" },
      "The order is a convention, not an estimate. Low and high are the bounds of all standing statements about the whole decision, whatever unit they count; a part bounds it from below.",
    ),
    e.included_in ? h("p", {}, "This figure is already contained in that of ", linkTo(e.included_in), "; sums skip it.") : null,
  ];
}

function statementsOf(e, found) {
  const { articles } = evidence();
  const rank = (st) => (gives(e, st) ? 0 : st.eligible ? 1 : { accepted: 2, authoritative: 2, superseded: 3, rejected: 4 }[st.standing]);
  const sorted = [...found].sort(
    (a, b) =>
      rank(a) - rank(b) || ((articles.get(a.article_id).published_on ?? "") < (articles.get(b.article_id).published_on ?? "") ? -1 : 1),
  );
  return h(
    "ol",
    { class: "statements" },
    sorted.map((st) => statement(e, st, articles.get(st.article_id))),
  );
}

function statement(e, st, article) {
  const tag = gives(e, st)
    ? ["best", "gives the best figure"]
    : st.standing === "rejected"
      ? ["rejected", "rejected"]
      : st.standing === "superseded"
        ? ["superseded", "superseded"]
        : st.eligible
          ? ["eligible", "eligible"]
          : st.covers === "whole" && (st.officials_low !== null || st.officials_high !== null)
            ? ["plain", "a bound for the whole"]
            : ["plain", "no figure for the whole"];
  const shown =
    st.figure_as_printed ?? (st.officials_low === null && st.officials_high === null ? "–" : range(st.officials_low, st.officials_high));
  return h(
    "li",
    { class: "statement " + tag[0], id: "s-" + st.statement_id },
    h(
      "p",
      { class: "printed" },
      h("span", { class: "hidden" }, "Figure as printed: "),
      shown,
      st.counted_unit ? h("small", {}, UNITS[st.counted_unit]) : null,
    ),
    h(
      "div",
      {},
      h("p", { class: "says" }, st.says),
      h(
        "p",
        { class: "source" },
        outside(article.url, article.publisher),
        article.agency && article.agency !== article.publisher ? `, after ${article.agency}` : null,
        ", ",
        h(
          "time",
          { datetime: shortDay(article.published_on, article.published_precision) },
          day(article.published_on, article.published_precision),
        ),
        article.language ? `, in ${languageName(article.language)}` : null,
        titleOf(article),
      ),
      h(
        "p",
        { class: "codes" },
        h("span", { class: "tag" }, st.standing === "authoritative" ? "authoritative" : tag[1]),
        term("vantage"),
        `: ${words(st.vantage)}`,
        h("i", {}, " · "),
        term("attribution", "said by"),
        `: ${words(st.attribution)}`,
        h("i", {}, " · "),
        term("covers"),
        `: ${st.covers}`,
        st.qualifier === "none" ? null : [h("i", {}, " · "), words(st.qualifier)],
      ),
      st.standing_reason ? h("p", { class: "reason" }, `${sentence(st.standing)}: ${st.standing_reason}`) : null,
    ),
  );
}

// Where a page shows no title the coder has given it one, in English.
const ENGLISH = /\b(the|of|and|on|from|with|by|after|over|that|expels?|expelled|expulsions?|diplomats|report|statement)\b/i;

function titleOf({ title, language }) {
  const coders = /^\(.*\)$/.test(title) || (language !== "en" && /^[ -~–—’‘“”]*$/.test(title) && ENGLISH.test(title));
  return h("span", { class: "headline-title", lang: coders ? "en" : language }, title, coders ? h("i", {}, " (coder’s title)") : null);
}

// --- triggers, replies, coding, history, report ---

function edges(e) {
  const { articles } = evidence();
  const item = (link, other) => {
    const article = articles.get(link.article_id);
    const o = expulsionById.get(other);
    return h(
      "li",
      {},
      linkTo(other),
      `: ${theName(o.expeller)} ${deed(o)}; ${link.relation}, `,
      link.basis === "inferred" ? "inferred" : `stated by the ${words(link.basis.replace("stated_by_", ""))}`,
      link.denied_by ? `, denied by ${name(link.denied_by)}` : null,
      link.lag_days === null ? null : `, ${plural(link.lag_days, "day")} between`,
      article ? [" (", outside(article.url, article.publisher), ")"] : null,
    );
  };
  const listed = (links, end, none) =>
    links.length
      ? h(
          "ul",
          {},
          links.map((link) => item(link, link[end])),
        )
      : h("p", {}, none);
  const up = answersOf.get(e.expulsion_id) || [];
  const down = answersTo.get(e.expulsion_id) || [];
  const set = linkedSet.get(e.expulsion_id);
  return [
    h("h3", {}, "Answers"),
    listed(up, "answers", `Trigger: ${meaning("expulsions", "trigger", e.trigger)}.`),
    h("h3", {}, "Answered by"),
    listed(down, "expulsion_id", `Reply: ${meaning("expulsions", "reply", e.reply)}.`),
    set
      ? h(
          "p",
          { class: "note" },
          `In its linked set ${theName(set.initiator)} moved first with ${sideOf(set, "initiator", " officials")} in ${plural(set.expulsions_initiator, "decision")}; ${theName(set.responder)} expelled ${sideOf(set, "responder", "")} in ${number(set.expulsions_responder)}. Ratio: ${set.ratio === null ? "not known" : set.ratio.toFixed(2)}. `,
          inside("answers", { pair: pairOf(e.expeller, e.target) }, "Draw in time"),
        )
      : null,
  ];
}

// One side's officials in a linked set: complete, or what is known of them.
function sideOf(set, side, noun) {
  const [complete, some] = [set[`officials_${side}`], set[`officials_${side}_known`]];
  if (complete !== null) return number(complete) + (complete === 1 ? noun.replace(/s$/, "") : noun);
  if (!set[`expulsions_${side}`]) return "nobody";
  return some === null ? `an unknown number${noun && " of" + noun}` : `${number(some)}${noun} known and others unknown`;
}

function facts(e) {
  const grounds = columns.filter((c) => c.startsWith("ground_") && e[c]).map((c) => words(c.slice(7)));
  const skip = new Set(["expulsion_id", "note", "officials_low", "officials_best", "officials_high"]);
  const shown = columns.filter((c) => !skip.has(c) && !c.startsWith("ground_") && e[c] !== null);
  const value = (c) => {
    if (["expeller", "target", "nationality"].includes(c)) return `${name(e[c])} (${e[c]})`;
    if (c === "accredited_to") return name(e[c]);
    if (c === "included_in") return linkTo(e[c]);
    if (c === "best_basis" && basis(e) !== words(e[c])) return basis(e);
    if (core.labels.expulsions[c]) return [words(e[c]), h("small", {}, meaning("expulsions", c, e[c]))];
    if (c === "deadline_hours") return `${e[c]} hours` + (e[c] >= 48 && e[c] % 24 === 0 ? ` (${e[c] / 24} days)` : "");
    return typeof e[c] === "boolean" ? (e[c] ? "yes" : "no") : String(e[c]);
  };
  return h("dl", { class: "facts" }, [
    ...shown.map((c) => h("div", {}, h("dt", {}, core.fields[c].title), h("dd", {}, value(c)))),
    h("div", {}, h("dt", {}, "Grounds"), h("dd", {}, grounds.join(", ") || "none stated")),
  ]);
}

const PAST = { row_added: "added", row_removed: "removed", value_changed: "changed" };

function past(id) {
  const told = grouped(historyOf.get(id) || [], "version");
  if (!told.size) return h("p", {}, `First version: no release before this one holds it.`);
  return h(
    "ul",
    {},
    [...told].map(([version, changes]) =>
      h(
        "li",
        {},
        `${version}: ${PAST[changes[0].kind]}`,
        changes[0].kind === "value_changed"
          ? h(
              "ul",
              {},
              changes.map((c) => h("li", {}, h("code", {}, c.column_name), `: ${c.old ?? "empty"} → ${c.new ?? "empty"}`)),
            )
          : null,
      ),
    ),
  );
}

// As .github/ISSUE_TEMPLATE/correction.yml asks for it: what is filled in here, by the field's id.
const REPORT = {
  decision: ["Decision", (e) => e.expulsion_id],
  version: ["Version", () => `${release.version}, tables sha256:${release.fingerprint}`],
  cell: ["Column or statement", () => ""],
  says: ["What the source says", () => ""],
  source: ["Address of the source", () => ""],
};

// An issue of its own where the descriptor names a home that takes issues; the text goes along in the address, for a form field by field.
function report(e) {
  const home = core.about.homepage;
  const issues = home && /^https:\/\/(github|gitlab|codeberg)\.[a-z]+\/[^/]+\/[^/]+\/?$/.test(home) ? home.replace(/\/?$/, "/issues/new") : null;
  const filled = (event) => {
    const [title, ...body] = area.value.split("\n");
    const form = new URLSearchParams({ template: "correction.yml", title, body: body.join("\n").trim() });
    for (const [id, [label]] of Object.entries(REPORT)) {
      const said = body.find((line) => line.startsWith(`${label}:`))?.slice(label.length + 1).trim();
      if (said) form.set(id, said);
    }
    event.currentTarget.href = `${issues}?${form}`;
  };
  const fields = Object.values(REPORT).map(([label, value]) => `${label}: ${value(e)}`.trimEnd() + "\n");
  const area = h("textarea", { rows: "9", spellcheck: "true" });
  const record = `${name(e.expeller)} against ${name(e.target)}, ${shortDay(e.announced_on, e.announced_precision)}, officials ${figure(e)}`;
  area.value = `${release.title} ${release.version}: error in ${e.expulsion_id}\n${record}\n\n${fields.join("")}`;
  return [
    h(
      "p",
      {},
      "Complete the text and ",
      issues ? h("a", { href: issues, rel: "noreferrer noopener external", target: "_blank", onclick: filled }, "open an issue with it") : "send it to the maintainers, as an issue in the repository or by the address in README",
      ".",
    ),
    field("Text of the report", area),
    h(
      "p",
      { class: "actions" },
      copyButton("Copy the text", () => area.value),
      h(
        "button",
        { type: "button", class: "quiet", onclick: () => download(`error-${e.expulsion_id}.txt`, "text/plain", area.value) },
        "Save as a file",
      ),
    ),
  ];
}

export { evidenceIndex, evidencePage };
