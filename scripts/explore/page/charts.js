// Charts: small functions that draw an SVG of a given width. Colours and type come from the style sheet.

import { MONTHS, day, fill, h, number, plural, s, toIso } from "./dom.js";
import { grouped } from "./data.js";
import { bothEnds, bounds, bracketed, knownText, lackingText, range, sumText } from "./scope.js";

const linear = (from, to, low, high) => (value) => low + ((value - from) / (to - from || 1)) * (high - low);

function ticks(top, count) {
  const raw = top / count || 1;
  const base = 10 ** Math.floor(Math.log10(raw));
  const step = Math.max(1, [1, 2, 5, 10].find((m) => m * base >= raw) * base);
  const found = [];
  for (let value = 0; value <= top; value += step) found.push(value);
  return found;
}

// First days of years, quarters or months, whichever leaves room for a label.
function dayTicks(from, to, room) {
  const span = to - from;
  const months = [1, 3, 6, 12, 24, 60, 120].find((m) => span / (30.4 * m) <= room) || 240;
  const start = new Date(from * 864e5);
  const found = [];
  let month = months >= 12 ? 0 : Math.ceil(start.getUTCMonth() / months) * months;
  // Years of a decade's own: 1950, 1960.
  const every = Math.max(1, months / 12);
  let year = Math.ceil(start.getUTCFullYear() / every) * every;
  for (;;) {
    const at = Date.UTC(year, month, 1) / 864e5;
    if (at > to) return found;
    if (at >= from)
      found.push({
        at,
        label:
          months >= 12
            ? String(year)
            : MONTHS[((month % 12) + 12) % 12].slice(0, 3) +
              (month % 12 === 0 || !found.length ? ` ${new Date(at * 864e5).getUTCFullYear()}` : ""),
      });
    if (months >= 12) year += months / 12;
    else month += months;
  }
}

// Draws again when the width of its place changes.
function responsive(draw, attributes) {
  const place = h("div", { class: "chart", ...attributes });
  let width = 0;
  const again = () => {
    const now = Math.floor(place.clientWidth);
    if (now && now !== width) {
      width = now;
      fill(place, draw(width));
    }
  };
  new ResizeObserver(again).observe(place);
  place.content = draw;
  place.print = (wide) => fill(place, draw(wide, true));
  place.redraw = () => {
    width = 0;
    again();
  };
  return place;
}

// On paper charts are drawn for its width, not scaled down with their type.
addEventListener("beforeprint", () => document.querySelectorAll(".chart").forEach((place) => place.print?.(680)));
addEventListener("afterprint", () => document.querySelectorAll(".chart").forEach((place) => place.redraw?.()));

const canvas = (width, height, label, ...children) =>
  s("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": label }, children);

// One stop for Tab; arrow keys move between the links inside. Up and down keep the column of a table.
function roving(svg) {
  const items = [...svg.querySelectorAll("a")].sort((p, q) =>
    (p.dataset.order ?? "") < (q.dataset.order ?? "") ? -1 : (p.dataset.order ?? "") > (q.dataset.order ?? "") ? 1 : 0,
  );
  items.forEach((item, i) => item.setAttribute("tabindex", i ? "-1" : "0"));
  svg.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = items.indexOf(document.activeElement);
    if (!step || at < 0) return;
    event.preventDefault();
    const column = items[at].closest("td")?.cellIndex;
    const lane = column && /Up|Down/.test(event.key) ? items.filter((item) => item.closest("td").cellIndex === column) : items;
    const next = lane[(lane.indexOf(items[at]) + step + lane.length) % lane.length];
    items[at].setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  });
  return svg;
}

// --- the running total with its range, and published totals as marks ---

function stepPath(points, x, y) {
  return points.map(([at, value], i) => (i ? `H${x(at)}V${y(value)}` : `M${x(at)},${y(value)}`)).join("");
}

