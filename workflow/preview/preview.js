"use strict";
// The page is whole without this: here are the watch over the files, keys, and one unit at a time.
(() => {
  const host = document.querySelector("workflow-preview");
  const root = host?.shadowRoot;
  const overlay = root?.querySelector(".overlay");
  const said = (root ?? document).querySelector(".said");
  const here = location.pathname + location.search;
  const store = `workflow:${here}`;
  const places = root ? [...document.querySelectorAll("[data-unit]")] : [];
  const units = root?.querySelector(".units");
  const keyList = root?.querySelector(".keys");
  const shortcuts = root?.querySelector("#shortcuts");
  const cards = new Map([...(units?.querySelectorAll(".unit[data-key]") ?? [])].map((el) => [el.dataset.key, el]));
  let current = -1;
  let stop = null;
  let fading = 0;

  function say(text, stays) {
    clearTimeout(fading);
    said.textContent = text ?? "";
    if (!stays) fading = setTimeout(() => (said.textContent = ""), 6000);
  }

  // The server answers when a file has changed. Only a page that is seen asks: browsers allow a
  // host few connections.
  async function watch() {
    if (document.hidden || stop) return;
    stop = new AbortController();
    const { signal } = stop;
    const { seen } = (host ?? document.body).dataset;
    while (!signal.aborted) {
      try {
        const answer = await fetch(`/_changes?${new URLSearchParams({ page: here, seen })}`, { signal });
        if (!answer.ok) return say(said.dataset.ended, true);
        if ((await answer.json()).changed) return reload();
        if (said.textContent === said.dataset.ended) say("");
      } catch {
        if (signal.aborted) return;
        say(said.dataset.ended, true);
        await new Promise((done) => setTimeout(done, 1000));
      }
    }
  }
  function rest() {
    stop?.abort();
    stop = null;
  }

  // A page that is made anew stays where it was: by the unit that is meant, else by the scroll bar.
  function reload() {
    const place = places[current];
    const state = { y: scrollY, key: place?.dataset.unit, top: place?.getBoundingClientRect().top, view: view() };
    sessionStorage.setItem(store, JSON.stringify(state));
    location.reload();
  }
  function restore() {
    const state = JSON.parse(sessionStorage.getItem(store) ?? "null");
    sessionStorage.removeItem(store);
    if (!state) return;
    history.scrollRestoration = "manual";
    scrollTo(0, state.y);
    const at = places.findIndex((place) => place.dataset.unit === state.key);
    if (at >= 0) {
      mean(at);
      places[at].focus({ preventScroll: true });
      scrollBy(0, places[at].getBoundingClientRect().top - state.top);
    }
    if (units && (state.view !== "one" || at >= 0)) show(state.view);
  }

  // Units
  const view = () => ["one", "all"].find((name) => units?.classList.contains(name)) ?? "";
  function show(name) {
    units.classList.toggle("one", name === "one");
    units.classList.toggle("all", name === "all");
    root.querySelector('[data-act="KeyU"]').setAttribute("aria-expanded", name === "all");
    const key = places[current]?.dataset.unit;
    for (const [own, card] of cards) card.toggleAttribute("data-open", own === key);
    if (name && key) cards.get(key)?.scrollIntoView({ block: "nearest" });
    if (name === "one") uncover();
  }
  function uncover() {
    const place = places[current]?.getBoundingClientRect();
    const hidden = place ? place.bottom + 16 - overlay.getBoundingClientRect().top : 0;
    if (hidden > 0) scrollBy(0, Math.min(hidden, Math.max(place.top - 16, 0)));
  }
  function mean(index) {
    places[current]?.removeAttribute("data-current");
    current = index;
    places[index].setAttribute("data-current", "");
  }
  function go(index) {
    if (!places[index]) return;
    mean(index);
    places[index].focus({ preventScroll: true });
    places[index].scrollIntoView({ block: "nearest" });
    if (view()) show(view());
    uncover();
  }
  function unfinished() {
    const order = [...places.keys()].map((at) => (current + 1 + at) % places.length);
    const next = order.find((at) => places[at].dataset.state !== "reviewed");
    if (next !== undefined) go(next);
  }
  function close() {
    help(false);
    show("");
    places[current]?.focus({ preventScroll: true });
  }
  function help(state) {
    keyList.hidden = !(state ?? keyList.hidden);
    root.querySelector('[data-act="help"]').setAttribute("aria-expanded", !keyList.hidden);
  }
  async function copy(card) {
    const code = card?.querySelector(".copy") && card.querySelector(".place code");
    if (!code) return;
    try {
      await navigator.clipboard.writeText(code.textContent);
      say(said.dataset.copied);
    } catch {
      if (!view()) show("one");
      getSelection().selectAllChildren(code);
      say(said.dataset.selected);
    }
  }

  // Keys, by their place: a Cyrillic layout has other letters there.
  const acts = {
    KeyJ: () => go(Math.min(current + 1, places.length - 1)),
    KeyK: () => go(Math.max(current - 1, 0)),
    KeyN: unfinished,
    KeyO: () => current >= 0 && show(view() === "one" ? "" : "one"),
    KeyC: () => current >= 0 && copy(cards.get(places[current].dataset.unit)),
    KeyU: () => show(view() === "all" ? "" : "all"),
    help: () => help(),
  };
  function press(event) {
    const target = event.composedPath()[0];
    if (event.key === "Escape") return close();
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (!shortcuts.checked || target.closest?.("input, select, textarea")) return;
    let act = event.shiftKey ? null : acts[event.code];
    if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) act = acts.help;
    else if (event.key === "Enter" && target.matches?.("[data-unit]")) act = acts.KeyO;
    if (!act) return;
    event.preventDefault();
    act();
  }
  function click(event) {
    const place = event.target.closest?.("[data-unit]");
    if (!place || event.target.closest("a") || !getSelection().isCollapsed) return;
    mean(places.indexOf(place));
    place.focus({ preventScroll: true });
    show("one");
  }

  if (root) {
    overlay.classList.add("live");
    for (const el of root.querySelectorAll(".buttons, .copy, .close")) el.hidden = false;
    for (const place of places) place.tabIndex = -1;
    shortcuts.checked = localStorage.getItem("workflow:keys") !== "off";
    shortcuts.addEventListener("change", () => localStorage.setItem("workflow:keys", shortcuts.checked ? "on" : "off"));
    overlay.addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (button?.dataset.act) acts[button.dataset.act]();
      else if (button?.matches(".copy")) copy(button.closest(".unit"));
      else if (button?.matches(".close")) close();
    });
    document.addEventListener("keydown", press);
    document.addEventListener("click", click);
  }
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : watch()));
  restore();
  watch();
})();
