"use strict";
// The drawn graph: vis-network draws marks and lines where Python has put them; emphasis and labels are ours.

const GRAPH_COLORS = {
  light: { paper: "#fbfaf8", ink: "#26303c", faint: "#6a7685", accent: "#0f6bd0" },
  dark: { paper: "#161b22", ink: "#e4e9f0", faint: "#97a3b3", accent: "#6fb1ff" },
};

const FIT_MARGIN = { x: 48, y: 48 };

function createGraph(model, state, words, container) {
  const measure = textMeasure();
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  const drawn = new Map(); // id -> what vis-network was last told, to tell it only what changes
  let hovered = null;
  let frame = null; // shows again what the page itself brought into view; null once the reader has moved the view

  restyle();
  const network = new vis.Network(container, { nodes, edges }, model.data.options);
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const animation = () => (still.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" });

  network.on("beforeDrawing", drawRings);
  network.on("afterDrawing", drawLabels);
  network.on("dragStart", ({ nodes: held }) => held.length || (frame = null));
  network.on("dragEnd", ({ nodes: held }) => held.forEach((id) => Object.assign(model.nodes.get(id), network.getPosition(id))));
  network.on("zoom", () => (frame = null));
  network.on("resize", () => queueMicrotask(() => frame?.()));
  network.on("click", ({ nodes: [node], edges: [edge] }) => state.set({ selected: node ?? edge ?? null }));
  network.on("hoverNode", ({ node }) => hover(node));
  network.on("blurNode", () => hover(null));
  network.on("hoverEdge", () => (container.style.cursor = "pointer"));
  network.on("blurEdge", () => (container.style.cursor = ""));
  state.on(["selected", "query", "focus", "hiddenTypes", "hiddenPredicates", "theme"], restyle);
  state.on(["lang"], () => network.redraw());

  function hover(node) {
    hovered = node;
    container.style.cursor = node ? "pointer" : "";
    network.redraw();
  }

  /**
   * The ids that stand out while the rest is dimmed; null when nothing is dimmed. The page made for a node holds only
   * what lies around that node, so nothing is dimmed for it.
   */
  function lit() {
    const node = state.node();
    const edge = state.edge();
    if (state.focus && node && node.iri !== model.data.selected) {
      const near = node.links.filter(state.keeps).map((link) => model.other(link, node).id);
      return new Set([node.id, ...near]);
    }
    if (state.focus && edge) return new Set([edge.from, edge.to]);
    if (!state.query.trim()) return null;
    return new Set([...model.nodes.values()].filter(state.matches).map((found) => found.id));
  }

  function restyle() {
    const standing = lit();
    tell(nodes, [...model.nodes.values()].map((node) => nodeLook(node, standing)));
    tell(edges, [...model.edges.values()].map((edge) => edgeLook(edge, standing)));
  }

  function tell(set, looks) {
    const news = looks.filter((look) => {
      const text = JSON.stringify(look);
      return drawn.get(look.id) !== text && drawn.set(look.id, text);
    });
    if (news.length) set.update(news);
  }

  function nodeLook(node, standing) {
    const colors = GRAPH_COLORS[state.theme];
    const type = model.data.types[node.type];
    return {
      id: node.id, x: node.x, y: node.y, shape: node.shape, size: node.size,
      hidden: !state.shows(node),
      opacity: standing && !standing.has(node.id) ? 0.13 : 1,
      borderWidth: type.hollow ? 3 : 1.5,
      color: type.hollow ? { background: colors.paper, border: type[state.theme] } : { background: type[state.theme], border: colors.paper },
    };
  }

  function edgeLook(edge, standing) {
    const chosen = state.selected === edge.id;
    const near = chosen || edge.from === state.selected || edge.to === state.selected;
    const dimmed = standing && !near && !(!state.selected && standing.has(edge.from) && standing.has(edge.to));
    const opacity = near ? 0.95 : dimmed ? 0.05 : edge.derived ? 0.2 : 0.5;
    return {
      id: edge.id, from: edge.from, to: edge.to, dashes: edge.dashes && [5, 4],
      ...(edge.smooth ? { smooth: edge.smooth } : {}),
      hidden: !state.draws(edge),
      width: chosen ? 4 : near ? 2.6 : edge.derived ? 1.2 : 1.8,
      color: { color: model.data.predicates[edge.predicate]?.[state.theme] ?? GRAPH_COLORS[state.theme].faint, opacity, inherit: false },
    };
  }

  /** What is to be labelled, the most important first. */
  function labelItems(zoom) {
    const standing = lit();
    const marked = (node) => (node.id === state.selected ? 3 : node.id === hovered ? 2 : standing?.has(node.id) ? 1 : 0);
    const visible = [...model.nodes.values()].filter(state.shows);
    const shown = visible.filter((node) => marked(node) || (!standing && zoom >= labelZoom(node, visible.length)));
    shown.sort((a, b) => marked(b) - marked(a) || b.weight - a.weight || (a.id < b.id ? -1 : 1));
    const places = network.getPositions(shown.map((node) => node.id));
    const items = shown.map((node) => ({
      ...places[node.id], radius: node.size, lines: labelLines(words.name(node), marked(node) > 1), size: labelSize(node),
      bold: marked(node) > 1, must: marked(node) > 1, color: GRAPH_COLORS[state.theme].ink,
    }));
    return [...items, ...edgeItems()];
  }

  /** The names of the relations around what is selected. */
  function edgeItems() {
    const node = state.node();
    const near = (node ? node.links : [state.edge()]).filter((edge) => edge && state.draws(edge));
    if (near.length > 14) return [];
    return near.map((edge) => {
      const ends = network.getPositions([edge.from, edge.to]);
      const [from, to] = [ends[edge.from], ends[edge.to]];
      return {
        x: (from.x + to.x) / 2, y: (from.y + to.y) / 2, radius: 0, size: 10.5,
        lines: [words.term("predicate", edge.predicate)], color: GRAPH_COLORS[state.theme].faint,
      };
    });
  }

  /** A ring around the selected node and around what the search has found, as strong at every zoom. */
  function drawRings(context) {
    const zoom = network.getScale();
    const found = state.query.trim() ? [...model.nodes.values()].filter((node) => state.shows(node) && state.matches(node)) : [];
    const ringed = [...found, state.node()].filter(Boolean);
    const places = network.getPositions(ringed.map((node) => node.id));
    context.strokeStyle = GRAPH_COLORS[state.theme].accent;
    for (const node of ringed) {
      context.lineWidth = (node.id === state.selected ? 2.5 : 1.5) / zoom;
      context.beginPath();
      context.arc(places[node.id].x, places[node.id].y, node.size * 1.2 + 4 / zoom, 0, 2 * Math.PI);
      context.stroke();
    }
  }

  function drawLabels(context) {
    const zoom = network.getScale();
    context.save();
    context.scale(1 / zoom, 1 / zoom);
    for (const label of placeLabels(labelItems(zoom), { zoom, room: room(zoom), measure })) drawLabel(context, label);
    context.restore();
  }

  /** The part of the drawing that is in view, in pixels of the drawing at that zoom. */
  function room(zoom) {
    const { x, y } = network.DOMtoCanvas({ x: 0, y: 0 });
    return { left: x * zoom, top: y * zoom, right: x * zoom + container.clientWidth, bottom: y * zoom + container.clientHeight };
  }

  /** Brings all that is shown into view, with a margin for labels; with a node in the middle where `around` names one. */
  function fit({ around = null, moving = true } = {}) {
    frame = () => fit({ around, moving: false });
    const shown = [...model.nodes.values()].filter(state.shows).map((node) => node.id);
    if (!shown.length || !container.clientWidth) return;
    const places = network.getPositions(shown);
    const spans = ["x", "y"].map((axis) => {
      const ends = [Math.min, Math.max].map((end) => end(...shown.map((id) => places[id][axis])));
      const middle = around ? places[around][axis] : (ends[0] + ends[1]) / 2;
      return { middle, half: Math.max(middle - ends[0], ends[1] - middle, 1) };
    });
    const rooms = [container.clientWidth / 2 - FIT_MARGIN.x, container.clientHeight / 2 - FIT_MARGIN.y];
    const scale = Math.min(1.3, ...spans.map(({ half }, axis) => Math.max(rooms[axis], 40) / half));
    network.moveTo({ position: { x: spans[0].middle, y: spans[1].middle }, scale, animation: moving && animation() });
  }

  function goTo(id, { moving = true } = {}) {
    frame = () => goTo(id, { moving: false });
    network.focus(id, { scale: Math.max(0.9, network.getScale()), animation: moving && animation() });
  }

  function zoomBy(factor) {
    frame = null;
    network.moveTo({ scale: Math.min(4, Math.max(0.05, network.getScale() * factor)), animation: animation() });
  }

  function drawLabel(context, { item, left, top }) {
    context.font = labelFont(item.size, item.bold);
    context.textAlign = "center";
    context.textBaseline = "top";
    context.lineJoin = "round";
    context.lineWidth = 3.5;
    context.strokeStyle = GRAPH_COLORS[state.theme].paper;
    context.fillStyle = item.color;
    item.lines.forEach((text, row) => {
      context.strokeText(text, left, top + row * item.size * 1.25);
      context.fillText(text, left, top + row * item.size * 1.25);
    });
  }

  /** The node nearest to the selected one in a direction of the screen; without a selection, the greatest hub. */
  function step(dx, dy) {
    const shown = [...model.nodes.values()].filter(state.shows);
    const here = state.node();
    if (!here) return shown.reduce((a, b) => (b.weight > (a?.weight ?? -1) ? b : a), null);
    const places = network.getPositions();
    const cost = (node) => {
      const [x, y] = [places[node.id].x - places[here.id].x, places[node.id].y - places[here.id].y];
      const along = x * dx + y * dy;
      const aside = Math.abs(x * dy - y * dx);
      return along <= 0 || aside > along ? Infinity : along + 2 * aside;
    };
    return shown.reduce((best, node) => (cost(node) < (best ? cost(best) : Infinity) ? node : best), null);
  }

  return {
    step,
    positions: () => network.getPositions(),
    scale: () => network.getScale(),
    redraw: () => network.redraw(),
    fit,
    goTo,
    zoomBy,

    /** Where a node stands in the window, in pixels. */
    onScreen: (id) => {
      const box = container.getBoundingClientRect();
      const place = network.canvasToDOM(network.getPosition(id));
      return { x: box.left + place.x, y: box.top + place.y };
    },
  };
}
