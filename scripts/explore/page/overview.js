// Overview: headline numbers, the running total with published totals, a calendar.

import { lib } from "./vendor.js";
import { address, dateField, day, fill, go, h, number, plural, s, scrolling, select, toDays, toIso } from "./dom.js";
import { actors, claims, core, disagreementOf, expulsions, firstDay, grouped, lastDay, records } from "./data.js";
import {
  HUB, QUALIFIED, beyond, beyondText, bothEnds, bounds, howMany, inScope, isScope, promisedFrom, promises, scopeOptions, searched,
  setValue, subject, totals,
} from "./scope.js";
import { calendar, canvas, curve, dayTicks, linear, monthGrid, responsive, stepNames } from "./charts.js";
import { isDay, isOne } from "./selection.js";
import { term } from "./terms.js";
import { figured, quiet } from "./figures.js";
import { WAVES } from "./waves.js";

const INVASION = "2022-02-24";

// The period is the one asked for, or it reaches from where the page begins, or the first day, to the last.
function overviewScope({ target, expeller, since, until }) {
  const usual = HUB === "*" ? promisedFrom : INVASION;
  const from = since || (until && until < usual ? firstDay : usual);
  return { target: target || HUB, expeller: expeller || "*", since: from, until: until || (from > lastDay ? from : lastDay) };
}

