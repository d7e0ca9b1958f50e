// The map: Natural Earth by way of world-atlas, states by their ISO 3166-1 alpha-3 codes, with what the package holds of their borders.

import { readFileSync } from "node:fs";
import { group } from "d3-array";
import { geoCentroid } from "d3-geo";
import countries from "i18n-iso-countries";
import { feature, mergeArcs } from "topojson-client";

const read = (scale) => JSON.parse(readFileSync(`node_modules/world-atlas/countries-${scale}.json`, "utf8"));
const BY_NAME = { Kosovo: "XKX" };
// Drawn with the state that nearly all others count them to.
const WITHIN = { "N. Cyprus": "CYP", Somaliland: "SOM" };
const codeOf = ({ id, properties: { name } }) => BY_NAME[name] ?? WITHIN[name] ?? (id ? countries.numericToAlpha3(id) : undefined);

// General Assembly resolution 68/262: the polygon of Russia's in which Simferopol lies is Ukraine's.
const SIMFEROPOL = [34.1, 44.95];
function crimea(topology, russia) {
  const holds = (arcs) => {
    const [x, y] = geoCentroid(feature(topology, { type: "Polygon", arcs }));
    return Math.hypot(x - SIMFEROPOL[0], y - SIMFEROPOL[1]) < 2;
  };
  const found = russia.arcs.filter(holds);
  if (found.length !== 1) throw new Error("The file no longer draws Crimea as a polygon of its own: see atlas.js.");
  return found[0];
}

export function atlas() {
  const topology = read("110m");
  const geometries = topology.objects.countries.geometries;
  const russia = geometries.find((g) => codeOf(g) === "RUS");
  const moved = crimea(topology, russia);
  russia.arcs = russia.arcs.filter((arcs) => arcs !== moved);
  geometries.push({ type: "Polygon", arcs: moved, id: "804", properties: { name: "Ukraine" } });
  const parts = group(geometries, codeOf);
  parts.delete("ATA");
  parts.delete(undefined);
  const states = [...parts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, found]) => ({ ...(found.length > 1 ? mergeArcs(topology, found) : found[0]), id, properties: undefined }));
  // What is too small for this scale stands as a dot.
  const fine = read("10m");
  const dots = {};
  for (const g of fine.objects.countries.geometries) {
    const id = codeOf(g);
    if (!id || parts.has(id) || id in dots) continue;
    dots[id] = geoCentroid(feature(fine, g)).map((v) => Math.round(v * 100) / 100);
  }
  return { topology: { type: "Topology", transform: topology.transform, arcs: topology.arcs, objects: { states: { type: "GeometryCollection", geometries: states } } }, dots };
}
