// Table: search, filter and sort over all expulsions; the selection as CSV, with citation, fingerprint and code.

import { copyButton, dateField, day, download, field, fill, go, h, number, plural, select, sortable, words } from "./dom.js";
import { columns, core, expulsions, firstDay, lastDay, meaning, name, release } from "./data.js";
import { bounds, bracketed, byName, figure, knownText, ofWhom, scopeName, setValue, totals } from "./scope.js";
import { FILTERS, citationOf, csv, fingerprint, isOne, isSearch, isText, pythonLines, rLines, selected, sqlLines } from "./selection.js";
import { linkTo, spread } from "./evidence_parts.js";

// Filters that stay in sight on a phone.
const FEW = 5;

function tableView() {
  let state = {};
  let rows = expulsions;
  const set = (change) => go("table", { ...state, ...change });
  const values = (column) => [
    { value: "", label: "any" },
    ...Object.keys(core.labels.expulsions[column])
      .filter((v) => expulsions.some((e) => e[column] === v))
      .map((v) => ({ value: v, label: words(v) })),
  ];
  const grounds = columns
    .filter((c) => c.startsWith("ground_") && expulsions.some((e) => e[c]))
    .map((c) => ({ value: c.slice(7), label: words(c.slice(7)) }));
  const search = h("input", {
    type: "search",
    placeholder: "state, code, wave, word",
    autocomplete: "off",
    oninput: () => set({ q: search.value }),
    onkeydown: (event) => event.key === "Enter" && table.first() && (location.hash = table.first().expulsion_id),
  });
  const sides = (side) => [{ value: "", label: "any" }, ...byName(new Set(expulsions.map((e) => e[side])))];
  const controls = {
    q: field("Search", search),
    expeller: select("Expeller", sides("expeller"), (v) => set({ expeller: v })),
    target: select("Target", sides("target"), (v) => set({ target: v })),
    from: dateField("Announced from", (v) => set({ from: v })),
    until: dateField("until", (v) => set({ until: v })),
    measure: select("Measure", values("measure"), (v) => set({ measure: v })),
    ground: select("Ground", [{ value: "", label: "any" }, ...grounds], (v) => set({ ground: v })),
    trigger: select("Trigger", values("trigger"), (v) => set({ trigger: v })),
    reply: select("Reply", values("reply"), (v) => set({ reply: v })),
    wave: select("Wave", values("wave"), (v) => set({ wave: v })),
    status: select("Support", values("status"), (v) => set({ status: v })),
  };
  const rarer = h(
    "details",
    { open: innerWidth > 740 },
    h("summary", {}, "More filters"),
    h("div", {}, Object.values(controls).slice(FEW)),
  );
  const count = h("p", { class: "count", role: "status" });
  const about = h("p", { class: "subject printed-only" });
  const print = h("code", { id: "fingerprint" });
  const cite = h("p", { id: "citation" });
  const code = {
    SQL: h("pre", { tabindex: "0", "aria-label": "SQL" }),
    Python: h("pre", { tabindex: "0", "aria-label": "Python" }),
    R: h("pre", { tabindex: "0", "aria-label": "R" }),
  };
  const sorting = {
    by: "day",
    down: true,
    sort: (by) => set({ sort: by, down: state.sort === by || (!state.sort && by === "day") ? (sorting.down ? "0" : "1") : "0" }),
  };
  const table = sortable("Expulsions", tableColumns(), () => rows, sorting);
  let latest = 0;
  const describe = async () => {
    const turn = ++latest;
    const found = await fingerprint(csv(rows));
    if (turn !== latest) return;
    print.textContent = found;
    cite.textContent = citationOf(state, rows.length, found);
    code.SQL.textContent = sqlLines(state, rows);
    code.Python.textContent = pythonLines(state, rows);
    code.R.textContent = rLines(state, rows);
  };
  let waiting = 0;
  const update = (parameters) => {
    state = parameters;
    for (const [key, control] of Object.entries(controls)) setValue(control, state[key] || "");
    sorting.by = state.sort || "day";
    sorting.down = state.down === undefined || state.down === "" ? sorting.by === "day" : state.down === "1";
    rows = selected(state);
    fill(about, chosenText(state));
    const sums = totals(rows.filter((e) => e.counts));
    fill(
      count,
      h("strong", {}, `${number(rows.length)} of ${plural(expulsions.length, "expulsion")}`),
      `; ${knownText(sums)}${bracketed(bounds(sums))}, ${number(sums.unknown)} without a published figure.`,
    );
    table.draw(table.shown);
    clearTimeout(waiting);
    waiting = setTimeout(describe, 120);
  };
  const file = () => `diplomatic-expulsions-${release.version}-selection`;
  const below = h(
    "section",
    { class: "selection", tabindex: "-1" },
    h("h2", {}, "This selection"),
    h(
      "p",
      { class: "actions" },
      copyButton("Copy citation", () => cite.textContent),
      copyButton("Copy link", () => location.href),
    ),
    h(
      "dl",
      { class: "facts one" },
      h("div", {}, h("dt", {}, "Citation"), h("dd", {}, cite)),
      h(
        "div",
        {},
        h("dt", {}, "Fingerprint"),
        h(
          "dd",
          {},
          print,
          h(
            "small",
            {},
            "SHA-256 of the downloaded file: UTF-8 CSV (RFC 4180, LF), header in the contract's column order, rows sorted bytewise by line.",
          ),
        ),
      ),
    ),
    h("h3", {}, "The same rows elsewhere"),
    Object.entries(code).map(([language, pre]) =>
      h(
        "div",
        { class: "code" },
        h(
          "p",
          { class: "bar" },
          h("span", {}, language === "SQL" ? "SQL (DuckDB)" : language),
          copyButton("Copy", () => pre.textContent),
        ),
        pre,
      ),
    ),
  );
  const node = [
    h("h1", {}, "Table"),
    h(
      "form",
      { class: "scope filters", role: "search", "aria-label": "Filters", onsubmit: (event) => event.preventDefault() },
      Object.values(controls).slice(0, FEW),
      h("button", { type: "reset", class: "quiet", onclick: () => go("table", {}) }, "Clear"),
      rarer,
    ),
    about,
    count,
    h(
      "p",
      { class: "actions" },
      h(
        "button",
        { type: "button", id: "download", onclick: () => download(file() + ".csv", "text/csv;charset=utf-8", csv(rows)) },
        "Download CSV",
      ),
      h(
        "button",
        {
          type: "button",
          id: "download-citation",
          class: "quiet",
          onclick: async () =>
            download(
              file() + "-citation.txt",
              "text/plain;charset=utf-8",
              citationOf(state, rows.length, await fingerprint(csv(rows))) + "\n",
            ),
        },
        "Download citation",
      ),
      h(
        "button",
        { type: "button", class: "quiet", onclick: () => (below.scrollIntoView(), below.focus({ preventScroll: true })) },
        "Fingerprint and code ↓",
      ),
    ),
    table.node,
    below,
  ];
  const takes = Object.fromEntries(Object.entries(FILTERS).map(([key, [test]]) => [key, test]));
  return { node, update, takes: { ...takes, q: isText, sort: isOne(...tableColumns().map((c) => c.name)), down: isOne("0", "1") } };
}

