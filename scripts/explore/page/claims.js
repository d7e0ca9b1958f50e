// Claims: each published total beside ours, with the reason for the gap.

import { address, day, fill, go, h, number, outside, plural, s, select, sentence, sortRows, sortable } from "./dom.js";
import { claims, core, grouped, meaning } from "./data.js";
import { bounds, bracketed, scopeName, setValue } from "./scope.js";
import { canvas, linear, responsive, roving } from "./charts.js";
import { isOne } from "./selection.js";
import { asTable, figured, taken } from "./figures.js";
import { claimed } from "./overview.js";

// A statement that many reprint is one claim: its reprints stand with it.
const reprints = grouped(claims.filter((c) => c.origin), "origin");
const originals = claims.filter((c) => !c.origin);
const ORDERS = {
  newest: ["newest first", "as_of", true],
  largest: ["largest first", "figure", true],
  gap: ["widest gap first", "difference", true],
  by: ["by who counted", "by", false],
};

function claimsView() {
  let state = {};
  const set = (change) => go("claims", { ...state, claim: "", ...change });
  const who = select(
    "Counted by",
    [{ value: "", label: "anybody" }, ...[...new Set(claims.map((c) => c.claimed_by))].sort().map((v) => ({ value: v, label: v }))],
    (v) => set({ by: v }),
  );
  const agree = select(
    "Outcome",
    [
      { value: "", label: "all" },
      { value: "no", label: "differs" },
      { value: "yes", label: "agrees" },
    ],
    (v) => set({ agrees: v }),
  );
  const order = select("Order", Object.entries(ORDERS).map(([value, [label]]) => ({ value, label })), (v) => set({ order: v }));
  const lines = h("input", { type: "checkbox", onchange: () => set({ lines: lines.checked ? "1" : "" }) });
  const note = h("p", { class: "note", "aria-live": "polite" });
  const sorting = { by: "as_of", down: true };
  let rows = [];
  const scales = {};
  const table = sortable("Published totals and ours", claimColumns(scales), () => rows, sorting, innerWidth > 740 ? 60 : 20);
  table.table.classList.add("cards");
  sorting.sort = (by) => {
    sorting.down = sorting.by === by ? !sorting.down : false;
    sorting.by = by;
    draw();
  };
  const draw = () => {
    const sorted = table.draw(state.claim ? Infinity : undefined);
    const chosen = claims.find((c) => c.claim_id === state.claim);
    [...table.table.tBodies[0].rows].forEach((row, i) => {
      row.id = "c-" + sorted[i].claim_id;
      row.classList.toggle("chosen", sorted[i].claim_id === (chosen?.origin ?? chosen?.claim_id));
    });
  };
  const plot = responsive((width) => claimDots(width, dotted(rows, sorting)), { class: "chart" });
  const told = () =>
    `Published totals${state.by ? ` counted by ${state.by}` : ""}${state.agrees ? `, ${state.agrees === "yes" ? "agreeing" : "differing"} only` : ""}, beside ours on the same days and scope`;
  const dots = figured({ id: "claims", title: "Published totals beside ours", subject: told, place: plot, data: () => asTable(core.claims, dotted(rows, sorting)) }, claimLegend(), plot);
  const update = (parameters) => {
    const before = state;
    state = parameters;
    const chosen = claims.find((c) => c.claim_id === state.claim);
    setValue(who, state.by || "");
    setValue(agree, state.agrees || "");
    setValue(order, state.order || "newest");
    if (state.order !== before.order || !sorting.set) [, sorting.by, sorting.down] = ORDERS[state.order || "newest"];
    sorting.set = true;
    lines.checked = Boolean(state.lines || chosen?.part_of);
    const shown = (c) => (!state.by || c.claimed_by === state.by) && (!state.agrees || c.agrees === (state.agrees === "yes"));
    // A reprint of what is shown is told beside it.
    rows = originals.filter((c) => (lines.checked || !c.part_of) && [c, ...(reprints.get(c.claim_id) ?? [])].some(shown));
    Object.assign(scales, claimScales(rows));
    const parts = originals.filter((c) => c.part_of).length;
    const again = rows.reduce((sum, c) => sum + (reprints.get(c.claim_id)?.length ?? 0), 0);
    const agreeing = rows.filter((c) => c.agrees).length;
    fill(
      note,
      state.agrees ? `${state.agrees === "yes" ? "Agreeing" : "Differing"} only: ` : "",
      `${plural(rows.length, "claim")}${again ? `, printed again ${again === 1 ? "once" : `${number(again)} times`}` : ""}; ${number(agreeing)} agree${agreeing === 1 ? "s" : ""} with ours. ${parts && !lines.checked ? `${plural(parts, "more is a line", "more are lines")} of another total. ` : ""}Ours is the total on the claim's own day and scope, as known today; “then” takes only articles published by that day.`,
    );
    fill(dots.querySelector("figcaption"), told());
    plot.redraw();
    draw();
    if (chosen && before.claim !== state.claim)
      requestAnimationFrame(() => document.getElementById("c-" + (chosen.origin ?? chosen.claim_id))?.scrollIntoView({ block: "center" }));
  };
  const node = [
    h("h1", {}, "Claims"),
    h("p", { class: "lead" }, "What others published, beside this package's own total for the same days and the same actors."),
    h(
      "form",
      { class: "scope", "aria-label": "Claims shown", onsubmit: (event) => event.preventDefault() },
      who,
      agree,
      order,
      h("label", { class: "check" }, lines, "Lines of totals too"),
    ),
    note,
    h("section", {}, h("h2", {}, "On one scale"), dots),
    h("section", {}, h("h2", {}, "One by one"), claimLegend(), table.node, taken("claims", () => asTable(core.claims, rows.flatMap((c) => [c, ...(reprints.get(c.claim_id) ?? [])])))),
  ];
  const isClaim = (key) => (v) => claims.some((c) => c[key] === v);
  return {
    node,
    update,
    takes: { by: isClaim("claimed_by"), claim: isClaim("claim_id"), agrees: isOne("no", "yes"), order: isOne(...Object.keys(ORDERS)), lines: isOne("1") },
  };
}

