"use strict";
// The detail panel: what is known about the selected node or edge, each fact with its quote; an overview otherwise.

const HUBS = 8;

function createPanel(model, state, words, { place, choose }) {
  state.on(["selected", "lang", "theme"], show);
  show();

  function show() {
    const [node, edge] = [state.node(), state.edge()];
    place.replaceChildren(...(node ? aboutNode(node) : edge ? aboutEdge(edge) : overview()));
    place.scrollTop = 0;
  }

  function overview() {
    const hubs = [...model.nodes.values()].filter((node) => node.weight).sort((a, b) => b.weight - a.weight).slice(0, HUBS);
    const articles = model.data.articles.map((article) => {
      const node = model.byIri.get(article.iri);
      return element("li", {}, node ? link(node, article.title) : article.title);
    });
    const totals = [["entities", model.entities.length], ["relations", model.edges.size], ["figures", model.figures.length]];
    return [
      element("h2", {}, words.word("overview")),
      element("dl", { class: "totals" }, totals.map(([name, n]) => element("div", {}, element("dt", {}, words.word(name)), element("dd", {}, words.number(n))))),
      part("hubs", hubs.map((node) => element("li", {}, link(node), element("small", {}, String(node.weight)))), "people"),
      part("articles", articles),
    ].filter(Boolean);
  }

  function aboutNode(node) {
    const type = model.data.types[node.type];
    const known = [["post", node.post], ["aliases", words.aliases(node).join("、")]].filter(([, value]) => value);
    const facts = [...known.map(([name, value]) => [words.word(name), value]), ...details(node)];
    const chips = (node.kinds ?? []).map((kind) => element("span", { class: "chip" }, words.inLanguage(kind)));
    return [
      back(),
      element("p", { class: "kicker" }, mark(type, type[state.theme]), words.term("type", node.type)),
      element("h2", {}, words.name(node)),
      chips.length ? element("p", { class: "chips" }, chips) : null,
      facts.length ? element("dl", { class: "facts" }, facts.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value)))) : null,
      node.figures.length ? part("figures", [figureTable(node.figures)], "", "div") : null,
      ...connections(node),
      node.quotes ? part("quotes", node.quotes.map(quoteBlock), "", "div") : null,
    ].filter(Boolean);
  }

  /** What is said of a node besides relations: the name of each property with all its values. */
  function details(node) {
    const values = new Map();
    for (const detail of node.details ?? []) {
      const name = words.inLanguage(detail);
      values.set(name, [...(values.get(name) ?? []), words.inLanguage(detail.value)]);
    }
    return [...values].map(([name, all]) => [name, all.join("、")]);
  }

  function aboutEdge(edge) {
    const [from, to] = [model.nodes.get(edge.from), model.nodes.get(edge.to)];
    const derived = edge.derived ? element("i", {}, words.word("derived")) : null;
    return [
      back(),
      element("p", { class: "kicker" }, words.word("predicate")),
      element("h2", {}, words.term("predicate", edge.predicate), derived),
      element("p", { class: "triple" }, link(from), element("span", {}, words.term("predicate", edge.predicate)), link(to)),
      part("quotes", evidence(edge), "", "div"),
    ];
  }

  /** The neighbours, grouped by predicate and direction; a derived edge beside a stated one says nothing new. */
  function connections(node) {
    const groups = new Map();
    for (const edge of node.links.filter((link) => !model.twins(link).length).sort((a, b) => a.derived - b.derived)) {
      const outward = edge.from === node.id;
      const key = `${edge.predicate} ${outward}`;
      if (!groups.has(key)) groups.set(key, { outward, predicate: edge.predicate, derived: edge.derived, edges: [] });
      groups.get(key).edges.push(edge);
    }
    return [...groups.values()].map(({ outward, predicate, derived, edges }) => {
      const name = outward ? words.term("predicate", predicate) : words.inverse(predicate);
      const color = model.data.predicates[predicate]?.[state.theme] ?? "currentColor";
      const heading = element(
        "h3", {}, line(color, derived), name, derived ? element("i", {}, words.word("derived")) : null,
        element("span", { class: "count" }, String(edges.length)));
      return element("section", { class: "links" }, heading, element("ul", {}, edges.map((edge) => connection(edge, node))));
    });
  }

  function connection(edge, node) {
    const quotes = (edge.quotes ?? []).length ? opener(() => evidence(edge)) : [];
    return element("li", {}, link(model.other(edge, node)), ...quotes);
  }

  function figureTable(figures) {
    const rows = figures.flatMap((figure) => {
      const [button, quote] = opener(() => [quoteBlock(figure)]);
      const value = element("td", { class: "value" }, words.number(figure.value), element("small", {}, figure.unit ?? ""));
      const tags = [figure.role === "level" ? null : words.word(`role.${figure.role}`), words.word(`level.${figure.level}`), figure.time, figure.place].filter(Boolean);
      const name = element("td", {}, figure.indicator, element("div", { class: "tags" }, element("small", {}, tags.join(" · ")), button));
      return [element("tr", {}, name, value), element("tr", { class: "aside" }, element("td", { colspan: 2 }, quote))];
    });
    const head = element("tr", {}, ["indicator", "value"].map((key) => element("th", { scope: "col" }, words.word(key))));
    return element("table", { class: "figures" }, element("thead", {}, head), element("tbody", {}, rows));
  }

  /** A button and the place in which it shows, or hides again, what `make` gives. */
  function opener(make) {
    const room = element("div", { class: "opened", hidden: true });
    const button = element("button", { type: "button", class: "open", "aria-expanded": "false", "aria-label": words.word("showQuotes"), title: words.word("showQuotes") }, "“”");
    button.addEventListener("click", () => {
      if (room.hidden) room.replaceChildren(...make());
      room.hidden = !room.hidden;
      button.setAttribute("aria-expanded", String(!room.hidden));
    });
    return [button, room];
  }

  function evidence(edge) {
    const quotes = edge.quotes ?? [];
    const note = edge.derived ? words.word(quotes.length ? "derivedFrom" : "noQuotes") : null;
    return [note && element("p", { class: "faint" }, note), ...quotes.map(quoteBlock)].filter(Boolean);
  }

  function quoteBlock(quote) {
    const source = [
      quote.landmark && words.landmark(quote.landmark),
      quote.rule && `${words.word("rule")} ${quote.rule}`,
      quote.confidence !== undefined && `${words.word("confidence")} ${Math.round(quote.confidence * 100)}%`,
      quote.start !== undefined && `${words.word("position")} ${quote.start}–${quote.end}`,
    ].filter(Boolean);
    return element(
      "figure", { class: "quote" },
      element("blockquote", {}, quote.quote),
      element("figcaption", {}, element("cite", {}, model.article(quote.article).title), element("span", {}, source.join(" · "))));
  }

  function link(node, name = words.name(node)) {
    const type = model.data.types[node.type];
    return element("button", { type: "button", class: "link", onclick: () => choose(node) }, mark(type, type[state.theme]), element("span", {}, name));
  }

  function back() {
    return element("button", { type: "button", class: "back", onclick: () => state.set({ selected: null }) }, `← ${words.word("back")}`);
  }

  function part(heading, content, style = "", list = "ul") {
    if (!content.length) return null;
    return element("section", { class: style }, element("h3", {}, words.word(heading)), element(list, {}, content));
  }
}