function overview() {
  const set = (change) => go("overview", { ...state, ...change });
  let state = {};
  const target = select("Officials of", scopeOptions("target", "any actor"), (v) => set({ target: v }));
  const expeller = select("expelled by", scopeOptions("expeller", "anyone"), (v) => set({ expeller: v }));
  const since = dateField("from", (v) => set({ since: v }));
  const until = dateField("until", (v) => set({ until: v }));
  const others = h("input", { type: "checkbox", onchange: () => set({ others: others.checked ? "1" : "" }) });
  const numbers = h("dl", { class: "headline", "aria-live": "polite" });
  const answer = h("p", { class: "answer", role: "status" });
  const caption = h("p", { class: "note" });
  const marksNote = h("p", { class: "legend" });
  const table = h("div");
  const calendarNote = h("p", { class: "note" });
  let drawn = { rows: [], marks: [], from: 0, to: 1, days: [], byDay: new Map(), byMonth: new Map(), daily: true };
  const line = responsive((width) => curve(width, drawn), { class: "chart tall" });
  const strip = responsive(
    (width, paper) => (drawn.daily ? calendar(width, drawn.byDay, drawn.link, { ...drawn, paper }) : monthGrid(width, drawn.byMonth, drawn.link, drawn)),
    { class: "chart" },
  );
  const timeline = responsive((width) => brushed(width, drawn.from, drawn.to, (a, b) => set({ since: a, until: b })), { class: "chart brush" });
  const presets = h(
    "p",
    { class: "actions presets" },
    PRESETS.map(([label, since]) => quiet(label, () => set({ since, until: "" }), { "aria-pressed": "false", "data-since": since })),
  );

  // A row for each day is drawn once somebody looks.
  const unfold = () => table.firstChild || fill(table, steps(drawn.days, drawn.marks));
  const folded = h(
    "details",
    { ontoggle: () => folded.open && unfold() },
    h("summary", { onclick: unfold }, "The same as a table"),
    table,
  );
  const told = () => subject(overviewScope(state));
  const running = figured(
    {
      id: "total",
      title: "Running total of officials expelled",
      subject: told,
      place: line,
      data: () => [
        ["day", "officials_known", "officials_low", "officials_high", "n_unknown", "n_open"],
        drawn.days.map((d) => [d.iso, d.known, d.low, d.unknown + d.open ? null : d.high, d.unknown, d.open]),
      ],
    },
    caption,
    line,
    marksNote,
    h("p", { class: "note brush-note" }, "Draw the ends of the period below; the fields above take days by hand."),
    timeline,
  );
  const days = figured(
    {
      id: "calendar",
      title: "Officials expelled, by day or month of announcement",
      subject: told,
      place: strip,
      data: () => [
        [drawn.daily ? "day" : "month", "decisions", "officials_known", "officials_low", "officials_high", "n_unknown"],
        [...(drawn.daily ? drawn.byDay : drawn.byMonth)].sort().map(([when, d]) => [when, d.decisions, d.known, d.low, d.high, d.unknown]),
      ],
    },
    calendarNote,
    strip,
  );

  const update = (parameters) => {
    state = parameters;
    const scope = overviewScope(state);
    for (const figure of [running, days]) fill(figure.querySelector("figcaption"), subject(scope));
    setValue(target, scope.target);
    setValue(expeller, scope.expeller);
    setValue(since, scope.since);
    setValue(until, scope.until);
    others.checked = Boolean(state.others);
    const rows = inScope(scope);
    const sums = totals(rows);
    fill(answer, howMany(sums, scope) + beyondText(scope));
    fill(numbers, headline(sums, rows));
    drawn = picture(scope, rows, Boolean(state.others));
    fill(
      caption,
      `Best figures of ${plural(sums.decisions, "decision")}, summed by day of announcement, as known today. The band runs from low to high, the bounds of all standing statements. `,
      sums.unknown
        ? `${plural(sums.unknown, "decision")} without a published figure ${sums.unknown === 1 ? "is" : "are"} not in the line: the total has no upper end. `
        : null,
      sums.open
        ? `${plural(sums.open, "figure")} ${sums.open === 1 ? "is" : "are"} open above: there the band ends at the best figure. `
        : null,
    );
    const same = drawn.marks.filter((m) => m.same).length;
    fill(
      marksNote,
      h("span", { class: "key line" }),
      "our total ",
      h("span", { class: "key band" }),
      "low to high ",
      h("span", { class: "key diamond" }),
      `published total of the same scope (${same})`,
      state.others ? [" ", h("span", { class: "key diamond other" }), `of another scope (${drawn.marks.length - same})`] : null,
    );
    fill(table, folded.open ? steps(drawn.days, drawn.marks) : null);
    const vague = rows.filter((e) => (drawn.daily ? e.announced_precision !== "day" : e.announced_precision === "year")).length;
    fill(
      calendarNote,
      `Officials known, by ${drawn.daily ? "day" : "month"} of announcement. `,
      h("span", { class: "nowrap" }, h("span", { class: "key empty" }), "searched by name, nothing found"),
      " ",
      h("span", { class: "nowrap" }, h("span", { class: "key unsought" }), "not searched by name"),
      " ",
      h("span", { class: "nowrap" }, h("span", { class: "key outside" }), "outside the scope"),
      `. A blank ${drawn.daily ? "day" : "month"} is never counted as a zero. `,
      h("span", { class: "nowrap" }, h("span", { class: "key q0" }), "none known"),
      " ",
      stepNames().map((n, i) => [h("span", { class: "nowrap" }, h("span", { class: "key q" + (i + 1) }), n), " "]),
      vague ? `officials. ${plural(vague, "decision")} of which only the ${drawn.daily ? "month or year" : "year"} is known ${vague === 1 ? "is" : "are"} left out.` : "officials.",
    );
    for (const button of presets.children)
      button.setAttribute("aria-pressed", String(button.dataset.since === scope.since && scope.until === lastDay));
    line.redraw();
    strip.redraw();
    timeline.redraw();
  };
  const node = [
    h("h1", {}, "Overview"),
    h("p", { class: "lead" }, core.about.description),
    h("form", { class: "scope", "aria-label": "Scope", onsubmit: (event) => event.preventDefault() }, target, expeller, since, until),
    presets,
    answer,
    numbers,
    h(
      "section",
      {},
      h("h2", {}, "Running total"),
      running,
      h("label", { class: "check" }, others, "Show published totals of other scopes too"),
      folded,
    ),
    h("section", {}, h("h2", {}, "Calendar"), days),
  ];
  return { node, update, takes: { target: isScope, expeller: isScope, since: isDay, until: isDay, others: isOne("1") } };
}

// What to say beside a sum: its bounds, or that print agrees, where it does.
function agreement(sums, rows) {
  const ends = bounds(sums);
  if (ends) return sums.high === null ? `in all ${ends}` : `low to high ${ends}`;
  if (sums.high === null || !rows.some((e) => e.officials_best !== null)) return "";
  if (rows.some((e) => disagreementOf.has(e.expulsion_id))) return "standing figures agree";
  return rows.some((e) => e.n_figures > 1) ? "printed figures agree" : "each printed once";
}