// days: [{ at, known, low, high }] ascending; marks: [{ at, figure, label, href, title, same }].
// events: [{ at, label, weight }], lines with a name at the top where there is room, the heaviest first; beyond: [[from, to]] outside the scope.
function curve(width, { days, marks, from, to, events = [], beyond = [] }) {
  const edge = { left: 44, right: 16, top: 18, bottom: 28 };
  const named = laned(events.filter((e) => e.at >= from && e.at <= to), linear(from, to, edge.left, width - edge.right), width);
  edge.top += 13 * Math.max(0, ...named.map((e) => e.lane + 1));
  const height = Math.max(260, Math.min(400, width * 0.5)) + edge.top - 18;
  const top = Math.max(1, ...days.map((d) => d.high), ...marks.map((m) => m.figure)) * 1.04;
  const x = linear(from, to, edge.left, width - edge.right);
  const y = linear(0, top, height - edge.bottom, edge.top);
  const last = days.at(-1);
  const points = (key) => [[from, 0], ...days.map((d) => [d.at, d[key]]), [to, last ? last[key] : 0]];
  const lows = points("low");
  const under = lows.map(([at, v], i) => [at, i ? lows[i - 1][1] : v, v]).reverse();
  const band =
    stepPath(points("high"), x, y) + under.map(([at, before, now]) => `L${x(at)},${y(now)}L${x(at)},${y(before)}`).join("") + "Z";
  const room = Math.max(2, Math.floor(width / 90));
  const svg = roving(
    canvas(
      width,
      height,
      "Running total of officials expelled, from low to high, and published totals as marks",
      ticks(top, 6).map((v) => [
        s("line", { class: "grid", x1: edge.left, x2: width - edge.right, y1: y(v), y2: y(v) }),
        s("text", { class: "tick", x: edge.left - 8, y: y(v) + 4, "text-anchor": "end" }, number(v)),
      ]),
      dayTicks(from, to, room).map((t) => [
        s("line", { class: "axis", x1: x(t.at), x2: x(t.at), y1: height - edge.bottom, y2: height - edge.bottom + 5 }),
        s(
          "text",
          { class: "tick", x: Math.min(x(t.at), width - 22), y: height - 8, "text-anchor": x(t.at) < edge.left + 20 ? "start" : "middle" },
          t.label,
        ),
      ]),
      beyond.map(([first, last]) => {
        const [left, right] = [x(Math.max(first, from)), x(Math.min(last + 1, to))];
        return [
          s("rect", { class: "beyond", x: left, width: Math.max(0, right - left), y: edge.top, height: height - edge.bottom - edge.top }),
          right - left > 110 ? s("text", { class: "tick", x: left + 6, y: first <= from ? edge.top + 15 : height - edge.bottom - 6 }, "outside the scope") : null,
        ];
      }),
      named.map((e) => [
        s("line", { class: "event", x1: x(e.at), x2: x(e.at), y1: 10 + 13 * e.lane, y2: height - edge.bottom }),
        s("text", { class: "event-name", x: x(e.at) + (e.end ? -4 : 4), y: 14 + 13 * e.lane, "text-anchor": e.end ? "end" : "start" }, e.label),
      ]),
      s("path", { class: "band", d: band }),
      s("path", { class: "line", d: stepPath(points("known"), x, y) }),
      s("line", { class: "axis", x1: edge.left, x2: width - edge.right, y1: y(0), y2: y(0) }),
      labelled(marks, days, x, y, width, edge),
    ),
  );
  return readout(svg, days, x, y, { width, height, edge, from });
}

// Names of events in lanes above the chart: none runs into another or out of the chart, and those without room are left out.
const LANES = 3;
function laned(events, x, width) {
  const placed = [];
  for (const [i, e] of [...events].sort((a, b) => b.weight - a.weight || a.at - b.at).entries()) {
    const [at, long] = [x(e.at), e.label.length * 6.3 + 8];
    const apart = (box, line, other) => other.line < box[0] || other.line > box[1] || other.lane > line;
    const clear = ({ lane, box }) => box[0] >= 0 && box[1] <= width && placed.every((p) => p.lane !== lane || box[1] < p.box[0] || box[0] > p.box[1]);
    // A line goes down through the lanes below it, and crosses no name there but one of the foremost.
    const free = ({ lane, box }) => clear({ lane, box }) && placed.every((p) => apart(box, lane, p) && apart(p.box, p.lane, { lane, line: at }));
    const places = Array.from({ length: LANES }, (_, lane) => [{ lane, box: [at - 3, at + long] }, { lane, end: true, box: [at - long, at + 3] }]).flat();
    const found = places.find(free) ?? (i < LANES ? places.find(clear) : null);
    if (found) placed.push({ ...e, ...found, line: at });
  }
  return placed;
}

