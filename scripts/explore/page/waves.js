// Waves side by side: each aligned on the day of its first decision; then each expeller that joined more than one.

import { lib } from "./vendor.js";
import { LATEST, day, fill, go, h, inside, number, plural, select, sentence, toDays, words } from "./dom.js";
import { core, expulsions, meaning, name } from "./data.js";
import { bounds, bracketed, byName, ofWhom, setValue, sumText, totals } from "./scope.js";
import { responsive } from "./charts.js";
import { isOne } from "./selection.js";
import { figured, taken } from "./figures.js";
import { plainTable } from "./evidence_parts.js";

const WAVES = Object.keys(core.labels.expulsions.wave)
  .map((id) => ({ id, label: sentence(meaning("expulsions", "wave", id)), rows: expulsions.filter((e) => e.wave === id && e.counts) }))
  .filter((w) => w.rows.length > 1)
  .map((w) => ({ ...w, start: w.rows.reduce((a, e) => (e.announced_on < a ? e.announced_on : a), LATEST) }))
  .map((w) => ({ ...w, short: sentence(words(w.id)).replace(/^Us /, "US ") }))
  .sort((a, b) => (a.start < b.start ? -1 : 1));
const knownIn = (rows) => rows.reduce((sum, e) => sum + e.best, 0);
const LARGEST = [...WAVES].sort((a, b) => knownIn(b.rows) - knownIn(a.rows) || b.rows.length - a.rows.length);

// As many are drawn as there are colours to tell them apart; the rest stand grey behind them.
const COLOURS = 7;
const coloursOf = (ids) => new Map(LARGEST.filter((w) => ids.includes(w.id)).map((w, i) => [w.id, i + 1]));
const wavesOf = (text) => text.split("-");

// Sums day by day, as steps from the first day to the last of the span.
function stepsOf(rows, start, span, series) {
  const days = [...rows].map((e) => ({ e, at: toDays(e.announced_on) - toDays(start) })).filter((d) => d.at <= span).sort((a, b) => a.at - b.at);
  const found = [];
  const sums = { known: 0, low: 0, high: 0, decisions: 0, unknown: 0, open: 0 };
  for (const { e, at } of days) {
    for (const [key, value] of [["known", e.best], ["low", e.low], ["high", e.high], ["decisions", 1], ["unknown", +e.unknown], ["open", +e.open]]) sums[key] += value;
    if (found.at(-1)?.at !== at) found.push({ ...series, at });
    Object.assign(found.at(-1), sums);
  }
  if (found.length) found.push({ ...found.at(-1), at: span, end: true });
  return found;
}

const SPANS = [30, 90, 365];