function headline(sums, rows) {
  const item = (value, label, note) =>
    h("div", {}, h("dt", {}, label), h("dd", {}, h("strong", {}, value), note ? h("span", {}, note) : null));
  return [
    item(sums.known === null ? "?" : number(sums.known), term("best figure", "officials known"), agreement(sums, rows)),
    item(number(sums.decisions), term("decision", sums.decisions === 1 ? "decision" : "decisions"), `${number(sums.unknown)} without a published figure`),
    item(number(sums.expellers), term("expeller", sums.expellers === 1 ? "expeller" : "expellers"), `${plural(sums.targets, "target")}`),
    item(number(sums.posts), term("posts cut"), "counted apart, never in the sum"),
  ];
}

function picture(scope, rows, withOthers) {
  const running = { known: 0, low: 0, high: 0, unknown: 0, open: 0 };
  const days = [];
  const byDay = new Map();
  const byMonth = new Map();
  const put = (places, key, e) => places.set(key, [...(places.get(key) || []), e]);
  for (const e of [...rows].sort((a, b) => (a.announced_on < b.announced_on ? -1 : 1))) {
    running.known += e.best;
    running.low += e.low;
    running.high += e.high;
    running.unknown += e.unknown;
    running.open += e.open;
    if (days.at(-1)?.iso !== e.announced_on) days.push({ iso: e.announced_on, at: toDays(e.announced_on) });
    Object.assign(days.at(-1), running);
    if (e.announced_precision === "day") put(byDay, e.announced_on, e);
    if (e.announced_precision !== "year") put(byMonth, e.announced_on.slice(0, 7), e);
  }
  for (const places of [byDay, byMonth]) for (const [key, found] of places) places.set(key, totals(found));
  const single = (scope) => (actors.has(scope) ? scope : "");
  return {
    days,
    byDay,
    byMonth,
    beyond: beyond(scope).map((span) => span.map(toDays)),
    from: toDays(scope.since),
    to: Math.max(toDays(scope.until), toDays(scope.since) + 1),
    marks: marksIn(scope, withOthers),
    events: WAVES.map((w) => ({ at: toDays(w.start), label: w.short, weight: rows.filter((e) => e.wave === w.id).length })).filter((w) => w.weight),
    since: scope.since < firstDay ? firstDay : scope.since,
    until: scope.until > lastDay ? lastDay : scope.until,
    blank: (iso) => blankDay(scope, iso),
    daily: +scope.until.slice(0, 4) - +scope.since.slice(0, 4) < CALENDARS,
    link: (from, until = from) => address("table", { expeller: single(scope.expeller), target: single(scope.target), from, until }),
  };
}

// A published number as it was put: never without its "about" or "at least".
const claimed = (c) => (QUALIFIED[c.qualifier] ?? "") + number(c.figure);

// So many years have a calendar of days each; longer periods have one of months.
const CALENDARS = 6;

// The periods that people ask for, as far as the data reach back; where all that is promised begins is one of them.
const PRESETS = [
  ["All", firstDay],
  ["1946 on", "1946-01-01"],
  ["Since 1990", "1990-01-01"],
  [`Since ${promisedFrom.slice(0, 4)}`, promisedFrom],
  ["Since 2018", "2018-01-01"],
  ["Since the invasion of 2022", INVASION],
].filter(([, since], i, all) => !i || (since.slice(0, 4) >= firstDay.slice(0, 4) && all.findIndex(([, other], at) => at && other === since) === i));

// What a day without a decision means: searched by name, not searched so, or beyond what the package promises.
function blankDay({ expeller, target }, iso) {
  if (!promises({ expeller, target }).some((p) => p.period_from <= iso && iso <= p.period_until)) return "outside";
  const single = actors.has(expeller) && actors.has(target);
  return (single ? searched(expeller, target, iso, iso) : soughtHalves.has(halfOf(iso))) ? "empty" : "unsought";
}
const halfOf = (iso) => `${iso.slice(0, 4)}-${iso.slice(5, 7) > "06" ? 2 : 1}`;
const soughtHalves = new Set(records(core.searched).filter((s) => s.by_name).map((s) => `${s.year}-${s.half}`));

