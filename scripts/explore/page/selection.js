// A selection of expulsions: what chooses it, its CSV, its fingerprint, and the lines that give it elsewhere.
// Fingerprint: SHA-256 of the UTF-8 CSV (RFC 4180, LF, header in the contract's column order, rows sorted bytewise by
// line), which is the very file that the download writes.

import { EARLIEST, LATEST, toDays, toIso } from "./dom.js";
import { actors, columns, core, expulsions } from "./data.js";
import { finds } from "./search.js";

// What a value in an address can be.
const isOne =
  (...values) =>
  (v) =>
    values.includes(v);
const isActor = (v) => actors.has(v);
const isDay = (v) => /^\d{4}-\d\d-\d\d$/.test(v) && v >= EARLIEST && v <= LATEST && Number.isFinite(toDays(v)) && toIso(toDays(v)) === v;
const isValueOf = (column) => isOne(...Object.keys(core.labels.expulsions[column]));
// No language has a literal for a zero byte, or for half a character.
const isText = (v) => !/[\0\p{Cs}]/u.test(v);

// Filters of one column each: what a value can be, and which rows it takes.
const FILTERS = {
  expeller: [isActor, (e, v) => e.expeller === v],
  target: [isActor, (e, v) => e.target === v],
  from: [isDay, (e, v) => e.announced_on >= v],
  until: [isDay, (e, v) => e.announced_on <= v],
  measure: [isValueOf("measure"), (e, v) => e.measure === v],
  ground: [(v) => columns.includes("ground_" + v), (e, v) => e["ground_" + v]],
  trigger: [isValueOf("trigger"), (e, v) => e.trigger === v],
  reply: [isValueOf("reply"), (e, v) => e.reply === v],
  wave: [isValueOf("wave"), (e, v) => e.wave === v],
  status: [isValueOf("status"), (e, v) => e.status === v],
};

const isSearch = (text) => Boolean((text ?? "").trim());

function selected(parameters) {
  const active = Object.keys(FILTERS).filter((key) => parameters[key]);
  const found = finds(parameters.q);
  return expulsions.filter((e) => active.every((key) => FILTERS[key][1](e, parameters[key])) && found(e));
}

// --- CSV ---

