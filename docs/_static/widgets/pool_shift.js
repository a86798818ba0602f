// W3: move a picture by pixels; which outputs of max pooling, average pooling and strided convolution change?
"use strict";
var CNNBook = CNNBook || {};

CNNBook.PoolShift = (() => {
  const { tag, controls } = CNNBook;
  const _ = CNNBook.text;
  /** @type {Operation[]} */
  const OPERATIONS = ["max", "average", "convolution"];
  const NAMES = { max: _("max pooling"), average: _("average pooling"), convolution: _("strided convolution") };
  /** @type {Record<string, string[]>} */
  const CHOICES = { picture: ["four", "ring", "blob", "dot", "stripes", "noise"], border: ["circular", "zero"],
    kernel: ["edge", "blur"], compare: ["before", "along"], tool: ["move", "draw"], operation: OPERATIONS };

  class PoolShift extends CNNBook.Widget {
    /** @type {Record<string, any>} What each operation makes of the picture before and after the move. */
    made = {};
    pad = new CNNBook.MovePad({ move: (down, right) => this.move(down, right), toggle: (row, column) => this.toggle(row, column) });
    panels = this.everyOperation((operation) =>
      new CNNBook.ShiftPanel(operation, NAMES[operation], (row, column) => this.change({ operation, row, column })));
    chart = new CNNBook.ShiftChart();
    window = new CNNBook.Grid({ name: "input" });
    weights = new CNNBook.Grid({ name: "kernel" });
    arithmetic = tag("p", { "data-role": "arithmetic" });
    inputs = {
      picture: controls.menu({ name: "picture", label: _("Picture"), change: (picture) => this.change({ picture, edits: [] }), options: [
        ["four", _("a four")], ["ring", _("a ring")], ["blob", _("a soft blob")], ["dot", _("one pixel")], ["stripes", _("thin stripes")], ["noise", _("noise")]] }),
      tool: controls.choice({ name: "tool", label: _("Pointer"), change: this.setter("tool"), options: [["move", _("moves")], ["draw", _("draws")]] }),
      rows: controls.slider({ name: "rows", label: _("Moved down"), min: -12, max: 12, change: this.setter("rows") }),
      columns: controls.slider({ name: "columns", label: _("Moved right"), min: -12, max: 12, change: this.setter("columns") }),
      window: controls.slider({ name: "window", label: _("Window"), min: 1, max: 5, change: this.setter("window") }),
      stride: controls.slider({ name: "stride", label: _("Stride"), min: 1, max: 4, change: this.setter("stride") }),
      border: controls.choice({ name: "border", label: _("Border"), change: this.setter("border"), options: [["circular", _("wraps round")], ["zero", _("zeros")]] }),
      kernel: controls.choice({ name: "kernel", label: _("Kernel"), change: this.setter("kernel"), options: [["edge", _("edge")], ["blur", _("blur")]] }),
    };
    compare = controls.choice({ name: "compare", label: _("Compare with"), change: this.setter("compare"),
      options: [["before", _("the old output")], ["along", _("the old output, moved along")]] });

    label() {
      return _("Move a picture and see which outputs change");
    }

    initial() {
      return { picture: "four", edits: [], rows: 0, columns: 1, window: 2, stride: 2, border: "circular", kernel: "edge",
        compare: "before", tool: "move", operation: "max", row: 5, column: 8 };
    }

    build() {
      this.body.append(
        tag("div", { class: "picture-and-settings" }, this.mover(),
          tag("div", { class: "fields" }, ...Object.values(this.inputs).map((input) => input.element))),
        this.compare.element,
        tag("div", { class: "panels" }, ...Object.values(this.panels).map((panel) => panel.element)),
        this.status,
        tag("div", { class: "chart-and-cell" }, this.chart.element, tag("div", { class: "cell" },
          tag("div", { class: "grids" }, this.window.element, this.weights.element), this.arithmetic)));
    }

    /** What is said or shown once for each operation. @template T @param {(operation: Operation) => T} make @returns {Record<Operation, T>} */
    everyOperation(make) {
      return { max: make("max"), average: make("average"), convolution: make("convolution") };
    }

    /** What a control does to a setting. @param {string} name @returns {(value: string | number) => void} */
    setter(name) { return (value) => { this.change({ [name]: value }); }; }

    /** @returns {HTMLElement} the picture with a button for each direction */
    mover() {
      const arrow = (/** @type {string} */ action, /** @type {string} */ sign, /** @type {string} */ words, /** @type {number} */ down, /** @type {number} */ right) =>
        tag("button", { type: "button", "data-action": action, "aria-label": words, onclick: () => this.move(down, right) }, sign);
      return tag("div", { class: "mover" }, tag("p", { class: "square-name" }, _("Picture: drag it")), this.pad.element,
        tag("div", { class: "buttons" }, arrow("left", "←", _("One pixel to the left"), 0, -1), arrow("up", "↑", _("One pixel up"), -1, 0),
          arrow("down", "↓", _("One pixel down"), 1, 0), arrow("right", "→", _("One pixel to the right"), 0, 1),
          controls.button("reset", _("Start again"), () => this.reset())));
    }

    /** @param {Record<string, any>} settings @returns {string} */
    malformed(settings) {
      const wrong = Object.entries(CHOICES).find(([name, options]) => !options.includes(settings[name]));
      if (wrong) return _("{name} is one of {options}.", { name: wrong[0], options: wrong[1].join(", ") });
      const ranges = { rows: [-24, 24], columns: [-24, 24], window: [1, 5], stride: [1, 4], row: [0, 23], column: [0, 23] };
      const out = Object.entries(ranges).find(([name, [low, high]]) => !Number.isInteger(settings[name]) || settings[name] < low || settings[name] > high);
      if (out) return _("{name} is a whole number from {low} to {high}.", { name: out[0], low: out[1][0], high: out[1][1] });
      const { SIDE } = CNNBook.pictures;
      const pixel = (/** @type {any} */ one) => Array.isArray(one) && one.length === 2 && one.every((part) => Number.isInteger(part) && part >= 0 && part < SIDE);
      if (!Array.isArray(settings.edits) || !settings.edits.every(pixel)) return _("Drawn pixels are pairs of row and column from 0 to {most}.", { most: SIDE - 1 });
      return "";
    }

    /** @param {number} down @param {number} right */
    move(down, right) {
      const { rows, columns } = this.settings;
      const within = (/** @type {number} */ shift) => Math.min(12, Math.max(-12, shift));
      this.change({ rows: within(rows + down), columns: within(columns + right) });
    }

    /** Turn a pixel of the picture over, wherever the picture has been moved to. @param {number} row @param {number} column */
    toggle(row, column) {
      const { edits, rows, columns, border } = this.settings;
      const { SIDE } = CNNBook.pictures;
      let pixel = [row - rows, column - columns];
      if (border === "circular") pixel = pixel.map((place) => (place + 2 * SIDE) % SIDE);
      if (pixel.some((place) => place < 0 || place >= SIDE)) return; // zeros that came in belong to no pixel
      const others = edits.filter((/** @type {number[]} */ one) => one.join() !== pixel.join());
      this.change({ edits: others.length < edits.length ? others : [...edits, pixel] });
    }

    /** @returns {{ side: number, values: Float64Array }} the picture with what was drawn, not moved */
    picture() {
      const { SIDE } = CNNBook.pictures;
      const values = /** @type {Record<string, Float64Array>} */ (CNNBook.pictures.all)[this.settings.picture].slice();
      for (const [row, column] of this.settings.edits) values[row * SIDE + column] = 1 - values[row * SIDE + column];
      return { side: SIDE, values };
    }

    /** @returns {any} what the arithmetic needs */
    setting() {
      const { window, stride, border, kernel } = this.settings;
      return { window, stride, border, kernel: CNNBook.shift.kernel(kernel, window) };
    }

    /** One operation before and after a move, and how they differ. @param {Operation} operation @param {number} rows @param {number} columns */
    compared(operation, rows, columns) {
      const { apply, difference, move, movedAlong } = CNNBook.shift;
      const [picture, setting] = [this.picture(), this.setting()];
      const before = this.made[operation]?.before ?? apply(operation, picture, setting);
      const after = apply(operation, move(picture, rows, columns, setting.border), setting);
      if (this.settings.compare === "before") return { before, after, reference: before, ...difference(before, after) };
      const along = movedAlong(before, after, rows, columns, setting);
      return { before, after, reference: along.moved, ...along };
    }

    render() {
      const { rows, columns, tool } = this.settings;
      this.made = {};
      for (const operation of OPERATIONS) this.made[operation] = this.compared(operation, rows, columns);
      for (const [name, input] of Object.entries(this.inputs)) /** @type {{ show: (value: any) => void }} */ (input).show(this.settings[name]);
      this.compare.show(this.settings.compare);
      this.pad.drawing = tool === "draw";
      this.showCell();
      for (const operation of OPERATIONS) this.showPanel(operation);
      this.showChart();
      this.say(this.sentences());
    }

    /** @returns {[number, number]} the chosen output, one that exists */
    cell() {
      const { side } = this.made.max.after;
      return [Math.min(this.settings.row, side - 1), Math.min(this.settings.column, side - 1)];
    }

    /** @param {Operation} operation */
    showPanel(operation) {
      const { after, reference, count, share, map, largest } = this.made[operation];
      const numbers = { count, of: map.length, share: CNNBook.percent(share) };
      const words = this.settings.compare === "before" ? _("{count} of {of} changed ({share})", numbers) : _("{count} of {of} are wrong ({share})", numbers);
      const label = _("{name}: {side} × {side} outputs. Arrow keys choose one.", { name: NAMES[operation], side: after.side });
      this.panels[operation].show(after, reference, { map, largest }, words,
        { place: this.cell(), chosen: operation === this.settings.operation, signed: operation === "convolution", label });
    }

    showChart() {
      const { REACH } = CNNBook.ShiftChart;
      const { rows, columns, compare } = this.settings;
      const shifts = Array.from({ length: 2 * REACH + 1 }, (_unused, i) => i - REACH);
      const shares = this.everyOperation((operation) => shifts.map((shift) => this.compared(operation, rows, shift).share));
      const caption = compare === "before" ? _("Share of outputs that changed, by pixels moved to the right") : _("Share of outputs that did not move along, by pixels moved to the right");
      const words = OPERATIONS.map((operation) =>
        `${NAMES[operation]}: ${shares[operation].map((share, i) => `${CNNBook.number(shifts[i])}: ${CNNBook.percent(share)}`).join("; ")}`);
      this.chart.show(shares, columns, caption, `${caption}. ${words.join(". ")}`);
    }

    /** The computation behind the chosen output. */
    showCell() {
      const { operation, rows, columns, border } = this.settings;
      const [row, column] = this.cell();
      const setting = this.setting();
      const moved = CNNBook.shift.move(this.picture(), rows, columns, border);
      const pixels = CNNBook.shift.under(moved, setting, row, column);
      const lines = (/** @type {number[]} */ values) => Array.from({ length: setting.window }, (_unused, r) => values.slice(r * setting.window, (r + 1) * setting.window));
      const { grey, signed } = CNNBook.colour;
      this.window.show(lines(pixels.map((pixel) => pixel.value)), { caption: _("window"), first: [pixels[0].row, pixels[0].column],
        look: (_r, _c, value) => ({ text: CNNBook.number(value), background: grey(1 - value, 0, 1) }) });
      const most = CNNBook.pixels.extent(setting.kernel);
      this.weights.element.hidden = operation !== "convolution";
      this.weights.show(lines(setting.kernel), { caption: _("kernel"), look: (_r, _c, value) => ({ text: CNNBook.exact(value), background: signed(value, most) }) });
      const at = row * this.made[operation].after.side + column;
      const [now, before] = ["after", "reference"].map((name) => CNNBook.number(this.made[operation][name].values[at], 3));
      this.arithmetic.textContent = this.cellWords(operation, { row, column, now, before });
      const words = _("The picture, moved {rows} down and {columns} to the right. Arrow keys move it, or a cursor where the pointer draws; space turns a pixel over.", { rows, columns });
      this.pad.show(moved.values, moved.side, words, { top: pixels[0].row, left: pixels[0].column, size: setting.window });
    }

    /** @param {Operation} operation @param {Record<string, any>} values @returns {string} */
    cellWords(operation, values) {
      /** @type {Record<Operation, string>} */
      const now = {
        max: _("Output (row {row}, column {column}) is the largest value in its window: {now}.", values),
        average: _("Output (row {row}, column {column}) is the mean of its window: {now}.", values),
        convolution: _("Output (row {row}, column {column}) is the sum of window times kernel: {now}.", values),
      };
      const before = this.settings.compare === "before" ? _("Before the move it was {before}.", values) : _("Had the old output moved along, it would be {before}.", values);
      return CNNBook.sentences(now[operation], before);
    }

    /** @returns {string} */
    sentences() {
      const { rows, columns, compare } = this.settings;
      const counts = this.everyOperation((operation) => CNNBook.percent(this.made[operation].share));
      const said = compare === "before"
        ? _("Moved {rows} down and {columns} to the right: {max} of the outputs of max pooling change, {average} of average pooling, {convolution} of the strided convolution.", { rows, columns, ...counts })
        : _("Moved {rows} down and {columns} to the right: against the old output moved along, {max} of max pooling are wrong, {average} of average pooling, {convolution} of the strided convolution.", { rows, columns, ...counts });
      return compare === "before" ? said : CNNBook.sentences(said, this.whyAlong());
    }

    /** @returns {string} why the output moves along, or does not */
    whyAlong() {
      const { rows, columns, stride, border } = this.settings;
      if (rows % stride || columns % stride) return _("The move is no whole number of strides, so the output would have to move by a part of a cell.");
      const closed = border === "circular" && CNNBook.pictures.SIDE % stride === 0;
      return closed ? _("The move is a whole number of strides: everything moves along.") : _("The move is a whole number of strides: only the border can go wrong.");
    }

    /** @returns {Record<string, any>} */
    results() {
      return { changed: this.everyOperation((operation) => this.made[operation].count), outputs: this.made.max.map.length };
    }
  }

  return PoolShift;
})();

customElements.define("cnn-pool-shift", CNNBook.PoolShift);
