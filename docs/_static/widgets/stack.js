// Receptive fields along one axis of a stack of convolutions and poolings: numbers only, no drawing.
// After Araujo, Norris and Sim, "Computing receptive fields of convolutional neural networks", Distill 2019.
"use strict";
var CNNBook = CNNBook || {};

/**
 * @typedef {object} StackLayer
 * @property {"conv"|"pool"} kind
 * @property {string} name
 * @property {number} kernel positions of the window
 * @property {number} stride
 * @property {number} padding positions added on each side
 * @property {number} dilation 1: no holes
 * @property {boolean} [ceil] round the number of steps up, so that the last window may hang over the end
 *
 * @typedef {object} Level the units after one layer; level 0 is the input
 * @property {number} units
 * @property {number} size pixels that a unit sees, borders left aside
 * @property {number} stride pixels from one unit's field to the next one's
 * @property {number} padding pixels by which unit 0's field sticks out of the image
 * @property {number} centre pixel at which the middle of unit 0's field lies
 *
 * @typedef {object} Problem
 * @property {number} layer index of the layer, -1 for the input
 * @property {"input"|"kernel"|"stride"|"padding"|"dilation"|"fit"|"half"} reason
 * @property {number} [window] positions that the window spans
 * @property {number} [room] positions that it would have to fit into
 */

CNNBook.stack = (() => {
  /** Largest values accepted; beyond them nothing could be seen on a screen. */
  const LIMITS = { input: 512, kernel: 256, stride: 64, padding: 256, dilation: 64, layers: 40 };

  /** @param {StackLayer} layer @returns {number} positions that the window spans, holes included */
  const span = (layer) => layer.dilation * (layer.kernel - 1) + 1;

  /**
   * How many positions the window takes, as PyTorch counts them; fewer than 1 if it does not fit.
   * @param {number} length @param {StackLayer} layer @returns {number}
   */
  function outputLength(length, layer) {
    const travel = length + 2 * layer.padding - span(layer);
    if (travel < 0 && !(layer.ceil && travel > -layer.stride)) return 0;
    let steps = layer.ceil ? Math.ceil(travel / layer.stride) : Math.floor(travel / layer.stride);
    if (layer.ceil && steps * layer.stride >= length + layer.padding) steps -= 1;
    return steps + 1;
  }

  /** @param {unknown} value @param {number} least @param {number} most @returns {boolean} */
  const whole = (value, least, most) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most;

  /** @param {StackLayer} layer @param {number} length @returns {Omit<Problem, "layer">|null} why a layer is refused */
  function fault(layer, length) {
    if (!whole(layer.kernel, 1, LIMITS.kernel)) return { reason: "kernel" };
    if (!whole(layer.stride, 1, LIMITS.stride)) return { reason: "stride" };
    if (!whole(layer.padding, 0, LIMITS.padding)) return { reason: "padding" };
    if (!whole(layer.dilation, 1, LIMITS.dilation)) return { reason: "dilation" };
    if (layer.kind === "pool" && 2 * layer.padding > layer.kernel) return { reason: "half" };
    if (outputLength(length, layer) < 1) {
      return { reason: "fit", window: span(layer), room: length + 2 * layer.padding };
    }
    return null;
  }

  /**
   * The numbers of every level up to the first layer that cannot be built.
   * @param {number} input pixels along the axis @param {StackLayer[]} layers
   * @returns {{levels: Level[], problem: Problem|null}}
   */
  function analyze(input, layers) {
    if (!whole(input, 1, LIMITS.input)) return { levels: [], problem: { layer: -1, reason: "input" } };
    const levels = [{ units: input, size: 1, stride: 1, padding: 0, centre: 0 }];
    for (const [index, layer] of layers.entries()) {
      const below = levels[index];
      const found = fault(layer, below.units);
      if (found) return { levels, problem: { layer: index, ...found } };
      const size = below.size + (span(layer) - 1) * below.stride;
      const padding = below.padding + layer.padding * below.stride;
      levels.push({
        units: outputLength(below.units, layer), size, stride: below.stride * layer.stride, padding,
        centre: (size - 1) / 2 - padding,
      });
    }
    return { levels, problem: null };
  }

  /**
   * By how many ways each position below leads to one unit; 0 where the unit does not see it.
   * @param {Level[]} levels @param {StackLayer[]} layers @param {number} level @param {number} unit
   * @returns {Float64Array[]} one array for each level from the input up to the unit's own
   */
  function paths(levels, layers, level, unit) {
    const counts = levels.slice(0, level + 1).map((one) => new Float64Array(one.units));
    counts[level][unit] = 1;
    for (let index = level; index > 0; index -= 1) {
      const { kernel, stride, padding, dilation } = layers[index - 1];
      const [above, below] = [counts[index], counts[index - 1]];
      for (let u = 0; u < above.length; u += 1) {
        if (!above[u]) continue;
        for (let k = 0; k < kernel; k += 1) {
          const position = u * stride - padding + k * dilation;
          if (position >= 0 && position < below.length) below[position] += above[u];
        }
      }
    }
    return counts;
  }

  /** @param {ArrayLike<number>} counts @returns {[number, number]|null} first and last position that is seen */
  function hull(counts) {
    let [first, last] = [0, counts.length - 1];
    while (first <= last && !counts[first]) first += 1;
    while (last > first && !counts[last]) last -= 1;
    return first > last ? null : [first, last];
  }

  /** @param {Level} level @param {number} unit @returns {[number, number]} its pixels if there were no border */
  function unclipped(level, unit) {
    const first = unit * level.stride - level.padding;
    return [first, first + level.size - 1];
  }

  return { LIMITS, analyze, hull, outputLength, paths, span, unclipped };
})();