function wavesView() {
  let state = {};
  const set = (change) => go("waves", { ...state, ...change });
  const span = select("Days shown", SPANS.map((v) => ({ value: String(v), label: `${v} days from the first decision` })), (v) => set({ days: v }));
  const sides = [...new Set(WAVES.flatMap((w) => w.rows.map((e) => e.target)))];
  const target = select("Officials of", [{ value: "", label: "anybody" }, ...byName(sides)], (v) => set({ target: v }));
  const drawn = { all: [], panels: [], span: 90, colours: new Map() };
  const chart = responsive((width) => waveChart(width, drawn), { class: "chart" });
  const panels = responsive((width) => wavePanels(width, drawn), { class: "chart" });
  const told = () => `${ofWhom(state.target || "*")} expelled in a wave, by days from its first decision`;
  const heads = ["wave", "day", "decisions", "officials_known", "officials_low", "officials_high", "n_unknown"];
  const row = (d) => [d.wave, d.at, d.decisions, d.known, d.low, d.unknown + d.open ? null : d.high, d.unknown];
  const keys = [h("p", { class: "legend" }), h("p", { class: "legend" })];
  const key = () => WAVES.filter((w) => drawn.colours.has(w.id)).map((w) => [h("span", { class: "nowrap" }, h("span", { class: `key w${drawn.colours.get(w.id)}` }), `${w.short}, from ${day(w.start)}`), " "]);
  const whole = figured({ id: "waves", title: "Waves side by side", subject: told, place: chart, data: () => [heads, drawn.all.map(row)] }, keys[0], chart);
  const each = figured(
    { id: "panels", title: "Waves by expeller", subject: told, place: panels, data: () => [["expeller", ...heads], drawn.panels.map((d) => [d.expeller, ...row(d)])] },
    keys[1],
    panels,
  );
  const rowsOf = (w) => w.rows.filter((e) => !state.target || e.target === state.target);
  const note = h("p", { class: "note" });
  const table = h("div");
  const update = (parameters) => {
    state = parameters;
    setValue(span, state.days || "90");
    setValue(target, state.target || "");
    drawn.span = +(state.days || 90);
    const shown = WAVES.filter((w) => rowsOf(w).length);
    const usual = LARGEST.filter((w) => rowsOf(w).length).slice(0, COLOURS).map((w) => w.id);
    const asked = state.of ? wavesOf(state.of) : usual;
    drawn.colours = coloursOf(asked.filter((id) => shown.some((w) => w.id === id)).slice(0, COLOURS));
    const [ids, full] = [[...drawn.colours.keys()], drawn.colours.size === COLOURS];
    drawn.all = shown.flatMap((w) => stepsOf(rowsOf(w), w.start, drawn.span, { wave: w.id }));
    const coloured = WAVES.filter((w) => drawn.colours.has(w.id));
    const joined = new Map();
    for (const w of coloured) for (const id of new Set(rowsOf(w).map((e) => e.expeller))) joined.set(id, (joined.get(id) ?? 0) + 1);
    const first = [...joined].filter(([, n]) => n > 1).map(([id]) => id).sort((a, b) => (name(a) < name(b) ? -1 : 1));
    drawn.panels = first.flatMap((id) =>
      coloured.flatMap((w) => stepsOf(rowsOf(w).filter((e) => e.expeller === id), w.start, drawn.span, { wave: w.id, expeller: id })),
    );
    for (const figure of [whole, each]) fill(figure.querySelector("figcaption"), told());
    for (const legend of keys) fill(legend, key());
    fill(note, `${plural(first.length, "expeller")} took part in more than one of the waves that are drawn in colour. A wave is a named crisis to which a source links the decision; lines are sums of best figures, bands run from low to high.`);
    const box = (w) => {
      const on = drawn.colours.has(w.id);
      const change = () => set({ of: (on ? ids.filter((id) => id !== w.id) : [...ids, w.id]).join("-") });
      const control = h("input", { type: "checkbox", id: "draw-" + w.id, "aria-label": `Draw ${w.label} in colour`, disabled: on ? ids.length === 1 : full, onchange: change });
      control.checked = on;
      return [control, h("span", { class: on ? `key w${drawn.colours.get(w.id)}` : "key none" })];
    };
    const held = table.contains(document.activeElement) && document.activeElement.id;
    fill(
      table,
      plainTable(
        "Waves",
        ["Wave", "First decision", "Decisions", "Expellers", "Officials known", "Half of them within"],
        shown.map((w) => {
          const rows = rowsOf(w);
          const sums = totals(rows);
          return [[box(w), inside("table", { wave: w.id }, w.label)], w.start, sums.decisions, sums.expellers, `${sumText(sums)}${bracketed(bounds(sums))}`, halfWithin(rows, w.start)];
        }),
        [2, 3, 4, 5],
      ),
      h("p", { class: "note" }, `Up to ${COLOURS} waves are drawn in colour; the box before a name chooses it. At first those with most officials.`),
    );
    if (held) document.getElementById(held)?.focus();
    chart.redraw();
    panels.redraw();
  };
  const node = [
    h("h1", {}, "Waves"),
    h("p", { class: "lead" }, "Decisions that sources tie to one crisis, each wave beside the others from its first day on."),
    h("form", { class: "scope", "aria-label": "Days and officials", onsubmit: (event) => event.preventDefault() }, span, target),
    table,
    taken("waves", () => [
      ["wave", "first_decision", "decisions", "expellers", "officials_known", "officials_low", "officials_high", "n_unknown"],
      WAVES.map((w) => [w, totals(rowsOf(w))])
        .filter(([, sums]) => sums.decisions)
        .map(([w, sums]) => [w.id, w.start, sums.decisions, sums.expellers, sums.known, sums.low, sums.high, sums.unknown]),
    ]),
    h("section", {}, h("h2", {}, "From the first day on"), whole),
    h("section", {}, h("h2", {}, "By expeller"), note, each),
  ];
  return { node, update, takes: { days: isOne(...SPANS.map(String)), target: isOne(...sides), of: (v) => wavesOf(v).every((id) => WAVES.some((w) => w.id === id)) } };
}

function halfWithin(rows, start) {
  const sum = rows.reduce((total, e) => total + e.best, 0);
  let reached = 0;
  for (const e of [...rows].sort((a, b) => (a.announced_on < b.announced_on ? -1 : 1))) {
    reached += e.best;
    if (sum && reached * 2 >= sum) return plural(toDays(e.announced_on) - toDays(start), "day");
  }
  return "–";
}

