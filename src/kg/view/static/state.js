"use strict";
// What the reader has chosen, in one place; whoever shows it listens for changes.

function createState(model) {
  const listeners = [];
  const state = {
    lang: model.data.lang,
    view: "graph",
    selected: null, // id of a node or of an edge
    query: "",
    theme: "light",
    focus: true,
    hiddenTypes: new Set(),
    hiddenPredicates: new Set(),

    /** Changes some values and tells those who listen for one of them. */
    set(changes) {
      const changed = Object.keys(changes).filter((key) => state[key] !== changes[key]);
      Object.assign(state, changes);
      for (const [keys, listener] of listeners) if (keys.some((key) => changed.includes(key))) listener();
    },
    on(keys, listener) {
      listeners.push([keys, listener]);
    },

    node: () => model.nodes.get(state.selected) ?? null,
    edge: () => model.edges.get(state.selected) ?? null,
    shows: (node) => !state.hiddenTypes.has(node.type),
    matches: (node) => node.folded.some((name) => name.includes(fold(state.query.trim()))),

    /** Whether an edge passes the filters. */
    keeps: (edge) =>
      !state.hiddenPredicates.has(edge.predicate) &&
      state.shows(model.nodes.get(edge.from)) &&
      state.shows(model.nodes.get(edge.to)),

    /** Whether it is also drawn: a derived edge hides behind a stated one between the same nodes. */
    draws: (edge) => state.keeps(edge) && !model.twins(edge).some(state.keeps),
  };
  return state;
}
