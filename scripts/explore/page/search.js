// Search: accents and case are folded, and a state is known by its other names, its codes and its name at home.

import { address, fill, h, number, plural, sentence, shortDay, words } from "./dom.js";
import { actors, columns, core, expulsions, meaning, name, once } from "./data.js";
import { did } from "./scope.js";

const LETTERS = { ł: "l", ø: "o", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ı: "i", "’": "'", "‘": "'" };
const fold = (text) =>
  text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[łøđðþßæœı’‘]/g, (c) => LETTERS[c]);

const named = (...lists) => {
  const found = new Map();
  for (const [id, text] of lists.flat()) if (text) found.set(fold(text), (found.get(fold(text)) ?? new Set()).add(id));
  return found;
};

// Names in the state's own language and in those of the United Nations and in German, as the browser knows them.
function foreignNames() {
  const found = [];
  const tongue = new Map();
  const of = (language, region) => {
    if (!tongue.has(language)) tongue.set(language, new Intl.DisplayNames([language], { type: "region", fallback: "none" }));
    return tongue.get(language).of(region);
  };
  for (const { actor_id, iso2 } of actors.values()) {
    if (!iso2) continue;
    const own = new Intl.Locale("und-" + iso2).maximize().language;
    for (const language of new Set([own, "fr", "es", "ru", "ar", "zh", "de"])) found.push([actor_id, of(language, iso2)]);
  }
  return found;
}

// Read when a search first needs them.
const plainName = (text) => text.replace(/ *\([Tt]he\)$/, "");
const spelled = () => Object.entries(core.spellings).map(([text, id]) => [id, plainName(text)]);
const actorNames = once(() =>
  named(
    [...actors.values()].map((a) => [a.actor_id, a.name]),
    spelled().filter(([, text]) => !/^[A-Z]{2,4}$/.test(text)),
    foreignNames(),
  ),
);
// Codes are found as whole words: of three letters in any case, of two as capitals or alone, for "to" is Tonga's and "no" Norway's.
const actorCodes = once(() =>
  named(
    [...actors.keys()].map((id) => [id, id]),
    [...actors.values()].map((a) => [a.actor_id, a.iso2 ?? a.iso2_former]),
    spelled().filter(([, text]) => /^[A-Z]{2,4}$/.test(text)),
    core.codes.rows.map(([id, code]) => [id, String(code)]),
  ),
);
const namesOf = once(() => {
  const found = new Map();
  for (const [text, ids] of actorNames()) for (const id of ids) found.set(id, `${found.get(id) ?? ""} ${text}`);
  return found;
});

function searchText(e) {
  const coded = ["measure", "wave", "status"].map((c) => (e[c] ? `${words(e[c])} ${meaning("expulsions", c, e[c])}` : ""));
  const grounds = columns.filter((c) => c.startsWith("ground_") && e[c]).map((c) => words(c.slice(7)));
  const post = e.head_of_mission ? "head of mission ambassador" : "";
  const sides = new Set([e.expeller, e.target, e.nationality, e.accredited_to]);
  return fold([e.expulsion_id, e.note, ...coded, ...grounds, post].join(" ")) + [...sides].map((id) => namesOf().get(id) ?? "").join("");
}
const textOf = (e) => (e.text ??= searchText(e));

// What is looked for: { word, actors }, the longest names first.
function termsOf(query) {
  const typed = (query ?? "").split(/\s+/).filter(Boolean);
  const found = [];
  for (let at = 0; at < typed.length; ) {
    let taken = Math.min(8, typed.length - at);
    const phrase = () => fold(typed.slice(at, at + taken).join(" "));
    while (taken > 1 && !actorNames().has(phrase())) taken--;
    const [word, one] = [phrase(), typed[at]];
    const code = taken === 1 && (one.length !== 2 || one === one.toUpperCase() || typed.length === 1) ? actorCodes().get(word) : null;
    found.push({ word, of: wholeWord(word), actors: actorNames().get(word) ?? code ?? null, whole: Boolean(code) });
    at += taken;
  }
  return found;
}

const isParty = (e, ids) => ids.has(e.expeller) || ids.has(e.target) || ids.has(e.nationality);
// Where it names a state it is a word of its own: Niger is not in Nigeria.
const wholeWord = (word) => new RegExp(`(?<![\\p{L}\\p{N}])${word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")}(?![\\p{L}\\p{N}])`, "u");
const holds = (e, { word, actors: ids, whole, of }) => (ids && isParty(e, ids)) || (!whole && (ids ? of.test(textOf(e)) : textOf(e).includes(word)));

