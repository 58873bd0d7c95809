"use strict";
// The page is whole without this: here are filters, keys, and cards where they are wanted.
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const form = $("#filters");
  if (!form) return;
  const selects = [...form.querySelectorAll("select")];
  const search = $("#q");
  const toast = $("#toast");
  const help = $("#help");
  const sheets = [...document.querySelectorAll(".sheet")].map((el) => ({ el, count: $(".count", el), shown: 0 }));
  const items = sheets.flatMap((sheet) =>
    [...sheet.el.querySelectorAll(".issue")].map((el) => ({
      el,
      sheet,
      values: selects.map((select) => el.dataset[select.name] ?? sheet.el.dataset[select.name] ?? ""),
      words: null,
    })),
  );
  const places = new Map(items.map((item, index) => [item.el, index]));
  let current = -1;

  // Filters. The numbers of a filter follow the others: an issue counts for a choice when
  // everything else lets it through.
  function filter() {
    const wanted = selects.map((select) => select.value);
    const words = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const counts = selects.map(() => new Map());
    const all = selects.map(() => 0);
    let shown = 0;
    for (const sheet of sheets) sheet.shown = 0;
    for (const item of items) {
      const refused = [];
      wanted.forEach((value, at) => value && value !== item.values[at] && refused.push(at));
      const found = !words.length || words.every((word) => text(item).includes(word));
      const visible = found && !refused.length;
      if (item.el.hidden === visible) item.el.hidden = !visible;
      if (visible) {
        shown += 1;
        item.sheet.shown += 1;
      }
      if (!found || refused.length > 1) continue;
      for (const at of refused.length ? refused : selects.keys()) {
        counts[at].set(item.values[at], (counts[at].get(item.values[at]) ?? 0) + 1);
        all[at] += 1;
      }
    }
    for (const sheet of sheets) {
      sheet.el.hidden = !sheet.shown;
      sheet.count.textContent = sheet.shown;
    }
    selects.forEach((select, at) => {
      for (const option of select.options) {
        const count = option.value ? (counts[at].get(option.value) ?? 0) : all[at];
        option.textContent = `${option.dataset.label} (${count})`;
        option.disabled = !count && option.value !== "" && !option.selected;
      }
    });
    $("#shown").textContent = shown;
    $("#none").hidden = shown > 0;
  }
  function text(item) {
    // Not the labels, which every issue has.
    const parts = "h3, .meta, .text, .suggestion > span:last-child";
    item.words ??= [...item.el.querySelectorAll(parts)].map((el) => el.textContent).join(" ").toLocaleLowerCase();
    return item.words;
  }
  function clear() {
    form.reset();
    changed();
  }

  // The address says what is shown, so that it can be sent to somebody.
  function changed() {
    filter();
    const state = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    history.replaceState(null, "", state.size ? `#${state}` : location.pathname + location.search);
  }
  function follow() {
    const hash = location.hash.slice(1);
    const target = /^[ic]-/.test(hash) && document.getElementById(hash);
    if (target && target.matches(".issue")) {
      if (target.hidden) form.reset();
      filter();
      open(target, true);
      go(places.get(target));
    }
    if (target || hash === "issues") return;
    const state = new URLSearchParams(hash);
    search.value = state.get("q") ?? "";
    for (const select of selects) {
      const value = state.get(select.name) ?? "";
      select.value = [...select.options].some((option) => option.value === value) ? value : "";
    }
    filter();
  }

  // Issues
  function go(index) {
    current = index;
    const { el } = items[index];
    el.focus({ preventScroll: true });
    el.scrollIntoView({ block: "nearest" });
  }
  function move(by) {
    let index = current + by;
    while (index >= 0 && index < items.length && items[index].el.hidden) index += by;
    if (index >= 0 && index < items.length) go(index);
  }
  function open(issue, state) {
    const details = $("details", issue);
    if (details) details.open = state ?? !details.open;
  }
  function complete(details) {
    const issue = details.closest(".issue");
    const card = issue.dataset.concept && document.getElementById(`c-${issue.dataset.concept}`);
    const command = $("code", details);
    details.dataset.complete = "";
    if (command) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = toast.dataset.copy;
      button.addEventListener("click", () => copy(issue));
      command.after(" ", button);
    }
    if (card) {
      const twin = card.cloneNode(true);
      twin.removeAttribute("id");
      const heading = document.createElement("h4");
      heading.append(...$("h3", twin).childNodes);
      $("h3", twin).replaceWith(heading);
      details.append(twin);
    }
  }
  async function copy(issue) {
    const command = $("details code", issue);
    if (!command) return say(toast.dataset.nothing);
    open(issue, true);
    try {
      await navigator.clipboard.writeText(command.textContent);
      say(toast.dataset.copied);
    } catch {
      getSelection().selectAllChildren(command);
      say(toast.dataset.selected);
    }
  }
  function say(words) {
    toast.textContent = words;
    clearTimeout(say.timer);
    say.timer = setTimeout(() => (toast.textContent = ""), 6000);
  }

  // Keys, by their place: a Cyrillic layout has other letters there.
  const here = (act) => () => current >= 0 && !items[current].el.hidden && act(items[current].el);
  const keys = {
    KeyJ: () => move(1),
    KeyK: () => move(-1),
    KeyO: here((issue) => open(issue)),
    KeyC: here(copy),
    KeyG: clear,
    Slash: () => search.focus(),
  };
  document.addEventListener("keydown", (event) => {
    const { target } = event;
    if (event.key === "Escape" && target === search && !search.value) return current >= 0 && go(current);
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (!$("#shortcuts").checked || target.closest?.("input, select, textarea, dialog")) return;
    let act = event.shiftKey ? null : keys[event.code];
    if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) act = () => help.showModal();
    else if (event.key === "/") act = keys.Slash;
    else if (event.key === "Enter" && target.matches?.(".issue")) act = keys.KeyO;
    if (!act) return;
    event.preventDefault();
    act();
  });
  document.addEventListener("focusin", ({ target }) => {
    const issue = target.closest?.(".issue");
    if (issue) current = places.get(issue);
  });
  document.addEventListener(
    "toggle",
    ({ target }) => target.open && target.matches(".issue details:not([data-complete])") && complete(target),
    true,
  );
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", changed);
  $("#clear").addEventListener("click", clear);
  $("#keys").addEventListener("click", () => help.showModal());
  addEventListener("hashchange", follow);

  for (const el of [form, ...document.querySelectorAll(".only")]) el.hidden = false;
  $("#total").textContent = items.length;
  follow();
})();
