// Small pictures to be moved about: 24 x 24 values in tenths from 0 to 1.
"use strict";
var CNNBook = CNNBook || {};

CNNBook.pictures = (() => {
  const SIDE = 24;

  /** @param {(row: number, column: number) => number} value Of the pixel's middle, from 0 to 1. @returns {Float64Array} */
  const made = (value) => Float64Array.from({ length: SIDE * SIDE }, (_, i) => Math.round(10 * value(Math.floor(i / SIDE) + 0.5, (i % SIDE) + 0.5)) / 10);

  /** Ink within `wide` of a line, soft at the edge. @param {number} distance @param {number} wide */
  const ink = (distance, wide) => Math.min(1, Math.max(0, wide / 2 + 0.5 - distance));

  /** @param {number} r @param {number} c @param {number[]} line r0, c0, r1, c1 @returns {number} distance to it */
  function away(r, c, [r0, c0, r1, c1]) {
    const [dr, dc] = [r1 - r0, c1 - c0];
    const along = Math.min(1, Math.max(0, ((r - r0) * dr + (c - c0) * dc) / (dr * dr + dc * dc)));
    return Math.hypot(r - r0 - along * dr, c - c0 - along * dc);
  }

  /** Numbers that look random and are the same for every reader. @param {number} seed @returns {() => number} */
  function dice(seed) {
    let last = seed;
    return () => {
      last = (last * 16807) % 2147483647;
      return last / 2147483647;
    };
  }

  const throwOne = dice(7);
  const FOUR = [[4, 10, 15, 5], [15, 5, 15, 19], [9, 15, 21, 15]];

  return { SIDE, all: {
    four: made((r, c) => ink(Math.min(...FOUR.map((line) => away(r, c, line))), 1.6)),
    ring: made((r, c) => ink(Math.abs(Math.hypot(r - 12, c - 12) - 7), 1.6)),
    blob: made((r, c) => Math.exp(-((r - 11) ** 2 + (c - 13) ** 2) / 28)),
    dot: made((r, c) => (Math.floor(r) === 10 && Math.floor(c) === 10 ? 1 : 0)),
    stripes: made((_r, c) => (Math.floor(c) % 4 === 0 ? 1 : 0)),
    noise: made(() => throwOne()),
  } };
})();
