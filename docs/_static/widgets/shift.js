// Moving an image and what max pooling, average pooling and strided convolution make of it: numbers only.
"use strict";
var CNNBook = CNNBook || {};

/**
 * @typedef {"circular"|"zero"} Border
 * @typedef {"max"|"average"|"convolution"} Operation
 * @typedef {{side: number, values: Float64Array}} Square
 * @typedef {{window: number, stride: number, kernel: number[], border: Border}} ShiftSetting
 */

CNNBook.shift = (() => {
  /** @param {number} i @param {number} n @returns {number} the remainder, never negative */
  const modulo = (i, n) => ((i % n) + n) % n;

  /**
   * Move a square picture down and to the right; what leaves it comes in again, or is lost and zeros come in.
   * @param {Square} picture @param {number} rows @param {number} columns @param {Border} border @returns {Square}
   */
  function move({ side, values }, rows, columns, border) {
    const moved = new Float64Array(values.length);
    for (let r = 0; r < side; r += 1) {
      for (let c = 0; c < side; c += 1) {
        const [fromR, fromC] = [r - rows, c - columns];
        const inside = fromR >= 0 && fromR < side && fromC >= 0 && fromC < side;
        if (!inside && border === "zero") continue;
        moved[r * side + c] = values[modulo(fromR, side) * side + modulo(fromC, side)];
      }
    }
    return { side, values: moved };
  }

  /**
   * Where a window begins: as many positions as give ceil(side / stride) windows lie outside, the odd one at the end.
   * @param {number} side @param {ShiftSetting} setting @returns {{count: number, before: number}}
   */
  function places(side, { window, stride }) {
    const count = Math.ceil(side / stride);
    return { count, before: Math.floor(Math.max((count - 1) * stride + window - side, 0) / 2) };
  }

  /**
   * The pixels under one window, row by row.
   * @param {Square} picture @param {ShiftSetting} setting @param {number} row @param {number} column
   * @returns {{row: number, column: number, value: number, outside: boolean}[]}
   */
  function under({ side, values }, setting, row, column) {
    const { before } = places(side, setting);
    const found = [];
    for (let r = 0; r < setting.window; r += 1) {
      for (let c = 0; c < setting.window; c += 1) {
        const [atR, atC] = [row * setting.stride - before + r, column * setting.stride - before + c];
        const outside = atR < 0 || atR >= side || atC < 0 || atC >= side;
        const value = outside && setting.border === "zero" ? 0 : values[modulo(atR, side) * side + modulo(atC, side)];
        found.push({ row: atR, column: atC, value, outside });
      }
    }
    return found;
  }

  /** @param {Operation} operation @param {number[]} values @param {number[]} kernel @returns {number} */
  function reduce(operation, values, kernel) {
    if (operation === "max") return Math.max(...values);
    if (operation === "average") return values.reduce((a, b) => a + b, 0) / values.length;
    return values.reduce((sum, value, i) => sum + value * kernel[i], 0);
  }

  /** @param {Operation} operation @param {Square} picture @param {ShiftSetting} setting @returns {Square} */
  function apply(operation, picture, setting) {
    const { count } = places(picture.side, setting);
    const made = new Float64Array(count * count);
    for (let i = 0; i < made.length; i += 1) {
      const pixels = under(picture, setting, Math.floor(i / count), i % count);
      made[i] = reduce(operation, pixels.map((pixel) => pixel.value), setting.kernel);
    }
    return { side: count, values: made };
  }

  /** How close two sums that should be equal come in floating point. */
  const TOLERANCE = 1e-9;

  /** @param {Square} one @param {Square} other @returns {{map: boolean[], count: number, share: number, largest: number}} */
  function difference(one, other) {
    const gaps = Array.from(one.values, (value, i) => Math.abs(value - other.values[i]));
    const map = gaps.map((gap) => gap > TOLERANCE);
    const count = map.filter(Boolean).length;
    return { map, count, share: count / gaps.length, largest: Math.max(...gaps) };
  }

  /**
   * The old map moved along with the image. Between whole cells: the neighbouring move that comes closest to the new map.
   * @param {Square} before @param {Square} after @param {number} rows @param {number} columns pixels of the image
   * @param {ShiftSetting} setting
   */
  function movedAlong(before, after, rows, columns, { stride, border }) {
    const around = (/** @type {number} */ pixels) => [...new Set([Math.floor(pixels / stride), Math.ceil(pixels / stride)])];
    const moves = around(rows).flatMap((down) => around(columns).map((along) => {
      const moved = move(before, down, along, border);
      return { rows: down, columns: along, moved, ...difference(moved, after) };
    }));
    return moves.reduce((best, one) => (one.count < best.count ? one : best));
  }

  /** The kernels of the strided convolution. @param {string} name @param {number} window @returns {number[]} */
  function kernel(name, window) {
    const binomial = [1];
    for (let n = 1; n < window; n += 1) {
      binomial.unshift(0);
      for (let i = 0; i < n; i += 1) binomial[i] += binomial[i + 1];
    }
    const sum = 2 ** (window - 1);
    const slope = Array.from({ length: window }, (_, c) => Math.sign(2 * c - window + 1) / window);
    const [down, along] = name === "edge" ? [binomial.map(() => 1 / window), slope] : [0, 1].map(() => binomial.map((b) => b / sum));
    return down.flatMap((a) => along.map((b) => a * b));
  }

  return { apply, difference, kernel, move, movedAlong, places, reduce, under };
})();
