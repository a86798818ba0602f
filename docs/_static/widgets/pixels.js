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

  /**
   * Tell which cell of a square picture lies under the pointer.
   * @param {Element} picture @param {number} side Its cells along each axis. @param {PointerEvent} event
   * @returns {[number, number]} Row and column, the nearest ones if the pointer is outside.
   */
  function cellUnder(picture, side, event) {
    const { left, top, width, height } = picture.getBoundingClientRect();
    const cell = (/** @type {number} */ share) => Math.min(side - 1, Math.max(0, Math.floor(share * side)));
    return [cell((event.clientY - top) / height), cell((event.clientX - left) / width)];
  }

  /**
   * Tell which cell of a picture a key leads to: arrows, Home and End of the row. The page does not scroll then.
   * @param {KeyboardEvent} event @param {number[]} from Row and column. @param {number[]} last The largest of each.
   * @param {string[]} [staying] Keys that lead to the same cell.
   * @returns {[number, number] | null} Null for any other key.
   */
  function cellByKey(event, [row, column], last, staying = []) {
    /** @type {Record<string, [number, number]>} */
    const ways = { ArrowUp: [row - 1, column], ArrowDown: [row + 1, column], ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1],
      Home: [row, 0], End: [row, last[1]] };
    const to = staying.includes(event.key) ? [row, column] : ways[event.key];
    if (!to || event.altKey || event.ctrlKey || event.metaKey) return null;
    event.preventDefault();
    return [Math.min(last[0], Math.max(0, to[0])), Math.min(last[1], Math.max(0, to[1]))];
  }

  return { AMOUNT, GREY, INK, SIGNED, WARM, cellByKey, cellUnder, extent, paint, placeFrame };
})();
