// Convolution explorer: a kernel walks over an input, and every number can be changed.
"use strict";
var CNNBook = CNNBook || {};

CNNBook.ConvolutionExplorer = (() => {
  const { tag, controls, arithmetic } = CNNBook;
  const { inputs, kernels } = CNNBook.convolutionPresets;
  const _ = CNNBook.text;
  const LARGEST = { rows: 12, columns: 12, kernel: 7, stride: 6, padding: 4, dilation: 4 };
  const MODES = ["zeros", "circular", "reflect", "replicate"];
  const OWN = "own";

  class ConvolutionExplorer extends CNNBook.Widget {
    label() { return _("Convolution explorer"); }

    initial() {
      return this.filled({
        preset: "six", weights: "diagonal", stride: 1, padding: 0, mode: "zeros", dilation: 1, flip: false,
        cell: [0, 0], shade: false, crop: null, input: [[0]], kernel: [[0]],
      }, this.pageState());
    }

    /**
     * Put the tables of the presets into settings that only name them.
     * @param {Record<string, any>} settings @param {Record<string, any>} given
     */
    filled(settings, given) {
      const all = { ...settings, ...given };
      const [input, weights] = [inputs[all.preset], kernels[all.weights]];
      if (input && !given.crop) all.crop = input.crop ?? null;
      if (input && !given.input) all.input = all.crop ? CNNBook.photograph.cut(all.crop) : input.input;
      if (weights && !given.kernel) all.kernel = weights.kernel;
      return all;
    }

    /** @param {Record<string, any>} changes */
    change(changes) {
      const named = changes && ("preset" in changes || "weights" in changes);
      return super.change(named ? this.filled({ ...this.settings, ...changes }, changes) : changes);
    }

    build() {
      const edit = (/** @type {"input" | "kernel"} */ name) => (/** @type {[number, number, number][]} */ changes) => {
        const values = structuredClone(this.settings[name]);
        for (const [r, c, value] of changes) values[r][c] = value;
        this.change({ [name]: values, [name === "input" ? "preset" : "weights"]: OWN });
      };
      const complain = (/** @type {string} */ words) => this.complain(words);
      this.grids = {
        input: new CNNBook.Grid({ name: "input", edit: edit("input"), complain }),
        kernel: new CNNBook.Grid({ name: "kernel", edit: edit("kernel"), complain }),
        flipped: new CNNBook.Grid({ name: "flipped" }),
        output: new CNNBook.Grid({ name: "output", point: (p, q) => this.goTo(p, q) }),
      };
      this.player = controls.player({
        label: _("place of the window"),
        change: (step) => this.goTo(Math.floor(step / this.size().columns), step % this.size().columns),
        playing: (on) => this.status.setAttribute("aria-live", on ? "off" : "polite"),
      });
      this.sum = tag("div", { "data-role": "arithmetic" });
      this.formula = tag("div", { class: "formula" });
      this.fields = CNNBook.convolutionFields(this, LARGEST);
      this.scene = new CNNBook.PhotoView((crop) => this.change({ preset: "photo", crop, shade: true }));
      this.stage = tag("div", { class: "stage" }, ...this.parts());
      this.body.append(this.scene.element, this.stage, this.player.element, this.status,
        tag("div", { class: "sums" }, this.sum, this.formula), this.fields.element);
      new ResizeObserver(() => this.fit()).observe(this.body);
    }

    /** The grids in a row, with what is done to them between them. */
    parts() {
      const { input, kernel, flipped, output } = /** @type {NonNullable<typeof this.grids>} */ (this.grids);
      const sign = (/** @type {string} */ text) => tag("span", { class: "sign", "aria-hidden": "true" }, text);
      this.pair = tag("div", { class: "kernels" }, kernel.element, flipped.element);
      return [input.element, sign("∗"), this.pair, sign("="), output.element];
    }

    /** The grid's setting, as the arithmetic wants it. */
    setting() {
      const { stride, padding, dilation, mode, flip } = this.settings;
      return { stride, padding, dilation, mode, flipped: flip };
    }

    size() {
      const { shape, outputSize } = arithmetic;
      return outputSize(shape(this.settings.input), shape(this.settings.kernel), this.setting());
    }

    /** The kernel as it lies on the input. */
    laid() { return this.settings.flip ? arithmetic.flip(this.settings.kernel) : this.settings.kernel; }

    /** Row and column of the output that is being made, inside it. @returns {[number, number]} */
    place() {
      const { rows, columns } = this.size();
      const [p, q] = this.settings.cell;
      return [Math.min(p, Math.max(rows - 1, 0)), Math.min(q, Math.max(columns - 1, 0))];
    }

    /** @param {number} p @param {number} q */
    goTo(p, q) {
      if (this.settings.cell[0] !== p || this.settings.cell[1] !== q) this.change({ cell: [p, q] });
    }

    /** @param {Record<string, any>} settings */
    malformed(settings) {
      const whole = (/** @type {any} */ n, /** @type {number} */ low, /** @type {number} */ high) =>
        Number.isInteger(n) && n >= low && n <= high;
      const isTable = (/** @type {any} */ rows, /** @type {number} */ most) =>
        Array.isArray(rows) && whole(rows.length, 1, most) && rows.every((row) => Array.isArray(row)
          && row.length === rows[0].length && whole(row.length, 1, most)
          && row.every((value) => Number.isFinite(value) && Math.abs(value) <= 1e6));
      const { input, kernel, stride, padding, dilation, mode, flip, shade, cell, crop } = settings;
      if (!isTable(input, LARGEST.rows)) return _("The input has to be a table of 1 to {n} rows and columns of numbers.", { n: LARGEST.rows });
      if (!isTable(kernel, LARGEST.kernel)) return _("The kernel has to be a table of 1 to {n} rows and columns of numbers.", { n: LARGEST.kernel });
      if (!whole(stride, 1, LARGEST.stride)) return _("The stride has to be a whole number from 1 to {n}.", { n: LARGEST.stride });
      if (!whole(padding, 0, LARGEST.padding)) return _("The padding has to be a whole number from 0 to {n}.", { n: LARGEST.padding });
      if (!whole(dilation, 1, LARGEST.dilation)) return _("The dilation has to be a whole number from 1 to {n}.", { n: LARGEST.dilation });
      const rest = MODES.includes(mode) && typeof flip === "boolean" && typeof shade === "boolean"
        && Array.isArray(cell) && cell.length === 2 && cell.every((n) => whole(n, 0, 99))
        && (crop === null || (Array.isArray(crop) && crop.length === 2 && crop.every((n, axis) => whole(n, 0, CNNBook.photograph.last[axis]))));
      return rest ? "" : _("These settings are not ones of the convolution explorer.");
    }

    problem() {
      const { input, kernel, padding, dilation, mode } = this.settings;
      for (const axis of [0, 1]) {
        const length = arithmetic.shape(input)[axis];
        const trouble = arithmetic.paddingTrouble(length, padding, mode);
        if (trouble === "reflect") return _("Mirrored padding needs more input: {padding} cells cannot be mirrored out of {length}, the cell at the edge stands in the mirror. Take less padding.", { padding, length });
        if (trouble === "circular") return _("Circular padding goes round once at most: {padding} cells cannot be taken from {length}. Take less padding.", { padding, length });
        const window = arithmetic.span(arithmetic.shape(kernel)[axis], dilation);
        if (window > length + 2 * padding) return _("The kernel does not fit: it spans {window} cells, and the input with its padding has {length}. There is no output. Take a smaller kernel or dilation, or more padding.", { window, length: length + 2 * padding });
      }
      return "";
    }

    results() {
      return { output: this.problem() ? [] : arithmetic.convolve(this.settings.input, this.settings.kernel, this.setting()) };
    }

    render() {
      this.scene?.show(this.settings.crop, this.settings.kernel, this.setting());
      CNNBook.drawConvolution(this);
    }

    /** Make cells as large as the room allows: all grids in one row if that is legible, else the input above. */
    fit() {
      const { input, kernel, padding } = this.settings;
      const { columns } = this.size();
      const grids = [input[0].length + 2 * padding, kernel[0].length, columns];
      const room = this.body.clientWidth - 2 * 14;
      const inOneRow = (room - 90) / (grids[0] + grids[1] + grids[2]);
      const inTwo = Math.min((room - 40) / grids[0], (room - 68) / (grids[1] + grids[2]));
      const size = inOneRow >= 25 ? inOneRow : inTwo >= 22 ? inTwo : (room - 40) / Math.max(...grids);
      const cell = Math.floor(Math.min(Math.max(size, 22), 36));
      this.body.style.setProperty("--cell", `${cell}px`);
      this.body.classList.toggle("roomy", cell >= 26);
    }
  }

  return ConvolutionExplorer;
})();

customElements.define("cnn-conv-explorer", CNNBook.ConvolutionExplorer);
