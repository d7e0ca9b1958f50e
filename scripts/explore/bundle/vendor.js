// The parts of the libraries that the page uses; the atlas is made by atlas.js.
export { areaY, axisX, axisY, barX, barY, dot, geo, gridX, gridY, lineY, link, plot, ruleX, ruleY, text, tickX, tip, pointer, pointerX } from "@observablehq/plot";
export { brushX } from "d3-brush";
export { geoConicEqualArea, geoEqualEarth, geoPath } from "d3-geo";
export { select } from "d3-selection";
export { feature } from "topojson-client";
export { default as atlas } from "atlas";
