// Tit for tat: answer edges with lag and ratio, both distributions, and the chain of one dyad in time.

import { day, fill, go, h, number, plural, s, select, sentence, sortable, toDays, words } from "./dom.js";
import {
  TheName, answers, columns, expulsionById, expulsions, firstDay, lastDay, linkedSet, meaning, name, reciprocity, theName,
} from "./data.js";
import { did, setValue } from "./scope.js";
import { partyRows } from "./search.js";
import { canvas, columnsChart, dayTicks, linear, responsive, roving } from "./charts.js";
import { isOne } from "./selection.js";
import { term } from "./terms.js";
import { figured, taken } from "./figures.js";
import { linkTo } from "./evidence_parts.js";

const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length ? (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2 : null;
};
const pairOf = (a, b) => [a, b].sort().join("-");
const pairName = (pair) => pair.split("-").map(name).join(" and ");
const setOf = (edge) => (edge.relation === "retaliation" ? linkedSet.get(edge.expulsion_id) : null);

// The actor that most decisions touch keeps its colour and its lane whoever stands beside it.
const KEPT_COLOUR = [...partyRows()].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0];
const sidesOf = (pair) => pair.split("-").sort((a, b) => (a === KEPT_COLOUR) - (b === KEPT_COLOUR));

function pairs() {
  const found = new Map();
  for (const e of expulsions)
    if (e.status !== "retracted") found.set(pairOf(e.expeller, e.target), (found.get(pairOf(e.expeller, e.target)) || 0) + 1);
  return found;
}

const edgePair = (a) => pairOf(expulsionById.get(a.expulsion_id).expeller, expulsionById.get(a.expulsion_id).target);
const waveOf = (a) => expulsionById.get(a.expulsion_id).wave ?? expulsionById.get(a.answers).wave;

