// Pieces that several views share.

import { h, number, scrolling, sortable, words } from "./dom.js";
import { figure, range } from "./scope.js";
import { taken } from "./figures.js";

const linkTo = (id, ...text) => h("a", { href: "#" + id }, text.length ? text : id);
// Low to high in small print, where it says more than the best.
function spread(e) {
  const [low, high] = [e.officials_low ?? e.officials_best, e.officials_high];
  if ((low === null && high === null) || (low === high && low === e.officials_best)) return null;
  return h("small", {}, high === null ? `${number(low)} or more` : low === null ? `${number(high)} or fewer` : range(low, high));
}
const UNITS = {
  diplomats: "diplomats",
  mission_members: "members of missions",
  administrative_technical: "administrative and technical staff",
  unspecified: "officials",
};

// A small table: its first column names the row, a missing value is a dash, the columns in `numbers` stand right.
function plainTable(label, heads, rows, numbers) {
  const right = (i) => (numbers.includes(i) ? "number" : null);
  return scrolling(
    label,
    h(
      "table",
      { class: "data narrow" },
      h("caption", { class: "hidden" }, label),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          heads.map((t, i) => h("th", { scope: "col", class: right(i) }, t)),
        ),
      ),
      h(
        "tbody",
        {},
        rows.map((row) =>
          h(
            "tr",
            {},
            row.map((v, i) =>
              h(
                i ? "td" : "th",
                { scope: i ? null : "row", class: right(i) },
                v === null ? "–" : typeof v === "number" && Number.isInteger(v) && i ? number(v) : v,
              ),
            ),
          ),
        ),
      ),
    ),
  );
}

// A table whose first rows stand for all until the reader asks, and which can be sorted and taken away. data: as for taken().
function longTable(label, heads, rows, numbers, what, data) {
  const plain = (v, i) => (v === null ? "–" : typeof v === "number" && Number.isInteger(v) && i ? number(v) : v);
  const weighed = (v, i) => (numbers.includes(i) && v !== null ? parseFloat(v) : v);
  const columns = heads.map((head, i) => ({
    name: String(i),
    label: head,
    number: numbers.includes(i),
    value: (row) => weighed(row[i], i),
    cell: (row) => plain(row[i], i),
  }));
  const table = sortable(label, columns, () => rows, {}, 12);
  table.table.classList.add("narrow");
  table.draw();
  return h("div", {}, table.node, taken(what, data));
}

// Expulsions of one dyad as a short list, each with the address of its evidence.
function listOf(rows, label) {
  const heads = ["Expulsion", "Officials", "Counted", "Measure", "Reply", "Support"];
  const cells = (e) => [
    linkTo(e.expulsion_id),
    [figure(e), spread(e)],
    words(e.counted_unit) || "–",
    words(e.measure),
    words(e.reply),
    words(e.status),
  ];
  return plainTable(label, heads, rows.map(cells), [1]);
}

export { linkTo, spread, UNITS, plainTable, longTable, listOf };
