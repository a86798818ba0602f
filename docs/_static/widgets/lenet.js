// LeNet's forward pass in the page, with every map kept: numbers only, no drawing.
"use strict";
var CNNBook = CNNBook || {};

CNNBook.lenet = (() => {
  /** @type {Record<string, number[]>} Shapes of the parameters. */
  const SHAPES = {
    "c1.weight": [6, 1, 5, 5], "c1.bias": [6], "c3.weight": [16, 6, 5, 5], "c3.bias": [16],
    "f5.weight": [120, 400], "f5.bias": [120], "f6.weight": [84, 120], "f6.bias": [84],
    "output.weight": [10, 84], "output.bias": [10],
  };

  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const WORTH = new Map([...LETTERS].map((letter, worth) => [letter.charCodeAt(0), worth]));

  /**
   * The tensors that docs/_ext/network_for_the_page.py packed: three characters a number, scaled to the largest.
   * @param {Record<string, { largest: number, text: string }>} packed @returns {Record<string, Float32Array>}
   */
  function unpack(packed) {
    return Object.fromEntries(Object.entries(packed).map(([name, { largest, text }]) => {
      const worth = (/** @type {number} */ at) => /** @type {number} */ (WORTH.get(text.charCodeAt(at)));
      const value = (/** @type {unknown} */ _, /** @type {number} */ i) =>
        ((worth(3 * i) * 4096 + worth(3 * i + 1) * 64 + worth(3 * i + 2) - 131072) * largest) / 131071;
      return [name, Float32Array.from({ length: text.length / 3 }, value)];
    }));
  }

  /**
   * Convolution of C maps of side x side with K kernels of C x 5 x 5, no padding.
   * @param {Float32Array} maps @param {number} C @param {number} side
   * @param {Float32Array} weight @param {Float32Array} bias
   * @returns {Float32Array} K maps
   */
  function conv(maps, C, side, weight, bias) {
    const P = side - 4;
    const made = new Float32Array(bias.length * P * P);
    for (let k = 0; k < bias.length; k += 1) {
      made.fill(bias[k], k * P * P, (k + 1) * P * P);
      for (let tap = 0; tap < C * 25; tap += 1) {
        const w = weight[k * C * 25 + tap];
        const start = Math.floor(tap / 25) * side * side + Math.floor((tap % 25) / 5) * side + (tap % 5);
        for (let p = 0; p < P; p += 1) {
          const [to, from] = [(k * P + p) * P, start + p * side];
          for (let q = 0; q < P; q += 1) made[to + q] += w * maps[from + q];
        }
      }
    }
    return made;
  }

  /** ReLU, then the largest of each 2 x 2 block. @param {Float32Array} maps @param {number} side @returns {Float32Array} */
  function pool(maps, side) {
    const P = side / 2;
    const made = new Float32Array(maps.length / 4);
    for (let i = 0; i < made.length; i += 1) {
      const at = 2 * Math.floor(i / P) * side + 2 * (i % P); // two rows below for each row here
      made[i] = Math.max(0, maps[at], maps[at + 1], maps[at + side], maps[at + side + 1]);
    }
    return made;
  }

  /** @param {Float32Array} x @param {Float32Array} weight @param {Float32Array} bias @returns {Float32Array} */
  function dense(x, weight, bias) {
    return bias.map((sum, k) => {
      for (let n = 0; n < x.length; n += 1) sum += weight[k * x.length + n] * x[n];
      return sum;
    });
  }

  /** @param {Float32Array} x @returns {Float32Array} */
  const relu = (x) => x.map((value) => Math.max(0, value));

  /** @param {Float32Array} scores @returns {Float32Array} */
  function softmax(scores) {
    const top = Math.max(...scores);
    const powers = scores.map((score) => Math.exp(score - top));
    const sum = powers.reduce((a, b) => a + b, 0);
    return powers.map((power) => power / sum);
  }

  /**
   * The four layers that make maps: how many, how large, and where their numbers come from.
   * @type {Record<string, { maps: number, side: number, from: string, fromSide: number, window: number }>}
   */
  const LAYERS = {
    c1: { maps: 6, side: 28, from: "image", fromSide: 32, window: 5 },
    s2: { maps: 6, side: 14, from: "c1", fromSide: 28, window: 2 },
    c3: { maps: 16, side: 10, from: "s2", fromSide: 14, window: 5 },
    s4: { maps: 16, side: 5, from: "c3", fromSide: 10, window: 2 },
  };

  /**
   * A square piece of one map, as rows.
   * @param {Float32Array} maps @param {number} side @param {number} map
   * @param {number} top @param {number} left @param {number} window @returns {number[][]}
   */
  function piece(maps, side, map, top, left, window) {
    return Array.from({ length: window }, (_, r) => {
      const at = (map * side + top + r) * side + left;
      return Array.from(maps.subarray(at, at + window));
    });
  }

  /**
   * The kernel of one map, a slice for each map that it looks at.
   * @param {Record<string, Float32Array>} parameters @param {string} layer "c1" or "c3" @param {number} map
   * @returns {number[][][]}
   */
  function kernel(parameters, layer, map) {
    const slices = SHAPES[`${layer}.weight`][1];
    return Array.from({ length: slices }, (_, c) => piece(parameters[`${layer}.weight`], 5, map * slices + c, 0, 0, 5));
  }

  /**
   * The computation behind one pixel of one map: the windows that it looks at and, for a convolution, what they are
   * multiplied with and what each window adds to the sum.
   * @param {Record<string, Float32Array>} parameters @param {Record<string, Float32Array>} made the image and all maps
   * @param {string} layer @param {number} map @param {number} row @param {number} column
   */
  function behind(parameters, made, layer, map, row, column) {
    const { side, from, fromSide, window } = LAYERS[layer];
    const value = made[layer][(map * side + row) * side + column];
    const [top, left] = window === 2 ? [2 * row, 2 * column] : [row, column];
    if (window === 2) return { top, left, value, windows: [piece(made[from], fromSide, map, top, left, 2)] };
    const kernels = kernel(parameters, layer, map);
    const windows = kernels.map((_, c) => piece(made[from], fromSide, c, top, left, 5));
    const products = windows.map((rows, c) => rows.map((line, r) => line.map((x, s) => x * kernels[c][r][s])));
    const sums = products.map((rows) => rows.flat().reduce((a, b) => a + b, 0));
    return { top, left, value, windows, kernels, products, sums, bias: parameters[`${layer}.bias`][map] };
  }

  /**
   * The network with its parameters.
   * @param {Record<string, Float32Array>} p
   */
  function lenet(p) {
    return {
      parameters: p,
      /**
       * Every map on the way: c1 and c3 before ReLU; s2 and s4 after ReLU and pooling; f5 and f6 after ReLU.
       * @param {Float32Array} image 32 x 32 pixels, row by row, from 0 (paper) to 1 (ink)
       */
      forward(image) {
        if (image.length !== 1024) throw new RangeError(`forward: image has ${image.length} pixels, expected 1024`);
        const c1 = conv(image, 1, 32, p["c1.weight"], p["c1.bias"]);
        const s2 = pool(c1, 28);
        const c3 = conv(s2, 6, 14, p["c3.weight"], p["c3.bias"]);
        const s4 = pool(c3, 10);
        const f5 = relu(dense(s4, p["f5.weight"], p["f5.bias"]));
        const f6 = relu(dense(f5, p["f6.weight"], p["f6.bias"]));
        const logits = dense(f6, p["output.weight"], p["output.bias"]);
        return { c1, s2, c3, s4, f5, f6, logits, probs: softmax(logits) };
      },
    };
  }

  return { LAYERS, SHAPES, behind, create: lenet, kernel, unpack };
})();
