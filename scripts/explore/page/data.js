// The data blocks, as objects.

import { sentence, words } from "./dom.js";

const records = ({ columns, rows }) => rows.map((row) => Object.fromEntries(columns.map((c, i) => [c, row[i]])));

// A block is JSON, deflated, in base 64; its tables come column by column.
async function parsed(id) {
  const packed = Uint8Array.from(atob(document.getElementById(id).textContent), (c) => c.charCodeAt(0));
  const block = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
  for (const table of Object.values(block)) if (table?.cells) table.rows = (table.cells[0] ?? []).map((_, i) => table.cells.map((column) => column[i]));
  return block;
}

const by = (rows, key) => new Map(rows.map((row) => [row[key], row]));

function grouped(rows, key) {
  const groups = new Map();
  for (const row of rows) {
    if (!groups.has(row[key])) groups.set(row[key], []);
    groups.get(row[key]).push(row);
  }
  return groups;
}

const core = await parsed("core");
const actors = by(records(core.actors), "actor_id");
const columns = Object.keys(core.fields);
const expulsions = records(core.expulsions);
const expulsionById = by(expulsions, "expulsion_id");
const retired = by(records(core.retired), "expulsion_id");
const answers = records(core.answers);
const answersOf = grouped(answers, "expulsion_id");
const answersTo = grouped(answers, "answers");
const historyOf = grouped(records(core.history), "expulsion_id");
const claims = records(core.claims);
const release = core.release;

for (const e of expulsions) {
  e.low = e.officials_low ?? 0;
  e.best = e.officials_best ?? 0;
  // Of an open figure as far as it is known.
  e.high = e.officials_high ?? e.best;
}

const name = (id) => actors.get(id)?.name ?? id;
// Names that take an article inside a sentence.
const ARTICLE =
  /^(United |Netherlands|Bahamas|Comoros|Gambia|Maldives|Philippines|Seychelles|Soviet Union|Holy See|European |African |Commonwealth |Council |International |League |North Atlantic |Organi[sz]ation |World )|Republic( of|$)|Islands$/;
const theName = (id) => (ARTICLE.test(name(id)) ? `the ${name(id)}` : name(id));
const TheName = (id) => sentence(theName(id));
const meaning = (table, column, value) => core.labels[table]?.[column]?.[value] ?? words(value);
const firstDay = expulsions.reduce((a, e) => (e.announced_on < a ? e.announced_on : a), "9999-12-31");
const lastDay = expulsions.reduce((a, e) => (e.announced_on > a ? e.announced_on : a), "0000-01-01");

// Statements and articles are the bulk: they are opened once the first view stands, or when it needs them.
let opened = null;
const evidence = () => opened;
const evidenceRead = once(async () => {
  const raw = await parsed("evidence");
  opened = { block: raw.statements, statements: grouped(records(raw.statements), "expulsion_id"), articles: by(records(raw.articles), "article_id") };
});

function once(make) {
  let made;
  return () => (made ??= make());
}

// Of each expulsion the linked set, if it is tied to others by retaliation.
const reciprocity = records(core.reciprocity);
// Of each expulsion about which more than one number was printed, whatever became of them.
const disagreementOf = by(records(core.disagreements), "expulsion_id");
const linkedSet = new Map(reciprocity.flatMap((set) => set.members.map((id) => [id, set])));

export {
  records, grouped, core, actors, columns, expulsions, expulsionById, retired, answers, answersOf, answersTo, historyOf, claims, release,
  name, theName, TheName, meaning, firstDay, lastDay, evidence, evidenceRead, once, reciprocity, disagreementOf, linkedSet,
};