const claimLegend = () =>
  h(
    "p",
    { class: "legend" },
    h("span", { class: "key diamond" }),
    "published ",
    h("span", { class: "key line" }),
    "ours ",
    h("span", { class: "key band" }),
    "low to high. Distances are of ratios: as far from 10 to 100 as from 100 to 1,000.",
  );

const NOUNS = {
  diplomats: "diplomats",
  mission_members: "members of missions",
  unspecified: "officials",
  expellers: "expellers",
  posts: "posts cut",
};

// Officials, expellers and posts are each drawn on a scale of their own.
const scaleOf = (c) => (["expellers", "posts"].includes(c.counted) ? c.counted : "officials");

// Expellers and posts are counted whatever the figures.
const lacks = (c) => (c.ours === null ? c.n_unknown : 0);
const oursKnown = (c) => (lacks(c) && !c.ours_known ? "?" : number(c.ours_known));
const then = (c) => {
  if (scaleOf(c) !== "officials" || c.kind === "none" || !c.n_unknown_then) return number(c.ours_then);
  return c.ours_then ? `${number(c.ours_then)} + ${c.n_unknown_then} unknown` : "unknown";
};

// Each kind on a scale of its own, by ratio, so that one large total does not press all others to the edge.
const ratioScale = (top) => (low, high) => (value) => linear(0, Math.log10(1 + top), low, high)(Math.log10(1 + Math.max(0, value)));
function claimScales(rows) {
  const tops = {};
  for (const c of rows) tops[scaleOf(c)] = Math.max(tops[scaleOf(c)] ?? 1, c.figure ?? 0, c.ours_high ?? c.ours_known ?? 0);
  return Object.fromEntries(Object.entries(tops).map(([kind, top]) => [kind, { top, at: ratioScale(top) }]));
}