function finds(query) {
  const terms = termsOf(query);
  return (e) => terms.every((term) => holds(e, term));
}

// What the search in the head of the page offers: states, waves and grounds by name, then the expulsions themselves.
function suggestions(query) {
  const wanted = fold(query.trim());
  if (!wanted) return [];
  const [term] = termsOf(query);
  const exact = termsOf(query).length === 1 ? [...(term.actors ?? [])] : [];
  const near = [...namesOf()].filter(([, text]) => text.includes(" " + wanted)).map(([id]) => id);
  const states = [...new Set([...exact, ...near])]
    .map((id) => ({ id, rows: partyRows().get(id) ?? 0 }))
    .filter(({ id, rows }) => rows || exact.includes(id))
    .sort((a, b) => exact.includes(b.id) - exact.includes(a.id) || b.rows - a.rows)
    .map(({ id, rows }) => ({ href: "#" + id, label: name(id), kind: plural(rows, "decision") }));
  const coded = (column, values) =>
    values
      .filter((v) => fold(`${words(v)} ${meaning("expulsions", column, v)}`).includes(wanted))
      .map((v) => ({ href: address("table", { [column]: v }), label: sentence(meaning("expulsions", column, v)), kind: column }));
  const waves = coded("wave", Object.keys(core.labels.expulsions.wave));
  const grounds = columns.filter((c) => c.startsWith("ground_") && fold(words(c.slice(7))).includes(wanted));
  const rows = expulsions.filter(finds(query));
  return [
    ...states.slice(0, 6),
    ...waves,
    ...grounds.map((c) => ({ href: address("table", { ground: c.slice(7) }), label: sentence(words(c.slice(7))), kind: "ground" })),
    ...(rows.length > 1 ? [{ href: address("table", { q: query.trim() }), label: `All ${number(rows.length)} that match`, kind: "table" }] : []),
    ...rows
      .slice(-6)
      .reverse()
      .map((e) => ({ href: "#" + e.expulsion_id, label: did(e), kind: shortDay(e.announced_on, e.announced_precision) })),
  ];
}

const partyRows = once(() => {
  const found = new Map();
  for (const e of expulsions) for (const id of new Set([e.expeller, e.target, e.nationality ?? e.target])) found.set(id, (found.get(id) ?? 0) + 1);
  return found;
});

// A field with a list below it: arrow keys choose, Enter goes to what is chosen or to the first.
function searchBox() {
  let offered = [];
  let at = -1;
  const list = h("ul", { id: "found", role: "listbox", "aria-label": "Found" });
  list.hidden = true;
  const choose = (next) => {
    at = next;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    if (at >= 0) list.children[at].scrollIntoView({ block: "nearest" });
    box[at < 0 ? "removeAttribute" : "setAttribute"]("aria-activedescendant", `found-${at}`);
  };
  const close = () => {
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
  };
  const take = (item) => {
    if (!item) return;
    close();
    box.value = "";
    location.hash = item.href;
  };
  const offer = () => {
    offered = suggestions(box.value);
    fill(
      list,
      offered.length || !box.value.trim()
        ? offered.map((item, i) =>
            h(
              "li",
              { role: "option", id: `found-${i}`, onmousedown: (event) => event.preventDefault(), onclick: () => take(item) },
              item.label,
              h("small", {}, item.kind),
            ),
          )
        : h("li", { role: "option", "aria-disabled": "true" }, "Nothing found by this name, code or word."),
    );
    list.hidden = !box.value.trim();
    box.setAttribute("aria-expanded", String(!list.hidden));
    choose(-1);
  };
  const box = h("input", {
    type: "search",
    role: "combobox",
    "aria-label": "Find a state, a wave or an expulsion",
    "aria-controls": "found",
    "aria-expanded": "false",
    "aria-autocomplete": "list",
    placeholder: "State, wave, day, word",
    autocomplete: "off",
    spellcheck: "false",
    oninput: offer,
    onblur: close,
    onkeydown: (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && offered.length) {
        event.preventDefault();
        choose((at + step + offered.length) % offered.length);
      } else if (event.key === "Enter") {
        event.preventDefault();
        take(offered[Math.max(at, 0)]);
      } else if (event.key === "Escape") close();
    },
  });
  return [box, list];
}

export { finds, partyRows, searchBox };
