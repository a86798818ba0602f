// The photograph that the convolution explorer's input is cut out of, and what its kernel makes of all of it.
"use strict";
var CNNBook = CNNBook || {};

CNNBook.PhotoView = class {
  #photo = CNNBook.tag("canvas", { class: "pixels" });
  #frame = CNNBook.tag("span", { class: "frame" });
  #pad = CNNBook.tag("div", { class: "view moving", tabindex: 0, role: "application", "data-role": "photograph" }, this.#photo, this.#frame);
  #answer = CNNBook.tag("canvas", { class: "pixels" });
  #answerFrame = CNNBook.tag("span", { class: "frame" });
  #view = CNNBook.tag("div", { class: "view", role: "img", "data-role": "whole-output" }, this.#answer, this.#answerFrame);
  #name = CNNBook.tag("p");
  #drawn = "";
  /** @type {[number, number]} */
  #corner = [0, 0];
  #move;
  element;

  /** @param {(corner: [number, number]) => void} move */
  constructor(move) {
    const _ = CNNBook.text;
    const { tag, photograph } = CNNBook;
    const { pixels } = photograph;
    this.#move = move;
    this.element = tag("div", { class: "scene", hidden: true },
      tag("div", {}, tag("p", {}, _("photograph: move the frame")), this.#pad), tag("div", {}, this.#name, this.#view));
    [this.#photo.width, this.#photo.height] = [pixels[0].length, pixels.length];
    CNNBook.pixels.paint(this.#photo, pixels.flat(), CNNBook.pixels.GREY, 0, 9);
    this.#pad.style.width = this.#share(pixels[0].length);
    this.#pad.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      this.#pad.setPointerCapture(event.pointerId);
      this.#follow(event);
    });
    this.#pad.addEventListener("pointermove", (event) => {
      if (this.#pad.hasPointerCapture(event.pointerId)) this.#follow(event);
    });
    this.#pad.addEventListener("keydown", (event) => {
      const to = CNNBook.pixels.cellByKey(event, this.#corner, CNNBook.photograph.last);
      if (to) this.#go(...to);
    });
  }

  /** One scale for both: an output that is half as wide is drawn half as wide. @param {number} columns */
  #share(columns) { return `${(100 * columns) / (CNNBook.photograph.pixels[0].length + 8)}%`; }

  /** @param {number} row @param {number} column */
  #go(row, column) {
    const { last } = CNNBook.photograph;
    const [r, c] = [row, column].map((place, axis) => Math.min(last[axis], Math.max(0, place)));
    if (r !== this.#corner[0] || c !== this.#corner[1]) this.#move([r, c]);
  }

  /** The frame's middle comes to the pointer. @param {PointerEvent} event */
  #follow(event) {
    const { pixels, SIDE } = CNNBook.photograph;
    const { left, top, width, height } = this.#photo.getBoundingClientRect();
    this.#go(Math.round(((event.clientY - top) / height) * pixels.length - SIDE / 2),
      Math.round(((event.clientX - left) / width) * pixels[0].length - SIDE / 2));
  }

  /** @param {HTMLElement} frame @param {HTMLCanvasElement} canvas @param {number[]} box Top, left, rows, columns. */
  #place(frame, canvas, [top, left, rows, columns]) {
    const [high, wide] = [(/** @type {number} */ n) => `${(100 * n) / canvas.height}%`, (/** @type {number} */ n) => `${(100 * n) / canvas.width}%`];
    Object.assign(frame.style, { top: high(top), left: wide(left), height: high(rows), width: wide(columns) });
    frame.hidden = rows < 1 || columns < 1;
  }

  /**
   * @param {[number, number] | null} corner Of the piece that is the input; null for another input.
   * @param {number[][]} kernel @param {{ stride: number, padding: number, dilation: number, mode: any, flipped: boolean }} setting
   */
  show(corner, kernel, setting) {
    const _ = CNNBook.text;
    const { photograph: { SIDE, pixels }, arithmetic } = CNNBook;
    this.element.hidden = corner === null;
    if (corner === null) return;
    this.#corner = corner;
    this.#place(this.#frame, this.#photo, [...corner, SIDE, SIDE]);
    const [row, column] = corner;
    CNNBook.set(this.#pad, { "aria-label": _("A pavilion under a bright sky. The frame, from row {row} and column {column}, is the input. Arrow keys move it.", { row, column }) });
    const wanted = JSON.stringify([kernel, setting]);
    if (wanted !== this.#drawn) this.#draw(arithmetic.convolve(pixels, kernel, setting));
    this.#drawn = wanted;
    const { stride, padding, dilation } = setting;
    const [rows, columns] = [0, 1].map((axis) => {
      const first = Math.ceil((corner[axis] + padding) / stride);
      const span = arithmetic.span(arithmetic.shape(kernel)[axis], dilation);
      return [first, Math.floor((corner[axis] + SIDE - span + padding) / stride) - first + 1];
    });
    this.#place(this.#answerFrame, this.#answer, [rows[0], columns[0], rows[1], columns[1]]);
  }

  /** @param {number[][]} output */
  #draw(output) {
    const _ = CNNBook.text;
    const { GREY, SIGNED, extent, paint } = CNNBook.pixels;
    const [values, rows, columns] = [output.flat(), output.length, output[0].length];
    [this.#answer.width, this.#answer.height] = [columns, rows];
    const most = extent(values);
    if (values.some((value) => value < 0)) paint(this.#answer, values, SIGNED, -most, most);
    else paint(this.#answer, values, GREY, 0, most);
    this.#view.style.width = this.#share(columns);
    this.#name.textContent = _("all of it through this kernel: {rows} × {columns}", { rows, columns });
    CNNBook.set(this.#view, { "aria-label": this.#name.textContent });
  }
};
