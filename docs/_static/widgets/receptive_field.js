// W4: build a stack of layers, point at a unit, see which pixels reach it.
"use strict";
var CNNBook = CNNBook || {};

CNNBook.ReceptiveField = (() => {
  const { tag, controls } = CNNBook;
  const _ = CNNBook.text;

  class ReceptiveField extends CNNBook.Widget {
    /** @type {{ level: number, row: number, column: number } | null} The unit that the mouse points at. */
    pointed = null;
    /** @type {{ levels: any[], problem: any }} */
    found = { levels: [], problem: null };
    network = controls.choice({ name: "network", label: _("Network"), change: (network) => this.load(network),
      options: [["lenet-5", "LeNet-5"], ["alexnet", "AlexNet"], ["vgg-16", "VGG-16"], ["small", _("a small one")]] });
    input = controls.slider({ name: "input", label: _("Input, pixels"), min: 8, max: 256, change: (input) => this.change({ input }) });
    cone = new CNNBook.ConeView({
      label: _("The layers from the side. Left and right arrow keys choose a unit, up and down a layer."),
      look: (level, column) => this.point({ ...this.place(), level, column }), leave: () => this.point(null),
      choose: (level, column) => this.go(level, this.place().row, column), step: (up, right) => this.step(up, right),
    });
    maps = new CNNBook.MapView({
      label: _("The layer's map from above. Arrow keys choose a unit."),
      look: (row, column) => this.point({ ...this.place(), row, column }), leave: () => this.point(null),
      choose: (row, column) => this.change({ row, column }),
    });
    arithmetic = tag("p", { "data-role": "arithmetic" });
    table = new CNNBook.LayerTable((level) => this.go(level));
    editor = new CNNBook.LayerEditor((layers, level) => this.change({ layers, level }));

    label() {
      return _("Receptive field of any unit in a stack of layers");
    }

    /** `input` and `layers` are null as long as they are the network's own. */
    initial() { return { network: "lenet-5", input: null, layers: null, level: 4, row: 2, column: 2 }; }

    /** @param {Record<string, any>} [settings] @returns {{ input: number, layers: any[] }} */
    stack({ network, input, layers } = this.settings) {
      const own = CNNBook.networks[network];
      return { input: input ?? own.input, layers: layers ?? own.layers };
    }

    build() {
      this.body.append(tag("div", { class: "fields" }, this.network.element, this.input.element), this.cone.element,
        tag("div", { class: "above-and-words" }, this.maps.element, tag("div", { class: "words" }, this.status, this.arithmetic)),
        this.editor.element, this.table.element, tag("div", { class: "buttons" }, controls.button("reset", _("Start again"), () => this.reset())));
    }

    /** Another network: its own layers, and a unit in the middle of its last map. @param {string} network */
    load(network) {
      const { input, layers } = CNNBook.networks[network];
      const { levels } = CNNBook.stack.analyze(input, layers);
      const middle = Math.floor((levels.at(-1)?.units ?? 1) / 2);
      this.change({ network, input: null, layers: null, level: layers.length, row: middle, column: middle });
    }

    /** @param {Record<string, any>} settings @returns {string} */
    malformed(settings) {
      const { LIMITS } = CNNBook.stack;
      const { network, level, row, column } = settings;
      if (!Object.hasOwn(CNNBook.networks, network)) return _("There is no such network: {names}.", { names: Object.keys(CNNBook.networks).join(", ") });
      const { input, layers } = this.stack(settings);
      if (!Number.isInteger(input) || input < 1 || input > LIMITS.input) {
        return _("The input has a whole number of pixels from 1 to {most}.", { most: LIMITS.input });
      }
      const shaped = (/** @type {any} */ layer) => layer && ["conv", "pool"].includes(layer.kind) && typeof layer.name === "string" && layer.name.length <= 12
        && ["kernel", "stride", "padding", "dilation"].every((name) => Number.isInteger(layer[name]) && layer[name] >= 0 && layer[name] <= 512);
      if (!Array.isArray(layers) || !layers.length || layers.length > LIMITS.layers || !layers.every(shaped)) {
        return _("A stack has 1 to {most} layers, each with kind, name, kernel, stride, padding and dilation.", { most: LIMITS.layers });
      }
      const places = [level, row, column];
      if (!places.every((place) => Number.isInteger(place) && place >= 0) || level < 1) return _("Layer, row and column of the unit are whole numbers; layers count from 1.");
      return "";
    }

    /** @returns {string} */
    problem() {
      const { input, layers } = this.stack();
      this.found = CNNBook.stack.analyze(input, layers);
      return this.found.problem ? CNNBook.layerProblem(this.found.problem, layers) : "";
    }

    /** The unit that is shown: the one pointed at, else the chosen one; always one that exists. */
    place() {
      const { levels } = this.found;
      const { level, row, column } = this.pointed ?? this.settings;
      const shown = Math.min(level, levels.length - 1);
      const within = (/** @type {number} */ unit) => Math.min(unit, levels[shown].units - 1);
      return { level: shown, row: within(row), column: within(column) };
    }

    /** @param {{ level: number, row: number, column: number } | null} place */
    point(place) {
      const before = this.place();
      this.pointed = place && { ...this.near(place.level), ...(place.level === before.level ? place : { level: place.level, column: place.column }) };
      this.draw();
    }

    /** The unit of another layer whose field lies nearest. @param {number} level */
    near(level) {
      const { levels } = this.found;
      const [before, after] = [levels[this.place().level], levels[level]];
      const same = (/** @type {number} */ unit) => {
        const centre = before.centre + unit * before.stride;
        return Math.min(after.units - 1, Math.max(0, Math.round((centre - after.centre) / after.stride)));
      };
      const { row, column } = this.place();
      return { level, row: same(row), column: same(column) };
    }

    /** Choose a unit. @param {number} level @param {number} [_row] @param {number} [column] */
    go(level, _row, column) {
      const there = this.near(level);
      this.pointed = null;
      this.change({ ...there, ...(column === undefined ? {} : { column }) });
    }

    /** @param {number} up @param {number} right */
    step(up, right) {
      this.pointed = null;
      const { level, row, column } = this.place();
      const { levels } = this.found;
      if (up) this.go(Math.min(levels.length - 1, Math.max(Math.min(1, levels.length - 1), level + up)));
      else this.change({ level, row, column: Math.min(levels[level].units - 1, Math.max(0, column + right)) });
    }

    render() {
      const { input, layers } = this.stack();
      this.network.show(this.settings.network);
      this.input.show(input);
      this.draw();
      this.table.show(layers, this.found.levels, this.place().level);
      this.editor.show(layers, Math.min(this.settings.level, layers.length), this.found.problem);
    }

    /** Show cone, maps and words of one unit. */
    draw() {
      const { layers } = this.stack();
      const { levels, problem } = this.found;
      const { level, row, column } = this.place();
      const names = [_("input"), ...layers.map((/** @type {any} */ layer) => layer.name)].slice(0, levels.length);
      const counts = CNNBook.stack.paths(levels, layers, level, column);
      const rows = CNNBook.stack.paths(levels, layers, level, row)[0];
      this.cone.show({ levels, layers, names, level, unit: column, counts });
      const words = CNNBook.fieldWords({ levels, level, name: names[level], row, column, rows, columns: counts[0] });
      this.maps.show({ levels, level, name: names[level], place: [row, column], rows, columns: counts[0], words });
      this.arithmetic.textContent = level ? CNNBook.fieldFormula(levels, layers, level) : "";
      if (!problem) this.say(words);
    }

    results() {
      const { levels, problem } = this.found;
      const { level, row, column } = this.place();
      const { input, layers } = this.stack();
      const seen = (/** @type {number} */ unit) => CNNBook.stack.hull(CNNBook.stack.paths(levels, layers, level, unit)[0]);
      return { input, layers, levels, problem, shown: { level, row, column }, region: [seen(row), seen(column)] };
    }
  }

  return ReceptiveField;
})();

customElements.define("cnn-receptive-field", CNNBook.ReceptiveField);
