// The address decides what is shown: #view?parameters, or #id for the evidence of one expulsion.

import { address, fill, h, inside } from "./dom.js";
import { actors, core, evidence, evidenceRead, expulsionById, release } from "./data.js";
import { searchBox } from "./search.js";
import { isDay } from "./selection.js";
import { home } from "./figures.js";
import { wavesView } from "./waves.js";
import { overview } from "./overview.js";
import { tit } from "./answers.js";
import { evidenceIndex, evidencePage } from "./evidence.js";
import { claimsView } from "./claims.js";
import { tableView } from "./table.js";
import { actorPage } from "./country.js";
import { dyads } from "./dyads.js";
import { about } from "./about.js";

const VIEWS = [
  ["overview", "Overview", overview],
  ["dyads", "Dyads", dyads],
  ["waves", "Waves", wavesView],
  ["answers", "Tit for tat", tit],
  ["evidence", "Evidence", evidenceIndex],
  ["claims", "Claims", claimsView],
  ["table", "Table", tableView],
  ["about", "About", about],
];
const main = document.getElementById("content");
const place = { view: null, shown: null, hash: null, key: null, word: h("p", { class: "note", id: "left-out", role: "status" }) };

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// What of an address a view takes, by a test of each value; the rest is never read, and named on the page.
function admitted(parameters, tests) {
  const given = Object.entries(parameters).filter(([, value]) => value !== "");
  // Of a reversed period the end is left out.
  const reversed = (key, value) => key === "until" && [parameters.from, parameters.since].some((first) => first && isDay(first) && first > value);
  const passes = ([key, value]) => Object.hasOwn(tests, key) && tests[key](value) && !reversed(key, value);
  return [Object.fromEntries(given.filter(passes)), given.filter((entry) => !passes(entry))];
}

function leftOut(refused) {
  const short = (text) => (text.length > 60 ? text.slice(0, 60) + "…" : text);
  const named = refused.map(([key, value], i) => [i ? ", " : "", h("bdi", {}, `${short(key)} “${short(value)}”`)]);
  return refused.length ? ["Left out of this address, because there is no such choice: ", named, "."] : null;
}

// --- places: Back returns to the view as it was left, to its height and to the link that was followed ---

const KEPT = 12;
const left = new Map();

function leave() {
  clearTimeout(late);
  if (place.key === null) return;
  const followed = document.activeElement?.closest("main a[href]");
  left.delete(place.key);
  left.set(place.key, { ...place, node: main.firstChild, title: document.title, followed });
  if (left.size > KEPT) left.delete(left.keys().next().value);
}

function restore(found) {
  Object.assign(place, found);
  fill(main, found.node);
  document.title = found.title;
  update(found.hash);
  (found.followed ?? main).focus({ preventScroll: true });
  scrollTo(0, found.height);
}

// WebKit lets a page write its address a hundred times in half a minute and throws at the next: the address then follows later.
let late = 0;
function written(state, hash) {
  clearTimeout(late);
  try {
    history.replaceState(state, "", hash);
  } catch {
    late = setTimeout(() => written(state, hash), 1000);
  }
}

function route() {
  const hash = location.hash;
  if (hash === place.hash) return;
  leave();
  const { key = `${Date.now()}-${Math.random()}`, height } = history.state ?? {};
  const found = left.get(key);
  place.key = key;
  if (found?.hash === hash) return restore(found);
  if (!history.state) written({ key }, hash);
  show(hash);
  if (height) scrollTo(0, height);
}

const viewOf = (hash) => hash.slice(1).split("?")[0] || "overview";
const parametersOf = (hash) => Object.fromEntries(new URLSearchParams(hash.split(/\?(.*)/s)[1] || ""));

function show(hash) {
  const view = viewOf(hash);
  if (expulsionById.has(view) && !evidence()) {
    place.hash = hash;
    return evidenceRead().then(() => place.hash === hash && show(hash));
  }
  if (place.view !== view) {
    const known = VIEWS.find(([id]) => id === view);
    const arrived = place.view !== null;
    Object.assign(place, { view, height: 0, shown: known ? known[2]() : actors.has(view) ? actorPage(view) : evidencePage(decoded(view)) });
    fill(main, h("article", { class: "view " + (known ? view : actors.has(view) ? "record claims" : "record") }, place.shown.node));
    document.title = `${main.querySelector("h1").textContent} · ${release.title}`;
    if (arrived) {
      scrollTo(0, 0);
      main.focus({ preventScroll: true });
    }
  }
  update(hash);
}

// Puts the view that stands into the state of an address, unless it is in it.
function update(hash) {
  place.hash = hash;
  const isFigure = (id) => Boolean(place.shown.alone ?? main.querySelector(`#figure-${CSS.escape(id)}`));
  const [{ only, ...kept }, refused] = admitted(parametersOf(hash), { ...place.shown.takes, only: isFigure });
  main.querySelector("h1").after(fill(place.word, leftOut(refused)));
  const known = VIEWS.some(([id]) => id === place.view);
  for (const link of document.querySelectorAll("#nav a")) {
    if (link.hash === "#" + (known ? place.view : actors.has(place.view) ? "" : "evidence")) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (place.shown.in === hash) return;
  place.shown.in = hash;
  place.shown.update(kept);
  if (only) alone(only);
}

// A figure that another page embeds stands alone; its links open the whole page.
function alone(id) {
  if (place.shown.alone) return;
  place.shown.alone = true;
  const figure = document.getElementById("figure-" + id);
  const link = h("a", { href: address(place.view, { ...parametersOf(place.hash), only: "" }) }, `${release.title} ${release.version}`);
  document.body.classList.add("alone");
  fill(main, h("article", { class: main.firstChild.className }, h("h1", { class: "hidden" }, document.title), figure, h("p", { class: "note" }, "Source: ", link)));
  main.addEventListener("click", (event) => {
    const followed = event.target.closest?.("a[href^='#']");
    if (!followed) return;
    event.preventDefault();
    open(home() + followed.getAttribute("href"), "_blank", "noopener");
  });
}

// What a control asks for: the place in the history is replaced, so that Back leaves the view.
addEventListener("go", ({ detail: hash }) => {
  show(hash);
  written({ key: place.key }, hash);
});

fill(
  document.getElementById("nav"),
  VIEWS.map(([id, label]) => h("li", {}, inside(id, {}, label))),
);
fill(document.getElementById("version"), `Version ${release.version}`);
fill(document.getElementById("search"), searchBox());
fill(
  document.getElementById("foot"),
  `${release.title} ${release.version}. Tables sha256:`,
  h("code", {}, release.fingerprint),
  `. ${core.about.licence}.`,
);
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
history.scrollRestoration = "manual";
addEventListener("scroll", () => (place.height = scrollY), { passive: true });
addEventListener("pagehide", () => written({ key: place.key, height: scrollY }, location.hash));
addEventListener("hashchange", route);
route();
requestAnimationFrame(() => setTimeout(() => evidenceRead().then(() => document.body.classList.add("ready"))));
