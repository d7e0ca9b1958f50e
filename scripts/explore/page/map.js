// The map: states by shade, small ones as dots, what has no place on it as tiles. Borders take no position; what was done about some is said below it.

import { lib } from "./vendor.js";
import { h, number, s } from "./dom.js";
import { actors } from "./data.js";
import { STEPS, canvas, roving, step, stepNames } from "./charts.js";

const BORDERS =
  "Borders: Natural Earth. Crimea is drawn as Ukraine’s (General Assembly resolution 68/262), Northern Cyprus with Cyprus, Somaliland with Somalia, Kosovo by itself; no border here takes a position on its status.";
const INHABITED = { type: "MultiPoint", coordinates: [[-172, 0], [180, 0], [0, 83.7], [0, -56]] };
const states = lib.feature(lib.atlas.topology, lib.atlas.topology.objects.states);
const mapped = new Set(states.features.map((f) => f.id));

// Half of all states are too near each other on a map of the world: Europe stands beside it, larger. Russia is in both and answers in the world's.
const EUROPE = { type: "MultiPoint", coordinates: [[-10, 36], [30, 35], [-22, 65], [31, 70.5], [40, 48]] };
const isEuropean = (id) => actors.get(id)?.un_region === "Europe" && id !== "RUS";

function places(width) {
  // On paper too.
  const wide = width >= 660;
  const world = wide ? width * 0.6 : width;
  const high = Math.round(world * (wide ? 0.46 : 0.425));
  const [left, top] = wide ? [world + 12, 0] : [0, high + 8];
  const [right, bottom] = [width, top + (wide ? high : Math.round(width * 0.7))];
  const box = [
    [left, top],
    [right, bottom],
  ];
  return {
    height: bottom,
    box,
    world: lib.geoEqualEarth().fitExtent(
      [
        [2, 2],
        [world - 2, high - 2],
      ],
      INHABITED,
    ),
    europe: lib.geoConicEqualArea().parallels([40, 62]).rotate([-13, 0]).fitExtent(box, EUROPE).clipExtent(box),
  };
}

// Borders take most of the time of a map, and only another width moves them.
const outlined = {};
function outlinesOf(part, projection, width) {
  if (outlined[part]?.width !== width) {
    const path = lib.geoPath(projection).digits(1);
    outlined[part] = { width, paths: states.features.map((f) => [f.id, path(f)]) };
  }
  return outlined[part].paths;
}

// sums: Map of actor to its totals; told: what to say of one.
function worldMap(width, sums, value, told) {
  const { height: high, box, world, europe } = places(width);
  const steps = mapSteps(sums, value);
  const shade = (id) => (sums.has(id) ? "q" + step(value(sums.get(id)), steps) : "land");
  const linked = (id, ...shape) => {
    if (!sums.has(id)) return shape;
    const said = told(id);
    return s("a", { href: "#" + id, "aria-label": said, "data-order": String(1e6 - value(sums.get(id))).padStart(8, "0") }, s("title", {}, said), shape);
  };
  const dots = Object.entries(lib.atlas.dots).filter(([id]) => sums.has(id) && !mapped.has(id));
  const part = (projection, answers, outlines) => {
    const given = (id, shape) => (answers(id) ? linked(id, shape) : shape);
    return s(
      "g",
      { class: "map" },
      outlines.map(([id, d]) => (d ? given(id, s("path", { class: shade(id), d })) : null)),
      dots
        .filter(([id]) => answers(id))
        .map(([id, place]) => {
          const [x, y] = projection(place);
          return linked(id, s("circle", { class: "spot " + shade(id), cx: x, cy: y, r: width < 500 ? 3 : 4 }));
        }),
    );
  };
  const tiles = [...sums.keys()].filter((id) => !mapped.has(id) && !(id in lib.atlas.dots)).sort((a, b) => value(sums.get(b)) - value(sums.get(a)));
  const side = 66;
  const columns = Math.max(1, Math.floor(width / side));
  const tile = (id, i) => {
    const [x, y] = [(i % columns) * side, high + 14 + 40 * Math.floor(i / columns)];
    const line = (down, text) => s("text", { class: "tile-name " + shade(id), x: x + (side - 6) / 2, y: y + down, "text-anchor": "middle" }, text);
    return linked(id, s("rect", { class: "tile " + shade(id), x, y, width: side - 6, height: 34, rx: 3 }), line(15, id), line(29, number(value(sums.get(id)))));
  };
  return roving(
    canvas(
      width,
      high + (tiles.length ? 18 + 40 * Math.ceil(tiles.length / columns) : 0),
      "Map of the world, and of Europe; arrow keys move from state to state, the largest number first",
      part(world, (id) => !isEuropean(id), outlinesOf("world", world, width)),
      s("rect", { class: "frame", x: box[0][0] + 0.5, y: box[0][1] + 0.5, width: box[1][0] - box[0][0] - 1, height: box[1][1] - box[0][1] - 1 }),
      part(europe, isEuropean, outlinesOf("europe", europe, width)),
      tiles.map(tile),
    ),
  );
}

// Sums of actors reach further than those of days: where the largest goes beyond what days tell apart, so do the shades.
const WIDE = [1, 10, 50, 200];
const mapSteps = (sums, value) => (Math.max(0, ...[...sums.values()].map(value)) >= 2 * WIDE.at(-1) ? WIDE : STEPS);

const shades = (steps, none, unit) => [
  h("span", { class: "nowrap" }, h("span", { class: "key q0" }), none),
  " ",
  stepNames(steps).map((n, i) => [h("span", { class: "nowrap" }, h("span", { class: "key q" + (i + 1) }), n), " "]),
  `${unit}. `,
  h("span", { class: "nowrap" }, h("span", { class: "key land" }), "no decision known"),
];

export { BORDERS, worldMap, mapSteps, shades };
