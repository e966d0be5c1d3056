"use strict";
// Marks of the types: one outline for the legend, the exports and the search results, alike those of vis-network.

/** The corners of a mark of radius `r` around the origin; null for a circle. */
function corners(shape, r) {
  const ring = (count, turn, radius = () => r) =>
    Array.from({ length: count }, (_, i) => {
      const angle = turn + (2 * Math.PI * i) / count;
      return [radius(i) * Math.cos(angle), radius(i) * Math.sin(angle)];
    });
  const up = -Math.PI / 2;
  switch (shape) {
    case "square": return [[-r, -r], [r, -r], [r, r], [-r, r]];
    case "diamond": return [[0, -r], [r, 0], [0, r], [-r, 0]];
    case "triangle": return ring(3, up, () => r * 1.15);
    case "triangleDown": return ring(3, -up, () => r * 1.15);
    case "hexagon": return ring(6, 0);
    case "star": return ring(10, up, (i) => (i % 2 ? r * 0.5 : r * 1.3));
    default: return null;
  }
}

/** A small picture of a type's mark, coloured by the style sheet's `currentColor`. */
function mark(type, color) {
  const points = corners(type.shape, 6);
  const paint = { fill: type.hollow ? "none" : color, stroke: color, "stroke-width": type.hollow ? 2 : 1, "stroke-linejoin": "round" };
  const outline = points
    ? svgElement("polygon", { points: points.map((point) => point.map((n) => n.toFixed(1)).join(",")).join(" "), ...paint })
    : svgElement("circle", { r: 6, ...paint });
  return svgElement("svg", { class: "mark", viewBox: "-9 -9 18 18", "aria-hidden": "true" }, outline);
}

/** A small picture of a predicate's line. */
function line(color, derived) {
  const path = svgElement("path", { d: "M0 6H17M13.5 2.5L17 6L13.5 9.5", stroke: color, "stroke-width": 1.8, fill: "none", "stroke-dasharray": derived ? "3 2.5" : null });
  return svgElement("svg", { class: "mark", viewBox: "0 0 18 12", "aria-hidden": "true" }, path);
}
