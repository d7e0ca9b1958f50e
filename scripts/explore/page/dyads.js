// Dyads: a map and two-sided bars of who expelled whom, and a matrix of chosen states, for a period; a cell leads to its expulsions.

import { address, dateField, day, fill, go, h, inside, number, plural, scrolling, select } from "./dom.js";
import { TheName, actors, columns, expulsions, firstDay, grouped, lastDay, name, theName } from "./data.js";
import {
  HUB, beyondText, bounds, bracketed, firstHalf, halfName, halves, howMany, isScope, knownText, lackingText, members, scopeOptions,
  searched, setValue, subject, sumText, totals,
} from "./scope.js";
import { responsive, roving, step } from "./charts.js";
import { isActor, isDay, isOne } from "./selection.js";
import { figured, taken } from "./figures.js";
import { listOf } from "./evidence_parts.js";
import { BORDERS, mapSteps, shades, worldMap } from "./map.js";
import { SIDES, sideBars, sideHeads, sideRow, sideText, weight } from "./country.js";

function dyads() {
  let state = {};
  const set = (change) => go("dyads", { ...state, ...change });
  const from = dateField("Announced from", (v) => set({ from: v }));
  const until = dateField("until", (v) => set({ until: v }));
  const measure = select(
    "Show",
    [
      { value: "officials", label: "officials known" },
      { value: "decisions", label: "decisions" },
    ],
    (v) => set({ show: v }),
  );
  const order = select(
    "Order",
    [
      { value: "total", label: "by total" },
      { value: "name", label: "by name" },
      { value: "region", label: "by UN region" },
    ],
    (v) => set({ order: v }),
  );
  const chosen = h("section", { id: "chosen", tabindex: "-1", "aria-label": "Expulsions of the chosen dyad" });
  const matrix = h("div");
  const note = h("p", { class: "note" });
  const answer = h("p", { class: "answer", role: "status" });
  const about = h("p", { class: "subject" });
  const side = select(
    "Map of",
    [
      { value: "expeller", label: "those who expel" },
      { value: "target", label: "those expelled" },
    ],
    (v) => set({ side: v }),
  );
  const chosenStates = select("Matrix of", [{ value: "", label: "those with most decisions" }, ...scopeOptions("expeller", "all")], (v) => set({ states: v }));
  let flows = [];
  let link = null;
  let drawn = { sums: new Map(), entries: [] };
  let whole = null;
  const value = (sums) => shownIn(sums, state.show);
  const told = (id) =>
    `${name(id)}: ${state.side === "target" ? "its officials expelled" : "officials expelled by it"}: ${sideText(drawn.sums.get(id))}`;
  const map = responsive((width) => worldMap(width, drawn.sums, value, told), { class: "chart" });
  const bars = responsive((width) => (drawn.entries.length ? sideBars(width, drawn.entries.slice(0, BARS), "Actors") : h("p", {}, "No expulsion in this period.")), { class: "chart" });
  const cellRows = () => [
    ["expeller", "target", "decisions", "officials_known", "officials_low", "officials_high", "n_unknown", "n_open", "posts_cut"],
    flows.map((c) => [c.expeller, c.target, c.decisions, c.known, c.low, c.high, c.unknown, c.open, c.posts]),
  ];
  const mapSubject = () => `${state.side === "target" ? "Whose officials were expelled" : "Who expelled officials"}, ${day(whole.since)} to ${day(whole.until)}`;
  const mapKey = h("p", { class: "legend" });
  const mapFigure = figured(
    {
      id: "map",
      title: "Diplomatic expulsions",
      subject: mapSubject,
      place: map,
      data: () => [["actor", ...SIDES], [...drawn.sums].map(([id, sums]) => [id, ...SIDES.map((k) => sums[k])])],
    },
    mapKey,
    map,
    h("p", { class: "note said" }, BORDERS),
  );
  const barFigure = figured(
    {
      id: "bars",
      title: "Who expelled, and whose officials were expelled",
      subject: () => subject(whole),
      place: bars,
      data: () => [["actor", ...sideHeads], drawn.entries.map((p) => [p.short, ...sideRow(p)])],
    },
    h(
      "p",
      { class: "legend" },
      h("span", { class: "key two" }),
      "its officials expelled ",
      h("span", { class: "key one" }),
      "expelled by it. A thin line reaches from low to high; ? stands for decisions without a published figure.",
    ),
    bars,
  );

  const update = (parameters) => {
    const before = state;
    state = parameters;
    const period = { from: state.from || firstDay, until: state.until || lastDay };
    const rows = expulsions.filter((e) => e.counts && period.from <= e.announced_on && e.announced_on <= period.until);
    whole = { target: "*", expeller: "*", since: period.from, until: period.until };
    for (const node of [about, barFigure.querySelector("figcaption")]) fill(node, subject(whole));
    fill(mapFigure.querySelector("figcaption"), mapSubject());
        setValue(side, state.side || "expeller");
    setValue(chosenStates, state.states || "");
    drawn = { for: drawn.for, sums: new Map([...grouped(rows, state.side || "expeller")].map(([id, own]) => [id, totals(own)])), entries: entriesOf(rows) };
    const noun = state.show === "decisions" ? "decisions" : "officials known";
    fill(mapKey, shades(mapSteps(drawn.sums, value), state.show === "decisions" ? "none" : "none known", noun));
    setValue(from, period.from);
    setValue(until, period.until);
    setValue(measure, state.show || "officials");
    setValue(order, state.order || "total");
    const cells = new Map();
    for (const e of rows) {
      const key = `${e.expeller} ${e.target}`;
      if (!cells.has(key)) cells.set(key, { expeller: e.expeller, target: e.target, rows: [] });
      cells.get(key).rows.push(e);
    }
    for (const c of cells.values()) Object.assign(c, totals(c.rows));
    const pair = state.expeller && state.target ? [[state.expeller, state.target], [state.target, state.expeller]] : null;
    const asked = (pair ?? [["*", "*"]]).map(([expeller, target]) => ({ ...whole, expeller, target }));
    const of = (scope) => rows.filter((e) => ["expeller", "target"].every((side) => [e[side], "*"].includes(scope[side])));
    fill(answer, asked.map((scope, i) => [i ? h("br") : null, howMany(totals(of(scope)), scope)]), beyondText(asked[0]));
    link = (expeller, target) => address("dyads", { ...state, expeller, target });
    flows = [...cells.values()];
    const shown = inMatrix(flows, state.states, period.until);
    fill(matrix, shown.length ? roving(matrixTable(shown, cells, period, state, link)) : h("p", {}, "No expulsion between these in this period."));
    fill(
      note,
      shown.length < flows.length ? `${plural(shown.length, "dyad")} of ${number(flows.length)}, sums too: choose another set of states, or all. ` : "",
      "Rows order officials out, columns employ them. ",
      state.show === "decisions"
        ? "Numbers count decisions. "
        : "Numbers add up best figures; + stands for a figure that is open above, ? for decisions without a published figure, and 0 for decisions that ordered nobody out. ",
      halves
        ? `A dot: looked for by name on both sides throughout, nothing found. Blank: not looked for by name on both sides, so the absence means nothing. Such searches reach from ${halfName(firstHalf)} to ${halfName(halves - 1)}; nothing is said of other times.`
        : "Blank: not looked for by name on both sides, so the absence means nothing.",
    );
    fill(chosen, state.expeller && state.target ? chosenDyad(state, rows) : null);
    // A pair that is chosen or closed changes neither of them.
    const drawnFor = ["from", "until", "show", "side"].map((key) => state[key] ?? "").join();
    if (drawn.for !== drawnFor) for (const chart of [map, bars]) chart.redraw();
    drawn.for = drawnFor;
    const moved = state.expeller !== before.expeller || state.target !== before.target;
    if (moved && state.expeller && state.target)
      requestAnimationFrame(() => (chosen.focus({ preventScroll: true }), chosen.scrollIntoView({ block: "start" })));
  };
  const node = [
    h("h1", {}, "Dyads"),
    h(
      "form",
      { class: "scope", "aria-label": "Period and measure", onsubmit: (event) => event.preventDefault() },
      from,
      until,
      measure,
      side,
    ),
    answer,
    chosen,
    h("section", {}, h("h2", {}, "Map"), mapFigure),
    h("section", {}, h("h2", {}, "Both sides"), barFigure),
    h("section", {}, h("h2", {}, "Matrix"), h("form", { class: "scope", "aria-label": "Matrix", onsubmit: (event) => event.preventDefault() }, chosenStates, order), about, note, matrix, taken("dyads", cellRows)),
  ];
  const takes = { from: isDay, until: isDay, show: isOne("officials", "decisions"), order: isOne("total", "name", "region") };
  return { node, update, takes: { ...takes, expeller: isActor, target: isActor, side: isOne("expeller", "target"), states: isScope } };
}