// Under the pointer: the day and the running total by then. The same numbers are in the table below the chart.
function readout(svg, days, x, y, { width, height, edge, from }) {
  const rule = s("line", { class: "rule", y1: edge.top - 4, y2: height - edge.bottom });
  const dot = s("circle", { class: "one", r: 3.5 });
  const text = s("text", { class: "label readout", y: 12 });
  const group = s("g", { "aria-hidden": "true", visibility: "hidden", "pointer-events": "none" }, rule, dot, text);
  svg.append(group);
  svg.addEventListener("pointerleave", () => group.setAttribute("visibility", "hidden"));
  svg.addEventListener("pointermove", (event) => {
    const px = ((event.clientX - svg.getBoundingClientRect().left) * width) / svg.clientWidth;
    const on = Math.floor(from + (px - edge.left) / (x(from + 1) - x(from)));
    if (px < edge.left || px > width - edge.right) return group.setAttribute("visibility", "hidden");
    const found = days.findLast((d) => d.at <= on) || { known: 0, low: 0, high: 0, unknown: 0, open: 0 };
    for (const end of ["x1", "x2"]) rule.setAttribute(end, px);
    dot.setAttribute("cx", px);
    dot.setAttribute("cy", y(found.known));
    text.setAttribute("x", px);
    text.setAttribute("text-anchor", px < 120 ? "start" : px > width - 120 ? "end" : "middle");
    const ends = bothEnds(found);
    text.textContent = `${day(toIso(on))}: ${number(found.known)}` + (ends === number(found.known) ? "" : ` (${ends})`);
    group.setAttribute("visibility", "visible");
  });
  return svg;
}

// Marks with their labels where these do not run into each other, the line or the border; the rest keep their tooltip.
function labelled(marks, days, x, y, width, edge) {
  const taken = [];
  // Steps as rectangles: from one level to the next, as wide as the level lasts.
  const steps = days.map((d, i) => ({
    left: x(d.at),
    right: i + 1 < days.length ? x(days[i + 1].at) : width,
    top: y(d.known),
    bottom: y(i ? days[i - 1].known : 0),
  }));
  const crosses = (box) =>
    steps.some(
      (t) =>
        (t.top > box.top && t.top < box.bottom && t.left < box.right && t.right > box.left) ||
        (t.left > box.left && t.left < box.right && t.top < box.bottom && t.bottom > box.top),
    );
  const free = (box) =>
    box.left >= edge.left &&
    box.right <= width &&
    !crosses(box) &&
    taken.every((t) => box.right < t.left || box.left > t.right || box.bottom < t.top || box.top > t.bottom);
  const boxes = marks.map((m) => ({ left: x(m.at) - 5, right: x(m.at) + 5, top: y(m.figure) - 5, bottom: y(m.figure) + 5 }));
  taken.push(...boxes);
  return marks.map((mark) => {
    const [cx, cy] = [x(mark.at), y(mark.figure)];
    const text = `${mark.label} ${mark.qualified}`;
    const long = text.length * 6.4;
    const places = [
      { anchor: "start", dx: 9, left: cx + 9, right: cx + 9 + long },
      { anchor: "end", dx: -9, left: cx - 9 - long, right: cx - 9 },
    ].map((p) => ({ ...p, top: cy - 8, bottom: cy + 8 }));
    const place = mark.same && places.find(free);
    if (place) taken.push(place);
    return s(
      "a",
      { href: mark.href, class: mark.same ? "mark" : "mark other", "aria-label": mark.title },
      s("title", {}, mark.title),
      s("path", { d: `M${cx},${cy - 6}L${cx + 6},${cy}L${cx},${cy + 6}L${cx - 6},${cy}Z` }),
      place ? s("text", { x: cx + place.dx, y: cy + 4, "text-anchor": place.anchor }, text) : null,
    );
  });
}

// --- calendar: a strip of weeks for each year that has an expulsion ---

const STEPS = [1, 5, 15, 40];
const step = (value, steps = STEPS) => steps.filter((s) => value >= s).length;
const stepNames = (steps = STEPS) => steps.map((from, i) => (steps[i + 1] ? range(from, steps[i + 1] - 1) : `${number(from)} or more`));

const sumsText = (when, sums) =>
  `${when}: ${plural(sums.decisions, "decision")}, ${knownText(sums)}${bracketed(bounds(sums))}${lackingText(sums.unknown)}`;

// Smaller squares than this no finger hits: then each day with a decision is a field of its own.
const TOUCHED = 15;