// The filters in words, for a print, which has no controls.
function chosenText(state) {
  const period = `${day(state.from || firstDay)} to ${day(state.until || lastDay)}`;
  const coded = ["measure", "trigger", "reply", "wave", "status"]
    .filter((key) => state[key])
    .map((key) => `${key}: ${meaning("expulsions", key, state[key])}`);
  return [
    `${ofWhom(state.target || "*")}, expelled by ${scopeName(state.expeller || "*")}, ${period}`,
    ...coded,
    ...(state.ground ? [`ground: ${words(state.ground)}`] : []),
    ...(isSearch(state.q) ? [`search: ${state.q.trim()}`] : []),
  ].join("; ");
}

function tableColumns() {
  return [
    { name: "day", label: "Expulsion", value: (e) => `${e.announced_on} ${e.expulsion_id}`, cell: (e) => linkTo(e.expulsion_id) },
    { name: "officials", label: "Officials", number: true, value: (e) => e.officials_best, cell: (e) => [figure(e), spread(e)] },
    { name: "expeller", label: "Expeller", class: "side", value: (e) => name(e.expeller), cell: (e) => h("a", { class: "plain", href: "#" + e.expeller }, name(e.expeller)) },
    { name: "target", label: "Target", class: "side", value: (e) => name(e.target), cell: (e) => h("a", { class: "plain", href: "#" + e.target }, name(e.target)) },
    { name: "unit", label: "Counted", value: (e) => e.counted_unit ?? "", cell: (e) => words(e.counted_unit) || "–" },
    { name: "measure", label: "Measure", value: (e) => e.measure, cell: (e) => words(e.measure) },
    { name: "reply", label: "Reply", value: (e) => e.reply, cell: (e) => words(e.reply) },
    { name: "status", label: "Support", value: (e) => e.status, cell: (e) => words(e.status) },
    { name: "sources", label: "Origins", number: true, value: (e) => e.n_publishers, cell: (e) => number(e.n_publishers) },
  ];
}

export { tableView, tableColumns };
