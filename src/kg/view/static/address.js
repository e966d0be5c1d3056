"use strict";
// The address of the page keeps the selected node, so that a link or the way back leads to it.

/** `choose` selects a node. Reads the address at once and at every change of it. */
function createAddress(model, state, choose) {
  state.on(["selected"], write);
  window.addEventListener("hashchange", read);
  read();

  function write() {
    const hash = state.node() ? `#node=${encodeURIComponent(state.node().iri)}` : "#";
    if ((location.hash || "#") !== hash) location.hash = hash;
  }

  function read() {
    const node = model.byIri.get(new URLSearchParams(location.hash.slice(1)).get("node"));
    if (node && node.id !== state.selected) choose(node);
    else if (!node && state.node()) state.set({ selected: null });
  }
}
