"use strict";
// Puts the page together: model, state, the views that listen to it, and the buttons that change it.

(function main() {
  const model = createModel(JSON.parse(byId("data").textContent));
  const state = createState(model);
  const words = createWords(model.data, state);
  const darkness = matchMedia("(prefers-color-scheme: dark)");
  const theme = () => (darkness.matches ? "dark" : "light");
  state.theme = theme();
  darkness.addEventListener("change", () => state.set({ theme: theme() }));

  const canvas = byId("canvas");
  const graph = createGraph(model, state, words, canvas);
  const download = createDownload(model, state, words, graph.positions);
  createLegend(model, state, words, byId("legend"));
  createSearch(model, state, words, { input: byId("search"), list: byId("results"), choose });
  createPanel(model, state, words, { place: byId("panel"), choose });
  createTable(model, state, words, { place: byId("table"), choose });

  /** Selects a node and brings it to the middle, showing its type again if the legend hides it. */
  function choose(node) {
    const hiddenTypes = new Set(state.hiddenTypes);
    state.set({ selected: node.id, ...(hiddenTypes.delete(node.type) ? { hiddenTypes } : {}) });
    if (state.view === "graph") graph.goTo(node.id);
  }

  const flipFullScreen = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
  const flipLanguage = () => state.set({ lang: state.lang === "zh" ? "en" : "zh" });
  const flipFocus = () => state.set({ focus: !state.focus });
  const zoomIn = () => graph.zoomBy(1.3);
  const zoomOut = () => graph.zoomBy(1 / 1.3);
  const buttons = {
    "show-graph": () => state.set({ view: "graph" }),
    "show-table": () => state.set({ view: "table" }),
    language: flipLanguage,
    focus: flipFocus,
    fit: graph.fit,
    "zoom-in": zoomIn,
    "zoom-out": zoomOut,
    "full-screen": flipFullScreen,
    "help-button": () => byId("help").showModal(),
    "export-png": download.png,
    "export-svg": download.svg,
  };
  for (const [id, action] of Object.entries(buttons)) byId(id).addEventListener("click", () => action());
  byId("export").addEventListener("click", (event) => event.target.closest("button") && (byId("export").open = false));
  document.addEventListener("click", (event) => byId("export").contains(event.target) || (byId("export").open = false));

  createKeys({
    canvas,
    step: (dx, dy) => {
      const node = graph.step(dx, dy);
      if (node) choose(node);
    },
    actions: {
      open: () => byId("panel").focus(),
      keys: {
        "/": () => byId("search").focus(),
        Escape: () => state.set(state.selected ? { selected: null } : { query: "" }),
        "+": zoomIn, "=": zoomIn, "-": zoomOut, 0: () => graph.fit(),
        t: () => state.set({ view: state.view === "graph" ? "table" : "graph" }),
        f: flipFocus, F: flipFullScreen, l: flipLanguage, "?": buttons["help-button"],
      },
    },
  });

  function showView() {
    byId("stage").hidden = state.view !== "graph";
    byId("table").hidden = state.view !== "table";
    byId("show-graph").setAttribute("aria-pressed", String(state.view === "graph"));
    byId("show-table").setAttribute("aria-pressed", String(state.view === "table"));
    if (state.view === "graph" && state.node()) graph.goTo(state.selected, { moving: false });
  }

  function showEmptiness() {
    byId("stage").querySelector(".empty")?.remove();
    if ([...model.nodes.values()].some(state.shows)) return;
    const none = !model.nodes.size;
    byId("stage").append(element(
      "div", { class: "empty" }, element("h2", {}, words.word(none ? "emptyGraph" : "allHidden")),
      none ? element("p", {}, words.word("emptyGraphHint")) : null));
  }

  function announce() {
    const node = state.node();
    byId("announce").textContent = node ? `${words.term("type", node.type)} ${node.label}, ${words.word("links")} ${node.links.length}` : "";
  }

  /** The address keeps the selected node, so that a link or the way back leads to it. */
  function toAddress() {
    const hash = state.node() ? `#node=${encodeURIComponent(state.node().iri)}` : "#";
    if ((location.hash || "#") !== hash) location.hash = hash;
  }

  function fromAddress() {
    const node = model.byIri.get(new URLSearchParams(location.hash.slice(1)).get("node"));
    if ((node?.id ?? null) !== state.selected && (node || state.node())) node ? choose(node) : state.set({ selected: null });
  }

  state.on(["view"], showView);
  state.on(["lang"], words.apply);
  state.on(["focus"], () => byId("focus").setAttribute("aria-pressed", String(state.focus)));
  state.on(["selected", "lang"], announce);
  state.on(["selected"], toAddress);
  state.on(["hiddenTypes", "lang"], showEmptiness);
  window.addEventListener("hashchange", fromAddress);

  graph.fit({ moving: false });
  showEmptiness();
  fromAddress();
  window.kg = { model, state, graph };
})();