function tit() {
  let state = {};
  const all = pairs();
  const first = [...all].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] || "";
  const order = [...all.keys()].sort((a, b) => (pairName(a) < pairName(b) ? -1 : 1));
  const set = (change) => go("answers", { ...state, ...change });
  const pick = select(
    "Pair",
    [{ value: "", label: "everybody" }, ...order.map((p) => ({ value: p, label: `${pairName(p)} (${all.get(p)})` }))],
    (v) => set({ pair: v }),
  );
  const waves = [...new Set(answers.map(waveOf))].filter(Boolean);
  const waveOptions = (none) => [{ value: "", label: none }, ...waves.map((v) => ({ value: v, label: sentence(meaning("expulsions", "wave", v)) }))];
  const wave = select("Wave", waveOptions("all"), (v) => set({ wave: v }));
  const beside = select("beside", waveOptions("none"), (v) => set({ beside: v }));
  let drawn = { pair: first, edges: [], series: [], sets: [], whole: "" };
  const chain = responsive((width) => chainChart(width, drawn.pair), { class: "chart" });
  const chainNote = h("p", { class: "legend" });
  const lagNote = h("p", { class: "note" });
  const ratioNote = h("p", { class: "note" });
  const lagChart = responsive((width) => columnsChart(width, lagBins(drawn.series), "Days until the answer, by week", "days from announcement to answer"));
  const ratioChart = responsive((width) => columnsChart(width, ratioBins(drawn.sets), "Ratio of answers to first moves", "officials expelled in answer, for each expelled first"));
  const chainSubject = () => {
    const [a, b] = sidesOf(drawn.pair);
    return `Officials of ${theName(a)} and of ${theName(b)}, expelled by each other, ${day(firstDay)} to ${day(lastDay)}`;
  };
  const chainFigure = figured(
    {
      id: "chain",
      title: "Tit for tat",
      subject: chainSubject,
      place: chain,
      data: () => [columns, expulsions.filter((e) => pairOf(e.expeller, e.target) === drawn.pair).map((e) => columns.map((c) => e[c]))],
    },
    chainNote,
    chain,
  );
  const bins = (rows) => rows.map((b) => [b.note || b.label, ...b.counts]);
  const lagFigure = figured(
    { id: "lags", title: "Days until the answer", subject: () => drawn.whole, place: lagChart, data: () => [["days", ...drawn.series.map((v) => v.label)], bins(lagBins(drawn.series))] },
    lagNote,
    lagChart,
  );
  const ratioFigure = figured(
    { id: "ratios", title: "Officials for officials", subject: () => drawn.whole, place: ratioChart, data: () => [["ratio", "sets"], bins(ratioBins(drawn.sets))] },
    ratioNote,
    ratioChart,
  );
  const table = sortable("Answer edges", edgeColumns(), () => drawn.edges, { by: "day", down: true });
  const answerRows = () => [
    ["expulsion_id", "answers", "expeller", "target", "relation", "basis", "lag_days"],
    drawn.edges.map((a) => [a.expulsion_id, a.answers, expulsionById.get(a.expulsion_id).expeller, expulsionById.get(a.expulsion_id).target, a.relation, a.basis, a.lag_days]),
  ];
  const update = (parameters) => {
    state = parameters;
    setValue(pick, state.pair || "");
    setValue(wave, state.wave || "");
    setValue(beside, state.beside || "");
    const edges = answers.filter((a) => !state.pair || edgePair(a) === state.pair);
    const of = (v) => edges.filter((a) => !v || waveOf(a) === v);
    const label = (v) => (v ? sentence(meaning("expulsions", "wave", v)) : "all");
    const lags = (v) => ({ label: label(v), lags: of(v).map((a) => a.lag_days).filter((lag) => lag !== null) });
    const shown = of(state.wave);
    const named = new Set(shown.map((a) => linkedSet.get(a.expulsion_id)).filter(Boolean));
    drawn = {
      pair: state.pair || first,
      edges: shown,
      series: state.beside && state.beside !== state.wave ? [lags(state.wave), lags(state.beside)] : [lags(state.wave)],
      sets: state.pair || state.wave ? [...named] : reciprocity,
      whole: `Answers ${state.pair ? `between ${sidesOf(state.pair).map(theName).join(" and ")}` : "of everybody to everybody"}${state.wave ? `, ${meaning("expulsions", "wave", state.wave)}` : ""}, ${day(firstDay)} to ${day(lastDay)}`,
    };
    fill(chainFigure.querySelector("figcaption"), drawn.pair ? chainSubject() : "");
    for (const figure of [lagFigure, ratioFigure]) fill(figure.querySelector("figcaption"), drawn.whole);
    const [a, b] = sidesOf(drawn.pair);
    fill(
      chainNote,
      h("span", { class: "key one" }),
      `${TheName(a)} expels officials of ${theName(b)} `,
      h("span", { class: "key two" }),
      `${TheName(b)} expels officials of ${theName(a)}. Area: officials known; hollow: no figure or nobody ordered out; an arc leads from a decision to its answer.`,
    );
    fill(
      lagNote,
      drawn.series.map(({ label, lags }, i) => [
        drawn.series.length > 1 ? h("span", { class: "key " + ["one", "two"][i] }) : null,
        drawn.series.length > 1 ? `${label}: ` : null,
        `${plural(lags.length, "answer")} with both days known; median ${median(lags) ?? "–"} days. `,
      ]),
    );
    const known = drawn.sets.filter((r) => r.ratio !== null);
    fill(
      ratioNote,
      `Ratio of the responder's officials to the initiator's over each `,
      term("linked set"),
      `; ${plural(known.length, "set")} with all figures known, median ${median(known.map((r) => r.ratio)) ?? "–"}.`,
    );
    for (const chart of [chain, lagChart, ratioChart]) chart.redraw();
    table.draw();
  };
  const node = [
    h("h1", {}, "Tit for tat"),
    h("form", { class: "scope", "aria-label": "Pair and wave", onsubmit: (event) => event.preventDefault() }, pick, wave, beside),
    h("section", {}, h("h2", {}, "One dyad in time"), chainFigure),
    h("div", { class: "two" }, h("section", {}, h("h2", {}, "Days until the answer"), lagFigure), h("section", {}, h("h2", {}, "Officials for officials"), ratioFigure)),
    h(
      "section",
      {},
      h("h2", {}, "Answers"),
      h(
        "p",
        { class: "note" },
        "Answers are not one to one: the ratio is that of the whole set of decisions tied by retaliation, between its two sides, and empty where a figure is unknown. Solidarity joins another expeller and has no ratio.",
      ),
      table.node,
      taken("answer_lags", answerRows),
    ),
  ];
  return { node, update, takes: { pair: (v) => all.has(v), wave: isOne(...waves), beside: isOne(...waves) } };
}

