"use strict";
// The keyboard: single keys work wherever nobody is typing, arrow keys where the drawing has the focus.

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** `actions` are those of the toolbar; `walk` moves between nodes by direction, `open` goes to the details. */
function createKeys({ actions, canvas, walk, open }) {
  const keys = {
    "/": actions.search, Escape: actions.leave, "?": actions.help,
    "+": actions.zoomIn, "=": actions.zoomIn, "-": actions.zoomOut, 0: actions.fit,
    t: actions.flipView, l: actions.flipLanguage, f: actions.flipFocus, F: actions.flipFullScreen,
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || byId("help").open) return;
    if (event.target.matches("input, textarea")) return;
    if (event.target === canvas && ARROWS[event.key]) walk(...ARROWS[event.key]);
    else if (event.target === canvas && event.key === "Enter") open();
    else if (Object.hasOwn(keys, event.key)) keys[event.key]();
    else return;
    event.preventDefault();
  });
}
