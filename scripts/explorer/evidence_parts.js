// Pieces that several views share.

const linkTo = (id, ...text) => h("a", { href: "#" + id }, text.length ? text : id);
// Low to high in small print, where it says more than the best.
function spread(e) {
  if (e.officials_best === null || (e.officials_high !== null && e.low === e.high)) return null;
  return h("small", {}, e.officials_high === null ? `${number(e.low)} or more` : range(e.low, e.high));
}
const UNITS = {
  diplomats: "diplomats",
  mission_members: "members of missions",
  administrative_technical: "administrative and technical staff",
  unspecified: "officials",
};

// Expulsions of one dyad as a short list, each with the address of its evidence.
function listOf(rows, label) {
  const heads = ["Expulsion", "Officials", "Counted", "Measure", "Reply", "Support"];
  const right = (i) => (i === 1 ? "number" : null);
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
        rows.map((e) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, linkTo(e.expulsion_id)),
            [[figure(e), spread(e)], words(e.counted_unit) || "–", words(e.measure), words(e.reply), words(e.status)].map((v, i) =>
              h("td", { class: right(i + 1) }, v),
            ),
          ),
        ),
      ),
    ),
  );
}