function edgeColumns() {
  const later = (a) => expulsionById.get(a.expulsion_id);
  const side = (id) => `${name(expulsionById.get(id).expeller)} ${name(expulsionById.get(id).target)}`;
  return [
    { name: "day", label: "Answer", value: (a) => a.expulsion_id, cell: (a) => linkTo(a.expulsion_id) },
    { name: "cause", label: "answers", class: "nowrap", value: (a) => a.answers, cell: (a) => linkTo(a.answers) },
    {
      name: "who",
      label: "Expeller, target",
      value: (a) => side(a.expulsion_id),
      cell: (a) => `${name(later(a).expeller)}, ${name(later(a).target)}`,
    },
    { name: "relation", label: "Relation", value: (a) => a.relation, cell: (a) => a.relation },
    {
      name: "basis",
      label: "Stated by",
      value: (a) => a.basis,
      cell: (a) =>
        (a.basis === "inferred" ? "inferred" : words(a.basis.replace("stated_by_", ""))) +
        (a.denied_by ? `, denied by ${name(a.denied_by)}` : ""),
    },
    { name: "lag", label: "Days", number: true, value: (a) => a.lag_days, cell: (a) => number(a.lag_days) },
    {
      name: "officials",
      label: "Officials",
      number: true,
      value: (a) => later(a).officials_best,
      cell: (a) => h("span", { class: "nowrap" }, `${figureShort(expulsionById.get(a.answers))} → ${figureShort(later(a))}`),
    },
    {
      name: "ratio",
      label: "Ratio of set",
      number: true,
      value: (a) => setOf(a)?.ratio ?? null,
      cell: (a) => (setOf(a)?.ratio == null ? "–" : setOf(a).ratio.toFixed(2)),
    },
  ];
}

const figureShort = (e) => (e.unknown ? "?" : number(e.officials_best ?? 0) + (e.open ? "+" : ""));

// A column of counts for each series.
function lagBins(series) {
  const last = 16;
  const bins = Array.from({ length: last + 1 }, (_, i) => ({
    label: i === last ? `${last * 7}+` : String(i * 7),
    note: i === last ? `${last * 7} days or more` : `${i * 7} to ${i * 7 + 6} days`,
    counts: series.map(() => 0),
  }));
  series.forEach(({ lags }, k) => {
    for (const lag of lags) bins[Math.min(last, Math.max(0, Math.floor(lag / 7)))].counts[k]++;
  });
  return bins;
}

function ratioBins(sets) {
  const bins = [
    ["0", "none", (r) => r === 0],
    ["< ½", "less than half", (r) => r > 0 && r < 0.5],
    ["½–1", "half to less than one", (r) => r >= 0.5 && r < 1],
    ["1", "exactly one", (r) => r === 1],
    ["1–2", "more than one, up to two", (r) => r > 1 && r <= 2],
    ["> 2", "more than two", (r) => r > 2],
    ["?", "a figure is unknown", (r) => r === null],
  ];
  return bins.map(([label, note, test]) => ({ label, note, counts: [sets.filter((r) => test(r.ratio)).length] }));
}

// --- the chain: two lanes over time ---

