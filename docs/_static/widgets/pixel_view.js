// One map in large, and the computation behind one of its pixels.
"use strict";
var CNNBook = CNNBook || {};

CNNBook.PixelView = (() => {
  const write = (/** @type {number} */ number) => CNNBook.number(number);

  /**
   * Show a square of numbers in a grid.
   * @param {{ show: (rows: number[][], options: { caption: string, first: [number, number], look: (row: number, column: number, value: number) => Look }) => void }} grid @param {number[][]} rows @param {string} caption
   * @param {(value: number, limit: number) => string} colour @param {[number, number]} [first]
   */
  function show(grid, rows, caption, colour, first = [0, 0]) {
    const limit = CNNBook.pixels.extent(rows.flat());
    grid.show(rows, { caption, first, look: (_row, _column, number) => ({ text: write(number), background: colour(number, limit) }) });
  }

  return class {
    canvas = CNNBook.tag("canvas", { class: "pixels" });
    frame = CNNBook.tag("span", { class: "window" });
    map = CNNBook.tag("div", { class: "large-map", tabindex: 0, role: "application", "data-role": "map" }, this.canvas, this.frame);
    title = CNNBook.tag("p", { class: "layer-name" });
    words = CNNBook.tag("p", { "data-role": "arithmetic" });
    input = new CNNBook.Grid({ name: "input" });
    kernel = new CNNBook.Grid({ name: "kernel" });
    output = new CNNBook.Grid({ name: "output" });
    element;
    #side = 1;
    #place = [0, 0];

    /**
     * @param {{ point: (row: number, column: number) => void, slice: (slice: number) => void }} options
     *   `point` is told which pixel the reader chose, `slice` which of the maps below to spell out.
     */
    constructor({ point, slice }) {
      const _ = CNNBook.text;
      this.slices = CNNBook.controls.choice({ name: "slice", label: _("From map"), change: (value) => slice(Number(value)),
        options: [0, 1, 2, 3, 4, 5].map((map) => [String(map), String(map + 1)]) });
      this.grids = CNNBook.tag("div", { class: "grids" }, this.input.element, CNNBook.tag("span", { class: "sign" }, "×"), this.kernel.element,
        CNNBook.tag("span", { class: "sign" }, "="), this.output.element);
      this.element = CNNBook.tag("div", { class: "pixel-view" },
        CNNBook.tag("div", {}, this.title, this.map),
        CNNBook.tag("div", { class: "computation" }, this.slices.element, this.grids, this.words));
      this.map.addEventListener("pointerdown", (event) => point(...CNNBook.pixels.cellUnder(this.canvas, this.#side, event)));
      this.map.addEventListener("keydown", (event) => {
        const to = CNNBook.pixels.cellByKey(event, this.#place, [this.#side - 1, this.#side - 1]);
        if (to) point(...to);
      });
    }

    /**
     * Show one map and one of its pixels.
     * @param {Record<string, Float32Array>} parameters @param {Record<string, Float32Array>} made The image and all maps.
     * @param {{ layer: string, map: number, row: number, column: number, slice: number }} place
     */
    show(parameters, made, { layer, map, row, column, slice }) {
      const { side, window } = CNNBook.lenet.LAYERS[layer];
      const found = CNNBook.lenet.behind(parameters, made, layer, map, row, column);
      [this.#side, this.#place] = [side, [row, column]];
      this.#paintMap(made[layer], map, side, window === 2);
      CNNBook.pixels.placeFrame(this.frame, side, row, column, 1);
      this.slices.element.hidden = layer !== "c3";
      this.slices.show(String(slice));
      this.grids.classList.toggle("single", window === 2);
      this.#name(layer, map, side);
      if (found.kernels) this.#convolution(found, layer, layer === "c3" ? slice : 0);
      else this.#pooling(found, layer, map);
      return found;
    }

    /** @param {Float32Array} maps @param {number} map @param {number} side @param {boolean} pooled */
    #paintMap(maps, map, side, pooled) {
      const { AMOUNT, SIGNED, extent, paint } = CNNBook.pixels;
      if (this.canvas.width !== side) [this.canvas.width, this.canvas.height] = [side, side];
      const limit = extent(maps);
      const values = maps.subarray(map * side * side, (map + 1) * side * side);
      paint(this.canvas, values, pooled ? AMOUNT : SIGNED, pooled ? 0 : -limit, limit);
    }

    /** @param {string} layer @param {number} map @param {number} side */
    #name(layer, map, side) {
      const _ = CNNBook.text;
      this.title.textContent = _("{name}, map {map}", { name: layer.toUpperCase(), map: map + 1 });
      const words = _("{name}, map {map}, {side} × {side} pixels. Arrow keys choose a pixel.", { name: layer.toUpperCase(), map: map + 1, side });
      CNNBook.set(this.map, { "aria-label": words });
    }

    /** @param {any} found @param {string} layer @param {number} slice */
    #convolution(found, layer, slice) {
      const _ = CNNBook.text;
      const { top, left, windows, kernels, products, sums, bias, value } = found;
      const { amount, grey, signed } = CNNBook.colour;
      const windowColour = layer === "c3" ? amount : (/** @type {number} */ number) => grey(1 - number, 0, 1);
      show(this.input, windows[slice], layer === "c3" ? _("window on map {map}", { map: slice + 1 }) : _("window on the image"), windowColour, [top, left]);
      show(this.kernel, kernels[slice], layer === "c3" ? _("kernel, slice {map}", { map: slice + 1 }) : _("kernel"), signed);
      show(this.output, products[slice], _("products"), signed);
      const numbers = { sum: write(sums[0]), bias: write(bias), value: write(value), relu: write(Math.max(0, value)),
        terms: sums.map(write).join(" + ").replaceAll("+ −", "− ") };
      this.words.textContent = layer === "c3"
        ? _("The products of the six windows add up to {terms}. With the bias {bias} that is {value}. ReLU makes {relu} of it.", numbers)
        : _("The 25 products add up to {sum}. With the bias {bias} that is {value}. ReLU makes {relu} of it.", numbers);
    }

    /** @param {any} found @param {string} layer @param {number} map */
    #pooling({ top, left, windows, value }, layer, map) {
      const _ = CNNBook.text;
      const { from } = CNNBook.lenet.LAYERS[layer];
      show(this.input, windows[0], _("block on {name}, map {map}", { name: from.toUpperCase(), map: map + 1 }), CNNBook.colour.signed, [top, left]);
      const largest = CNNBook.number(Math.max(...windows[0].flat()));
      this.words.textContent = value > 0
        ? _("The largest of the four is {largest}. It is positive, so ReLU lets it through.", { largest })
        : _("The largest of the four is {largest}. Nothing is positive, so ReLU leaves 0.", { largest });
    }
  };
})();
