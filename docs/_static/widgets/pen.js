// From strokes of a pen to the image that the network reads: numbers only, no drawing.
// The image is made as MNIST's were: 20 x 20 box, centred by mass in 28 x 28 (LeCun et al., 1998), then 32 x 32.
"use strict";
var CNNBook = CNNBook || {};

CNNBook.pen = (() => {
  /** Pixels along a side of the sheet on which strokes are inked, before it is scaled down. */
  const SHEET = 140;

  /**
   * @typedef {object} Stroke
   * @property {number} width of the pen, as a share of the sheet's side
   * @property {number[]} points x0, y0, x1, y1, ... from 0 to 1, y downwards
   */

  /**
   * Ink one straight piece of a stroke, with soft edges one pixel wide; ink never goes away.
   * @param {Float32Array} ink the sheet, changed in place
   * @param {number[]} piece x0, y0, x1, y1 @param {number} width
   */
  function inkPiece(ink, [x0, y0, x1, y1], width) {
    const radius = Math.max((width * SHEET) / 2, 0.5);
    const [ax, ay, bx, by] = [x0, y0, x1, y1].map((part) => part * SHEET);
    const [dx, dy] = [bx - ax, by - ay];
    const long = dx * dx + dy * dy;
    const from = (/** @type {number} */ low) => Math.max(0, Math.floor(low - radius - 1));
    const to = (/** @type {number} */ high) => Math.min(SHEET - 1, Math.ceil(high + radius + 1));
    for (let r = from(Math.min(ay, by)); r <= to(Math.max(ay, by)); r += 1) {
      for (let c = from(Math.min(ax, bx)); c <= to(Math.max(ax, bx)); c += 1) {
        const [px, py] = [c + 0.5 - ax, r + 0.5 - ay];
        const along = long ? Math.min(1, Math.max(0, (px * dx + py * dy) / long)) : 0;
        const cover = radius + 0.5 - Math.hypot(px - along * dx, py - along * dy);
        const at = r * SHEET + c;
        if (cover > ink[at]) ink[at] = Math.min(1, cover);
      }
    }
  }

  /** @param {Stroke[]} strokes @returns {Float32Array} the inked sheet, SHEET x SHEET */
  function inked(strokes) {
    const ink = new Float32Array(SHEET * SHEET);
    for (const { points, width } of strokes) {
      for (let i = 0; i + 1 < points.length; i += 2) {
        const next = i + 3 < points.length ? i + 2 : i; // a single point is a dot
        inkPiece(ink, [points[i], points[i + 1], points[next], points[next + 1]], width);
      }
    }
    return ink;
  }

  /** @param {Float32Array} ink @param {number} side @returns {{top: number, left: number, rows: number, columns: number}|null} */
  function box(ink, side) {
    let [top, left, bottom, right] = [side, side, -1, -1];
    ink.forEach((value, at) => {
      if (value < 0.05) return; // the faint outermost edge of a stroke
      const [r, c] = [Math.floor(at / side), at % side];
      [top, bottom, left, right] = [Math.min(top, r), Math.max(bottom, r), Math.min(left, c), Math.max(right, c)];
    });
    return bottom < 0 ? null : { top, left, rows: bottom - top + 1, columns: right - left + 1 };
  }

  /**
   * How much of each old pixel goes into each new one along one axis, for scaling down or up by areas.
   * @param {number} before @param {number} after @returns {{from: number, share: number}[][]}
   */
  function shares(before, after) {
    const step = before / after;
    return Array.from({ length: after }, (_, i) => {
      const parts = [];
      for (let from = Math.floor(i * step); from < Math.min(before, (i + 1) * step); from += 1) {
        const share = (Math.min(from + 1, (i + 1) * step) - Math.max(from, i * step)) / step;
        if (share > 1e-9) parts.push({ from, share });
      }
      return parts;
    });
  }

  /**
   * The image for the network from any square picture of ink.
   * @param {Float32Array} ink side x side, 0 (paper) to 1 (ink) @param {number} side
   * @returns {Float32Array} 32 x 32
   */
  function normalised(ink, side) {
    const image = new Float32Array(32 * 32);
    const found = box(ink, side);
    if (!found) return image;
    const scale = 20 / Math.max(found.rows, found.columns);
    const [rows, columns] = [found.rows, found.columns].map((length) => Math.max(1, Math.round(length * scale)));
    const small = new Float32Array(rows * columns);
    const [byRow, byColumn] = [shares(found.rows, rows), shares(found.columns, columns)];
    byRow.forEach((lines, r) => byColumn.forEach((places, c) => {
      for (const line of lines) for (const place of places) {
        small[r * columns + c] += line.share * place.share * ink[(found.top + line.from) * side + found.left + place.from];
      }
    }));
    const [top, left] = corner(small, rows, columns);
    for (let r = 0; r < rows; r += 1) {
      image.set(small.subarray(r * columns, (r + 1) * columns), (top + r) * 32 + left);
    }
    return image;
  }

  /**
   * Where the box goes so that its centre of mass comes to the middle of 28 x 28, inside a margin of 2.
   * @param {Float32Array} small @param {number} rows @param {number} columns @returns {[number, number]}
   */
  function corner(small, rows, columns) {
    let [mass, byRow, byColumn] = [0, 0, 0];
    small.forEach((value, at) => {
      mass += value;
      byRow += value * (Math.floor(at / columns) + 0.5);
      byColumn += value * ((at % columns) + 0.5);
    });
    const place = (/** @type {number} */ moment, /** @type {number} */ length) =>
      2 + Math.min(28 - length, Math.max(0, Math.round(14 - moment / mass)));
    return [place(byRow, rows), place(byColumn, columns)];
  }

  return { SHEET, inked, inkPiece, normalised };
})();
