// Search as one types. The index is made of parts, one a year; texts from it are only ever text.
const form = document.querySelector("form.search");
const input = form.querySelector("input");
const status = form.querySelector(".found");
const list = form.querySelector("ol");
const more = form.querySelector("button");
const root = new URL(form.dataset.root, location.href);
const parts = form.dataset.parts.split(" ").filter(Boolean);
const STEP = 10;
let results = [];
let asked = 0;

const engine = load();
form.hidden = false;
form.addEventListener("submit", (event) => event.preventDefault());
input.addEventListener("input", search);
more.addEventListener("click", () => show(list.children.length, true));
const words = new URLSearchParams(location.search).get("q");
if (words) {
  input.value = words;
  search();
}

async function load() {
  const place = (part) => new URL(`${part}/`, location.href).href;
  const pagefind = await import(`${place(parts[0])}pagefind.js`);
  await pagefind.options({ baseUrl: "/" });
  for (const part of parts.slice(1)) await pagefind.mergeIndex(place(part));
  return pagefind;
}

async function search() {
  const turn = ++asked;
  try {
    const found = await (await engine).debouncedSearch(input.value.trim().toLowerCase());
    if (found === null || turn !== asked) return;
    results = input.value.trim() ? found.results : [];
    list.replaceChildren();
    await show(0, false);
    status.textContent = input.value.trim() ? `${status.dataset.found} ${results.length}` : "";
  } catch (fault) {
    status.textContent = status.dataset.fault;
    throw fault;
  }
}

async function show(start, focus) {
  const turn = asked;
  const data = await Promise.all(results.slice(start, start + STEP).map((one) => one.data()));
  if (turn !== asked) return;
  list.append(...data.map(item));
  more.hidden = list.children.length >= results.length;
  if (focus) list.children[start]?.querySelector("a").focus();
}

function item({ raw_url, url, meta }) {
  const made = document.createElement("li");
  const link = document.createElement("a");
  link.href = new URL((raw_url ?? url).replace(/^\/+/, ""), root).href;
  link.textContent = meta.title;
  const heading = document.createElement("h2");
  heading.append(link);
  made.append(paragraph("meta", meta.day), heading, paragraph("teaser", meta.summary));
  return made;
}

function paragraph(name, text) {
  const made = document.createElement("p");
  made.className = name;
  made.textContent = text ?? "";
  made.hidden = !text;
  return made;
}
