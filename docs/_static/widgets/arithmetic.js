// Convolution and pooling by PyTorch's rules, on tables of numbers. Nothing here draws; tests compare it with cnnbook.
"use strict";
var CNNBook = CNNBook || {};

/**
 * @typedef {number | [number, number]} Pair One number for rows and columns, or one each.
 * @typedef {"zeros" | "circular" | "reflect" | "replicate"} PaddingMode
 * @typedef {{ stride?: Pair, padding?: Pair, dilation?: Pair, ceil?: boolean }} Setting
 * @typedef {{ rows: number, columns: number, restRows: number, restColumns: number }} Size
 *   Of the output; and how many rows and columns at the input's end, padding included, no window reaches.
 */

CNNBook.arithmetic = (() => {
  /** @param {Pair} value @returns {[number, number]} */
  const pair = (value) => (typeof value === "number" ? [value, value] : value);

  /** Positions a dilated kernel spans. @param {number} kernel @param {number} dilation */
  const span = (kernel, dilation) => dilation * (kernel - 1) + 1;

  /**
   * How many positions a window takes along one axis; 0 where not even one fits.
   * @param {number} length @param {number} kernel
   * @param {{ stride?: number, padding?: number, dilation?: number, ceil?: boolean }} [setting]
   */
  function outputLength(length, kernel, { stride = 1, padding = 0, dilation = 1, ceil = false } = {}) {
    const travel = length + 2 * padding - span(kernel, dilation);
    let steps = ceil ? Math.ceil(travel / stride) : Math.floor(travel / stride);
    if (ceil && steps * stride >= length + padding) steps -= 1; // a window must begin before the end
    return Math.max(steps + 1, 0);
  }

  /**
   * Size of the output of a window of `kernel` rows and columns, and what is left over.
   * @param {[number, number]} input @param {[number, number]} kernel @param {Setting} [setting]
   * @returns {Size}
   */
  function outputSize(input, kernel, { stride = 1, padding = 0, dilation = 1, ceil = false } = {}) {
    const [strides, paddings, dilations] = [pair(stride), pair(padding), pair(dilation)];
    const [row, column] = [0, 1].map((axis) => {
      const setting = { stride: strides[axis], padding: paddings[axis], dilation: dilations[axis], ceil };
      const count = outputLength(input[axis], kernel[axis], setting);
      const reached = (count - 1) * strides[axis] + span(kernel[axis], dilations[axis]);
      return { count, rest: count ? Math.max(input[axis] + 2 * paddings[axis] - reached, 0) : 0 };
    });
    return { rows: row.count, columns: column.count, restRows: row.rest, restColumns: column.rest };
  }

  /**
   * Where a padded position takes its number from: an index of the axis, or -1 for a zero.
   * @param {number} index Counted from the axis's first real position; negative before it.
   * @param {number} length @param {PaddingMode} mode
   */
  function source(index, length, mode) {
    if (index >= 0 && index < length) return index;
    if (mode === "circular") return ((index % length) + length) % length;
    if (mode === "reflect") return index < 0 ? -index : 2 * (length - 1) - index;
    if (mode === "replicate") return index < 0 ? 0 : length - 1;
    return -1;
  }

  /**
   * Why a padding cannot be had, or "" if it can: circular up to the length, reflect below it.
   * @param {number} length @param {number} padding @param {PaddingMode} mode
   * @returns {"" | "circular" | "reflect"}
   */
  function paddingTrouble(length, padding, mode) {
    if (mode === "circular" && padding > length) return mode;
    if (mode === "reflect" && padding >= length && padding > 0) return mode;
    return "";
  }

  /** Value at a position that may lie in the padding. @param {number[][]} input @param {PaddingMode} mode */
  function at(input, /** @type {number} */ row, /** @type {number} */ column, mode) {
    const [r, c] = [source(row, input.length, mode), source(column, input[0].length, mode)];
    return r < 0 || c < 0 ? 0 : input[r][c];
  }

  /** Put padding around a table. @param {number[][]} input @param {Pair} padding @param {PaddingMode} mode */
  function pad(input, padding, mode = "zeros") {
    const [above, left] = pair(padding);
    return table(input.length + 2 * above, input[0].length + 2 * left, (r, c) => at(input, r - above, c - left, mode));
  }

  /** Half a turn. @param {number[][]} kernel */
  const flip = (kernel) => kernel.map((row) => [...row].reverse()).reverse();

  /**
   * The numbers that one output is made of, in reading order of the kernel.
   * @param {number[][]} input @param {number[][]} kernel As it lies on the input: flipped for a convolution.
   * @param {[number, number]} place Row and column of the output.
   * @param {Setting & { mode?: PaddingMode }} [setting]
   */
  function products(input, kernel, [p, q], { stride = 1, padding = 0, dilation = 1, mode = "zeros" } = {}) {
    const [strides, paddings, dilations] = [pair(stride), pair(padding), pair(dilation)];
    return kernel.flatMap((weights, r) => weights.map((weight, s) => {
      const row = p * strides[0] - paddings[0] + r * dilations[0];
      const column = q * strides[1] - paddings[1] + s * dilations[1];
      return { row, column, value: at(input, row, column, mode), weight };
    }));
  }

  /**
   * Slide a kernel over an input: cross-correlation, or convolution with `flipped`. No output: an empty table.
   * @param {number[][]} input @param {number[][]} kernel
   * @param {Setting & { mode?: PaddingMode, flipped?: boolean }} [setting]
   */
  function convolve(input, kernel, setting = {}) {
    const laid = setting.flipped ? flip(kernel) : kernel;
    const { rows, columns } = outputSize(shape(input), shape(kernel), setting);
    return table(rows, columns, (p, q) =>
      products(input, laid, [p, q], setting).reduce((sum, { value, weight }) => sum + value * weight, 0));
  }

  /**
   * Pool: the largest or the mean of each window, by PyTorch's rules for padding and for windows that hang over.
   * @param {number[][]} input @param {"max" | "average"} kind @param {[number, number]} kernel
   * @param {Setting & { countPadding?: boolean }} [setting] `countPadding`: a mean divides by padding too.
   */
  function pool(input, kind, kernel, setting = {}) {
    const { stride = kernel, padding = 0, dilation = 1, countPadding = true } = setting;
    const [strides, paddings, dilations] = [pair(stride), pair(padding), pair(dilation)];
    const { rows, columns } = outputSize(shape(input), kernel, { ...setting, stride });
    return table(rows, columns, (p, q) => {
      const [r, c] = [0, 1].map((axis) => along([p, q][axis] * strides[axis] - paddings[axis], kernel[axis],
        dilations[axis], shape(input)[axis], paddings[axis]));
      const values = r.inside.flatMap((row) => c.inside.map((column) => input[row][column]));
      if (kind === "max") return values.reduce((most, value) => Math.max(most, value), -Infinity);
      const sum = values.reduce((total, value) => total + value, 0);
      return sum / (countPadding ? r.padded * c.padded : values.length);
    });
  }

  /** One axis of a pooling window: the positions inside the input, and how many with padding. */
  function along(/** @type {number} */ start, /** @type {number} */ kernel, /** @type {number} */ dilation,
    /** @type {number} */ length, /** @type {number} */ padding) {
    const positions = Array.from({ length: kernel }, (_, k) => start + k * dilation);
    const inside = positions.filter((position) => position >= 0 && position < length);
    return { inside, padded: positions.filter((position) => position < length + padding).length };
  }

  /** @param {number[][]} values @returns {[number, number]} */
  const shape = (values) => [values.length, values[0].length];

  /** @param {number} rows @param {number} columns @param {(row: number, column: number) => number} value */
  const table = (rows, columns, value) =>
    Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_, c) => value(r, c)));

  return { pair, span, outputLength, outputSize, source, paddingTrouble, at, pad, flip, products, convolve, pool, shape, table };
})();
