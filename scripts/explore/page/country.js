// One actor (#FRA): officials and decisions both ways, in time, by partner, one by one, what others published, what was searched.

import { address, day, fill, h, inside, number, plural, s, sentence, sortable } from "./dom.js";
import { TheName, actors, claims, columns, core, expulsions, firstDay, grouped, lastDay, name, records, theName } from "./data.js";
import { beyond, beyondText, bounds, bracketed, howMany, knownText, lackingText, least, sumText, totals } from "./scope.js";
import { canvas, linear, responsive, roving, ticks } from "./charts.js";
import { asTable, figured, taken } from "./figures.js";
import { claimColumns, claimScales } from "./claims.js";
import { tableColumns } from "./table.js";

function actorPage(id) {
  const made = expulsions.filter((e) => e.counts && e.expeller === id);
  const suffered = expulsions.filter((e) => e.counts && (e.target === id || e.nationality === id));
  const [out, back] = [totals(made), totals(suffered)];
  const period = { since: firstDay, until: least(actors.get(id).gone_on ?? lastDay, lastDay) };
  const both = `${TheName(id)}: officials expelled by it and its own officials expelled, ${day(firstDay)} to ${day(period.until)}`;
  const years = yearly(made, suffered);
  const partners = byPartner(id, made, suffered);
  const outside = new Set(years.map((y) => y.label).filter((year) => beyond({ expeller: id, target: "*", since: `${year}-01-01`, until: least(`${year}-12-31`, period.until) }).length));
  const timeline = responsive((width) => mirrored(width, years, outside), { class: "chart" });
  const bars = responsive((width) => sideBars(width, partnerEntries(id, partners.slice(0, 40)), `Partners of ${theName(id)}`), { class: "chart" });
  const figure = (of, ...children) => {
    const node = figured({ ...of, subject: () => both }, ...children);
    fill(node.querySelector("figcaption"), both);
    return node;
  };
  const rows = expulsions.filter((e) => [e.expeller, e.target, e.nationality].includes(id));
  const list = sortable(`Decisions of and against ${theName(id)}`, partyColumns(), () => rows, { by: "day", down: true }, 60);
  const said = claims.filter((c) => [c.expeller_scope, c.target_scope].some((scope) => scope.split(" ").includes(id)) && !c.origin);
  const published = sortable(`Published totals about ${theName(id)}`, claimColumns(claimScales(said)).filter((c) => c.name !== "reason"), () => said, { by: "as_of", down: true }, 20);
  published.table.classList.add("cards");
  list.draw();
  published.draw();
  const heads = made.filter((e) => e.head_of_mission).length;
  const item = (value, label, note) => h("div", {}, h("dt", {}, label), h("dd", {}, h("strong", {}, value), h("span", {}, note)));
  const node = [
    h("p", { class: "crumb" }, sentence(actors.get(id).kind), actors.get(id).un_subregion ? `, ${actors.get(id).un_subregion}` : null, ", ", h("code", {}, id)),
    h("h1", {}, name(id)),
    h("p", { class: "answer" }, howMany(out, { target: "*", expeller: id, ...period })),
    h("p", { class: "answer" }, howMany(back, { target: id, expeller: "*", ...period }) + beyondText({ expeller: id, target: "*", ...period })),
    h(
      "dl",
      { class: "headline" },
      item(out.known === null ? "?" : number(out.known), "officials expelled by it", [plural(out.decisions, "decision"), bounds(out)].filter(Boolean).join(", ")),
      item(back.known === null ? "?" : number(back.known), "its officials expelled", [plural(back.decisions, "decision"), bounds(back)].filter(Boolean).join(", ")),
      item(balance(out, back), "balance", "its own officials less those it expelled, as far as known"),
      item(number(heads), "heads of mission", "among those it expelled"),
    ),
    years.length ? h("section", {}, h("h2", {}, "By year"), figure({ id: "years", title: `${name(id)}: officials expelled by year`, place: timeline, data: () => yearRows(years) }, mirrorKey(id, outside.size > 0), timeline)) : null,
    partners.length ? h("section", {}, h("h2", {}, "By partner"), figure({ id: "partners", title: `${name(id)}: officials expelled by partner`, place: bars, data: () => partnerRows(partners) }, mirrorKey(id), bars)) : null,
    rows.length
      ? h("section", {}, h("h2", {}, `Decisions (${number(rows.length)})`), list.node, taken("expulsions", () => [columns, rows.map((e) => columns.map((c) => e[c]))]))
      : null,
    h(
      "section",
      {},
      h("h2", {}, "Published totals"),
      said.length ? [published.node, taken("claims", () => asTable(core.claims, said))] : h("p", {}, `No published total about ${theName(id)} alone was coded.`),
    ),
    h("section", {}, h("h2", {}, "What was searched"), soughtOf(id)),
  ];
  return { node, update: () => {} };
}

