// Scopes as in claims: an actor, `EU*` (members that day), `Europe*` (a UN region), `*` (everyone); the database says who is in one.

import { LATEST, day, number, option, plural, toDays, toIso, words } from "./dom.js";
import { TheName, actors, core, expulsions, firstDay, grouped, name, records, theName } from "./data.js";

const scopes = grouped(records(core.scopes), "scope");
const isScope = (scope) => scopes.has(scope) || actors.has(scope);

function members(scope, on) {
  const spells = scopes.get(scope) || [];
  return new Set(spells.filter((m) => (m.joined_on ?? on) <= on && on <= (m.left_on ?? on)).map((m) => m.actor_id));
}

const regions = new Set([...actors.values()].map((a) => a.un_region));

function scopeName(scope) {
  return scope
    .split(" ")
    .map((token) => {
      if (token === "*") return "anyone";
      if (token.startsWith("-")) return `not ${theName(token.slice(1))}`;
      if (!token.endsWith("*")) return theName(token);
      const group = token.slice(0, -1);
      return regions.has(group) ? group : `members of ${theName(group)}`;
    })
    .join(", ");
}

// Whose officials, by whom, from when to when: what stands above every figure and on every print.
const ofWhom = (target) => (target === "*" ? "Officials of all states and organisations" : `Officials of ${scopeName(target)}`);
const subject = ({ target, expeller, since, until }) => `${ofWhom(target)}, expelled by ${scopeName(expeller)}, ${day(since)} to ${day(until)}`;

// One sentence for whatever is chosen: how many?
function howMany(sums, { target, expeller, since, until }) {
  const of = target === "*" ? "officials" : `officials of ${scopeName(target)}`;
  const when = `From ${day(since)} to ${day(until)}`;
  if (!sums.decisions)
    return `${when} no decision by ${scopeName(expeller)} against ${of} is known here. Whether anybody looked is another question: the coverage is under About.`;
  const by = `expelled by ${scopeName(expeller)}`;
  const ends = bounds(sums);
  const decisions = `in ${plural(sums.decisions, "decision")}`;
  if (sums.known === null)
    return `${when} ${of} were ${by}, ${decisions}; how many is not published${ends ? ` (${ends})` : ""}.`;
  const known = `${number(sums.known)} ${sums.known === 1 ? of.replace("officials", "official") : of}`;
  const lacking = sums.unknown ? ` ${plural(sums.unknown, "decision")} of these ${sums.unknown === 1 ? "gives" : "give"} no number, so the true total is higher.` : "";
  return `${when} ${known} ${sums.known === 1 ? "is" : "are"} known to have been ${by}${ends ? ` (${sums.high === null ? "in all " : ""}${ends})` : ""}, ${decisions}.${lacking}`;
}

// Where all that is promised has one actor on either side, the page opens with that actor's officials; else with everybody's.
const promised = records(core.scope);
const hubs = promised.map((s) => [s.expeller_scope, s.target_scope].filter((side) => actors.has(side)));
const beside = (hub) => expulsions.filter((e) => e.counts && ![e.expeller, e.target, e.nationality].includes(hub)).length;
const HUB = hubs[0]?.find((id) => hubs.every((sides) => sides.includes(id)) && beside(id) * 3 < expulsions.length) ?? "*";
const promisedFrom = promised.reduce((a, s) => (s.period_from < a ? s.period_from : a), promised.length ? LATEST : firstDay);

// What the package promises of a scope, and what of its period no promise holds: spans of days, both ends in them.
const promises = ({ expeller, target }) => {
  const on = (side, asked) => {
    const tokens = side.split(" ");
    return !tokens.includes(`-${asked}`) && (asked === "*" || tokens.includes("*") || tokens.includes(asked));
  };
  return promised.filter((p) => on(p.expeller_scope, expeller) && on(p.target_scope, target)).sort((a, b) => (a.period_from < b.period_from ? -1 : 1));
};
function beyond({ since, until, ...sides }) {
  const found = [];
  let next = since;
  for (const { period_from, period_until } of promises(sides)) {
    if (period_until < next) continue;
    if (period_from > next) found.push([next, least(until, toIso(toDays(period_from) - 1))]);
    next = toIso(toDays(period_until) + 1);
    if (next > until) break;
  }
  if (next <= until) found.push([next, until]);
  return found.filter(([from, to]) => from <= to);
}
const least = (a, b) => (a < b ? a : b);

