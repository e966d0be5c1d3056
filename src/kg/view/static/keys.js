"use strict";
// The keyboard: single keys work wherever nobody is typing, arrow keys where the drawing has the focus.

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** `actions` maps keys to functions; `step` moves between nodes by direction. */
function createKeys({ actions, canvas, step }) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || byId("help").open) return;
    if (event.target.matches("input, textarea")) return;
    if (event.target === canvas && ARROWS[event.key]) step(...ARROWS[event.key]);
    else if (event.key === "Enter" && event.target === canvas) actions.open();
    else if (Object.hasOwn(actions.keys, event.key)) actions.keys[event.key]();
    else return;
    event.preventDefault();
  });
}