// --- the dot plot: one line a claim, the first fifty in the order of the list ---

const DOTS = 50;
const dotted = (rows, { by, down }) =>
  sortRows(
    rows.filter((c) => scaleOf(c) === "officials" && c.kind !== "none"),
    claimColumns({}).find((c) => c.name === by).value,
    down,
  ).slice(0, DOTS);

function claimDots(width, shown) {
  if (!shown.length) return h("p", {}, "No claim of officials is chosen.");
  const narrow = width < 640;
  // Columns of a line: who counted, what, and how many; paper has less room for them.
  const [who, what, left] = narrow ? [34, Math.floor(width / 7), 8] : width < 900 ? [22, 21, 372] : [32, 27, 490];
  const edge = { left, right: 16, top: 24, bottom: 26 };
  const tall = narrow ? 52 : 22;
  const height = edge.top + shown.length * tall + edge.bottom;
  const top = Math.max(1, ...shown.flatMap((c) => [c.figure, c.ours_high ?? c.ours_known]));
  const x = ratioScale(top)(edge.left, width - edge.right);
  const marks = [0, 1, 3, 10, 30, 100, 300, 1000, 3000, 10000].filter((v) => v <= top);
  const cut = (text, long) => (text.length > long ? text.slice(0, long - 1) + "…" : text);
  return roving(
    canvas(
      width,
      height,
      "Published totals and ours; arrow keys move from one to the next",
      marks.map((v) => [
        s("line", { class: "grid", x1: x(v), x2: x(v), y1: edge.top, y2: height - edge.bottom }),
        [edge.top - 8, height - 8].map((y) => s("text", { class: "tick", x: x(v), y, "text-anchor": "middle" }, number(v))),
      ]),
      shown.map((c, i) => {
        const at = edge.top + i * tall;
        const y = at + tall - 11;
        const again = reprints.get(c.claim_id)?.length;
        const said = `${c.claimed_by}, ${day(c.as_of)}: ${claimed(c)} ${NOUNS[c.counted]}${again ? `, printed again ${again === 1 ? "once" : `${again} times`}` : ""}; ours ${oursKnown(c)}${bracketed(bounds({ low: c.ours_low, high: c.ours_high }))}. ${c.scope_as_stated}`;
        const label = cut(`${c.as_of.slice(0, 10)}  ${c.claimed_by}`, who) + (again ? ` ×${again + 1}` : "");
        const counts = cut(`${scopeName(c.expeller_scope)} against ${scopeName(c.target_scope)}`, what);
        return s(
          "a",
          { href: address("claims", { claim: c.claim_id, ...(c.part_of ? { lines: "1" } : {}) }), "aria-label": said },
          s("title", {}, said),
          s("rect", { class: "hit", x: 0, y: at, width, height: tall }),
          narrow
            ? [s("text", { class: "label", x: edge.left, y: at + 13 }, `${label}: ${claimed(c)}`), s("text", { class: "tick", x: edge.left, y: at + 28 }, counts)]
            : [
                s("text", { class: "label", x: 0, y: y + 4 }, label),
                s("text", { class: "tick", x: 12 + who * 6.7, y: y + 4 }, counts),
                s("text", { class: "tick", x: edge.left - 14, y: y + 4, "text-anchor": "end" }, claimed(c)),
              ],
          s("line", { class: "grid", x1: x(0), x2: x(top), y1: y, y2: y }),
          s("rect", { class: "band", x: x(c.ours_low), y: y - 4, width: Math.max(0, x(c.ours_high ?? c.ours_known) - x(c.ours_low)), height: 8 }),
          lacks(c) && !c.ours_known ? null : s("line", { class: "line", x1: x(c.ours_known), x2: x(c.ours_known), y1: y - 7, y2: y + 7 }),
          s("path", { class: "mark", d: `M${x(c.figure)},${y - 5}l5,5l-5,5l-5,-5Z` }),
        );
      }),
    ),
  );
}