const BARS = 30;

// Both directions of every actor, the largest sums first.
function entriesOf(rows) {
  const [made, suffered] = [grouped(rows, "expeller"), grouped(rows, "target")];
  return [...new Set([...made.keys(), ...suffered.keys()])]
    .map((id) => {
      const entry = { short: id, label: name(id), href: "#" + id, made: totals(made.get(id) ?? []), suffered: totals(suffered.get(id) ?? []) };
      return { ...entry, said: `${entry.label}. Expelled by it: ${sideText(entry.made)}. Its officials expelled: ${sideText(entry.suffered)}` };
    })
    .sort((a, b) => weight(b) - weight(a) || (a.label < b.label ? -1 : 1));
}

// A matrix that nobody can read shows the actors with most decisions; with a set chosen, the dyads between it and anybody in it, or of one actor.
const READABLE = 400;
const FOREMOST = 16;
function inMatrix(cells, scope, until) {
  if (scope && actors.has(scope)) return cells.filter((c) => c.expeller === scope || c.target === scope);
  if (scope) {
    const of = members(scope, until);
    return scope === "*" ? cells : cells.filter((c) => of.has(c.expeller) && (of.has(c.target) || c.target === HUB || HUB === "*") || (of.has(c.target) && c.expeller === HUB));
  }
  const sides = ["expeller", "target"].map((side) => new Set(cells.map((c) => c[side])).size);
  if (sides[0] * sides[1] <= READABLE) return cells;
  const decisions = new Map();
  for (const c of cells) for (const id of [c.expeller, c.target]) decisions.set(id, (decisions.get(id) ?? 0) + c.decisions);
  const first = new Set([...decisions].sort((a, b) => b[1] - a[1]).slice(0, FOREMOST).map(([id]) => id));
  return cells.filter((c) => first.has(c.expeller) && first.has(c.target));
}