function balance(out, back) {
  if (out.known === null || back.known === null) return "?";
  const gap = back.known - out.known;
  return (gap > 0 ? "+" : gap < 0 ? "−" : "") + number(Math.abs(gap)) + (out.unknown + back.unknown ? " ?" : "");
}

function yearly(made, suffered) {
  const all = [...made, ...suffered].map((e) => +e.announced_on.slice(0, 4));
  if (!all.length) return [];
  const [first, last] = [Math.min(...all), Math.max(...all)];
  const of = (rows, year) => totals(rows.filter((e) => +e.announced_on.slice(0, 4) === year));
  return Array.from({ length: last - first + 1 }, (_, i) => ({ label: String(first + i), made: of(made, first + i), suffered: of(suffered, first + i) }));
}

function byPartner(id, made, suffered) {
  const [targets, expellers] = [grouped(made, "target"), grouped(suffered, "expeller")];
  return [...new Set([...targets.keys(), ...expellers.keys()])]
    .map((other) => ({ other, label: name(other), made: totals(targets.get(other) ?? []), suffered: totals(expellers.get(other) ?? []) }))
    .sort((a, b) => weight(b) - weight(a) || (a.label < b.label ? -1 : 1));
}
const weight = (p) => (p.made.known ?? 0) + (p.suffered.known ?? 0) + (p.made.decisions + p.suffered.decisions) / 1000;

const SIDES = ["decisions", "known", "low", "high", "unknown"];
const sideRow = (p) => [...SIDES.map((k) => p.made[k]), ...SIDES.map((k) => p.suffered[k])];
const sideHeads = ["made", "suffered"].flatMap((side) => ["decisions", "officials_known", "officials_low", "officials_high", "n_unknown"].map((h) => `${h}_${side}`));
const yearRows = (years) => [["year", ...sideHeads], years.map((y) => [y.label, ...sideRow(y)])];
const partnerRows = (partners) => [["partner", ...sideHeads], partners.map((p) => [p.other, ...sideRow(p)])];

const mirrorKey = (id, shaded) =>
  h(
    "p",
    { class: "legend" },
    h("span", { class: "key one" }),
    `expelled by ${theName(id)} `,
    h("span", { class: "key two" }),
    `officials of ${theName(id)} expelled. A thin line reaches from low to high; ? stands for decisions without a published figure. `,
    shaded ? [h("span", { class: "key beyond" }), "years outside the scope."] : null,
  );

const sideText = (sums) => `${plural(sums.decisions, "decision")}, ${knownText(sums)}${bracketed(bounds(sums))}${lackingText(sums.unknown)}`;

// Years as columns: upward what it made, downward what it suffered.
function mirrored(width, years, outside) {
  const edge = { left: 40, right: 8, top: 16, bottom: 22 };
  const top = Math.max(1, ...years.map((y) => Math.max(y.made.known ?? 0, y.made.high ?? 0)));
  const low = Math.max(1, ...years.map((y) => Math.max(y.suffered.known ?? 0, y.suffered.high ?? 0)));
  const height = 300;
  const y = linear(-low, top, height - edge.bottom, edge.top);
  const wide = Math.min(64, (width - edge.left - edge.right) / years.length);
  const x = (i) => edge.left + i * wide;
  const every = [1, 2, 5, 10, 20].find((n) => n * wide >= 40) ?? 50;
  const bar = (side, sums, i, sign) =>
    sums.decisions
      ? s(
          "g",
          {},
          s("title", {}, `${years[i].label}, ${side === "made" ? "expelled by it" : "its officials"}: ${sideText(sums)}`),
          s("rect", { class: side === "made" ? "one" : "two", x: x(i) + 1, width: Math.max(1, wide - 3), y: Math.min(y(0), y(sign * (sums.known ?? 0))), height: Math.abs(y(0) - y(sums.known ?? 0)) }),
          sums.high !== null && sums.high > sums.low
            ? s("line", { class: "whisker", x1: x(i) + wide / 2, x2: x(i) + wide / 2, y1: y(sign * sums.low), y2: y(sign * sums.high) })
            : null,
          sums.unknown ? s("text", { class: "tick", x: x(i) + wide / 2, y: y(sign * (sums.known ?? 0)) + (sign > 0 ? -4 : 12), "text-anchor": "middle" }, "?") : null,
        )
      : null;
  return s(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": `Officials by year, made above and suffered below. ${years.map((v) => `${v.label}: ${sumText(v.made)} and ${sumText(v.suffered)}`).join("; ")}` },
    years.map((v, i) => (outside.has(v.label) ? s("rect", { class: "beyond", x: x(i), width: wide, y: edge.top - 8, height: height - edge.bottom - edge.top + 8 }) : null)),
    [...ticks(top, 4), ...ticks(low, 4).slice(1).map((v) => -v)].map((v) => [
      s("line", { class: "grid", x1: edge.left, x2: width - edge.right, y1: y(v), y2: y(v) }),
      s("text", { class: "tick", x: edge.left - 6, y: y(v) + 4, "text-anchor": "end" }, number(Math.abs(v))),
    ]),
    years.map((v, i) => [bar("made", v.made, i, 1), bar("suffered", v.suffered, i, -1)]),
    s("line", { class: "axis", x1: edge.left, x2: width - edge.right, y1: y(0), y2: y(0) }),
    years.map((v, i) => (+v.label % every ? null : s("text", { class: "tick", x: x(i) + wide / 2, y: height - 6, "text-anchor": "middle" }, v.label))),
  );
}

