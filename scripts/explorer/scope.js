// Scopes as in claims: actors, `EU*` (members that day), `Europe*` (a UN region), `*` (everyone), `-XXX` (not that one).

function members(scope, on) {
  const found = new Set();
  const out = new Set();
  for (const token of scope.split(" ").filter(Boolean)) {
    if (token.startsWith("-")) out.add(token.slice(1));
    else if (token === "*") for (const id of actors.keys()) found.add(id);
    else if (!token.endsWith("*")) found.add(token);
    else {
      const group = token.slice(0, -1);
      for (const a of actors.values()) if (a.un_region === group) found.add(a.actor_id);
      for (const m of groups.get(group) || []) if (m.joined_on <= on && (m.left_on === null || on <= m.left_on)) found.add(m.actor_id);
    }
  }
  for (const id of out) found.delete(id);
  return found;
}

const sameScope = (a, b) => a.split(" ").sort().join(" ") === b.split(" ").sort().join(" ");

function scopeName(scope) {
  if (scope === "*") return "anyone";
  return scope
    .split(" ")
    .map((token) => {
      if (token === "*") return "anyone";
      if (token.startsWith("-")) return `not ${name(token.slice(1))}`;
      if (!token.endsWith("*")) return name(token);
      const group = token.slice(0, -1);
      return groups.has(group) ? `members of ${name(group)}` : group;
    })
    .join(", ");
}

const byName = (ids) => [...ids].sort((a, b) => (name(a) < name(b) ? -1 : 1)).map((id) => ({ value: id, label: name(id) }));

// Options of a scope: everyone, groups and regions with a member that occurs on that side, then the actors themselves.
function scopeOptions(side, everyone) {
  const present = new Set(expulsions.map((e) => e[side]));
  const regions = [...new Set([...present].map((id) => actors.get(id)?.un_region).filter(Boolean))].sort();
  const bodies = [...groups.keys()].filter((g) => groups.get(g).some((m) => present.has(m.actor_id))).sort();
  return [
    { value: "*", label: everyone },
    {
      group: "Groups",
      options: [
        ...bodies.map((g) => ({ value: g + "*", label: `members of ${name(g)}` })),
        ...regions.map((r) => ({ value: r + "*", label: `states in ${r}` })),
      ],
    },
    { group: "Single actors", options: byName(present) },
  ];
}

// Expulsions that sums take, in a scope and period; membership is that of the last day, as in claims.
function inScope({ target, expeller, since, until }) {
  const from = members(expeller, until);
  const of = members(target, until);
  return expulsions.filter(
    (e) => e.counts && from.has(e.expeller) && of.has(e.target) && since <= e.announced_on && e.announced_on <= until,
  );
}

function totals(rows) {
  const sum = (key) => rows.reduce((total, e) => total + (e[key] ?? 0), 0);
  return {
    decisions: rows.length,
    known: sum("best"),
    low: sum("low"),
    high: sum("high"),
    unknown: rows.filter((e) => e.unknown).length,
    expellers: new Set(rows.filter((e) => e.persons_ordered !== "no").map((e) => e.expeller)).size,
    targets: new Set(rows.filter((e) => e.persons_ordered !== "no").map((e) => e.target)).size,
    posts: sum("posts_cut"),
  };
}

const range = (low, high) => (low === high ? number(low) : `${number(low)}–${number(high)}`);
const QUALIFIED = { exact: "", about: "about ", at_least: "at least ", at_most: "at most " };
const figure = (e) =>
  e.officials_best === null
    ? e.persons_ordered === "no"
      ? "nobody"
      : "not published"
    : QUALIFIED[e.best_qualifier] + number(e.officials_best);
