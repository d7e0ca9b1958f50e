// Dyads: an expeller × target matrix and the flow of who expelled whom, for a period; a cell leads to its expulsions.

const coveredHalves = new Map();
for (const [expeller, patterns] of Object.entries(core.coverage.pairs)) {
  for (const [pattern, targets] of Object.entries(patterns))
    for (const target of targets.split(" ")) coveredHalves.set(`${expeller} ${target}`, pattern);
}

// The half-years of which some dyad was looked for by the names of both sides.
const halves = Math.max(0, ...[...coveredHalves.values()].map((pattern) => pattern.lastIndexOf("1") + 1));
const firstHalf = Math.min(...[...coveredHalves.values()].map((pattern) => pattern.indexOf("1")));
const halfName = (i) => `the ${i % 2 ? "second" : "first"} half of ${core.coverage.first + Math.floor(i / 2)}`;

// True if a dyad was looked for by the names of both sides in every half-year that the period touches, as far as any dyad was.
function searched(expeller, target, from, until) {
  const pattern = coveredHalves.get(`${expeller} ${target}`);
  const half = (iso) => 2 * (+iso.slice(0, 4) - core.coverage.first) + +(iso.slice(5, 7) > "06");
  const [first, last] = [Math.max(half(from), 0), Math.min(half(until), halves - 1)];
  return Boolean(pattern) && first <= last && !pattern.slice(first, last + 1).includes("0");
}

function dyads() {
  let state = {};
  const set = (change) => go("dyads", { ...state, ...change });
  const from = dateField("Announced from", (v) => set({ from: v }));
  const until = dateField("until", (v) => set({ until: v }));
  const shown = select(
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
  let flows = [];
  let link = null;
  const flow = responsive((width) => flowChart(width, flows, state.show || "officials", link), { class: "chart" });

  let whole = null;
  const cellRows = () => [
    ["expeller", "target", "decisions", "officials_known", "officials_low", "officials_high", "n_unknown", "n_open", "posts_cut"],
    flows.map((c) => [c.expeller, c.target, c.decisions, c.known, c.low, c.high, c.unknown, c.open, c.posts]),
  ];
  const flowFigure = figured(
    { id: "flow", title: "Who expelled whom", subject: () => subject(whole), place: flow, data: cellRows },
    h("p", { class: "note" }, "Expellers on the left, targets on the right; the width of a band is the number. Choose a band for its expulsions."),
    flow,
  );

  const update = (parameters) => {
    const before = state;
    state = parameters;
    const period = { from: state.from || firstDay, until: state.until || lastDay };
    whole = { target: "*", expeller: "*", since: period.from, until: period.until };
    for (const node of [about, flowFigure.querySelector("figcaption")]) fill(node, subject(whole));
    setValue(from, period.from);
    setValue(until, period.until);
    setValue(shown, state.show || "officials");
    setValue(order, state.order || "total");
    const rows = expulsions.filter((e) => e.counts && period.from <= e.announced_on && e.announced_on <= period.until);
    const cells = new Map();
    for (const e of rows) {
      const key = `${e.expeller} ${e.target}`;
      if (!cells.has(key)) cells.set(key, { expeller: e.expeller, target: e.target, rows: [] });
      cells.get(key).rows.push(e);
    }
    for (const c of cells.values()) Object.assign(c, totals(c.rows));
    fill(answer, howMany(totals(rows), whole));
    link = (expeller, target) => address("dyads", { ...state, expeller, target });
    flows = [...cells.values()];
    fill(matrix, flows.length ? roving(matrixTable(flows, cells, period, state, link)) : h("p", {}, "No expulsion in this period."));
    fill(
      note,
      "Rows order officials out, columns employ them. ",
      state.show === "decisions"
        ? "Numbers count decisions. "
        : "Numbers add up best figures; + stands for a figure that is open above, ? for decisions without a published figure, and 0 for decisions that ordered nobody out. ",
      halves
        ? `A dot: looked for by name on both sides throughout, nothing found. Blank: not looked for by name on both sides, so the absence means nothing. Such searches reach from ${halfName(firstHalf)} to ${halfName(halves - 1)}; nothing is said of other times.`
        : "Blank: not looked for by name on both sides, so the absence means nothing.",
    );
    fill(chosen, state.expeller && state.target ? chosenDyad(state, rows) : null);
    flow.redraw();
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
      shown,
      order,
    ),
    answer,
    chosen,
    h("section", {}, h("h2", {}, "Matrix"), about, note, matrix, taken("dyads", cellRows)),
    h("section", {}, h("h2", {}, "Who expelled whom"), flowFigure),
  ];
  const takes = { from: isDay, until: isDay, show: isOne("officials", "decisions"), order: isOne("total", "name", "region") };
  return { node, update, takes: { ...takes, expeller: isActor, target: isActor } };
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

function matrixCell(found, expeller, target, period, state, link) {
  if (expeller === target) return h("td", { class: "self" });
  if (!found)
    return searched(expeller, target, period.from, period.until)
      ? h("td", { class: "none" }, h("span", { "aria-label": "looked for by name on both sides, none found", role: "img" }, "·"))
      : h("td");
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
    h(
      "p",
      { class: "actions" },
      inside("table", { expeller: state.expeller, target: state.target, from: state.from, until: state.until }, "Open in the table"),
      inside("answers", { pair: [state.expeller, state.target].sort().join("-") }, "Draw in time"),
      inside("dyads", { ...state, expeller: "", target: "" }, "Close"),
    ),
  ];
}

