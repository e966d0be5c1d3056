"use strict";
// The two exports: the scene as an SVG text of our own, and as a PNG painted on a canvas of its own.

const MOST_PIXELS = 8000; // the longer side of a PNG; browsers refuse much larger canvases

/** A standalone SVG document; every text in it is escaped. */
function toSvg(scene) {
  const n = (value) => Number(value.toFixed(1));
  const paint = (shape) => {
    const width = shape.width ? ` stroke-width="${shape.width}"` : "";
    const opacity = shape.opacity ? ` opacity="${shape.opacity}"` : "";
    return ` fill="${escapeXml(shape.fill ?? "none")}" stroke="${escapeXml(shape.stroke ?? "none")}"${width}${opacity}`;
  };
  const write = {
    line: (s) => {
      const dash = s.dash ? ` stroke-dasharray="${s.dash.join(" ")}"` : "";
      const bend = s.middle ? `Q${n(s.middle.x)} ${n(s.middle.y)} ` : "L";
      return `<path d="M${n(s.from.x)} ${n(s.from.y)} ${bend}${n(s.to.x)} ${n(s.to.y)}"${dash}${paint(s)}/>`;
    },
    polygon: (s) => `<polygon points="${s.points.map(([x, y]) => `${n(x)},${n(y)}`).join(" ")}"${paint(s)}/>`,
    circle: (s) => `<circle cx="${n(s.x)}" cy="${n(s.y)}" r="${n(s.r)}"${paint(s)}/>`,
    text: (s) => {
      const halo = s.halo ? ` paint-order="stroke" stroke="${s.halo}" stroke-width="3.5" stroke-linejoin="round"` : "";
      const weight = s.bold ? ' font-weight="600"' : "";
      return `<text x="${n(s.x)}" y="${n(s.y)}" font-size="${n(s.size)}"${weight} text-anchor="${s.anchor}" fill="${s.fill}"${halo}>${escapeXml(s.text)}</text>`;
    },
  };
  const [width, height] = [Math.ceil(scene.width), Math.ceil(scene.height)];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="${SVG_NAMESPACE}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escapeXml(LABEL_FONT)}">`,
    `<rect width="100%" height="100%" fill="${scene.paper}"/>`,
    ...scene.shapes.map((shape) => write[shape.kind](shape)),
    "</svg>\n",
  ].join("\n");
}

/** A text fit for XML: the signs of markup escaped, signs that XML forbids left out. */
function escapeXml(text) {
  const names = { "<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;", "'": "&apos;" };
  const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Surrogate}]/gu;
  return String(text).replace(forbidden, "").replace(/[<>&"']/g, (sign) => names[sign]);
}

/** A canvas on which the scene is painted, twice as fine as it is large where the limit allows. */
function toCanvas(scene) {
  const scale = Math.min(2, MOST_PIXELS / Math.max(scene.width, scene.height));
  const canvas = element("canvas", { width: Math.ceil(scene.width * scale), height: Math.ceil(scene.height * scale) });
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  context.fillStyle = scene.paper;
  context.fillRect(0, 0, scene.width, scene.height);
  for (const shape of scene.shapes) paintShape(context, shape);
  return canvas;
}

function paintShape(context, shape) {
  context.save();
  context.globalAlpha = shape.opacity ?? 1;
  if (shape.kind === "text") paintText(context, shape);
  else {
    context.lineWidth = shape.width ?? 1;
    context.setLineDash(shape.dash ?? []);
    context.beginPath();
    trace(context, shape);
    if (shape.fill && shape.fill !== "none") Object.assign(context, { fillStyle: shape.fill }).fill();
    if (shape.stroke && shape.stroke !== "none") Object.assign(context, { strokeStyle: shape.stroke }).stroke();
  }
  context.restore();
}

function trace(context, shape) {
  if (shape.kind === "circle") context.arc(shape.x, shape.y, shape.r, 0, 2 * Math.PI);
  else if (shape.kind === "polygon") {
    shape.points.forEach(([x, y]) => context.lineTo(x, y));
    context.closePath();
  } else {
    context.moveTo(shape.from.x, shape.from.y);
    const middle = shape.middle ?? shape.from;
    context.quadraticCurveTo(middle.x, middle.y, shape.to.x, shape.to.y);
  }
}

function paintText(context, shape) {
  context.font = labelFont(shape.size, shape.bold);
  context.textAlign = shape.anchor === "middle" ? "center" : "left";
  if (shape.halo) {
    Object.assign(context, { strokeStyle: shape.halo, lineWidth: 3.5, lineJoin: "round" });
    context.strokeText(shape.text, shape.x, shape.y);
  }
  context.fillStyle = shape.fill;
  context.fillText(shape.text, shape.x, shape.y);
}

/** Hands a blob to the reader as a file. */
function save(blob, name) {
  const address = URL.createObjectURL(blob);
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

function createDownload(model, state, words, positions) {
  const scene = () => createScene(model, state, words, positions());
  const name = () => words.heading().replace(/[\\/:*?"<>|\u0000-\u001f]+/g, " ").trim().slice(0, 60) || "graph";
  return {
    svg: () => save(new Blob([toSvg(scene())], { type: "image/svg+xml" }), `${name()}.svg`),
    png: () => toCanvas(scene()).toBlob((blob) => save(blob, `${name()}.png`), "image/png"),
  };
}
