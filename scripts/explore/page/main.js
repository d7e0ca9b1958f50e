// The address decides what is shown: #view?parameters, or #id for the evidence of one expulsion.

const VIEWS = [
  ["overview", "Overview", overview],
  ["dyads", "Dyads", dyads],
  ["answers", "Tit for tat", tit],
  ["evidence", "Evidence", evidenceIndex],
  ["claims", "Claims", claimsView],
  ["table", "Table", tableView],
  ["about", "About", about],
];
const main = document.getElementById("content");
const place = { view: null, shown: null, hash: null, word: h("p", { class: "note", id: "left-out", role: "status" }) };

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
  const passes = ([key, value]) => Object.hasOwn(tests, key) && tests[key](value);
  return [Object.fromEntries(given.filter(passes)), given.filter((entry) => !passes(entry))];
}

function leftOut(refused) {
  const short = (text) => (text.length > 60 ? text.slice(0, 60) + "…" : text);
  const named = refused.map(([key, value], i) => [i ? ", " : "", h("bdi", {}, `${short(key)} “${short(value)}”`)]);
  return refused.length ? ["Left out of this address, because there is no such choice: ", named, "."] : null;
}

function route() {
  const hash = location.hash;
  if (hash === place.hash) return;
  const [view, query] = hash.slice(1).split(/\?(.*)/s);
  const parameters = Object.fromEntries(new URLSearchParams(query || ""));
  show(view || "overview", parameters, hash);
}

function show(view, parameters, hash) {
  place.hash = hash;
  const known = VIEWS.find(([id]) => id === view);
  if (place.view !== view) {
    const arrived = place.view !== null;
    place.view = view;
    place.shown = known ? known[2]() : evidencePage(decoded(view));
    fill(main, h("article", { class: "view " + (known ? view : "record") }, place.shown.node));
    main.querySelector("h1").after(place.word);
    document.title = `${main.querySelector("h1").textContent} · ${release.title}`;
    for (const link of document.querySelectorAll("#nav a")) {
      if (link.hash === "#" + (known ? view : "evidence")) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    if (arrived) {
      scrollTo(0, 0);
      main.focus({ preventScroll: true });
    }
  }
  const [kept, refused] = admitted(parameters, place.shown.takes || {});
  fill(place.word, leftOut(refused));
  place.shown.update(kept);
}

// Goes to an address from a control: the place in the history is replaced, so that Back leaves the view.
function go(view, parameters, replace) {
  const hash = address(view, parameters);
  const kept = Object.fromEntries(new URLSearchParams(hash.split(/\?(.*)/s)[1] || ""));
  show(view, kept, hash);
  if (replace) history.replaceState(null, "", hash);
  else location.hash = hash;
}

fill(
  document.getElementById("nav"),
  VIEWS.map(([id, label]) => h("li", {}, inside(id, {}, label))),
);
fill(document.getElementById("version"), `Version ${release.version}`);
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
addEventListener("hashchange", route);
route();
