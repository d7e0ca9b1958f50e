// What a figure or a table gives away: itself as SVG, PNG and CSV, with title, source, version and address, and a line that embeds it.

import { SVG, address, copyButton, download, h, s, words } from "./dom.js";
import { core, release } from "./data.js";
import { csvCell, fingerprint } from "./selection.js";

const source = `${release.title} ${release.version} (${core.about.licence}), tables sha256:${release.fingerprint.slice(0, 16)}…`;
const hosted = () => /^https?:$/.test(location.protocol);
const home = () => (hosted() ? location.href.split("#")[0] : (core.about.homepage ?? "index.html"));
const addressOf = (hash) => home() + hash;

const csvText = (heads, rows) => [heads, ...rows].map((row) => row.map(csvCell).join(",") + "\n").join("");
const fileName = (what) => `${core.about.name}-${release.version}-${what}`;

// What of a style has to stand in the file itself.
const DRAWN =
  "fill fill-opacity opacity stroke stroke-width stroke-opacity stroke-dasharray paint-order font-size font-weight font-style text-anchor visibility".split(" ");

function inlined(svg) {
  // All are read before any class goes: a rule may name an element by what it stands in.
  const styled = [svg, ...svg.querySelectorAll("*")].map((node) => {
    const style = getComputedStyle(node);
    return [node, DRAWN.map((property) => [property, style.getPropertyValue(property)]).filter(([, value]) => value)];
  });
  for (const [node, held] of styled) {
    for (const [property, value] of held) node.setAttribute(property, value);
    for (const name of ["class", "tabindex", "href", "data-order", "aria-current"]) node.removeAttribute(name);
  }
  return svg;
}

// A text in lines of so many letters.
function lines(text, long) {
  const found = [""];
  for (const word of text.split(" ")) {
    if (found.at(-1) && `${found.at(-1)} ${word}`.length > long) found.push(word);
    else found[found.length - 1] = `${found.at(-1)} ${word}`.trim();
  }
  return found;
}

const EXPORTED = 960;

// The keys of a figure with their words, as they stand above it: runs of text, each with the key before it, in lines as wide as the file.
function keyed(figure) {
  const pen = h("canvas").getContext("2d");
  pen.font = "12.5px system-ui, sans-serif";
  const runs = [];
  let [key, x, line] = [null, 0, 0];
  const put = (word, glued) => {
    if (glued && runs.length) return (runs.at(-1).text += word);
    const long = pen.measureText(word + " ").width;
    if (x && x + long + (key ? 32 : 0) > EXPORTED) [x, line] = [0, line + 1];
    if (key) x += x ? 32 : 18;
    if (key || runs.at(-1)?.line !== line) runs.push({ key, line, x, text: word });
    else runs.at(-1).text += " " + word;
    [key, x] = [null, x + long];
  };
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) node.textContent.split(/\s+/).filter(Boolean).forEach((word, i) => put(word, !i && /^[.,;)]/.test(word)));
    else if (node.classList.contains("key")) key = node;
    else if (!node.classList.contains("tip")) node.childNodes.forEach(walk);
  };
  for (const held of figure.querySelectorAll(":scope > p")) if (held.querySelector(".key")) walk(held);
  return runs;
}

function keyShape(key, x, y) {
  const style = getComputedStyle(key);
  const [is, rim] = [(kind) => key.classList.contains(kind), style.boxShadow.match(/^\w+\([^)]*\)/)?.[0]];
  const paint = { fill: /^rgba.*, 0\)$/.test(style.backgroundColor) ? "none" : style.backgroundColor, ...(rim ? { stroke: rim } : {}) };
  if (is("one") || is("two")) return s("circle", { ...paint, cx: x - 9, cy: y - 4, r: 5 });
  if (is("diamond")) return s("path", { ...paint, d: `M${x - 9},${y - 9.5}l5.5,5.5l-5.5,5.5l-5.5,-5.5Z` });
  if (is("line")) return s("rect", { ...paint, x: x - 18, y: y - 5, width: 14, height: 2 });
  if (is("outside")) return s("rect", { fill: style.color, x: x - 10, y: y - 5, width: 2, height: 2 });
  return s("rect", { ...paint, x: x - 15, y: y - 9.5, width: 11, height: 11, rx: 2 });
}