function claimColumns(scales) {
  return [
    {
      name: "by",
      label: "Counted by",
      value: (c) => c.claimed_by,
      cell: (c) => [
        outside(c.url, c.claimed_by),
        h("small", {}, c.publisher === c.claimed_by ? null : `in ${c.publisher}, `, h("span", { class: "nowrap" }, c.published_on)),
        reprints.has(c.claim_id)
          ? h(
              "small",
              {},
              "printed again: ",
              reprints.get(c.claim_id).map((r, i) => [i ? ", " : "", outside(r.url, r.publisher), ` ${r.published_on}`]),
            )
          : null,
      ],
    },
    {
      name: "figure",
      label: "Published",
      number: true,
      value: (c) => c.figure,
      cell: (c) => [
        h("span", { class: "nowrap" }, c.kind === "none" ? "none" : claimed(c)),
        h("small", {}, c.kind === "none" ? "nobody expelled" : NOUNS[c.counted]),
      ],
    },
    {
      name: "ours",
      label: "Ours",
      number: true,
      class: "ours",
      value: (c) => c.ours_known,
      cell: (c) => [
        oursKnown(c),
        h(
          "small",
          {},
          [bounds({ low: c.ours_low, high: c.ours_high }), lacks(c) ? `${lacks(c)} unknown` : "", `then ${then(c)}`]
            .filter(Boolean)
            .join(", "),
        ),
      ],
    },
    {
      name: "difference",
      label: "Difference",
      number: true,
      value: (c) => (c.difference === null ? null : Math.abs(c.difference)),
      cell: (c) => [
        (c.difference > 0 ? "+" : c.difference < 0 ? "−" : "") + number(Math.abs(c.difference)),
        h("small", { class: c.agrees ? "yes" : "no" }, c.agrees ? "agrees" : "differs"),
      ],
    },
    { name: "bar", label: "On one scale", class: "bar", cell: (c) => strip(c, scales[scaleOf(c)]) },
    {
      name: "scope",
      label: "What it counts",
      class: "wide",
      value: (c) => c.scope_as_stated,
      cell: (c) => [c.scope_as_stated, h("small", {}, `${scopeName(c.expeller_scope)} against ${scopeName(c.target_scope)}`)],
    },
    {
      name: "as_of",
      label: "Period",
      value: (c) => c.as_of,
      cell: (c) => [h("span", { class: "nowrap" }, c.since), " to ", h("span", { class: "nowrap" }, c.as_of)],
    },
    {
      name: "reason",
      label: "Reason of the gap",
      class: "wide",
      value: (c) => c.gap_reason ?? "",
      cell: (c) => [
        c.gap_reason ? sentence(meaning("claims", "gap_reason", c.gap_reason)) : c.agrees ? "–" : "Not given",
        c.note ? h("small", {}, c.note) : null,
        c.reached_on ? h("small", {}, `Our running total reached it on ${c.reached_on}.`) : null,
      ],
    },
  ];
}

// A strip on the scale of all claims of its kind that are shown: our range, our total, the published number.
function strip(c, { top, at }) {
  const width = 120;
  const x = at(6, width - 6);
  return s(
    "svg",
    {
      class: "strip",
      viewBox: `0 0 ${width} 18`,
      width,
      height: 18,
      role: "img",
      "aria-label": `published ${claimed(c)}, ours ${oursKnown(c)}${bracketed(bounds({ low: c.ours_low, high: c.ours_high }))}`,
    },
    s("line", { class: "grid", x1: x(0), x2: x(top), y1: 9, y2: 9 }),
    s("rect", { class: "band", x: x(c.ours_low), y: 5, width: Math.max(0, x(c.ours_high ?? c.ours_known) - x(c.ours_low)), height: 8 }),
    lacks(c) && !c.ours_known ? null : s("line", { class: "line", x1: x(c.ours_known), x2: x(c.ours_known), y1: 2, y2: 16 }),
    s("path", { class: "mark", d: `M${x(c.figure)},5l4,4l-4,4l-4,-4Z` }),
  );
}

export { claimsView, claimScales, claimColumns };
