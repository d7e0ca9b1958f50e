// Pieces that several views share.

const dateOf = (e) => h("time", { datetime: e.announced_on.slice(0, { day: 10, month: 7, year: 4 }[e.announced_precision]) }, shortDay(e.announced_on, e.announced_precision));
const linkTo = (id, ...text) => h("a", { href: "#" + id }, text.length ? text : id);
const UNITS = { diplomats: "diplomats", mission_members: "members of missions", administrative_technical: "administrative and technical staff", unspecified: "officials" };

// Expulsions as a short list: day, sides, figure, each with the address of its evidence.
function listOf(rows, label) {
  const table = h(
    "table",
    { class: "data" },
    h("caption", { class: "hidden" }, label),
    h("thead", {}, h("tr", {}, ["Expulsion", "Announced", "Expeller", "Target"].map((t) => h("th", { scope: "col" }, t)), h("th", { scope: "col", class: "number" }, "Officials"), h("th", { scope: "col" }, "Measure"))),
    h(
      "tbody",
      {},
      rows.map((e) =>
        h("tr", {}, h("th", { scope: "row" }, linkTo(e.expulsion_id)), h("td", { class: "date" }, dateOf(e)), h("td", {}, name(e.expeller)), h("td", {}, name(e.target)), h("td", { class: "number" }, figure(e)), h("td", {}, words(e.measure))),
      ),
    ),
  );
  return scrolling(label, table);
}
