"use strict";
// The legend, which is also the filter: a click hides or shows a type or a predicate, with how many there are.

function createLegend(model, state, words, place) {
  const count = (items, key) => items.reduce((counts, item) => counts.set(item[key], (counts.get(item[key]) ?? 0) + 1), new Map());
  const derived = new Set([...model.edges.values()].filter((edge) => edge.derived).map((edge) => edge.predicate));
  const parts = [
    { key: "hiddenTypes", kind: "type", heading: "types", looks: model.data.types, counts: count([...model.nodes.values()], "type") },
    { key: "hiddenPredicates", kind: "predicate", heading: "predicates", looks: model.data.predicates, counts: count([...model.edges.values()], "predicate") },
  ];
  state.on(["lang", "theme"], build);
  state.on(["hiddenTypes", "hiddenPredicates"], update);
  build();

  function build() {
    place.replaceChildren(...parts.filter((part) => part.counts.size).map(section));
    update();
  }

  function section(part) {
    const all = element("button", { type: "button", class: "all", onclick: () => state.set({ [part.key]: new Set() }) }, words.word("showAll"));
    const rows = names(part).map((id) => row(part, id));
    const heading = element("h2", {}, words.word(part.heading));
    return element("section", { "data-part": part.kind }, element("div", { class: "legend-head" }, heading, all), element("ul", {}, rows));
  }

  /** The names that the graph holds, in the order of the style table. */
  function names(part) {
    return [...new Set([...Object.keys(part.looks), ...part.counts.keys()])].filter((id) => part.counts.has(id));
  }

  function row(part, id) {
    const color = part.looks[id]?.[state.theme] ?? "currentColor";
    const picture = part.kind === "type" ? mark(part.looks[id], color) : line(color, derived.has(id));
    const name = words.term(part.kind, id);
    const label = element("span", { class: "name" }, name, derived.has(id) && part.kind === "predicate" ? element("i", {}, words.word("derived")) : null);
    const toggle = element(
      "button", { type: "button", class: "toggle", "data-id": id, onclick: () => flip(part, id) },
      picture, label, element("span", { class: "count" }, String(part.counts.get(id))));
    const only = element(
      "button", { type: "button", class: "only", "aria-label": `${words.word("onlyThis")}: ${name}`, title: words.word("onlyThis"), onclick: () => alone(part, id) },
      words.word("only"));
    return element("li", {}, toggle, only);
  }

  function flip(part, id) {
    const hidden = new Set(state[part.key]);
    if (!hidden.delete(id)) hidden.add(id);
    state.set({ [part.key]: hidden });
  }

  function alone(part, id) {
    state.set({ [part.key]: new Set(names(part).filter((name) => name !== id)) });
  }

  function update() {
    for (const part of parts) {
      const section = place.querySelector(`[data-part="${part.kind}"]`);
      if (!section) continue;
      section.querySelector(".all").hidden = !state[part.key].size;
      for (const toggle of section.querySelectorAll(".toggle")) toggle.setAttribute("aria-pressed", String(!state[part.key].has(toggle.dataset.id)));
    }
  }
}