function dayList(byDay, link) {
  const months = grouped([...byDay].sort(([a], [b]) => (a < b ? 1 : -1)).map(([iso, sums]) => ({ iso, sums, month: iso.slice(0, 7) })), "month");
  const field = ({ iso, sums }) =>
    h(
      "a",
      { href: link(iso), "aria-label": sumsText(day(iso), sums) },
      h("b", {}, String(+iso.slice(8))),
      h("span", { class: "q" + step(sums.known) }, sumText(sums)),
    );
  return h(
    "div",
    { class: "days", role: "group", "aria-label": "Days with an expulsion; arrow keys move from day to day" },
    [...months].map(([month, days]) => h("p", {}, h("span", { class: "month" }, day(month + "-01", "month")), days.reverse().map(field))),
  );
}

// Places without a decision are one shape a kind, for thousands of them would slow every change of a filter; a point where nothing is promised.
function blankPath(kind, found, wide, high) {
  const [w, h] = kind === "outside" ? [2, 2] : [wide, high];
  return s("path", { class: kind, d: found.map(({ x, y }) => `M${x + (wide - w) / 2},${y + (high - h) / 2}h${w}v${h}h${-w}z`).join("") });
}

// byDay: Map of day to its totals; link gives the address for a day.
// since and until bound it; blank tells what a day without a decision is.
function calendar(width, byDay, link, { since, until, blank, paper }) {
  const left = 40;
  if (!paper && (width - left) / 53.2 < TOUCHED) return roving(dayList(byDay, link));
  const size = Math.min(19, (width - left) / 53.2);
  const gap = size > 9 ? 2 : 1;
  const years = Array.from({ length: +until.slice(0, 4) - +since.slice(0, 4) + 1 }, (_, i) => String(+until.slice(0, 4) - i));
  const tall = size * 7 + 26;
  const drawn = years.map((year, row) => {
    const first = Date.UTC(year, 0, 1) / 864e5;
    const weekday = (d) => (new Date(d * 864e5).getUTCDay() + 6) % 7;
    const days = Date.UTC(+year + 1, 0, 1) / 864e5 - first;
    const place = (d) => ({ x: left + Math.floor((d - first + weekday(first)) / 7) * size, y: row * tall + 18 + weekday(d) * size });
    const side = size - gap;
    const square = (d, kind) => s("rect", { class: kind, ...place(d), width: side, height: side, rx: size > 9 ? 2 : 1 });
    const shown = Array.from({ length: days }, (_, i) => first + i)
      .map((d) => ({ d, iso: toIso(d), sums: byDay.get(toIso(d)) }))
      .filter(({ iso }) => since <= iso && iso <= until);
    const blanks = grouped(
      shown.filter(({ sums }) => !sums).map(({ d, iso }) => ({ ...place(d), kind: blank(iso) })),
      "kind",
    );
    return [
      s("text", { class: "year", x: 0, y: row * tall + 18 + size * 4 }, year),
      MONTHS.map((m, i) => {
        const at = place(Date.UTC(year, i, 1) / 864e5);
        return s("text", { class: "tick", x: at.x, y: row * tall + 12 }, width < 500 ? m.slice(0, 1) : m.slice(0, 3));
      }),
      [...blanks].map(([kind, found]) => blankPath(kind, found, side, side)),
      shown
        .filter(({ sums }) => sums)
        .map(({ d, iso, sums }) => {
          const text = sumsText(day(iso), sums);
          return s("a", { href: link(iso), "aria-label": text }, s("title", {}, text), square(d, "q" + step(sums.known)));
        }),
    ];
  });
  return roving(canvas(width, Math.max(1, years.length * tall), "Calendar of expulsions by day; arrow keys move from day to day", drawn));
}

// Years as columns and months as rows, in as many blocks as fingers and the width ask for. byMonth: Map of "2022-03" to its totals.
const MONTH_TALL = 24;

