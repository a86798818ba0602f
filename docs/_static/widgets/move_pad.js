// A picture that is moved by dragging or by arrow keys, or drawn upon pixel by pixel.
"use strict";
var CNNBook = CNNBook || {};

CNNBook.MovePad = class {
  canvas = CNNBook.tag("canvas", { class: "pixels" });
  cursor = CNNBook.tag("span", { class: "cursor", hidden: true });
  frames = [0, 1, 2, 3].map(() => CNNBook.tag("span", { class: "window" })); // a window that wraps is in up to four pieces
  element = CNNBook.tag("div", { class: "square moving", tabindex: 0, role: "application", "data-role": "picture" },
    this.canvas, ...this.frames, this.cursor);
  drawing = false;
  #options;
  #side = 1;
  #at = [0, 0];
  /** @type {{ row: number, column: number } | null} Where a drag is. */
  #drag = null;

  /** @param {{ move: (down: number, right: number) => void, toggle: (row: number, column: number) => void }} options */
  constructor(options) {
    this.#options = options;
    this.element.addEventListener("pointerdown", (event) => this.#down(event));
    this.element.addEventListener("pointermove", (event) => this.#moved(event));
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) this.element.addEventListener(name, () => { this.#drag = null; });
    this.element.addEventListener("keydown", (event) => this.#key(event));
    this.element.addEventListener("blur", () => { this.cursor.hidden = true; });
  }

  /**
   * @param {Float64Array} values @param {number} side @param {string} words For screen readers.
   * @param {{ top: number, left: number, size: number }} window What is framed; it may stick out.
   */
  show(values, side, words, { top, left, size }) {
    if (this.canvas.width !== side) [this.canvas.width, this.canvas.height] = [side, side];
    this.#side = side;
    const { INK, paint, placeFrame } = CNNBook.pixels;
    paint(this.canvas, values, INK, 0, 1);
    CNNBook.set(this.element, { "aria-label": words });
    const wrapped = (/** @type {number} */ place) => [place, place < 0 ? place + side : place - side];
    const corners = wrapped(top).flatMap((row) => wrapped(left).map((column) => [row, column]));
    corners.forEach(([row, column], at) => placeFrame(this.frames[at], side, row, column, size));
  }

  /** @param {PointerEvent} event */
  #pixel(event) {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    return { row: Math.floor(((event.clientY - top) / height) * this.#side), column: Math.floor(((event.clientX - left) / width) * this.#side) };
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.button !== 0) return;
    this.element.setPointerCapture(event.pointerId);
    this.cursor.hidden = true;
    const { row, column } = this.#pixel(event);
    if (this.drawing) this.#options.toggle(row, column);
    else this.#drag = { row, column };
  }

  /** @param {PointerEvent} event */
  #moved(event) {
    if (!this.#drag) return;
    const here = this.#pixel(event);
    const [down, right] = [here.row - this.#drag.row, here.column - this.#drag.column];
    if (!down && !right) return;
    this.#drag = here;
    this.#options.move(down, right);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    /** @type {Record<string, [number, number]>} */
    const ways = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    const way = ways[event.key];
    const press = this.drawing && (event.key === " " || event.key === "Enter");
    if (!way && !press) return;
    event.preventDefault();
    if (press) this.#options.toggle(this.#at[0], this.#at[1]);
    else if (this.drawing) this.#at = this.#at.map((place, axis) => Math.min(this.#side - 1, Math.max(0, place + way[axis])));
    else this.#options.move(way[0], way[1]);
    this.cursor.hidden = !this.drawing;
    CNNBook.pixels.placeFrame(this.cursor, this.#side, this.#at[0], this.#at[1], 1);
  }
};
