// A layer's map and the input from above: choose a unit in the one, see its receptive field in the other.
"use strict";
var CNNBook = CNNBook || {};

CNNBook.MapView = class {
  #units = 1;
  #place = [0, 0];
  mapName = CNNBook.tag("p", { class: "square-name" });
  inputName = CNNBook.tag("p", { class: "square-name" });
  marker = CNNBook.tag("span", { class: "marker" });
  map;
  canvas = CNNBook.tag("canvas", { class: "pixels" });
  field = CNNBook.tag("span", { class: "field-frame" });
  input = CNNBook.tag("div", { class: "square input", role: "img" }, this.canvas, this.field);
  element;

  /**
   * @param {{ label: string, choose: (row: number, column: number) => void, look: (row: number, column: number) => void, leave: () => void }} options
   */
  constructor(options) {
    this.map = CNNBook.tag("div", { class: "square map", tabindex: 0, role: "application", "data-role": "map", "aria-label": options.label }, this.marker);
    this.element = CNNBook.tag("div", { class: "squares" },
      CNNBook.tag("div", {}, this.mapName, this.map), CNNBook.tag("div", {}, this.inputName, this.input));
    this.map.addEventListener("pointerdown", (event) => event.button === 0 && options.choose(...this.#at(event)));
    this.map.addEventListener("pointermove", (event) => {
      if (event.pointerType === "mouse" && CNNBook.pointerMoved()) (event.buttons & 1 ? options.choose : options.look)(...this.#at(event));
    });
    this.map.addEventListener("pointerleave", () => options.leave());
    this.map.addEventListener("keydown", (event) => {
      const to = CNNBook.pixels.cellByKey(event, this.#place, [this.#units - 1, this.#units - 1]);
      if (to) options.choose(...to);
    });
  }

  /** @param {PointerEvent} event @returns {[number, number]} */
  #at(event) {
    return CNNBook.pixels.cellUnder(this.map, this.#units, event);
  }

  /**
   * Show the map with its unit, and the input with what the unit sees.
   * @param {{ levels: any[], level: number, name: string, place: [number, number],
   *   rows: Float64Array, columns: Float64Array, words: string }} options Ways to each row and each column of the input.
   */
  show({ levels, level, name, place, rows, columns, words }) {
    const _ = CNNBook.text;
    const [pixels, { units }] = [levels[0].units, levels[level]];
    [this.#units, this.#place] = [units, place];
    this.mapName.textContent = _("{name}: {units} × {units} units", { name, units });
    this.inputName.textContent = _("input: {units} × {units}", { units: pixels });
    CNNBook.set(this.map, { style: `--units: ${units}`, "data-lines": units <= 40 });
    const share = (/** @type {number} */ part) => `${(100 * part) / units}%`;
    Object.assign(this.marker.style, { top: share(place[0]), left: share(place[1]), width: share(1), height: share(1) });
    this.#paint(rows, columns, pixels);
    this.#frame(levels, level, place, pixels);
    CNNBook.set(this.input, { "aria-label": words });
  }

  /** @param {Float64Array} rows @param {Float64Array} columns @param {number} pixels */
  #paint(rows, columns, pixels) {
    if (this.canvas.width !== pixels) [this.canvas.width, this.canvas.height] = [pixels, pixels];
    const values = new Float32Array(pixels * pixels);
    for (let r = 0; r < pixels; r += 1) {
      if (rows[r]) for (let c = 0; c < pixels; c += 1) values[r * pixels + c] = rows[r] * columns[c];
    }
    const most = Math.max(...rows) * Math.max(...columns);
    const faintest = most * 0.12; // what is seen at all must not look like what is not
    CNNBook.pixels.paint(this.canvas, values.map((value) => (value ? faintest + value * 0.88 : 0)), CNNBook.pixels.WARM, 0, most || 1);
  }

  /** @param {any[]} levels @param {number} level @param {[number, number]} place @param {number} pixels */
  #frame(levels, level, place, pixels) {
    const [top, left] = place.map((unit) => CNNBook.stack.unclipped(levels[level], unit)[0]);
    CNNBook.pixels.placeFrame(this.field, pixels, top, left, levels[level].size);
  }
};