const shownIn = (cell, show) => (show === "decisions" ? cell.decisions : (cell.known ?? 0));
const cellText = (cell, show) => (show === "decisions" ? number(cell.decisions) : sumText(cell));

// The totals of all cells of each actor on one side, and the order of these actors.
function ordered(cells, side, state) {
  const sums = new Map();
  const texts = new Map();
  for (const [id, own] of grouped(cells, side)) {
    const all = totals(own.flatMap((c) => c.rows));
    sums.set(id, shownIn(all, state.show));
    texts.set(id, cellText(all, state.show));
  }
  const ids = [...sums.keys()];
  const region = (id) => `${actors.get(id)?.un_region ?? "~"} ${actors.get(id)?.un_subregion ?? ""} ${name(id)}`;
  if (state.order === "name") ids.sort((a, b) => (name(a) < name(b) ? -1 : 1));
  else if (state.order === "region") ids.sort((a, b) => (region(a) < region(b) ? -1 : 1));
  else ids.sort((a, b) => sums.get(b) - sums.get(a) || (name(a) < name(b) ? -1 : 1));
  return { ids, sums, texts };
}

function matrixTable(cells, byKey, period, state, link) {
  const rows = ordered(cells, "expeller", state);
  const heads = ordered(cells, "target", state);
  const all = totals(cells.flatMap((c) => c.rows));
  return scrolling(
    "Matrix of expellers and targets",
    h(
      "table",
      { class: "matrix" },
      h("caption", { class: "hidden" }, "Expellers in rows, targets in columns"),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "col" }, "Expeller"),
          h("th", { scope: "col", class: "sum" }, "Sum"),
          heads.ids.map((id) => h("th", { scope: "col", title: name(id) }, h("abbr", { title: name(id) }, id))),
        ),
      ),
      h(
        "tbody",
        {},
        rows.ids.map((expeller) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, name(expeller)),
            h("td", { class: "sum" }, rows.texts.get(expeller)),
            heads.ids.map((target) => matrixCell(byKey.get(`${expeller} ${target}`), expeller, target, period, state, link)),
          ),
        ),
      ),
      h(
        "tfoot",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "row" }, "Sum"),
          h("td", { class: "sum" }, cellText(all, state.show)),
          heads.ids.map((id) => h("td", {}, heads.texts.get(id))),
        ),
      ),
    ),
  );
}

// Of a matrix of all states these are nearly all cells.
const NONE_FOUND = h("td", { class: "none" }, h("span", { "aria-label": "looked for by name on both sides, none found", role: "img" }, "·"));
const NOT_SOUGHT = h("td");

function matrixCell(found, expeller, target, period, state, link) {
  if (expeller === target) return h("td", { class: "self" });
  if (!found)
    return (searched(expeller, target, period.from, period.until) ? NONE_FOUND : NOT_SOUGHT).cloneNode(true);
  const said = `${name(expeller)} against ${name(target)}: ${plural(found.decisions, "decision")}, ${knownText(found)}${bracketed(bounds(found))}${lackingText(found.unknown)}`;
  const on = state.expeller === expeller && state.target === target;
  return h(
    "td",
    { class: "q" + step(shownIn(found, state.show)) },
    h(
      "a",
      { href: link(expeller, target), title: said, "aria-label": said, "aria-current": on ? "true" : null },
      cellText(found, state.show),
    ),
  );
}

function chosenDyad(state, rows) {
  const one = rows.filter((e) => e.expeller === state.expeller && e.target === state.target);
  const back = rows.filter((e) => e.expeller === state.target && e.target === state.expeller);
  const part = (list, a, b) => [
    h("h3", {}, `${TheName(a)} against officials of ${theName(b)}`),
    list.length ? listOf(list, `${name(a)} against ${name(b)}`) : h("p", {}, "None found in this period."),
  ];
  return [
    h("h2", {}, `${name(state.expeller)} and ${name(state.target)}`),
    part(one, state.expeller, state.target),
    part(back, state.target, state.expeller),
    one.length + back.length ? taken("expulsions", () => [columns, [...one, ...back].map((e) => columns.map((c) => e[c]))]) : null,
    h(
      "p",
      { class: "actions" },
      inside("table", { expeller: state.expeller, target: state.target, from: state.from, until: state.until }, "Open in the table"),
      inside("answers", { pair: [state.expeller, state.target].sort().join("-") }, "Draw in time"),
      inside("dyads", { ...state, expeller: "", target: "" }, "Close"),
    ),
  ];
}

export { dyads };
