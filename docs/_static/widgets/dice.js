// Two dice, or three, or four: weights of faces that can be drawn up and down, and the chance of every sum.
"use strict";
var CNNBook = CNNBook || {};

CNNBook.Dice = (() => {
  const { tag, controls, chances } = CNNBook;
  const _ = CNNBook.text;
  const FACES = [1, 2, 3, 4, 5, 6];
  const MOST = { weight: 9, dice: 4 };
  const NAMES = /** @type {const} */ (["blue", "orange", "purple", "grey"]);
  /** @typedef {typeof NAMES[number]} Die */
  const [FAIR, HIGH, LOW, ENDS] = [[1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 5], [5, 1, 1, 1, 1, 1], [1, 0, 0, 0, 0, 1]];
  /** @param {number[]} blue @param {number[]} others @returns {Record<Die, number[]>} */
  const cast = (blue, others) => ({ blue, orange: others, purple: others, grey: others });
  /** @type {Record<string, { name: string, weights: Record<Die, number[]> }>} */
  const PRESETS = {
    fair: { name: _("fair dice"), weights: cast(FAIR, FAIR) },
    loaded: { name: _("loaded dice"), weights: cast(HIGH, LOW) },
    half: { name: _("one loaded die"), weights: cast(HIGH, FAIR) },
    coins: { name: _("only one and six"), weights: cast(ENDS, ENDS) },
  };
  /** @type {Record<Die, string>} */
  const FACE = { blue: _("blue die, face {face}"), orange: _("orange die, face {face}"), purple: _("purple die, face {face}"), grey: _("grey die, face {face}") };
  /** @type {Record<Die, string>} */
  const EMPTY = {
    blue: _("The blue die has no face left. Give one of its faces a weight."),
    orange: _("The orange die has no face left. Give one of its faces a weight."),
    purple: _("The purple die has no face left. Give one of its faces a weight."),
    grey: _("The grey die has no face left. Give one of its faces a weight."),
  };

  class Dice extends CNNBook.Widget {
    label() { return _("Dice"); }

    initial() { return { ...PRESETS.fair.weights, dice: 2, total: 4 }; }

    build() {
      this.sliders = /** @type {Record<Die, ReturnType<Dice["weights"]>>} */ (Object.fromEntries(NAMES.map((die) => [die, this.weights(die)])));
      this.table = new CNNBook.Grid({ name: "products", point: (r, c) => this.goTo(r + c + this.settings.dice) });
      this.strips = tag("div", { class: "strips" });
      this.bars = tag("div", { class: "bars" });
      this.sum = tag("div", { "data-role": "arithmetic" });
      this.player = controls.player({ label: _("sum"), change: (step) => this.goTo(step + this.settings.dice) });
      this.preset = controls.choice({
        name: "preset", label: _("dice"), options: Object.entries(PRESETS).map(([key, { name }]) => [key, name]),
        change: (key) => this.change(PRESETS[key].weights),
      });
      this.count = controls.slider({
        name: "dice", label: _("number of dice"), min: 2, max: MOST.dice,
        change: (dice) => this.change({ dice, total: Math.min(Math.max(this.settings.total, dice), 6 * dice) }),
      });
      const { blue, orange, purple, grey } = this.sliders;
      const faces = (/** @type {typeof blue} */ sliders) => sliders.map(({ element }) => element);
      this.more = [tag("span", { class: "purple-name" }, _("purple die")), tag("span", { class: "grey-name" }, _("grey die"))]
        .map((name, at) => tag("div", { class: "die" }, name, tag("div", { class: "columns" }, ...faces([purple, grey][at]))));
      this.board = tag("div", { class: "board" },
        tag("div", { class: "corner" }, tag("span", { class: "blue-name" }, _("blue die")), tag("span", { class: "orange-name" }, _("orange die"))),
        tag("div", { class: "columns" }, ...faces(orange)),
        tag("div", { class: "rows" }, ...faces(blue)),
        this.table.element);
      this.body.append(
        tag("div", { class: "stage" }, this.board, tag("div", { class: "side" }, this.strips, this.bars)),
        tag("div", { class: "more" }, ...this.more),
        this.player.element, this.sum, this.status,
        tag("div", { class: "fields" }, this.preset.element, this.count.element, controls.button("reset", _("Start again"), () => this.reset())));
    }

    /** One slider for the weight of each face. @param {Die} die */
    weights(die) {
      return FACES.map((face) => {
        const input = tag("input", { type: "range", min: 0, max: MOST.weight, "data-param": `${die}-${face}`,
          "aria-label": CNNBook.text(FACE[die], { face }), class: die });
        input.addEventListener("input", () => {
          const weights = this.settings[die].with(face - 1, Number(input.value));
          this.change({ [die]: weights });
        });
        return { input, element: tag("div", { class: `face ${die} ${die === "blue" ? "lying" : "upright"}` }, tag("b", { "aria-hidden": "true" }, String(face)), input,
          tag("output", { "data-value": `${die}-${face}` })) };
      });
    }

    /** The dice that are thrown. */
    thrown() { return NAMES.slice(0, this.settings.dice); }

    /** Weights of the sum of all dice but the blue one; with two dice, of the orange one. */
    others() { return chances.several(this.thrown().slice(1).map((die) => this.settings[die])); }

    /** Weights of all sums, from the smallest. */
    sums() { return chances.convolve(this.settings.blue, this.others()); }

    /** @param {number} total */
    goTo(total) { if (total !== this.settings.total) this.change({ total }); }

    /** @param {Record<string, any>} settings */
    malformed({ dice, total, ...settings }) {
      const whole = (/** @type {any} */ n, /** @type {number} */ low, /** @type {number} */ high) => Number.isInteger(n) && n >= low && n <= high;
      const isDie = (/** @type {any} */ die) => Array.isArray(die) && die.length === 6 && die.every((weight) => whole(weight, 0, MOST.weight));
      if (!NAMES.every((die) => isDie(settings[die]))) return _("A die needs six weights, whole numbers from 0 to {n}.", { n: MOST.weight });
      if (!whole(dice, 2, MOST.dice)) return _("The number of dice has to be from 2 to {n}.", { n: MOST.dice });
      return whole(total, dice, 6 * dice) ? "" : _("The sum of {dice} dice is from {dice} to {most}.", { dice, most: 6 * dice });
    }

    problem() {
      const empty = this.thrown().find((die) => !chances.total(this.settings[die]));
      return empty ? EMPTY[empty] : "";
    }

    results() {
      const sums = this.sums();
      const all = chances.total(sums);
      const fraction = (/** @type {number} */ weight) => (all ? chances.written(chances.reduced(weight, all)) : "");
      const { total, dice } = this.settings;
      return { chances: sums.map(fraction), probability: fraction(sums[total - dice]) };
    }

    render() {
      for (const die of NAMES) {
        this.sliders?.[die].forEach(({ input, element }, at) => {
          const weight = this.settings[die][at];
          input.value = String(weight);
          element.style.setProperty("--share", `${(weight / MOST.weight) * 100}%`);
          /** @type {HTMLElement} */ (element.lastElementChild).textContent = String(weight);
        });
      }
      const same = (/** @type {string} */ key) => this.thrown().every((die) =>
        JSON.stringify(PRESETS[key].weights[die]) === JSON.stringify(this.settings[die]));
      this.more?.forEach((element, at) => { element.hidden = this.settings.dice < at + 3; });
      this.preset?.show(Object.keys(PRESETS).find(same) ?? "");
      this.count?.show(this.settings.dice);
      CNNBook.drawDice(this);
    }
  }

  return Dice;
})();

customElements.define("cnn-dice", CNNBook.Dice);
