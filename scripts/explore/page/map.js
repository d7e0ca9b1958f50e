// The map: states by shade, small ones as dots, what has no place on it as tiles. Borders take no position; what was done about some is said below it.

const BORDERS =
  "Borders: Natural Earth. Crimea is drawn as Ukraine’s (General Assembly resolution 68/262), Northern Cyprus with Cyprus, Somaliland with Somalia, Kosovo by itself; no border here takes a position on its status.";
const INHABITED = { type: "MultiPoint", coordinates: [[-172, 0], [180, 0], [0, 83.7], [0, -56]] };
const states = lib.feature(lib.atlas.topology, lib.atlas.topology.objects.states);
const mapped = new Set(states.features.map((f) => f.id));

// sums: Map of actor to its totals; told: what to say of one.
function worldMap(width, sums, value, told) {
  const high = Math.round(width * 0.425);
  const projection = lib.geoEqualEarth().fitExtent([[2, 2], [width - 2, high - 2]], INHABITED);
  const path = lib.geoPath(projection).digits(1);
  const shade = (id) => {
    const found = sums.get(id);
    return found ? "q" + step(value(found)) : "land";
  };
  const linked = (id, ...shape) => {
    if (!sums.has(id)) return shape;
    const said = told(id);
    return s("a", { href: "#" + id, "aria-label": said, "data-order": String(1e6 - value(sums.get(id))).padStart(8, "0") }, s("title", {}, said), shape);
  };
  const radius = width < 500 ? 3 : 4;
  const dots = Object.entries(lib.atlas.dots).filter(([id]) => sums.has(id) && !mapped.has(id));
  const tiles = [...sums.keys()].filter((id) => !mapped.has(id) && !(id in lib.atlas.dots)).sort((a, b) => value(sums.get(b)) - value(sums.get(a)));
  const side = 66;
  const columns = Math.max(1, Math.floor(width / side));
  const height = high + (tiles.length ? 18 + 40 * Math.ceil(tiles.length / columns) : 0);
  return roving(
    canvas(
      width,
      height,
      "Map; arrow keys move from state to state, the largest number first",
      s("g", { class: "map" }, states.features.map((f) => linked(f.id, s("path", { class: shade(f.id), d: path(f) })))),
      s("g", { class: "map" }, dots.map(([id, place]) => {
        const [x, y] = projection(place);
        return linked(id, s("circle", { class: "spot " + shade(id), cx: x, cy: y, r: radius }));
      })),
      tiles.map((id, i) => {
        const [x, y] = [(i % columns) * side, high + 14 + 40 * Math.floor(i / columns)];
        return linked(id, s("rect", { class: "tile " + shade(id), x, y, width: side - 6, height: 34, rx: 3 }), s("text", { class: "tile-name " + shade(id), x: x + (side - 6) / 2, y: y + 15, "text-anchor": "middle" }, id), s("text", { class: "tile-name " + shade(id), x: x + (side - 6) / 2, y: y + 29, "text-anchor": "middle" }, number(value(sums.get(id)))));
      }),
    ),
  );
}

const shades = (none) => [
  h("span", { class: "nowrap" }, h("span", { class: "key q0" }), none),
  " ",
  stepNames.map((n, i) => [h("span", { class: "nowrap" }, h("span", { class: "key q" + (i + 1) }), n), " "]),
];
