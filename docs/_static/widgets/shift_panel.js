// What one operation makes of the moved picture, and which of its outputs changed; and how that depends on the shift.
"use strict";
var CNNBook = CNNBook || {};

CNNBook.ShiftPanel = class {
  element;
  title = CNNBook.tag("p", { class: "square-name" });
  now = CNNBook.tag("canvas", { class: "pixels" });
  marker = CNNBook.tag("span", { class: "window" });
  gaps = CNNBook.tag("canvas", { class: "pixels" });
  square = CNNBook.tag("div", { class: "square", tabindex: 0, role: "application" }, this.now, this.marker);
  difference = CNNBook.tag("div", { class: "square", role: "img" }, this.gaps);
  words = CNNBook.tag("p", { class: "count" });
  #side = 1;
  #place = [0, 0];
  #choose;

  /** @param {string} operation @param {string} name @param {(row: number, column: number) => void} choose */
  constructor(operation, name, choose) {
    const _ = CNNBook.text;
    const { tag } = CNNBook;
    this.#choose = choose;
    CNNBook.set(this.square, { "data-role": `output-${operation}` });
    CNNBook.set(this.words, { "data-value": `changed-${operation}` });
    this.title.append(tag("span", { class: "key" }), name);
    this.element = tag("div", { class: `panel ${operation}` }, this.title, tag("div", { class: "pair" },
      tag("div", {}, tag("p", { class: "caption" }, _("output")), this.square),
      tag("div", {}, tag("p", { class: "caption" }, _("difference")), this.difference)), this.words);
    this.square.addEventListener("pointerdown", (event) => {
      this.#choose(...CNNBook.pixels.cellUnder(this.square, this.#side, event));
    });
    this.square.addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const last = this.#side - 1;
    const to = CNNBook.pixels.cellByKey(event, this.#place, [last, last], ["Enter", " "]); // these choose the panel
    if (to) this.#choose(...to);
  }

  /**
   * @param {{ side: number, values: Float64Array }} after @param {{ side: number, values: Float64Array }} reference
   * @param {{ map: boolean[], largest: number }} difference @param {string} words
   * @param {{ place: [number, number], chosen: boolean, signed: boolean, label: string }} look
   */
  show(after, reference, difference, words, { place, chosen, signed, label }) {
    const { INK, SIGNED, WARM, extent, paint, placeFrame } = CNNBook.pixels;
    const { side, values } = after;
    [this.#side, this.#place] = [side, place];
    for (const canvas of [this.now, this.gaps]) if (canvas.width !== side) [canvas.width, canvas.height] = [side, side];
    if (signed) paint(this.now, values, SIGNED, -extent(values), extent(values));
    else paint(this.now, values, INK, 0, 1);
    const gaps = values.map((value, i) => (difference.map[i] ? 0.25 + (0.75 * Math.abs(value - reference.values[i])) / difference.largest : 0));
    paint(this.gaps, gaps, WARM, 0, 1);
    placeFrame(this.marker, side, place[0], place[1], 1);
    this.marker.hidden = !chosen;
    this.words.textContent = words;
    CNNBook.set(this.square, { "aria-label": label });
    CNNBook.set(this.difference, { "aria-label": words });
  }
};

CNNBook.ShiftChart = class {
  static REACH = 6; // pixels to either side
  #svg = CNNBook.svg("svg", { role: "img", viewBox: "0 0 340 150" });
  caption = CNNBook.tag("p", { class: "caption" });
  element = CNNBook.tag("div", { class: "chart" }, this.caption, this.#svg);

  /**
   * @param {Record<string, number[]>} shares For each operation, of every shift from -REACH to REACH.
   * @param {number} at The present shift. @param {string} caption @param {string} words For screen readers.
   */
  show(shares, at, caption, words) {
    const { svg, number } = CNNBook;
    const { REACH } = CNNBook.ShiftChart;
    const x = (/** @type {number} */ shift) => 42 + ((shift + REACH) * 290) / (2 * REACH);
    const y = (/** @type {number} */ share) => 122 - share * 110;
    const shifts = Array.from({ length: 2 * REACH + 1 }, (_, i) => i - REACH);
    this.caption.textContent = caption;
    CNNBook.set(this.#svg, { "aria-label": words });
    const text = (/** @type {number} */ left, /** @type {number} */ top, /** @type {string} */ label, anchor = "middle") =>
      svg("text", { x: left, y: top, "text-anchor": anchor }, label);
    const lines = Object.entries(shares).map(([operation, row]) => svg("g", { class: operation },
      svg("path", { class: "line", d: `M${row.map((share, i) => `${x(shifts[i])},${y(share)}`).join("L")}` }),
      ...row.map((share, i) => svg("circle", { cx: x(shifts[i]), cy: y(share), r: shifts[i] === at ? 5 : 3 }))));
    this.#svg.replaceChildren(
      ...[0, 0.5, 1].flatMap((share) => [svg("path", { class: "rule", d: `M42,${y(share)}H332` }), text(36, y(share) + 4, CNNBook.percent(share), "end")]),
      ...(Math.abs(at) <= REACH ? [svg("path", { class: "now", d: `M${x(at)},8V122` })] : []),
      ...shifts.filter((shift) => shift % 2 === 0).map((shift) => text(x(shift), 142, number(shift))), ...lines);
  }
};
