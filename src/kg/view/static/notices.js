"use strict";
// What the page says by itself: that nothing is to be seen, and, to screen readers, what has been selected.

function createNotices(model, state, words, { stage, announcer }) {
  state.on(["hiddenTypes", "lang"], showEmptiness);
  state.on(["selected", "lang"], announce);
  showEmptiness();

  function showEmptiness() {
    stage.querySelector(".empty")?.remove();
    if ([...model.nodes.values()].some(state.shows)) return;
    const none = !model.nodes.size;
    const heading = element("h2", {}, words.word(none ? "emptyGraph" : "allHidden"));
    stage.append(element("div", { class: "empty" }, heading, none ? element("p", {}, words.word("emptyGraphHint")) : null));
  }

  function announce() {
    const node = state.node();
    announcer.textContent = node ? `${words.term("type", node.type)} ${words.name(node)}, ${words.word("links")} ${node.links.length}` : "";
  }
}
