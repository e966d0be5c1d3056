"use strict";
// The same data as tables: entities, relations with quotes, figures, articles. They follow the legend, the search and the language.

const ROWS_AT_ONCE = 300;

function createTable(model, state, words, { place, choose }) {
  let tab = "entities";
  let sorted = { column: 0, down: false };
  let shown = ROWS_AT_ONCE;
  state.on(["view", "lang", "theme", "query", "selected", "hiddenTypes", "hiddenPredicates"], () => state.view === "table" && show());

  const name = (node) => ({ sort: words.name(node), show: () => nameButton(node) });
  const typed = (node) => ({ sort: words.term("type", node.type), show: () => words.term("type", node.type) });
  const plain = (value) => ({ sort: value ?? "", show: () => String(value ?? "") });
  const amount = (value, unit = "") => ({ sort: Number(value), show: () => element("span", {}, words.number(value), element("small", {}, ` ${unit}`)) });
  const quotes = (all) => ({ sort: all[0]?.quote ?? "", show: () => quoteCell(all) });
  const title = (all) => {
    const titles = [...new Set(all.map((quote) => model.article(quote.article).title))].join("；");
    return { sort: titles, show: () => element("span", { class: "clamp", title: titles }, titles) };
  };

  const tables = {
    entities: {
      columns: ["name", "type", "kinds", "aliases", "links", "figures", "quote"],
      rows: () => entities().map((node) => ({
        node,
        cells: [
          name(node), typed(node), plain((node.kinds ?? []).map(words.inLanguage).join("、")), plain(words.aliases(node).join("、")),
          amount(node.weight), amount(node.figures.length), quotes(node.quotes ?? []),
        ],
      })),
    },
    relations: {
      columns: ["subject", "predicate", "object", "quote", "article"],
      rows: () => edges().map((edge) => {
        const [from, to] = [model.nodes.get(edge.from), model.nodes.get(edge.to)];
        const predicate = words.term("predicate", edge.predicate) + (edge.derived ? `（${words.word("derived")}）` : "");
        return { node: from, cells: [name(from), plain(predicate), name(to), quotes(edge.quotes ?? []), title(edge.quotes ?? [])] };
      }),
    },
    figures: {
      columns: ["indicator", "value", "time", "role", "level", "place", "owner", "quote"],
      rows: () => figures().map((figure) => ({
        node: owner(figure),
        cells: [
          plain(figure.indicator), amount(figure.value, figure.unit), plain(figure.time), plain(words.word(`role.${figure.role}`)),
          plain(words.word(`level.${figure.level}`)), plain(figure.place), name(owner(figure)), quotes([figure]),
        ],
      })),
    },
    articles: {
      columns: ["article", "links"],
      rows: () => articles().map((node) => ({ node, cells: [name(node), amount(node.weight)] })),
    },
  };

  const found = (all) => all.filter((node) => state.shows(node) && state.matches(node));
  const entities = () => found(model.entities);
  const articles = () => found(model.articles);
  const edges = () => [...model.edges.values()].filter((edge) => state.keeps(edge) && [edge.from, edge.to].some((id) => state.matches(model.nodes.get(id))));
  const figures = () => model.figures.filter((figure) =>
    figure.owners.some(state.shows) && (figure.owners.some(state.matches) || fold(figure.indicator).includes(fold(state.query.trim()))));

  /** What a figure tells of: the policy, body or measure rather than the place that has its own column. */
  const owner = (figure) => figure.owners.find((node) => node.type !== "Place") ?? figure.owners[0];

  function show() {
    const { columns, rows } = tables[tab];
    const sought = rows().sort(order);
    const body = sought.length
      ? sought.slice(0, shown).map(row)
      : [element("tr", {}, element("td", { colspan: columns.length, class: "faint" }, words.word("emptyTable")))];
    const more = sought.length > shown ? [element("button", { type: "button", class: "more", onclick: () => grow() }, `${words.word("more")} (${sought.length - shown})`)] : [];
    const grid = element("table", {}, element("thead", {}, element("tr", {}, columns.map(heading))), element("tbody", {}, body));
    place.replaceChildren(tabs(sought.length), element("div", { class: "scroll", tabindex: 0 }, grid, ...more));
  }

  function tabs(number) {
    const totals = { entities, relations: edges, figures, articles };
    return element("div", { class: "tabs", role: "tablist" }, Object.keys(tables).map((key) =>
      element(
        "button", { type: "button", role: "tab", "aria-selected": String(key === tab), "data-tab": key, onclick: () => turnTo(key) },
        words.word(key), element("span", { class: "count" }, String(key === tab ? number : totals[key]().length)))));
  }

  function turnTo(key) {
    [tab, shown, sorted] = [key, ROWS_AT_ONCE, { column: 0, down: false }];
    show();
    place.querySelector("[aria-selected=true]").focus();
  }

  function grow() {
    shown += ROWS_AT_ONCE;
    show();
  }

  function heading(key, column) {
    const direction = sorted.column !== column ? "none" : sorted.down ? "descending" : "ascending";
    return element("th", { scope: "col", "aria-sort": direction, class: key }, element("button", { type: "button", onclick: () => sort(column) }, words.word(key)));
  }

  function sort(column) {
    sorted = { column, down: sorted.column === column && !sorted.down };
    show();
    place.querySelectorAll("thead button")[column].focus();
  }

  function order(a, b) {
    const [x, y] = [a, b].map((each) => each.cells[sorted.column].sort);
    const difference = typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), "zh-CN", { numeric: true });
    return sorted.down ? -difference : difference;
  }

  function row({ node, cells }) {
    const columns = tables[tab].columns;
    return element("tr", { class: node.id === state.selected ? "chosen" : null }, cells.map((cell, i) => element("td", { class: columns[i] }, cell.show())));
  }

  function nameButton(node) {
    return element("button", { type: "button", class: "link", onclick: () => choose(node) }, picture(node), element("span", {}, highlight(words.name(node), state.query)));
  }

  function picture(node) {
    return mark(model.data.types[node.type], model.data.types[node.type][state.theme]);
  }

  function quoteCell(all) {
    if (!all.length) return "";
    const more = all.length > 1 ? element("span", { class: "count", title: all.slice(1).map((quote) => quote.quote).join("\n") }, `+${all.length - 1}`) : null;
    return element("span", { class: "said" }, all[0].quote, more);
  }
}