// Two-sided bars: to the left officials that `suffered` counts, to the right those that `made` does. entries: [{ label, short, href, said, made, suffered }].
function sideBars(width, entries, label) {
  const names = Math.min(190, width * 0.34);
  const half = (width - names) / 2 - 52;
  const tall = 24;
  const largest = Math.max(1, ...entries.flatMap((p) => [p.made, p.suffered]).map((v) => Math.max(v.known ?? 0, v.high ?? 0)));
  const long = linear(0, largest, 0, half);
  const middle = width / 2;
  const side = (sums, sign, at) => {
    if (!sums.decisions) return null;
    const from = middle + sign * (names / 2);
    const reach = long(sums.known ?? 0);
    const [a, b] = [from + sign * long(sums.low), sums.high === null ? null : from + sign * long(sums.high)];
    return [
      s("rect", { class: sign > 0 ? "one" : "two", x: sign > 0 ? from : from - reach, y: at + 4, width: reach, height: tall - 9 }),
      b !== null && sums.high > sums.low ? s("line", { class: "whisker", x1: a, x2: b, y1: at + tall / 2, y2: at + tall / 2 }) : null,
      s("text", { class: "tick", x: from + sign * (Math.max(reach, b === null ? 0 : long(sums.high)) + 5), y: at + tall / 2 + 4, "text-anchor": sign > 0 ? "start" : "end" }, sumText(sums)),
    ];
  };
  return roving(
    canvas(
      width,
      entries.length * tall + 4,
      `${label}; arrow keys move from one to the next`,
      entries.map((p, i) =>
        s(
          "a",
          { href: p.href, "aria-label": p.said },
          s("title", {}, p.said),
          s("rect", { class: "hit", x: 0, y: i * tall, width, height: tall }),
          side(p.suffered, -1, i * tall),
          side(p.made, 1, i * tall),
          s("text", { class: "label", x: middle, y: i * tall + tall / 2 + 4, "text-anchor": "middle" }, p.label.length * 6.6 > names ? p.short : p.label),
        ),
      ),
    ),
  );
}

const partnerEntries = (id, partners) =>
  partners.map((p) => ({
    ...p,
    short: p.other,
    href: address("dyads", { expeller: id, target: p.other }),
    said: `${p.label}. Expelled by ${theName(id)}: ${sideText(p.made)}. Officials of ${theName(id)}: ${sideText(p.suffered)}`,
  }));

function partyColumns() {
  const { day: first, officials, expeller, target, measure, reply, status } = Object.fromEntries(tableColumns().map((c) => [c.name, c]));
  return [first, officials, expeller, target, measure, reply, status];
}

function soughtOf(id) {
  const rows = soughtBy.get(id) ?? [];
  if (!rows.length)
    return h("p", {}, `Nothing is promised of ${theName(id)}: an absent decision means nothing.`);
  const spans = (key) => {
    const found = [];
    for (const { year } of rows.filter((r) => r[key])) {
      if (found.at(-1)?.[1] === year - 1) found.at(-1)[1] = year;
      else found.push([year, year]);
    }
    return found.map(([a, b]) => (a === b ? a : `${a}–${b}`)).join(", ") || "in no year";
  };
  return [
    h("p", {}, `Sweeps of at most five years looked by name for its decisions: ${spans("sought_as_expeller")}; for decisions against it: ${spans("sought_as_target")}.`),
    h("p", { class: "note" }, "In other years an absent decision means nothing. A dyad is a zero only where both sides were looked for by name, inside the scope; ", inside("about", {}, "all that was searched"), "."),
  ];
}
const soughtBy = grouped(records(core.sought), "actor_id");

export { actorPage, weight, SIDES, sideRow, sideHeads, sideText, sideBars };
