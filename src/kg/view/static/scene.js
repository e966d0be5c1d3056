"use strict";
// The drawing as a list of plain shapes, from which both exports are written: what the filters show, in light colours.

const SCENE_MARGIN = 90;

/** `{ width, height, paper, shapes }`; a shape is a line, a polygon, a circle or a text, all in pixels. */
function createScene(model, state, words, positions) {
  const colors = GRAPH_COLORS.light;
  const nodes = [...model.nodes.values()].filter(state.shows);
  const edges = [...model.edges.values()].filter(state.draws);
  const [xs, ys] = ["x", "y"].map((axis) => nodes.map((node) => positions[node.id][axis]));
  const left = Math.min(...xs, 0) - SCENE_MARGIN;
  const top = Math.min(...ys, 0) - SCENE_MARGIN - 30;
  const width = Math.max(Math.max(...xs, 0) + SCENE_MARGIN - left, 760);
  const height = Math.max(...ys, 0) + SCENE_MARGIN + 20 - top;
  const at = (id) => ({ x: positions[id].x - left, y: positions[id].y - top });
  return {
    width, height, paper: colors.paper,
    shapes: [
      ...edges.flatMap((edge) => edgeShapes(model, edge, at)),
      ...nodes.map((node) => nodeShape(model, node, at(node.id), colors)),
      ...labelShapes(words, nodes, at, { width, height, colors }),
      ...captionShapes(model, state, words, nodes, { width, height, colors }),
    ],
  };
}

function edgeShapes(model, edge, at) {
  const color = model.data.predicates[edge.predicate]?.light ?? GRAPH_COLORS.light.faint;
  const [from, to] = [at(edge.from), at(edge.to)];
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (!length) return [];
  const bow = edge.smooth ? edge.smooth.roundness * length : 0;
  const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const middle = { x: (from.x + to.x) / 2 + uy * bow, y: (from.y + to.y) / 2 - ux * bow };
  const tip = { x: to.x - ux * (model.nodes.get(edge.to).size + 2), y: to.y - uy * (model.nodes.get(edge.to).size + 2) };
  const head = [[0, 0], [-8, 3], [-8, -3]].map(([along, aside]) => [tip.x + ux * along - uy * aside, tip.y + uy * along + ux * aside]);
  return [
    { kind: "line", from, middle: bow ? middle : null, to: tip, stroke: color, width: 1, opacity: edge.derived ? 0.3 : 0.6, dash: edge.derived ? [5, 4] : null },
    { kind: "polygon", points: head, fill: color, stroke: "none", opacity: edge.derived ? 0.3 : 0.6 },
  ];
}

function nodeShape(model, node, { x, y }, colors) {
  const type = model.data.types[node.type];
  const paint = { fill: type.hollow ? colors.paper : type.light, stroke: type.hollow ? type.light : colors.paper, width: type.hollow ? 2.5 : 1.2 };
  const points = corners(type.shape, node.size)?.map(([dx, dy]) => [x + dx, y + dy]);
  return points ? { kind: "polygon", points, ...paint } : { kind: "circle", x, y, r: node.size, ...paint };
}

function labelShapes(words, nodes, at, { width, height, colors }) {
  const items = [...nodes].sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1)).map((node) => ({
    ...at(node.id), radius: node.size, lines: labelLines(words.name(node), false), size: labelSize(node), bold: false,
  }));
  const room = { left: 0, top: 0, right: width, bottom: height };
  return placeLabels(items, { zoom: 1, room, measure: textMeasure() }).flatMap(({ item, left, top }) =>
    item.lines.map((text, row) => ({ kind: "text", x: left, y: top + (row + 0.85) * item.size * 1.25, text, size: item.size, anchor: "middle", fill: colors.ink, halo: colors.paper })));
}

/** The title above and the types that occur below. */
function captionShapes(model, state, words, nodes, { width, height, colors }) {
  const types = Object.keys(model.data.types).filter((id) => nodes.some((node) => node.type === id));
  const shapes = [{ kind: "text", x: 28, y: 40, text: words.heading(), size: 20, anchor: "start", fill: colors.ink, bold: true }];
  const measure = textMeasure();
  let x = 36;
  for (const id of types) {
    const text = words.term("type", id);
    shapes.push(nodeShape(model, { type: id, size: 6 }, { x, y: height - 28 }, colors));
    shapes.push({ kind: "text", x: x + 13, y: height - 24, text, size: 12, anchor: "start", fill: colors.faint });
    x += 13 + measure(text, 12, false) + 24;
  }
  return shapes;
}