// The figure as a file of its own, drawn for a wide page whatever the screen.
function standalone({ title, subject, place, hash, figure }) {
  const holder = h("div", { class: "exported", "aria-hidden": "true" }, place.content(EXPORTED));
  document.body.append(holder);
  const drawn = holder.querySelector("svg");
  if (!drawn) {
    holder.remove();
    return null;
  }
  const style = getComputedStyle(document.body);
  const [width, height] = ["width", "height"].map((side) => +drawn.getAttribute(side));
  const ink = style.color;
  const text = (y, size, content, weight = 400) => s("text", { x: 20, y, fill: ink, "font-size": size, "font-weight": weight }, content);
  const heads = lines(subject, 105);
  const said = [...figure.querySelectorAll(".said")].flatMap((note) => lines(note.textContent, 150));
  const feet = [...said, ...lines(`Source: ${source}`, 125), ...lines(addressOf(hash), 125)];
  const keys = keyed(figure);
  const under = 54 + 20 * heads.length;
  const top = 44 + 20 * heads.length + (keys.length ? 18 * (keys.at(-1).line + 1) + 8 : 0);
  const whole = s(
    "svg",
    {
      xmlns: SVG,
      viewBox: `0 0 ${width + 40} ${top + height + 24 + 17 * feet.length}`,
      width: width + 40,
      height: top + height + 24 + 17 * feet.length,
      "font-family": "system-ui, 'Segoe UI', 'Noto Sans', 'Liberation Sans', Arial, sans-serif",
    },
    s("title", {}, `${title}. ${subject}`),
    s("desc", {}, `Source: ${source}. ${addressOf(hash)}`),
    s("rect", { width: "100%", height: "100%", fill: style.backgroundColor }),
    text(30, 20, title, 600),
    heads.map((line, i) => text(54 + 20 * i, 14, line)),
    keys.map(({ key, line, x, text }) => [
      key ? keyShape(key, 20 + x, under + 18 * line) : null,
      s("text", { x: 20 + x, y: under + 18 * line, fill: ink, "font-size": 12.5 }, text),
    ]),
    inlined(drawn),
    feet.map((line, i) => text(top + height + 26 + 17 * i, 11.5, line)),
  );
  drawn.setAttribute("x", 20);
  drawn.setAttribute("y", top);
  holder.remove();
  return whole;
}

const markup = (svg) => '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(svg) + "\n";

async function pixels(svg) {
  const image = new Image();
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(markup(svg));
  await image.decode();
  const canvas = h("canvas", { width: svg.getAttribute("width") * 2, height: svg.getAttribute("height") * 2 });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

const quiet = (label, act, attributes) => h("button", { type: "button", class: "quiet", onclick: act, ...attributes }, label);

// id: what the address names it by; title, subject and data: functions, asked when something is taken away. data: [heads, rows].
function figured({ id, title, subject, place, data }, ...children) {
  const told = () => ({ title, subject: subject(), place, hash: location.hash || "#overview", figure: document.getElementById("figure-" + id) });
  const only = () => {
    const [view, query] = (location.hash || "#overview").slice(1).split(/\?(.*)/s);
    return address(view, { ...Object.fromEntries(new URLSearchParams(query || "")), only: id });
  };
  const save = async (kind) => {
    const svg = standalone(told());
    if (!svg) return;
    if (kind === "svg") download(fileName(id) + ".svg", "image/svg+xml;charset=utf-8", markup(svg));
    else download(fileName(id) + ".png", "image/png", await pixels(svg));
  };
  const embed = () => `<iframe src="${addressOf(only())}" title="${title}. ${subject()}" width="100%" height="560" loading="lazy"></iframe>`;
  return h(
    "figure",
    { class: "figure", id: "figure-" + id },
    h("figcaption", { class: "subject" }),
    children,
    h(
      "p",
      { class: "actions taken" },
      quiet("SVG", () => save("svg"), { "aria-label": `${title} as SVG` }),
      quiet("PNG", () => save("png"), { "aria-label": `${title} as PNG` }),
      data && quiet("CSV", () => download(fileName(id) + ".csv", "text/csv;charset=utf-8", csvText(...data())), { "aria-label": `Numbers of ${title} as CSV` }),
      copyButton("Embed", () => embed().replaceAll("&", "&amp;"), { "aria-label": `Copy a line that embeds ${title}` }),
    ),
    h("p", { class: "printed-only" }, source),
  );
}

// Buttons below a table: all its rows as CSV, and how to cite them. data: a function that gives [heads, rows].
function taken(what, data) {
  const text = () => csvText(...data());
  const citation = async () => {
    const [, rows] = data();
    return `${core.cite.text} Rows of ${what} (n = ${rows.length}; sha256:${await fingerprint(text())}). ${addressOf(location.hash)}`;
  };
  const name = what.replaceAll("_", "-");
  return h(
    "p",
    { class: "actions taken" },
    quiet("Download CSV", () => download(fileName(name) + ".csv", "text/csv;charset=utf-8", text()), { "aria-label": `Download ${words(what)} as CSV` }),
    quiet("Download citation", async () => download(fileName(name) + "-citation.txt", "text/plain;charset=utf-8", (await citation()) + "\n"), {
      "aria-label": `Download the citation of ${words(what)}`,
    }),
  );
}

// The rows of a block as the database gave them, for the records that are shown.
const asTable = (block, shown) => [block.columns, shown.map((row) => block.columns.map((c) => row[c]))];

export { home, quiet, figured, taken, asTable };