// All decisions by month, and the chosen part between two ends that can be drawn.
function brushed(width, from, to, choose) {
  const height = 56;
  const edge = { left: 44, right: 16, bottom: 18 };
  const [first, last] = [toDays(firstDay.slice(0, 4) + "-01-01"), toDays(lastDay)];
  const x = linear(first, last, edge.left, width - edge.right);
  const months = grouped(expulsions.filter((e) => e.counts).map((e) => ({ month: e.announced_on.slice(0, 7) })), "month");
  const most = Math.max(1, ...[...months.values()].map((rows) => rows.length));
  const y = linear(0, Math.sqrt(most), height - edge.bottom, 4);
  const svg = canvas(
    width,
    height,
    "All decisions by month; the chosen period between two ends",
    [...months].map(([month, rows]) =>
      s("rect", { class: "month", x: x(toDays(month + "-01")), width: Math.max(1, x(first + 28) - x(first)), y: y(Math.sqrt(rows.length)), height: y(0) - y(Math.sqrt(rows.length)) }),
    ),
    s("line", { class: "axis", x1: edge.left, x2: width - edge.right, y1: y(0), y2: y(0) }),
    dayTicks(first, last, Math.max(2, Math.floor(width / 90))).map((t) => s("text", { class: "tick", x: Math.min(x(t.at), width - 22), y: height - 4, "text-anchor": "middle" }, t.label)),
  );
  const group = s("g", { class: "brush" });
  svg.append(group);
  const back = linear(edge.left, width - edge.right, first, last);
  const brush = lib.brushX().extent([[edge.left, 0], [width - edge.right, height - edge.bottom]]);
  lib.select(group).call(brush).call(brush.move, [from, to].map((d) => x(Math.min(last, Math.max(first, d)))));
  brush.on("end", ({ selection, sourceEvent }) => {
    if (!sourceEvent) return;
    if (!selection) return choose("", "");
    const [a, b] = selection.map((px) => toIso(Math.round(back(px))));
    choose(a < firstDay ? firstDay : a, b >= lastDay ? "" : b);
  });
  return svg;
}

function marksIn(scope, withOthers) {
  return claims
    .filter(
      (c) =>
        c.kind === "total" && !c.origin && !["expellers", "posts"].includes(c.counted) && scope.since <= c.as_of && c.as_of <= scope.until,
    )
    .map((c) => ({
      at: toDays(c.as_of),
      iso: c.as_of,
      figure: c.figure,
      qualified: claimed(c),
      label: c.claimed_by,
      href: "#claims?claim=" + encodeURIComponent(c.claim_id),
      title: `${c.claimed_by}: ${claimed(c)} by ${day(c.as_of)} (${c.scope_as_stated})`,
      same: c.expeller_scope === scope.expeller && c.target_scope === scope.target && c.since === scope.since,
    }))
    .filter((m) => m.same || withOthers);
}

function steps(days, marks) {
  const rows = [
    ...days.map((d) => [
      d.iso,
      h(
        "tr",
        {},
        h("th", { scope: "row" }, d.iso),
        h("td", {}, "our running total"),
        h("td", { class: "number" }, number(d.known)),
        h("td", { class: "number" }, bothEnds(d)),
      ),
    ]),
    ...marks.map((m) => [
      m.iso,
      h(
        "tr",
        {},
        h("th", { scope: "row" }, m.iso),
        h("td", {}, "published: " + m.label),
        h("td", { class: "number" }, m.qualified),
        h("td", {}),
      ),
    ]),
  ];
  rows.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return scrolling(
    "Running total as a table",
    h(
      "table",
      { class: "data narrow" },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "col" }, "Day"),
          h("th", { scope: "col" }, "What"),
          h("th", { scope: "col", class: "number" }, "Officials"),
          h("th", { scope: "col", class: "number" }, "Low to high"),
        ),
      ),
      h(
        "tbody",
        {},
        rows.map(([, row]) => row),
      ),
    ),
  );
}

export { overview, claimed };
