// Weights of dice and of their sums, in whole numbers, so that every chance is an exact fraction.
"use strict";
var CNNBook = CNNBook || {};

CNNBook.chances = (() => {
  /**
   * Convolution of two lists: places add, values multiply.
   * @param {number[]} a @param {number[]} b
   */
  function convolve(a, b) {
    const sums = Array.from({ length: a.length + b.length - 1 }, () => 0);
    a.forEach((x, i) => b.forEach((y, j) => { sums[i + j] += x * y; }));
    return sums;
  }

  /** Weights of the sum of several dice, from the smallest sum upwards. @param {number[][]} dice */
  const several = (dice) => dice.reduce(convolve, [1]);

  /** @param {number[]} weights */
  const total = (weights) => weights.reduce((sum, weight) => sum + weight, 0);

  /** @param {number} a @param {number} b @returns {number} */
  const divisor = (a, b) => (b === 0 ? a : divisor(b, a % b));

  /** A fraction in lowest terms. @param {number} above @param {number} below @returns {[number, number]} */
  function reduced(above, below) {
    const common = divisor(above, below) || 1;
    return [above / common, below / common];
  }

  /** A fraction as text; a whole number without a line. @param {[number, number]} fraction */
  const written = ([above, below]) => (below === 1 ? String(above) : `${above}/${below}`);

  return { convolve, several, total, reduced, written };
})();
