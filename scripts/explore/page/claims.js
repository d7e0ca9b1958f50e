// Claims: each published total beside ours, with the reason for the gap.

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
  const lines = h("input", { type: "checkbox", onchange: () => set({ lines: lines.checked ? "1" : "" }) });
  const note = h("p", { class: "note", "aria-live": "polite" });
  const sorting = { by: "as_of", down: false };
  let rows = [];
  const tops = {};
  const table = sortable("Published totals and ours", claimColumns(tops), () => rows, sorting);
  sorting.sort = (by) => {
    sorting.down = sorting.by === by ? !sorting.down : false;
    sorting.by = by;
    draw();
  };
  const draw = () => {
    const sorted = table.draw(state.claim ? Infinity : undefined);
    [...table.table.tBodies[0].rows].forEach((row, i) => {
      row.id = "c-" + sorted[i].claim_id;
      row.classList.toggle("chosen", sorted[i].claim_id === state.claim);
    });
  };
  const update = (parameters) => {
    const before = state.claim;
    state = parameters;
    const chosen = claims.find((c) => c.claim_id === state.claim);
    setValue(who, state.by || "");
    setValue(agree, state.agrees || "");
    lines.checked = Boolean(state.lines || chosen?.part_of);
    rows = claims.filter(
      (c) =>
        (lines.checked || !c.part_of) &&
        (!state.by || c.claimed_by === state.by) &&
        (!state.agrees || c.agrees === (state.agrees === "yes")),
    );
    for (const kind of ["officials", "expellers", "posts"])
      tops[kind] = Math.max(1, ...rows.filter((c) => scaleOf(c) === kind).flatMap((c) => [c.figure, c.ours_high ?? c.ours_known]));
    const parts = claims.filter((c) => c.part_of).length;
    // A total that many reprint is one claim.
    const reprints = rows.filter((c) => c.origin).length;
    const agreeing = rows.filter((c) => c.agrees && !c.origin).length;
    fill(
      note,
      `${state.by ? `Counted by ${state.by}${state.agrees ? `, ${state.agrees === "yes" ? "agreeing" : "differing"} only` : ""}: ` : state.agrees ? `${state.agrees === "yes" ? "Agreeing" : "Differing"} only: ` : ""}${plural(rows.length, "claim")}${reprints ? `, ${number(reprints)} of them reprints` : ""}; ${number(agreeing)}${reprints ? " of the others" : ""} agree${agreeing === 1 ? "s" : ""} with ours. ${parts ? `${number(parts)} more are lines of another total. ` : ""}Ours is the total on the claim's own day and scope, as known today; “then” takes only articles published by that day.`,
    );
    draw();
    if (chosen && before !== state.claim)
      requestAnimationFrame(() => document.getElementById("c-" + chosen.claim_id)?.scrollIntoView({ block: "center" }));
  };
  const node = [
    h("h1", {}, "Claims"),
    h("p", { class: "lead" }, "What others published, beside this package's own total for the same days and the same actors."),
    h(
      "form",
      { class: "scope", "aria-label": "Claims shown", onsubmit: (event) => event.preventDefault() },
      who,
      agree,
      h("label", { class: "check" }, lines, "Lines of totals too"),
    ),
    note,
    h(
      "p",
      { class: "legend" },
      h("span", { class: "key diamond" }),
      "published ",
      h("span", { class: "key line" }),
      "ours ",
      h("span", { class: "key band" }),
      "low to high",
    ),
    table.node,
  ];
  const isClaim = (key) => (v) => claims.some((c) => c[key] === v);
  return { node, update, takes: { by: isClaim("claimed_by"), claim: isClaim("claim_id"), agrees: isOne("no", "yes"), lines: isOne("1") } };
}

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

function claimColumns(tops) {
  return [
    {
      name: "by",
      label: "Counted by",
      value: (c) => c.claimed_by,
      cell: (c) => [
        outside(c.url, c.claimed_by),
        h("small", {}, c.publisher === c.claimed_by ? null : `in ${c.publisher}, `, h("span", { class: "nowrap" }, c.published_on)),
        c.origin ? h("small", {}, inside("claims", { claim: c.origin }, "a reprint")) : null,
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
      value: (c) => c.difference,
      cell: (c) => [
        (c.difference > 0 ? "+" : c.difference < 0 ? "−" : "") + number(Math.abs(c.difference)),
        h("small", { class: c.agrees ? "yes" : "no" }, c.agrees ? "agrees" : "differs"),
      ],
    },
    { name: "bar", label: "On a common scale", cell: (c) => strip(c, tops[scaleOf(c)]) },
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
function strip(c, top) {
  const width = 120;
  const x = linear(0, top, 6, width - 6);
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
