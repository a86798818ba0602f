// The sheet on which a digit is drawn: by mouse, finger or pen, or by keyboard with a cursor.
"use strict";
var CNNBook = CNNBook || {};

/**
 * Strokes are lists of whole numbers: the pen's width, then x0, y0, x1, y1, ..., on a sheet of 200 x 200.
 * @typedef {number[]} Line
 */
CNNBook.DigitPad = class {
  static SIDE = 200; // positions along a side of the sheet
  static STEP = 8; // how far the keyboard's cursor goes at a time

  canvas = CNNBook.tag("canvas", { width: CNNBook.pen.SHEET, height: CNNBook.pen.SHEET, class: "pixels" });
  cursor = CNNBook.tag("span", { class: "cursor", hidden: true });
  element;
  /** @type {Line[]} */
  strokes = [];
  /** @type {Float32Array} */
  ink = new Float32Array(CNNBook.pen.SHEET ** 2);
  #options;
  #width = 15;
  /** @type {Line | null} The stroke that is being drawn. */
  #line = null;
  /** @type {Line | null} The stroke that the keyboard's pen is drawing. */
  #keyed = null;
  #at = [60, 40];

  /**
   * @param {{ label: string, draw: () => void, done: (strokes: Line[]) => void, say: (words: string) => void }} options
   *   `draw` is called while a stroke grows, `done` with all strokes when it ends.
   */
  constructor(options) {
    this.#options = options;
    this.element = CNNBook.tag("div", { class: "pad", tabindex: 0, role: "application", "aria-label": options.label,
      "data-role": "pad" }, this.canvas, this.cursor);
    this.#listen();
  }

  /** @param {number} width Share of the sheet's side, in 200ths. */
  set width(width) { this.#width = width; }

  /** @param {Line[]} strokes */
  show(strokes) {
    this.strokes = strokes;
    if (this.#keyed && strokes.at(-1)?.join() !== this.#keyed.join()) this.#keyed = null;
    this.ink = CNNBook.pen.inked(strokes.map(([width, ...points]) => ({
      width: width / CNNBook.DigitPad.SIDE, points: points.map((part) => part / CNNBook.DigitPad.SIDE),
    })));
    this.#paint();
  }

  #paint() { CNNBook.pixels.paint(this.canvas, this.ink, CNNBook.pixels.INK, 0, 1); }

  #listen() {
    const { element } = this;
    element.addEventListener("pointerdown", (event) => this.#down(event));
    element.addEventListener("pointermove", (event) => this.#move(event));
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) element.addEventListener(name, () => this.#up());
    element.addEventListener("keydown", (event) => this.#key(event));
    element.addEventListener("focus", () => this.#place());
    element.addEventListener("blur", () => { this.cursor.hidden = true; this.#keyed = null; });
  }

  /** @param {PointerEvent} event @returns {[number, number]} */
  #point(event) {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    const on = (/** @type {number} */ share) => Math.round(Math.min(1, Math.max(0, share)) * CNNBook.DigitPad.SIDE);
    return [on((event.clientX - left) / width), on((event.clientY - top) / height)];
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.button !== 0 || this.#line) return;
    event.preventDefault();
    this.element.focus({ preventScroll: true });
    this.cursor.hidden = true;
    this.element.setPointerCapture(event.pointerId);
    const [x, y] = this.#point(event);
    this.#line = [this.#width, x, y];
    this.#ink(x, y, x, y);
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (!this.#line) return;
    const events = event.getCoalescedEvents?.() ?? [];
    for (const one of events.length ? events : [event]) this.#extend(...this.#point(one));
  }

  /** @param {number} x @param {number} y */
  #extend(x, y) {
    const line = /** @type {Line} */ (this.#line);
    const [fromX, fromY] = line.slice(-2);
    if (Math.hypot(x - fromX, y - fromY) < 3) return; // what nobody can see need not be kept
    line.push(x, y);
    this.#ink(fromX, fromY, x, y);
  }

  /** Ink a piece of a stroke at once. @param {...number} piece */
  #ink(...piece) {
    const shares = piece.map((part) => part / CNNBook.DigitPad.SIDE);
    CNNBook.pen.inkPiece(this.ink, shares, this.#width / CNNBook.DigitPad.SIDE);
    this.#paint();
    this.#options.draw();
  }

  #up() {
    if (!this.#line) return;
    const strokes = [...this.strokes, this.#line];
    this.#line = null;
    this.#options.done(strokes);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    /** @type {Record<string, [number, number]>} */
    const ways = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
    const way = ways[event.key];
    if (way) this.#step(way[0], way[1]);
    else if (event.key === " " || event.key === "Enter") this.#toggle();
    else if (event.key === "Escape") this.#lift();
    else if (event.key === "Backspace" || event.key === "Delete") this.#options.done(this.strokes.slice(0, -1));
    else return;
    event.preventDefault();
  }

  /** @param {number} right @param {number} down */
  #step(right, down) {
    const { SIDE, STEP } = CNNBook.DigitPad;
    const within = (/** @type {number} */ place) => Math.min(SIDE - STEP / 2, Math.max(STEP / 2, place));
    this.#at = [within(this.#at[0] + right * STEP), within(this.#at[1] + down * STEP)];
    this.#place();
    if (this.#keyed) {
      this.#keyed = [...this.#keyed, ...this.#at];
      this.#options.done([...this.strokes.slice(0, -1), this.#keyed]);
    }
    this.#tell();
  }

  #toggle() {
    const _ = CNNBook.text;
    if (this.#keyed) {
      this.#lift();
      return;
    }
    this.#keyed = [this.#width, ...this.#at];
    this.#place();
    this.#options.done([...this.strokes, this.#keyed]);
    this.#options.say(_("The pen is down. Arrow keys draw, space lifts it."));
  }

  #lift() {
    const _ = CNNBook.text;
    this.#keyed = null;
    this.#place();
    this.#options.say(_("The pen is up. Arrow keys move it, space sets it down."));
  }

  #tell() {
    const _ = CNNBook.text;
    const [c, r] = this.#at.map((place) => Math.floor(place / CNNBook.DigitPad.STEP));
    this.#options.say(this.#keyed ? _("Drawing at row {r}, column {c}.", { r, c }) : _("Pen above row {r}, column {c}.", { r, c }));
  }

  #place() {
    const share = this.#at.map((place) => `${(100 * place) / CNNBook.DigitPad.SIDE}%`);
    this.cursor.hidden = false;
    this.cursor.classList.toggle("down", this.#keyed !== null);
    [this.cursor.style.left, this.cursor.style.top] = share;
  }
};
