"use strict";
// The buttons of the bar and of the drawing, and the single keys that do the same.

function createToolbar(state, graph, download) {
  const menu = byId("export");
  const actions = {
    flipView: () => state.set({ view: state.view === "graph" ? "table" : "graph" }),
    flipLanguage: () => state.set({ lang: state.lang === "zh" ? "en" : "zh" }),
    flipFocus: () => state.set({ focus: !state.focus }),
    flipFullScreen: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
    zoomIn: () => graph.zoomBy(1.3),
    zoomOut: () => graph.zoomBy(1 / 1.3),
    fit: () => graph.fit(),
    flipLegend,
    help: () => byId("help").showModal(),
    search: () => byId("search").focus(),
    leave,
  };
  const buttons = {
    "show-graph": () => state.set({ view: "graph" }),
    "show-table": () => state.set({ view: "table" }),
    language: actions.flipLanguage,
    focus: actions.flipFocus,
    "legend-button": actions.flipLegend,
    fit: actions.fit,
    "zoom-in": actions.zoomIn,
    "zoom-out": actions.zoomOut,
    "full-screen": actions.flipFullScreen,
    "help-button": actions.help,
    "export-png": download.png,
    "export-svg": download.svg,
  };
  for (const [id, action] of Object.entries(buttons)) byId(id).addEventListener("click", action);
  document.addEventListener("click", (event) => {
    if (event.target.closest("#export button") || !menu.contains(event.target)) menu.open = false;
  });
  state.on(["focus"], () => byId("focus").setAttribute("aria-pressed", String(state.focus)));

  /** Where the window is too narrow for the legend to stand beside the drawing, it opens above it. */
  function flipLegend() {
    byId("legend-button").setAttribute("aria-expanded", String(byId("legend").classList.toggle("shown")));
  }

  /** What Escape lets go of first: the open menu, then what is selected, then the search. */
  function leave() {
    if (menu.open) menu.open = false;
    else state.set(state.selected ? { selected: null } : { query: "" });
  }

  return actions;
}
