// Pictures of numbers: small canvases, one pixel for each value, in the book's colours.
"use strict";
var CNNBook = CNNBook || {};

CNNBook.pixels = (() => {
  const STEPS = 256;

  /**
   * Colours of all values from the lowest to the highest, worked out once.
   * @param {(share: number) => string} colour Of a share from 0 to 1, as "#rrggbb".
   * @returns {Uint32Array} Ready for a canvas.
   */
  function ramp(colour) {
    return Uint32Array.from({ length: STEPS + 1 }, (_, i) => {
      const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour(i / STEPS).slice(at, at + 2), 16));
      return (255 << 24) | (blue << 16) | (green << 8) | red;
    });
  }

  const INK = ramp((share) => CNNBook.colour.grey(1 - share, 0, 1));
  const GREY = ramp((share) => CNNBook.colour.grey(share, 0, 1));
  const SIGNED = ramp((share) => CNNBook.colour.signed(2 * share - 1, 1));
  const WARM = ramp((share) => CNNBook.colour.signed(share, 1));
  const AMOUNT = ramp((share) => CNNBook.colour.amount(share, 1));

  /**
   * Paint values row by row; the canvas has one pixel for each.
   * @param {HTMLCanvasElement} canvas @param {ArrayLike<number>} values @param {Uint32Array} colours
   * @param {number} low @param {number} high Values that get the first and the last colour.
   */
  function paint(canvas, values, colours, low, high) {
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    const image = context.createImageData(canvas.width, canvas.height);
    const dots = new Uint32Array(image.data.buffer);
    const scale = high > low ? STEPS / (high - low) : 0;
    for (let i = 0; i < dots.length; i += 1) {
      dots[i] = colours[Math.min(STEPS, Math.max(0, Math.round((values[i] - low) * scale)))];
    }
    context.putImageData(image, 0, 0);
  }

  /** @param {ArrayLike<number>} values @returns {number} the largest of their sizes, never 0 */
  function extent(values) {
    let most = 1e-9;
    for (let i = 0; i < values.length; i += 1) most = Math.max(most, Math.abs(values[i]));
    return most;
  }

  /**
   * Put a frame over some pixels of a square picture.
   * @param {HTMLElement} frame @param {number} side Of the picture. @param {number} top @param {number} left @param {number} size
   */
  function placeFrame(frame, side, top, left, size) {
    const share = (/** @type {number} */ pixels) => `${(100 * pixels) / side}%`;
    Object.assign(frame.style, { top: share(top), left: share(left), width: share(size), height: share(size) });
  }

  return { AMOUNT, GREY, INK, SIGNED, WARM, extent, paint, placeFrame };
})();
