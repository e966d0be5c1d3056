"use strict";
// Puts the page together: model, state, and the views that show the state and change it.

(function main() {
  const model = createModel(JSON.parse(byId("data").textContent));
  const state = createState(model);
  const words = createWords(model.data, state);
  const [canvas, panel] = [byId("canvas"), byId("panel")];
  followTheme();

  const graph = createGraph(model, state, words, canvas);
  const download = createDownload(model, state, words, graph.positions);
  createLegend(model, state, words, byId("legend"));
  createSearch(model, state, words, { input: byId("search"), list: byId("results"), choose });
  createPanel(model, state, words, { place: panel, choose });
  createTable(model, state, words, { place: byId("table"), choose });
  createNotices(model, state, words, { stage: byId("stage"), announcer: byId("announce") });
  const actions = createToolbar(state, graph, download);
  createKeys({ actions, canvas, walk, open: () => panel.focus() });
  state.on(["view"], showView);
  state.on(["lang"], words.apply);
  const centre = model.byIri.get(model.data.selected);
  graph.fit({ around: centre?.id, moving: false });
  createAddress(model, state, choose);
  if (centre && !state.selected) state.set({ selected: centre.id });
  window.kg = { model, state, graph };

  /** Selects a node and brings it to the middle, showing its type again if the legend hides it. */
  function choose(node) {
    const hiddenTypes = new Set(state.hiddenTypes);
    state.set({ selected: node.id, ...(hiddenTypes.delete(node.type) ? { hiddenTypes } : {}) });
    if (state.view === "graph") graph.goTo(node.id);
  }

  function walk(dx, dy) {
    const node = graph.step(dx, dy);
    if (node) choose(node);
  }

  function showView() {
    for (const view of ["graph", "table"]) byId(`show-${view}`).setAttribute("aria-pressed", String(state.view === view));
    byId("stage").hidden = state.view !== "graph";
    byId("table").hidden = state.view !== "table";
    if (state.view === "graph" && state.node()) graph.goTo(state.selected, { moving: false });
  }

  /** Light or dark, as the reader's system has it, now and whenever it changes. */
  function followTheme() {
    const darkness = matchMedia("(prefers-color-scheme: dark)");
    const follow = () => state.set({ theme: darkness.matches ? "dark" : "light" });
    darkness.addEventListener("change", follow);
    follow();
  }
})();