const csvCell = (value) =>
  value === null
    ? ""
    : typeof value === "boolean"
      ? value
        ? "TRUE"
        : "FALSE"
      : /[",\n\r]/.test(String(value))
        ? `"${String(value).replaceAll('"', '""')}"`
        : String(value);
const encoder = new TextEncoder();

// UTF-16 order differs from that of UTF-8 bytes only in that surrogates stand for the highest characters.
const rank = (unit) => (unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit);

function bytewise(a, b) {
  let i = 0;
  while (i < a.length && i < b.length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  return i < a.length && i < b.length ? rank(a.charCodeAt(i)) - rank(b.charCodeAt(i)) : a.length - b.length;
}

function csv(rows) {
  const lines = rows.map((row) => columns.map((c) => csvCell(row[c])).join(","));
  return [columns.join(","), ...lines.sort(bytewise)].map((line) => line + "\n").join("");
}

// --- SHA-256 (FIPS 180-4), for browsers that keep crypto.subtle from pages opened from disk ---

async function fingerprint(text) {
  const bytes = encoder.encode(text);
  const subtle = globalThis.crypto?.subtle;
  const found = subtle ? new Uint8Array(await subtle.digest("SHA-256", bytes)) : sha256(bytes);
  return [...found].map((b) => b.toString(16).padStart(2, "0")).join("");
}

function sha256(bytes) {
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
  const fraction = (root) => primes.map((p) => ((root(p) % 1) * 2 ** 32) | 0);
  const k = fraction(Math.cbrt);
  const state = Uint32Array.from(fraction(Math.sqrt).slice(0, 8));
  const padded = new Uint8Array(((bytes.length + 72) >> 6) << 6);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, bytes.length << 3);
  const w = new Uint32Array(64);
  const turn = (x, n) => (x >>> n) | (x << (32 - n));
  for (let at = 0; at < padded.length; at += 64) {
    for (let i = 0; i < 64; i++) {
      if (i < 16) w[i] = view.getUint32(at + 4 * i);
      else {
        const [a, b] = [w[i - 15], w[i - 2]];
        w[i] = w[i - 16] + w[i - 7] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
      }
    }
    let [a, b, c, d, e, f, g, z] = state;
    for (let i = 0; i < 64; i++) {
      const one = (z + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + k[i] + w[i]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [a, b, c, d, e, f, g, z] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
    }
    [a, b, c, d, e, f, g, z].forEach((value, i) => (state[i] += value));
  }
  const out = new DataView(new ArrayBuffer(32));
  state.forEach((value, i) => out.setUint32(4 * i, value));
  return new Uint8Array(out.buffer);
}

// --- the same selection elsewhere ---

const COLUMN = { from: ["announced_on", ">="], until: ["announced_on", "<="] };

// A text as a literal of each language. What cannot be seen (control characters, changes of direction) is written by its number.
const numbered = (c) => {
  const code = c.codePointAt().toString(16);
  return code.length > 4 ? "\\U" + code.padStart(8, "0") : "\\u" + code.padStart(4, "0");
};
const escaped = (text) => `"${text.replace(/["\\]/g, "\\$&").replace(/\p{C}/gu, numbered)}"`;
const LITERAL = {
  sql: (text) =>
    text
      .split(/(\p{C})/u)
      .filter(Boolean)
      .map((part) => (/\p{C}/u.test(part) ? `chr(${part.codePointAt()})` : `'${part.replaceAll("'", "''")}'`))
      .join(" || "),
  python: escaped,
  r: escaped,
};

// [column, operator, value], one for each filter that is set; true is the value of a column that is either.
function conditions(parameters) {
  return Object.keys(FILTERS)
    .filter((key) => parameters[key])
    .map((key) => (key === "ground" ? ["ground_" + parameters[key], "=", true] : [...(COLUMN[key] || [key, "="]), parameters[key]]));
}

const sqlConditions = (parameters) =>
  conditions(parameters).map(([c, op, v]) => (v === true ? c : `${c} ${op} ${op === "=" ? "" : "DATE "}${LITERAL.sql(v)}`));

// What a search has found is told by its ids: no other language folds letters and knows names as this page does.
const wrapped = (ids, quote) =>
  ids
    .map((id) => `${quote}${id}${quote}`)
    .join(", ")
    .replace(/(.{90,}?,) /g, "$1\n    ");
const idsIn = (parameters, rows) => (isSearch(parameters.q) ? rows.map((e) => e.expulsion_id).sort() : null);

function sqlLines(parameters, rows) {
  const ids = idsIn(parameters, rows);
  const all = ids ? [ids.length ? `expulsion_id IN (${wrapped(ids, "'")})` : "false"] : sqlConditions(parameters);
  return [
    "-- In build/expulsions.duckdb, or the database of the release. In the folder of the unpacked zip first run:",
    "-- CREATE VIEW expulsions AS FROM 'parquet/expulsions.parquet';",
    "-- Sums take the rows WHERE counts.",
    "SELECT * FROM expulsions" + (all.length ? `\nWHERE ${all.join("\n  AND ")}` : "") + "\nORDER BY expulsion_id;",
  ].join("\n");
}

function pythonLines(parameters, rows) {
  const ids = idsIn(parameters, rows);
  const tests = ids
    ? [`e.expulsion_id.isin([${wrapped(ids, '"')}])`]
    : conditions(parameters).map(([c, op, v]) => (v === true ? `e.${c}` : `(e.${c} ${op === "=" ? "==" : op} ${LITERAL.python(v)})`));
  return [
    "from pathlib import Path",
    "import pandas as pd",
    "",
    "# build/ of a checkout, or the folder of the unpacked zip",
    'folder = Path("build" if Path("build/expulsions.csv").exists() else ".")',
    'e = pd.read_csv(folder / "expulsions.csv", keep_default_na=False, na_values=[""])',
    tests.length ? `selection = e[${tests.join(" & ")}]` : "selection = e",
    'known = selection.loc[selection.counts, "officials_best"].sum()',
  ].join("\n");
}

function rLines(parameters, rows) {
  const ids = idsIn(parameters, rows);
  const tests = ids
    ? [`expulsion_id %in% c(${wrapped(ids, '"')})`]
    : conditions(parameters).map(([c, op, v]) => (v === true ? `${c} == "TRUE"` : `${c} ${op === "=" ? "==" : op} ${LITERAL.r(v)}`));
  return [
    "library(dplyr)",
    "library(readr)",
    "",
    "# build/ of a checkout, or the folder of the unpacked zip",
    'folder <- if (file.exists("build/expulsions.csv")) "build" else "."',
    'e <- read_csv(file.path(folder, "expulsions.csv"), na = "", col_types = cols(.default = "c"))',
    tests.length ? `selection <- filter(e, ${tests.join(", ")})` : "selection <- e",
    'known <- sum(as.integer(filter(selection, counts == "TRUE")$officials_best), na.rm = TRUE)',
  ].join("\n");
}

function citationOf(parameters, count, print) {
  const found = isSearch(parameters.q) ? [`the page's search finds ${LITERAL.sql(parameters.q.trim())}`] : [];
  const filled = { where: [...sqlConditions(parameters), ...found].join(" AND "), count, digest: print };
  return core.cite[filled.where ? "slice" : "all"].replace(/\{(\w+)\}/g, (held, key) => filled[key] ?? held);
}

export { isOne, isActor, isDay, isText, FILTERS, isSearch, selected, csvCell, csv, fingerprint, sqlLines, pythonLines, rLines, citationOf };
