// A stack of layers from the side: every unit where its receptive field has its middle, and the cone of one of them.
"use strict";
var CNNBook = CNNBook || {};

/**
 * @typedef {{ levels: any[], layers: any[], names: string[], level: number, unit: number, counts: Float64Array[] }} Cone
 */
CNNBook.ConeView = class {
  static NAMES = 66; // pixels for the names on the left
  static BARS = 36; // height of the bars below the input

  element;
  #svg = CNNBook.svg("svg", { "aria-hidden": "true" });
  #options;
  /** @type {Cone | null} */
  #cone = null;
  #width = 600;
  #row = 30;
  #low = 0;
  #high = 1;

  /**
   * @param {{ label: string, look: (level: number, unit: number) => void, leave: () => void,
   *   choose: (level: number, unit: number) => void, step: (up: number, right: number) => void }} options
   */
  constructor(options) {
    this.#options = options;
    this.element = CNNBook.tag("div", { class: "cone", tabindex: 0, role: "application", "aria-label": options.label,
      "data-role": "cone" }, this.#svg);
    this.element.addEventListener("pointerdown", (event) => this.#press(event));
    this.element.addEventListener("pointermove", (event) => this.#move(event));
    this.element.addEventListener("pointerleave", () => options.leave());
    this.element.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => this.#fit()).observe(this.element);
  }

  #fit() {
    const width = this.element.clientWidth;
    if (width && width !== this.#width) {
      this.#width = width;
      if (this.#cone) this.show(this.#cone);
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    /** @type {Record<string, [number, number]>} */
    const ways = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
      PageUp: [0, 10], PageDown: [0, -10], Home: [0, -Infinity], End: [0, Infinity] };
    const way = ways[event.key];
    if (!way || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.#options.step(way[0], way[1]);
  }

  /** @param {PointerEvent} event */
  #press(event) {
    if (event.button !== 0) return;
    const found = this.#at(event);
    if (found) this.#options.choose(...found);
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const found = event.pointerType === "mouse" && CNNBook.pointerMoved() ? this.#at(event) : null;
    if (!found) return;
    if (event.buttons & 1) this.#options.choose(...found);
    else this.#options.look(...found);
  }

  /** @param {PointerEvent} event @returns {[number, number] | null} level and unit */
  #at(event) {
    if (!this.#cone) return null;
    const { left, top } = this.#svg.getBoundingClientRect();
    const { levels } = this.#cone;
    const last = levels.length - 1;
    const level = Math.min(last, Math.max(Math.min(1, last), Math.round(last - (event.clientY - top - this.#row / 2) / this.#row)));
    const pixel = this.#low + ((event.clientX - left - CNNBook.ConeView.NAMES) * (this.#high - this.#low)) / this.#plot();
    const unit = Math.round((pixel - levels[level].centre) / levels[level].stride);
    return [level, Math.min(levels[level].units - 1, Math.max(0, unit))];
  }

  #plot() { return this.#width - CNNBook.ConeView.NAMES - 4; }

  /** @param {number} pixel @returns {number} */
  #x(pixel) { return CNNBook.ConeView.NAMES + ((pixel - this.#low) * this.#plot()) / (this.#high - this.#low); }

  /** @param {number} level @returns {number} the middle of its row */
  #y(level) { return (/** @type {Cone} */ (this.#cone).levels.length - 1 - level + 0.5) * this.#row; }

  /** @param {Cone} cone */
  show(cone) {
    this.#cone = cone;
    const { levels } = cone;
    const input = levels[0].units;
    const margin = Math.max(1, Math.min(0.2 * input, Math.max(...levels.map((level) => level.padding))));
    [this.#low, this.#high] = [-0.5 - margin, input - 0.5 + margin];
    this.#row = Math.min(40, Math.max(19, 280 / levels.length));
    const height = levels.length * this.#row + CNNBook.ConeView.BARS + 18;
    CNNBook.set(this.#svg, { width: this.#width, height, viewBox: `0 0 ${this.#width} ${height}` });
    this.#svg.replaceChildren(...this.#border(levels.length * this.#row), ...this.#solid(), this.#dashed(),
      ...levels.flatMap((_level, index) => this.#units(index)), ...this.#bars());
  }

  /** What lies outside of the image. @param {number} height @returns {SVGElement[]} */
  #border(height) {
    const sides = [[this.#x(this.#low), this.#x(-0.5)], [this.#x(this.#high - (-0.5 - this.#low)), this.#x(this.#high)]];
    return sides.map(([from, to]) => CNNBook.svg("rect", { class: "outside", x: from, y: 0, width: to - from, height }));
  }

  /** @param {number} level @param {number} unit @param {number} side -1 or 1 @returns {number} x of a unit's edge */
  #edge(level, unit, side) {
    const { centre, stride } = /** @type {Cone} */ (this.#cone).levels[level];
    return this.#x(centre + unit * stride) + (side * this.#wide(level)) / 2;
  }

  /** @param {number} level @returns {number} width of a unit */
  #wide(level) {
    const { stride } = /** @type {Cone} */ (this.#cone).levels[level];
    const room = (stride * this.#plot()) / (this.#high - this.#low);
    return Math.max(1, Math.min(room - (room > 5 ? 1.5 : 0.3), 16));
  }

  /** The cone between levels, as far as units see positions that exist. @returns {SVGElement[]} */
  #solid() {
    const { counts } = /** @type {Cone} */ (this.#cone);
    const hulls = counts.map((row) => CNNBook.stack.hull(row));
    return hulls.slice(1).flatMap((above, below) => {
      const under = hulls[below];
      if (!above || !under) return [];
      const corners = [[this.#edge(below + 1, above[0], -1), this.#y(below + 1)], [this.#edge(below + 1, above[1], 1), this.#y(below + 1)],
        [this.#edge(below, under[1], 1), this.#y(below)], [this.#edge(below, under[0], -1), this.#y(below)]];
      return [CNNBook.svg("polygon", { class: "seen-cone", points: corners.map((corner) => corner.join()).join(" ") })];
    });
  }

  /** The cone as it would be without a border. @returns {SVGElement} */
  #dashed() {
    const { layers, level, unit } = /** @type {Cone} */ (this.#cone);
    let [first, last] = [unit, unit];
    const [left, right] = [[[this.#edge(level, first, -1), this.#y(level)]], [[this.#edge(level, last, 1), this.#y(level)]]];
    for (let index = level; index > 0; index -= 1) {
      const { stride, padding } = layers[index - 1];
      [first, last] = [first * stride - padding, last * stride - padding + CNNBook.stack.span(layers[index - 1]) - 1];
      left.push([this.#edge(index - 1, first, -1), this.#y(index - 1)]);
      right.push([this.#edge(index - 1, last, 1), this.#y(index - 1)]);
    }
    const within = (/** @type {number[]} */ [x, y]) => `${Math.min(this.#x(this.#high), Math.max(this.#x(this.#low), x))},${y}`;
    return CNNBook.svg("path", { class: "free-cone", d: `M${left.map(within).join("L")}M${right.map(within).join("L")}` });
  }

  /** One level: its name, its units, those that are seen. @param {number} index @returns {SVGElement[]} */
  #units(index) {
    const { levels, names, level, counts } = /** @type {Cone} */ (this.#cone);
    const [wide, y, tall] = [this.#wide(index), this.#y(index), Math.min(14, this.#row * 0.6)];
    const drawn = (/** @type {(unit: number) => boolean} */ wanted) => Array.from({ length: levels[index].units }, (_, unit) => unit)
      .filter(wanted).map((unit) => `M${this.#edge(index, unit, -1).toFixed(2)} ${(y - tall / 2).toFixed(2)}h${wide.toFixed(2)}v${tall}h${(-wide).toFixed(2)}z`).join("");
    const seen = (/** @type {number} */ unit) => index <= level && counts[index][unit] > 0;
    return [
      CNNBook.svg("text", { class: `name${index === level ? " chosen" : ""}`, x: 0, y: y + 4 }, names[index]),
      CNNBook.svg("path", { class: "unit", d: drawn((unit) => !seen(unit)) }),
      CNNBook.svg("path", { class: index === level ? "unit chosen" : "unit seen", d: drawn(seen) }),
    ];
  }

  /** By how many ways each pixel leads to the unit, as bars below the input. @returns {SVGElement[]} */
  #bars() {
    const _ = CNNBook.text;
    const { counts } = /** @type {Cone} */ (this.#cone);
    const most = Math.max(...counts[0]);
    const top = this.#y(0) + this.#row / 2;
    const wide = this.#wide(0);
    const bars = Array.from(counts[0], (count, pixel) => {
      const tall = most ? (CNNBook.ConeView.BARS * count) / most : 0;
      return tall ? `M${this.#edge(0, pixel, -1).toFixed(2)} ${top}h${wide.toFixed(2)}v${tall.toFixed(2)}h${(-wide).toFixed(2)}z` : "";
    });
    return [
      CNNBook.svg("text", { class: "name quiet", x: 0, y: top + 12 }, _("paths")),
      CNNBook.svg("path", { class: "ways", d: bars.join("") }),
    ];
  }
};
