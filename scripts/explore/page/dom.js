// Elements. Every text goes in as a text node: nothing that comes from the data is ever read as markup.

const SVG = "http://www.w3.org/2000/svg";

function element(space, tag, attributes, children) {
  const node = space ? document.createElementNS(space, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  append(node, children);
  return node;
}

function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : String(child));
  }
  return node;
}

const h = (tag, attributes, ...children) => element(null, tag, attributes, children);
const s = (tag, attributes, ...children) => element(SVG, tag, attributes, children);
const fill = (node, ...children) => append((node.replaceChildren(), node), children);

// A link to another host: http and https only; anything else is shown as text.
function outside(address, ...children) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    // Not an address at all.
  }
  if (!url || !["http:", "https:"].includes(url.protocol)) return h("span", { class: "unlinked" }, children);
  return h("a", { href: url.href, rel: "noreferrer noopener external", target: "_blank" }, children);
}

const address = (view, parameters) => {
  const query = new URLSearchParams(Object.entries(parameters || {}).filter(([, v]) => v !== "" && v !== null && v !== undefined));
  const text = query.toString();
  return "#" + view + (text ? "?" + text : "");
};
// Goes to an address from a control; who shows it is main's to know.
const go = (view, parameters) => dispatchEvent(new CustomEvent("go", { detail: address(view, parameters) }));
const inside = (view, parameters, ...children) => h("a", { href: address(view, parameters) }, children);

// --- words and numbers ---

const MONTHS = "January February March April May June July August September October November December".split(" ");
const number = (value) => (value === null || value === undefined ? "–" : String(value).replace(/\B(?=(\d{3})+$)/g, ","));
const plural = (count, one, many) => `${number(count)} ${count === 1 ? one : many || one + "s"}`;
const words = (value) => (value ? value.replaceAll("_", " ") : "");
const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);

function day(iso, precision) {
  if (!iso) return "–";
  const [year, month, date] = iso.split("-").map(Number);
  if (precision === "year") return String(year);
  if (precision === "month") return `${MONTHS[month - 1]} ${year}`;
  return `${date} ${MONTHS[month - 1]} ${year}`;
}

function shortDay(iso, precision) {
  return precision === "year" ? iso.slice(0, 4) : precision === "month" ? iso.slice(0, 7) : iso;
}

// Beyond these no day is drawn, searched or coded.
const [EARLIEST, LATEST] = ["1900-01-01", "2100-12-31"];
const toDays = (iso) => Date.parse(iso + "T00:00:00Z") / 864e5;
const toIso = (days) => new Date(days * 864e5).toISOString().slice(0, 10);

// --- controls ---

function select(label, options, change, attributes) {
  const control = h("select", { ...attributes, onchange: () => change(control.value) }, options.map(option));
  return field(label, control);
}

function option(entry) {
  if (entry.group) return h("optgroup", { label: entry.group }, entry.options.map(option));
  return h("option", { value: entry.value }, entry.label);
}

function dateField(label, change) {
  const control = h("input", {
    type: "date",
    min: EARLIEST,
    max: LATEST,
    onchange: () => control.validity.valid && change(control.value),
  });
  return field(label, control);
}

function field(label, control) {
  return h("label", { class: "field" }, h("span", {}, label), control);
}

// A table that scrolls sideways inside its own region, so that a phone's page does not.
function scrolling(label, table) {
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label }, table);
}

// columns: [{ name, label, number, value, cell }]; a header button calls state.sort(name), or sorts here if there is none. Without state.by rows keep
// their order.
// No more than `shown` rows are drawn until the reader asks for all: a long table would slow every change of a filter.
function sortable(label, columns, rows, state, shown = 100) {
  let limit = shown;
  const sort = (name) => {
    if (state.sort) return state.sort(name);
    state.down = state.by === name && !state.down;
    state.by = name;
    draw();
  };
  const body = h("tbody");
  const heads = columns.map((column) => {
    const head = h("th", { scope: "col", class: column.number ? "number" : null });
    if (!column.value) return fill(head, column.label);
    return fill(
      head,
      h("button", { type: "button", class: "sort", onclick: () => sort(column.name) }, column.label, h("span", { "aria-hidden": "true" })),
    );
  });
  const table = h("table", { class: "data" }, h("caption", { class: "hidden" }, label), h("thead", {}, h("tr", {}, heads)), body);
  const more = h("button", { type: "button", class: "quiet", onclick: () => ((limit = Infinity), draw()) });
  const unprinted = h("p", { class: "printed-only" });
  let first = null;
  const draw = (wanted = limit) => {
    limit = wanted;
    const column = columns.find((c) => c.name === state.by);
    heads.forEach((head, i) => {
      const on = columns[i] === column;
      if (columns[i].value) head.setAttribute("aria-sort", on ? (state.down ? "descending" : "ascending") : "none");
    });
    const sorted = column ? sortRows(rows(), column.value, state.down) : rows();
    first = sorted[0];
    fill(
      body,
      sorted.slice(0, limit).map((row) =>
        h(
          "tr",
          {},
          columns.map((c, i) => cell(c, row, i)),
        ),
      ),
    );
    more.hidden = sorted.length <= limit;
    more.textContent = `Show all ${number(sorted.length)} rows`;
    unprinted.textContent = more.hidden ? "" : `Printed are the first ${number(limit)} of ${number(sorted.length)} rows: “Show all” on the page prints the rest.`;
    return sorted;
  };
  return { node: [scrolling(label, table), h("p", { class: "actions" }, more), unprinted], table, draw, shown, first: () => first };
}

function cell(column, row, index) {
  const content = column.cell(row);
  return h(
    index === 0 ? "th" : "td",
    { scope: index === 0 ? "row" : null, "data-label": column.label, class: [column.number && "number", column.class].filter(Boolean).join(" ") || null },
    content,
  );
}

// Empty values last, whatever the direction; equal values keep their order.
function sortRows(rows, value, down) {
  const sign = down ? -1 : 1;
  return rows
    .map((row) => [value(row), row])
    .sort(([a], [b]) => {
      const missing = (a === null || a === "") - (b === null || b === "");
      return missing || sign * (a < b ? -1 : a > b ? 1 : 0);
    })
    .map(([, row]) => row);
}

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = h("textarea", { class: "hidden" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  const before = button.textContent;
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = before), 1500);
}

const copyButton = (label, text, attributes) => {
  const button = h("button", { type: "button", class: "quiet", onclick: () => copy(text(), button), ...attributes }, label);
  return button;
};

// content: a text or a blob.
function download(name, type, content) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

const tongues = new Intl.DisplayNames(["en"], { type: "language" });
const languageName = (code) => (/^[a-z]{2,3}$/.test(code) ? tongues.of(code) : code);

export {
  SVG, h, s, fill, outside, address, go, inside, MONTHS, number, plural, words, sentence, day, shortDay, EARLIEST, LATEST, toDays, toIso,
  select, option, dateField, field, scrolling, sortable, sortRows, copyButton, download, languageName,
};
