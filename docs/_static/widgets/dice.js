// Two dice, or more: weights of faces that can be drawn up and down, and the chance of every sum.
"use strict";
var CNNBook = CNNBook || {};

CNNBook.Dice = (() => {
  const { tag, controls, chances } = CNNBook;
  const _ = CNNBook.text;
  const FACES = [1, 2, 3, 4, 5, 6];
  const MOST = { weight: 9, dice: 4 };
  /** @type {Record<string, { name: string, blue: number[], orange: number[] }>} */
  const PRESETS = {
    fair: { name: _("fair dice"), blue: [1, 1, 1, 1, 1, 1], orange: [1, 1, 1, 1, 1, 1] },
    loaded: { name: _("loaded dice"), blue: [1, 1, 1, 1, 1, 5], orange: [5, 1, 1, 1, 1, 1] },
    half: { name: _("one loaded die"), blue: [1, 1, 1, 1, 1, 5], orange: [1, 1, 1, 1, 1, 1] },
    coins: { name: _("only one and six"), blue: [1, 0, 0, 0, 0, 1], orange: [1, 0, 0, 0, 0, 1] },
  };

  class Dice extends CNNBook.Widget {
    label() { return _("Dice"); }

    initial() { return { blue: PRESETS.fair.blue, orange: PRESETS.fair.orange, dice: 2, total: 4 }; }

    build() {
      this.sliders = { blue: this.weights("blue", _("blue die, face {face}")), orange: this.weights("orange", _("orange die, face {face}")) };
      this.table = new CNNBook.Grid({ name: "products", point: (r, c) => this.goTo(r + c + this.settings.dice) });
      this.strips = tag("div", { class: "strips" });
      this.bars = tag("div", { class: "bars" });
      this.sum = tag("div", { "data-role": "arithmetic" });
      this.player = controls.player({ label: _("sum"), change: (step) => this.goTo(step + this.settings.dice) });
      this.preset = controls.choice({
        name: "preset", label: _("dice"), options: Object.entries(PRESETS).map(([key, { name }]) => [key, name]),
        change: (key) => this.change({ blue: PRESETS[key].blue, orange: PRESETS[key].orange }),
      });
      this.count = controls.slider({
        name: "dice", label: _("number of dice"), min: 2, max: MOST.dice,
        change: (dice) => this.change({ dice, total: Math.min(Math.max(this.settings.total, dice), 6 * dice) }),
      });
      const { blue, orange } = this.sliders;
      this.board = tag("div", { class: "board" },
        tag("div", { class: "corner" }, tag("span", { class: "blue-name" }, _("blue die")), tag("span", { class: "orange-name" }, _("orange die"))),
        tag("div", { class: "columns" }, ...orange.map(({ element }) => element)),
        tag("div", { class: "rows" }, ...blue.map(({ element }) => element)),
        this.table.element);
      this.body.append(
        tag("div", { class: "stage" }, this.board, tag("div", { class: "side" }, this.strips, this.bars)),
        this.player.element, this.sum, this.status,
        tag("div", { class: "fields" }, this.preset.element, this.count.element, controls.button("reset", _("Start again"), () => this.reset())));
    }

    /** One slider for the weight of each face. @param {"blue" | "orange"} die @param {string} label */
    weights(die, label) {
      return FACES.map((face) => {
        const input = tag("input", { type: "range", min: 0, max: MOST.weight, "data-param": `${die}-${face}`,
          "aria-label": CNNBook.text(label, { face }), class: die });
        input.addEventListener("input", () => {
          const weights = this.settings[die].with(face - 1, Number(input.value));
          this.change({ [die]: weights });
        });
        return { input, element: tag("div", { class: `face ${die}` }, tag("b", { "aria-hidden": "true" }, String(face)), input,
          tag("output", { "data-value": `${die}-${face}` })) };
      });
    }

    /** Weights of the sum of all orange dice; with two dice, of the one. */
    others() { return chances.several(this.settings.orange, this.settings.dice - 1); }

    /** Weights of all sums, from the smallest. */
    sums() { return chances.convolve(this.settings.blue, this.others()); }

    /** @param {number} total */
    goTo(total) { if (total !== this.settings.total) this.change({ total }); }

    /** @param {Record<string, any>} settings */
    malformed({ blue, orange, dice, total }) {
      const whole = (/** @type {any} */ n, /** @type {number} */ low, /** @type {number} */ high) => Number.isInteger(n) && n >= low && n <= high;
      const isDie = (/** @type {any} */ die) => Array.isArray(die) && die.length === 6 && die.every((weight) => whole(weight, 0, MOST.weight));
      if (!isDie(blue) || !isDie(orange)) return _("A die needs six weights, whole numbers from 0 to {n}.", { n: MOST.weight });
      if (!whole(dice, 2, MOST.dice)) return _("The number of dice has to be from 2 to {n}.", { n: MOST.dice });
      return whole(total, dice, 6 * dice) ? "" : _("The sum of {dice} dice is from {dice} to {most}.", { dice, most: 6 * dice });
    }

    problem() {
      const { blue, orange } = this.settings;
      if (!chances.total(blue)) return _("The blue die has no face left. Give one of its faces a weight.");
      if (!chances.total(orange)) return _("The orange die has no face left. Give one of its faces a weight.");
      return "";
    }

    results() {
      const sums = this.sums();
      const all = chances.total(sums);
      const fraction = (/** @type {number} */ weight) => (all ? chances.written(chances.reduced(weight, all)) : "");
      const { total, dice } = this.settings;
      return { chances: sums.map(fraction), probability: fraction(sums[total - dice]) };
    }

    render() {
      for (const die of /** @type {const} */ (["blue", "orange"])) {
        this.sliders?.[die].forEach(({ input, element }, at) => {
          const weight = this.settings[die][at];
          input.value = String(weight);
          element.style.setProperty("--share", `${(weight / MOST.weight) * 100}%`);
          /** @type {HTMLElement} */ (element.lastElementChild).textContent = String(weight);
        });
      }
      const same = (/** @type {string} */ key) => ["blue", "orange"].every((die) =>
        JSON.stringify(/** @type {any} */ (PRESETS[key])[die]) === JSON.stringify(this.settings[die]));
      this.preset?.show(Object.keys(PRESETS).find(same) ?? "");
      this.count?.show(this.settings.dice);
      CNNBook.drawDice(this);
    }
  }

  return Dice;
})();

customElements.define("cnn-dice", CNNBook.Dice);