// --- the flow ---

function flowChart(width, cells, show, link) {
  const used = cells.filter((c) => shownIn(c, show) > 0);
  if (!used.length) return h("p", {}, "No figure in this period.");
  const left = ordered(used, "expeller", { show, order: "total" });
  const right = ordered(used, "target", { show, order: "total" });
  const total = used.reduce((sum, c) => sum + shownIn(c, show), 0);
  const slot = 15;
  const scale = Math.max(420, 6 * Math.max(left.ids.length, right.ids.length)) / total;
  const edge = width < 500 ? 118 : 190;
  const places = (side) => {
    const found = new Map();
    let at = 4;
    for (const id of side.ids) {
      const tall = side.sums.get(id) * scale;
      const room = Math.max(tall + 2, slot);
      found.set(id, { top: at + (room - tall) / 2, middle: at + room / 2, tall, used: 0 });
      at += room;
    }
    return { found, height: at + 4 };
  };
  const a = places(left);
  const b = places(right);
  const height = Math.max(a.height, b.height);
  const rank = new Map(right.ids.map((id, i) => [id, i]));
  const from = new Map(left.ids.map((id, i) => [id, i]));
  const inOrder = [...used].sort((p, q) => from.get(p.expeller) - from.get(q.expeller) || rank.get(p.target) - rank.get(q.target));
  const arrivals = [...used].sort((p, q) => rank.get(p.target) - rank.get(q.target) || from.get(p.expeller) - from.get(q.expeller));
  const starts = new Map();
  const ends = new Map();
  for (const [list, side, key, into] of [
    [inOrder, a, "expeller", starts],
    [arrivals, b, "target", ends],
  ]) {
    for (const c of list) {
      const node = side.found.get(c[key]);
      into.set(c, node.top + node.used);
      node.used += shownIn(c, show) * scale;
    }
  }
  const [x1, x2] = [edge, width - edge];
  const middle = (x1 + x2) / 2;
  const bands = inOrder.map((c) => {
    const tall = shownIn(c, show) * scale;
    const [y1, y2] = [starts.get(c), ends.get(c)];
    const said = `${name(c.expeller)} against ${name(c.target)}: ${show === "decisions" ? plural(c.decisions, "decision") : `${knownText(c)}${bracketed(bounds(c))}${lackingText(c.unknown)}`}`;
    const path = `M${x1},${y1}C${middle},${y1} ${middle},${y2} ${x2},${y2}V${y2 + tall}C${middle},${y2 + tall} ${middle},${y1 + tall} ${x1},${y1 + tall}Z`;
    return s("a", { href: link(c.expeller, c.target), "aria-label": said }, s("title", {}, said), s("path", { class: "flow", d: path }));
  });
  const fits = (id) => (name(id).length * 6.6 > edge - 48 ? id : name(id));
  const names = (side, texts, x, anchor, sign) =>
    [...side.found].map(([id, n]) => [
      s("rect", { class: "node", x: sign < 0 ? x - 4 : x, y: n.top, width: 4, height: Math.max(1, n.tall) }),
      s(
        "text",
        { class: "label", x: x + sign * 9, y: n.middle + 4, "text-anchor": anchor },
        s("title", {}, name(id)),
        sign < 0
          ? [fits(id), " ", s("tspan", { class: "count" }, texts.get(id))]
          : [s("tspan", { class: "count" }, texts.get(id)), " ", fits(id)],
      ),
    ]);
  return roving(
    canvas(
      width,
      height,
      "Flow of officials from expellers to targets; arrow keys move from dyad to dyad",
      bands,
      names(a, left.texts, x1, "end", -1),
      names(b, right.texts, x2, "start", 1),
    ),
  );
}
