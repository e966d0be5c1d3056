"use strict";
// Which labels are written: the important ones first, each only where it covers no other, as on a map.

const LABEL_FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", system-ui, sans-serif';

const FEW_NODES = 60; // so many may all be labelled, as far as there is room

/** The lines in which a name is written: short ones whole, long ones broken in two, `full` ones never cut. */
function labelLines(name, full) {
  const breadth = labelBreadth(name);
  if (breadth <= 9) return [name];
  let width = full ? Math.max(12, breadth / 3) : Math.min(11, breadth / 2);
  let lines = brokenLines(name, width);
  while (!full && lines.length > 2 && width < 11) lines = brokenLines(name, ++width);
  return full || lines.length <= 2 ? lines : [lines[0], `${lines[1].slice(0, -1)}…`];
}

/** About how many Chinese signs a text is wide. */
function labelBreadth(text) {
  return [...text].reduce((sum, sign) => sum + (sign < "\u2e80" ? 0.55 : 1), 0);
}

/** A text in lines of about a width, broken between Chinese signs and between words of other scripts. */
function brokenLines(text, width) {
  const lines = [""];
  for (const word of text.match(/[!-\u2e7f]+ *|[^]/gu)) {
    const line = lines.at(-1) + word;
    if (!lines.at(-1) || labelBreadth(line.trimEnd()) < width + 0.5) lines[lines.length - 1] = line;
    else lines.push(word);
  }
  return lines.map((line) => line.trim());
}

/** The zoom from which one of `many` nodes may be labelled: hubs always, leaves only when the reader comes near. */
function labelZoom(node, many) {
  if (node.weight >= 5 || many <= FEW_NODES) return 0;
  return node.weight >= 2 ? 0.5 : 0.8;
}

function labelSize(node) {
  return 11.5 + Math.min(4.5, Math.sqrt(node.weight) * 0.7);
}

/**
 * Places labels, in the order given, around their marks at a zoom, those of marks in the room wholly within it.
 * An item has x, y, radius (of the drawing), lines, size (pixels), bold and `must` (written whatever it covers).
 * What fits comes back with the middle (left) and the upper edge (top) of its text, in pixels of the drawing at that zoom.
 */
function placeLabels(items, { zoom, room, measure }) {
  const cells = new Map();
  const cellsOf = (box) => {
    const keys = [];
    for (let x = Math.floor(box.left / 80); x <= box.right / 80; x++)
      for (let y = Math.floor(box.top / 40); y <= box.bottom / 40; y++) keys.push(`${x} ${y}`);
    return keys;
  };
  const free = (box) =>
    cellsOf(box).every((key) =>
      (cells.get(key) ?? []).every((b) => b.right < box.left || b.left > box.right || b.bottom < box.top || b.top > box.bottom));
  const seen = ({ x, y }) => x * zoom >= room.left && x * zoom <= room.right && y * zoom >= room.top && y * zoom <= room.bottom;
  const take = (box) => cellsOf(box).forEach((key) => cells.set(key, [...(cells.get(key) ?? []), box]));

  for (const { x, y, radius } of items) {
    const r = (radius * zoom) / 1.5;
    if (radius) take({ left: x * zoom - r, right: x * zoom + r, top: y * zoom - r, bottom: y * zoom + r });
  }
  const placed = [];
  for (const item of items) {
    const width = Math.max(...item.lines.map((text) => measure(text, item.size, item.bold)));
    const height = item.lines.length * item.size * 1.25;
    const boxes = candidates(item, zoom, width, height).map((box) => (seen(item) ? drawnInto(room, box) : box));
    const box = boxes.find(free) ?? (item.must ? boxes[0] : null);
    if (!box) continue;
    take(box);
    placed.push({ item, left: (box.left + box.right) / 2, top: box.top });
  }
  return placed;
}

/** A box moved as little as brings it wholly into a room. */
function drawnInto(room, box) {
  const across = Math.max(room.left - box.left, 0) || Math.min(room.right - box.right, 0);
  const down = Math.max(room.top - box.top, 0) || Math.min(room.bottom - box.bottom, 0);
  return { left: box.left + across, right: box.right + across, top: box.top + down, bottom: box.bottom + down };
}

/** Where a label may stand: below its mark, above, to the right, to the left; in the middle where there is no mark. */
function candidates(item, zoom, width, height) {
  const [x, y, gap] = [item.x * zoom, item.y * zoom, item.radius * zoom + 3];
  const at = (left, top) => ({ left, top, right: left + width, bottom: top + height });
  if (!item.radius) return [at(x - width / 2, y - height / 2)];
  return [
    at(x - width / 2, y + gap),
    at(x - width / 2, y - gap - height),
    at(x + gap + 2, y - height / 2),
    at(x - gap - 2 - width, y - height / 2),
  ];
}

/** A function that tells the width of a text, remembering what it has measured. */
function textMeasure() {
  const context = document.createElement("canvas").getContext("2d");
  const widths = new Map();
  return (text, size, bold) => {
    const key = `${size} ${bold} ${text}`;
    if (!widths.has(key)) {
      context.font = labelFont(size, bold);
      widths.set(key, context.measureText(text).width);
    }
    return widths.get(key);
  };
}

function labelFont(size, bold) {
  return `${bold ? "600 " : ""}${size}px ${LABEL_FONT}`;
}