function monthGrid(width, byMonth, link, { since, until, blank }) {
  const left = 36;
  const years = Array.from({ length: +until.slice(0, 4) - +since.slice(0, 4) + 1 }, (_, i) => +since.slice(0, 4) + i);
  const most = Math.floor((width - left) / MONTH_TALL);
  const blocks = Math.ceil(years.length / most);
  const columns = Math.ceil(years.length / blocks);
  const wide = Math.min(52, (width - left) / columns);
  const tall = 12 * MONTH_TALL + 30;
  const place = (i, month) => ({ x: left + (i % columns) * wide, y: Math.floor(i / columns) * tall + 18 + month * MONTH_TALL });
  const every = [1, 2, 5, 10].find((n) => wide * n >= 34);
  const shown = years
    .flatMap((year, i) => MONTHS.map((_, month) => ({ month: `${year}-${String(month + 1).padStart(2, "0")}`, ...place(i, month) })))
    .filter(({ month }) => since.slice(0, 7) <= month && month <= until.slice(0, 7));
  const [side, high] = [wide - 2, MONTH_TALL - 2];
  const blanks = grouped(
    shown.filter(({ month }) => !byMonth.has(month)).map((m) => ({ ...m, kind: blank(m.month + "-01" < since ? since : m.month + "-01") })),
    "kind",
  );
  const lastOf = (month) => toIso(Date.UTC(+month.slice(0, 4), +month.slice(5), 0) / 864e5);
  return roving(
    canvas(
      width,
      blocks * tall - 6,
      "Calendar of expulsions by month; arrow keys move from month to month",
      years.map((year, i) => (year % every ? null : s("text", { class: "tick", x: place(i, 0).x + side / 2, y: place(i, 0).y - 5, "text-anchor": "middle" }, year))),
      Array.from({ length: blocks }, (_, block) => MONTHS.map((m, month) => s("text", { class: "tick", x: 0, y: place(block * columns, month).y + 15 }, m.slice(0, 3)))),
      [...blanks].map(([kind, found]) => blankPath(kind, found, side, high)),
      shown
        .filter(({ month }) => byMonth.has(month))
        .map(({ month, x, y }) => {
          const sums = byMonth.get(month);
          const [said, kind] = [sumsText(day(month + "-01", "month"), sums), "q" + step(sums.known)];
          // A sum that lacks some ends in a plus where the room is small.
          const held = [sumText(sums), sumText(sums).replace("+?", "+")].find((text) => text.length * 7 < side);
          return s(
            "a",
            { href: link(month + "-01" < since ? since : month + "-01", lastOf(month) > until ? until : lastOf(month)), "aria-label": said },
            s("title", {}, said),
            s("rect", { class: kind, x, y, width: side, height: high, rx: 2 }),
            held ? s("text", { class: "tile-name " + kind, x: x + side / 2, y: y + 15, "text-anchor": "middle" }, held) : null,
          );
        }),
    ),
  );
}

// --- bars of a distribution ---

// bins: [{ label, counts, note }], a count for each of one or two series.
function columnsChart(width, bins, label, unit) {
  const height = 200;
  const edge = { left: 34, right: 4, top: 18, bottom: 40 };
  const top = Math.max(1, ...bins.flatMap((b) => b.counts));
  const y = linear(0, top, height - edge.bottom, edge.top);
  const wide = (width - edge.left - edge.right) / bins.length;
  const every = Math.ceil(44 / wide);
  const told = (b) => `${b.note || b.label}: ${b.counts.join(" and ")}`;
  const each = (wide - 2) / bins[0].counts.length;
  return s(
    "svg",
    {
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: "img",
      "aria-label": `${label}. ${bins
        .filter((b) => b.counts.some(Boolean))
        .map(told)
        .join("; ")}`,
    },
    ticks(top, 4).map((v) => [
      s("line", { class: "grid", x1: edge.left, x2: width - edge.right, y1: y(v), y2: y(v) }),
      s("text", { class: "tick", x: edge.left - 6, y: y(v) + 4, "text-anchor": "end" }, v),
    ]),
    bins.map((b, i) => [
      b.counts.map((count, k) =>
        count
          ? s(
              "rect",
              { class: ["one", "two"][k], x: edge.left + i * wide + 1 + k * each, y: y(count), width: Math.max(1, each), height: y(0) - y(count) },
              s("title", {}, told(b)),
            )
          : null,
      ),
      i % every === 0 || (i === bins.length - 1 && (bins.length - 1) % every > every / 2)
        ? s("text", { class: "tick", x: edge.left + (i + 0.5) * wide, y: height - edge.bottom + 16, "text-anchor": "middle" }, b.label)
        : null,
    ]),
    s("line", { class: "axis", x1: edge.left, x2: width - edge.right, y1: y(0), y2: y(0) }),
    s("text", { class: "tick", x: edge.left + (width - edge.left) / 2, y: height - 6, "text-anchor": "middle" }, unit),
  );
}

export { linear, ticks, dayTicks, responsive, canvas, roving, curve, STEPS, step, stepNames, calendar, monthGrid, columnsChart };
