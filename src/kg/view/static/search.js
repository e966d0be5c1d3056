"use strict";
// Search over names and aliases: matches light up in the graph, the best stand in a list worked by keyboard.

const MOST_RESULTS = 30;

function createSearch(model, state, words, { input, list, choose }) {
  let found = [];
  let active = -1;

  input.addEventListener("input", () => state.set({ query: input.value }));
  input.addEventListener("focus", show);
  input.addEventListener("keydown", onKey);
  input.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  state.on(["query", "lang", "theme"], show);

  /** How well a node answers: the whole name before its beginning, before any part of it; then hubs first. */
  function rank(node) {
    const query = fold(state.query.trim());
    const fit = node.folded.some((name) => name === query) ? 0 : node.folded.some((name) => name.startsWith(query)) ? 1 : 2;
    return fit * 1e6 - node.weight;
  }

  function show() {
    if (input.value !== state.query) input.value = state.query;
    const asked = state.query.trim();
    found = asked ? [...model.nodes.values()].filter(state.matches).sort((a, b) => rank(a) - rank(b)) : [];
    active = found.length ? 0 : -1;
    const rows = found.slice(0, MOST_RESULTS).map(row);
    const rest = found.length > MOST_RESULTS ? [element("li", { class: "rest", role: "presentation" }, `+ ${found.length - MOST_RESULTS}`)] : [];
    const none = asked && !found.length ? [element("li", { class: "rest", role: "presentation" }, words.word("noResult"))] : [];
    list.replaceChildren(...rows, ...rest, ...none);
    open(Boolean(asked) && document.activeElement === input);
  }

  function row(node, index) {
    const fits = (name) => fold(name).includes(fold(state.query.trim()));
    const name = words.name(node);
    const alias = fits(name) ? null : words.aliases(node).find(fits);
    return element(
      "li", { role: "option", id: `result-${index}`, "aria-selected": String(index === active), onclick: () => pick(index) },
      mark(model.data.types[node.type], model.data.types[node.type][state.theme]),
      element("span", { class: "name" }, highlight(name, state.query), alias ? element("small", {}, highlight(alias, state.query)) : null),
      element("small", {}, words.term("type", node.type)));
  }

  function onKey(event) {
    const last = Math.min(found.length, MOST_RESULTS) - 1;
    if (event.key === "ArrowDown") move(Math.min(active + 1, last));
    else if (event.key === "ArrowUp") move(Math.max(active - 1, 0));
    else if (event.key === "Enter" && !event.isComposing) pick(active);
    else if (event.key === "Escape") leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function move(index) {
    if (!found.length) return;
    active = index;
    open(true);
    list.querySelectorAll("[role=option]").forEach((option, i) => option.setAttribute("aria-selected", String(i === active)));
    list.querySelector(`#result-${active}`).scrollIntoView({ block: "nearest" });
  }

  function pick(index) {
    if (!found[index]) return;
    close();
    choose(found[index]);
  }

  /** The first Escape closes the list, the next empties the box, the next leaves it. */
  function leave() {
    if (!list.hidden) close();
    else if (state.query) state.set({ query: "" });
    else input.blur();
  }

  function open(opened) {
    list.hidden = !opened;
    input.setAttribute("aria-expanded", String(opened));
    if (opened && active >= 0) input.setAttribute("aria-activedescendant", `result-${active}`);
    else input.removeAttribute("aria-activedescendant");
  }

  function close() {
    open(false);
  }
}

/** A text whose parts that answer the query stand in `mark` elements. */
function highlight(text, query) {
  const [folded, asked] = [fold(text), fold(query.trim())];
  if (!asked || folded.length !== text.length) return [text];
  const pieces = [];
  let from = 0;
  for (let at = folded.indexOf(asked); at >= 0; at = folded.indexOf(asked, from)) {
    pieces.push(text.slice(from, at), element("mark", {}, text.slice(at, at + asked.length)));
    from = at + asked.length;
  }
  return [...pieces, text.slice(from)];
}
