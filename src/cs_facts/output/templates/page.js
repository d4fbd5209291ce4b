"use strict";
// Python writes the search keys of rows; the script only folds a query and compares it with them.
const tools = document.querySelector(".tools");
const query = document.getElementById("__query");
const order = document.getElementById("__order");
const style = document.getElementById("__style");
const status = tools.querySelector(".status");
const sections = [...document.querySelectorAll(".category")];
const rows = [...document.querySelectorAll(".category tbody tr")].map((row, place) => ({ row, place, key: null }));
const citations = JSON.parse(document.getElementById("__citations").textContent);

const fold = (text) => text.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase().normalize("NFKC");
const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

// A number matches as a whole, a Latin word at its beginning (in pinyin, at that of a syllable), Chinese anywhere.
function matcher(term) {
  if (/^[\d.]*\d/.test(term)) {
    const end = /\d$/.test(term) ? "(?![\\d万亿千百]|[.,]\\d)" : "";
    return new RegExp("(?<![\\d.,])" + escaped(term) + end, "u");
  }
  if (/^[\p{Script=Latin}]/u.test(term)) {
    return new RegExp("(?<!\\p{L})" + [...term].map(escaped).join("-?"), "u");
  }
  return { test: (key) => key.includes(term) };
}

function filter() {
  const terms = (fold(query.value).match(/"[^"]+"|[^\s"]+/g) || []).map((term) => matcher(term.replaceAll('"', "")));
  let found = 0;
  for (const entry of rows) {
    if (entry.key === null) entry.key = fold(entry.row.textContent.replace(/\s+/g, " ")) + " " + entry.row.dataset.k;
    const shown = terms.every((term) => term.test(entry.key));
    if (entry.row.hidden === shown) entry.row.hidden = !shown;
    found += shown;
  }
  for (const section of sections) {
    const count = section.querySelectorAll("tbody tr:not([hidden])").length;
    section.hidden = !count;
    document.querySelector(`nav a[href="#${section.id}"]`).nextElementSibling.textContent = count;
  }
  status.textContent = !terms.length ? "" : found ? status.dataset.found.replace("{}", found) : status.dataset.none;
}

function sort(section, key, descending) {
  const body = section.querySelector("tbody");
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const entries = rows.filter((entry) => entry.row.parentNode === body);
  for (const entry of entries) {
    const cell = key ? entry.row.querySelector(`:scope > .${key}`) : null;
    entry.value = cell ? (cell.dataset.v ?? cell.textContent.trim()) : "";
  }
  const sign = descending ? -1 : 1;
  entries.sort((one, other) => {
    const [a, b] = [one.value, other.value];
    const order = a === "" || b === "" ? (a === "") - (b === "") // empty cells come last
      : sign * (isNaN(a) || isNaN(b) ? collator.compare(a, b) : a - b);
    return order || one.place - other.place;
  });
  body.append(...entries.map((entry) => entry.row));
  for (const head of section.querySelectorAll("th[data-key]")) {
    if (key && head.dataset.key === key) head.setAttribute("aria-sort", descending ? "descending" : "ascending");
    else head.removeAttribute("aria-sort");
  }
}

async function copy(button) {
  const row = button.closest("tr");
  const paragraph = row.querySelector(".paragraph").textContent.trim();
  const [withParagraph, without] = citations.texts[button.dataset.source][style.value];
  const text = (paragraph ? withParagraph.replaceAll(citations.paragraph, paragraph) : without).replaceAll(citations.id, row.id);
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.focus();
  }
  status.textContent = status.dataset.copied.replace("{}", text.trim());
}

// Following a link to a row that the filter hides shows the row.
function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target || !target.closest("[hidden]")) return;
  query.value = "";
  filter();
  target.scrollIntoView();
}

for (const head of document.querySelectorAll("th[data-key] > span")) {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: head.textContent });
  button.addEventListener("click", () => {
    const cell = button.parentNode;
    const sorted = cell.getAttribute("aria-sort"); // ascending, then descending, then in the store's order
    sort(cell.closest("section"), sorted === "descending" ? "" : cell.dataset.key, sorted === "ascending");
  });
  head.replaceWith(button);
}
document.addEventListener("click", (event) => {
  if (event.target.matches("td.cite button")) copy(event.target);
});
for (const button of document.querySelectorAll("td.cite button")) button.hidden = false;
let waiting;
query.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(filter, rows.length > 2000 ? 150 : 0);
});
order.addEventListener("change", () => {
  const [key, descending] = order.value.split(" ");
  for (const section of sections) sort(section, key, Boolean(descending));
});
tools.addEventListener("submit", (event) => event.preventDefault());
window.addEventListener("hashchange", reveal);
tools.hidden = false;