function chainChart(width, pair) {
  const [a, b] = sidesOf(pair);
  const rows = expulsions.filter((e) => e.status !== "retracted" && pairOf(e.expeller, e.target) === pair);
  if (!rows.length) return h("p", {}, "No expulsion between these two.");
  const narrow = width < 560;
  const edge = { left: narrow ? 14 : 130, right: 24 };
  const lanes = [92, 200];
  const lane = (e) => lanes[e.expeller === a ? 0 : 1];
  const height = 270;
  let [from, to] = [Math.min(...rows.map((e) => toDays(e.announced_on))), Math.max(...rows.map((e) => toDays(e.announced_on)))];
  const pad = Math.max(10, (to - from) * 0.04);
  [from, to] = [from - pad, to + pad];
  const x = linear(from, to, edge.left, width - edge.right);
  const unit = Math.min(3.2, 34 / Math.sqrt(Math.max(1, ...rows.map((e) => e.best))));
  const radius = (e) => (e.officials_best ? Math.max(3.5, Math.sqrt(e.officials_best) * unit) : 4);
  const at = (e) => x(toDays(e.announced_on));
  const inside = new Set(rows.map((e) => e.expulsion_id));
  const arcs = answers
    .filter((l) => inside.has(l.expulsion_id) && inside.has(l.answers))
    .map((l) => {
      const [p, q] = [expulsionById.get(l.answers), expulsionById.get(l.expulsion_id)];
      const [x1, y1, x2, y2] = [at(p), lane(p), at(q), lane(q)];
      const bend = (y1 + y2) / 2;
      return s("path", {
        class: l.basis === "inferred" ? "arc inferred" : "arc",
        d: `M${x1},${y1}C${x1},${bend} ${x2},${bend} ${x2},${y2}`,
      });
    });
  const named = labelledOf(rows, at, radius);
  // The larger lie below the smaller; the arrow keys follow time all the same.
  const circles = [...rows]
    .sort((p, q) => radius(q) - radius(p))
    .map((e) => {
      const kind = e.expeller === a ? "one" : "two";
      const said = `${day(e.announced_on, e.announced_precision)}: ${did(e)}`;
      const above = kind === "one";
      const off = radius(e) + 7;
      return s(
        "a",
        { href: "#" + e.expulsion_id, "aria-label": said, "data-order": e.announced_on },
        s("title", {}, said),
        s("circle", { class: (e.officials_best ? "" : "hollow ") + kind, cx: at(e), cy: lane(e), r: radius(e) }),
        named.has(e)
          ? s("text", { class: "label", x: at(e), y: above ? lane(e) - off : lane(e) + off + 9, "text-anchor": "middle" }, figureShort(e))
          : null,
      );
    });
  const names = [
    ["one", a, lanes[0]],
    ["two", b, lanes[1]],
  ].map(([kind, id, y]) => [
    s("line", { class: "grid", x1: narrow ? 0 : edge.left - 8, x2: width, y1: y, y2: y }),
    s("text", { class: "label lane " + kind, x: 0, y: narrow ? (kind === "one" ? 14 : height - 30) : y + 4 }, `${name(id)} expels`),
  ]);
  return roving(
    canvas(
      width,
      height,
      `Expulsions between ${pairName(pair)} in time; arrow keys move from one to the next`,
      names,
      dayTicks(from, to, Math.max(2, Math.floor(width / 110))).map((t) => [
        s("line", { class: "grid", x1: x(t.at), x2: x(t.at), y1: 24, y2: height - 26 }),
        s("text", { class: "tick", x: Math.min(x(t.at), width - 24), y: height - 8, "text-anchor": "middle" }, t.label),
      ]),
      arcs,
      circles,
    ),
  );
}

// Expulsions whose number has room: the larger first, none beside a larger circle or another number of its lane.
function labelledOf(rows, at, radius) {
  const named = new Set();
  for (const e of [...rows].sort((p, q) => radius(q) - radius(p))) {
    const lane = rows.filter((o) => o !== e && o.expeller === e.expeller);
    const covered = lane.some((o) => radius(o) > radius(e) && Math.abs(at(o) - at(e)) < radius(o) + 8);
    if (!covered && !lane.some((o) => named.has(o) && Math.abs(at(o) - at(e)) < 22)) named.add(e);
  }
  return named;
}

export { pairOf, tit };