const scaleOfColours = (colours) => ({ domain: [...colours.keys()], range: [...colours.values()].map((i) => `var(--c${i})`) });
const labelOf = (id) => WAVES.find((w) => w.id === id).short;
const toldAt = (d) => `${labelOf(d.wave)}, day ${d.at}\n${d.decisions} decisions, ${number(d.known)} known${bracketed(bounds({ low: d.low, high: d.unknown + d.open ? null : d.high }))}`;

// A drawing of Plot's is one picture with one name; the groups in it have no role that takes a name of their own.
function plotted(options) {
  const svg = lib.plot({ className: "plot", ...options });
  svg.setAttribute("role", "img");
  for (const group of svg.querySelectorAll("g[aria-label]")) group.removeAttribute("aria-label");
  return svg;
}

function waveChart(width, { all, span, colours }) {
  const ends = WAVES.map((w) => all.filter((d) => d.wave === w.id).at(-1)).filter(Boolean);
  const [one, others] = [all.filter((d) => colours.has(d.wave)), all.filter((d) => !colours.has(d.wave))];
  return plotted({
    width,
    height: Math.max(280, Math.min(420, width * 0.5)),
    marginLeft: 44,
    marginRight: width < 600 ? 12 : 190,
    ariaLabel: `Officials expelled in each wave, by days from its first decision. ${ends.map((d) => `${labelOf(d.wave)}: ${number(d.known)}`).join("; ")}`,
    x: { domain: [0, span], label: "days from the first decision" },
    y: { label: null, grid: true, nice: true },
    color: scaleOfColours(colours),
    marks: [
      lib.ruleY([0]),
      lib.lineY(others, { x: "at", y: "known", z: "wave", stroke: "var(--rule)", strokeWidth: 1, curve: "step-after" }),
      lib.areaY(one, { x: "at", y1: "low", y2: "high", z: "wave", fill: "wave", fillOpacity: 0.15, curve: "step-after" }),
      lib.lineY(one, { x: "at", y: "known", z: "wave", stroke: "wave", strokeWidth: 2, curve: "step-after" }),
      width < 600 ? null : lib.text(apart(ends.filter((d) => colours.has(d.wave))), { x: "at", y: "place", text: (d) => `${labelOf(d.wave)} ${number(d.known)}`, fill: "wave", textAnchor: "start", dx: 6 }),
      lib.tip(all, lib.pointer({ x: "at", y: "known", title: toldAt })),
    ],
  });
}

// Labels of lines that end close together stand apart.
function apart(ends) {
  const gap = Math.max(...ends.map((d) => d.known)) / 22;
  let last = -Infinity;
  return [...ends].sort((a, b) => a.known - b.known).map((d) => ({ ...d, place: (last = Math.max(d.known, last + gap)) }));
}

function wavePanels(width, { panels, span, colours }) {
  if (!panels.length) return h("p", {}, "No expeller took part in more than one of these waves.");
  const ids = [...new Set(panels.map((d) => d.expeller))];
  const columns = Math.max(2, Math.floor(width / 190));
  const at = new Map(ids.map((id, i) => [id, [i % columns, Math.floor(i / columns)]]));
  const place = { fx: (d) => at.get(d.expeller)[0], fy: (d) => at.get(d.expeller)[1] };
  return plotted({
    width,
    height: 20 + 96 * Math.ceil(ids.length / columns),
    marginLeft: 28,
    ariaLabel: `Officials expelled in each wave, a panel for each of ${ids.map(name).join(", ")}`,
    fx: { axis: null, padding: 0.12 },
    fy: { axis: null, padding: 0.28 },
    x: { domain: [0, span], label: null, ticks: 3 },
    y: { type: "sqrt", label: null, ticks: [10, 50, 200], grid: true },
    color: scaleOfColours(colours),
    marks: [
      lib.ruleY([0]),
      lib.lineY(panels, { ...place, x: "at", y: "known", z: "wave", stroke: "wave", strokeWidth: 1.6, curve: "step-after" }),
      lib.dot(panels.filter((d) => !d.end), { ...place, x: "at", y: "known", fill: "wave", r: 2 }),
      lib.text(ids, { fx: (id) => at.get(id)[0], fy: (id) => at.get(id)[1], text: name, frameAnchor: "top-left", dy: -12, fontWeight: 600 }),
      lib.tip(panels, lib.pointer({ ...place, x: "at", y: "known", title: toldAt })),
    ],
  });
}

export { WAVES, wavesView };