// A period that is partly or wholly outside the scope says so.
function beyondText(scope) {
  const spans = beyond(scope);
  if (!spans.length) return "";
  const told = spans.map(([from, to]) => `${day(from)} to ${day(to)}`).join(", ");
  return ` Outside the scope is ${told}: what is found there is not all, and what is absent there means nothing.`;
}

const byName = (ids) => [...ids].sort((a, b) => (name(a) < name(b) ? -1 : 1)).map((id) => ({ value: id, label: name(id) }));

// Options of a scope: everyone, groups and regions with a member that occurs on that side, then the actors themselves.
function scopeOptions(side, everyone) {
  const present = new Set(expulsions.map((e) => e[side]));
  const groups = [...scopes.keys()].filter((s) => /.\*$/.test(s) && scopes.get(s).some((m) => present.has(m.actor_id)));
  const [states, bodies] = [groups.filter((s) => regions.has(s.slice(0, -1))), groups.filter((s) => !regions.has(s.slice(0, -1)))];
  return [
    { value: "*", label: everyone },
    {
      group: "Groups",
      options: [
        ...bodies.sort().map((s) => ({ value: s, label: scopeName(s) })),
        ...states.sort().map((s) => ({ value: s, label: `states in ${scopeName(s)}` })),
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

// The sum of what is known is empty if nothing is, and the high one if the end of any decision is open or unknown.
function totals(rows) {
  const sum = (key) => rows.reduce((total, e) => total + (e[key] ?? 0), 0);
  const count = (key) => rows.filter((e) => e[key]).length;
  const [unknown, open] = [count("unknown"), count("open")];
  return {
    decisions: rows.length,
    known: unknown && unknown === rows.length ? null : sum("best"),
    low: sum("low"),
    high: unknown + open ? null : sum("high"),
    unknown,
    open,
    expellers: new Set(rows.filter((e) => e.persons_ordered !== "no").map((e) => e.expeller)).size,
    targets: new Set(rows.filter((e) => e.persons_ordered !== "no").map((e) => e.target)).size,
    posts: sum("posts_cut"),
  };
}

const range = (low, high) => (low === high ? number(low) : `${number(low)}–${number(high)}`);
// Both ends of a sum, where they say more than the sum.
const bounds = ({ low, high }) => (high === null ? (low ? `at least ${number(low)}` : "") : low === high ? "" : range(low, high));
const bracketed = (text) => (text ? ` (${text})` : "");
const knownText = (sums) => (sums.known === null ? "no figure known" : `${plural(sums.known, "official")} known`);
const lackingText = (count) => (count ? `, ${number(count)} without a published figure` : "");
// A sum in a small place: what is unknown or open stands beside it.
const sumText = ({ known, unknown, open }) => (known === null ? "?" : number(known) + (unknown ? "+?" : open ? "+" : ""));
const QUALIFIED = { exact: "", about: "about ", at_least: "at least ", at_most: "at most " };
// What one decision did, as the end of a sentence about its expeller.
function deed(e) {
  if (e.unknown) return `expels officials of ${theName(e.target)}, their number not published`;
  if (e.officials_best === null) return `acts against the mission of ${theName(e.target)} and orders nobody out`;
  return `expels ${figure(e)} ${e.officials_best === 1 ? "official" : "officials"} of ${theName(e.target)}`;
}
const did = (e) => `${TheName(e.expeller)} ${deed(e)}`;
const figure = (e) =>
  e.unknown ? "not published" : e.officials_best === null ? "nobody" : QUALIFIED[e.best_qualifier] + number(e.officials_best);

// A label knows its control. What an address asks for and no row has is a choice too, or the field would be blank.
function setValue(wrapped, value) {
  const { control } = wrapped;
  if (control.options && ![...control.options].some((o) => o.value === value))
    control.append(option({ value, label: `${isScope(value) ? scopeName(value) : words(value)} (none)` }));
  if (control.value !== value && document.activeElement !== control) control.value = value;
}

// The bounds of a running total, and how many decisions it leaves out.
const bothEnds = (d) =>
  (d.unknown + d.open ? `at least ${number(d.low)}` : range(d.low, d.high)) + (d.unknown ? `, ${d.unknown} unknown` : "");

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

export {
  isScope, members, scopeName, ofWhom, subject, howMany, HUB, promisedFrom, promises, beyond, least, beyondText, byName, scopeOptions,
  inScope, totals, range, bounds, bracketed, knownText, lackingText, sumText, QUALIFIED, deed, did, figure, setValue, bothEnds, halves,
  firstHalf, halfName, searched,
};
