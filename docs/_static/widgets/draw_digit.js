// W5: draw a digit; LeNet reads it in the page, with every picture that it makes on the way.
"use strict";
var CNNBook = CNNBook || {};

CNNBook.DrawDigit = (() => {
  const { tag, controls } = CNNBook;
  const _ = CNNBook.text;
  /** @type {Record<string, number>} In 200ths of the sheet's side. */
  const PENS = { thin: 8, medium: 15, thick: 24 };

  class DrawDigit extends CNNBook.Widget {
    static PENS = PENS;
    net = CNNBook.lenet.create(CNNBook.lenet.unpack(/** @type {any} */ (CNNBook).lenetParameters));
    /** @type {Float32Array} */
    image = new Float32Array(32 * 32);
    /** @type {Record<string, Float32Array>} */
    made = {};
    pad = new CNNBook.DigitPad({
      label: _("Sheet for drawing. Arrow keys move the pen, space sets it down and lifts it, backspace takes the last stroke away."),
      draw: () => this.later(), done: (strokes) => this.change({ strokes }), say: (words) => this.say(words),
    });
    pens = controls.choice({ name: "pen", label: _("Pen"), change: (pen) => this.change({ pen }),
      options: [["thin", _("thin")], ["medium", _("medium")], ["thick", _("thick")]] });
    view = new CNNBook.NetworkView({
      choose: (layer, map) => this.change(this.pick(layer, map)),
      look: (layer, map) => this.detail(this.pick(layer, map)), leave: () => this.detail(this.settings),
    });
    pixel = new CNNBook.PixelView({
      point: (row, column) => this.change({ row, column }), slice: (slice) => this.change({ slice }),
    });
    seen = tag("canvas", { width: 32, height: 32, class: "pixels", role: "img",
      "aria-label": _("The image that the network gets, 32 × 32 pixels") });
    seenWindow = tag("span", { class: "window", hidden: true });
    prediction = tag("p", { "data-role": "prediction" });
    bars = Array.from({ length: 10 }, (_unused, digit) => tag("li", { "data-digit": digit },
      tag("span", {}, String(digit)), tag("span", { class: "bar" }, tag("span", {})), tag("output", { "data-value": `probability-${digit}` })));
    drawn = ""; // the strokes that have been read, as text
    opened = false;
    #waiting = 0;

    label() {
      return _("Draw a digit and watch the network read it");
    }

    initial() {
      return { strokes: this.example(5), pen: "medium", layer: "c1", map: 0, row: 8, column: 12, slice: 0 };
    }

    /** @param {number} digit @returns {number[][]} the strokes of an example, with the pen's width in front */
    example(digit) {
      return CNNBook.digitStrokes[digit].map((points) => [PENS.medium, ...points]);
    }

    build() {
      this.body.append(this.top(), this.view.element, this.pixel.element, this.status);
      if (!this.status.textContent) this.say(_("Draw with the mouse, a finger or the keys. Choose a map, then one of its pixels, to see where its number comes from."));
    }

    /** @returns {HTMLElement} the sheet, what the network gets, what it answers */
    top() {
      const examples = this.bars.map((_unused, digit) => tag("button", { type: "button", "data-action": `example-${digit}`,
        "aria-label": _("Example of a {digit}", { digit }), onclick: () => this.change({ strokes: this.example(digit) }) }, String(digit)));
      return tag("div", { class: "sheet-and-answer" },
        tag("div", { class: "sheet" }, tag("p", { class: "layer-name" }, _("Draw a digit here")), this.pad.element,
          tag("div", { class: "buttons" }, controls.button("undo", _("Undo"), () => this.change({ strokes: this.settings.strokes.slice(0, -1) })),
            controls.button("clear", _("Clear"), () => this.change({ strokes: [] })))),
        tag("div", { class: "seen" }, tag("p", { class: "layer-name" }, _("What the network gets: 32 × 32")),
          tag("div", { class: "picture" }, this.seen, this.seenWindow), this.pens.element,
          tag("div", { class: "field examples" }, tag("span", {}, _("Or an example")), tag("span", { class: "options" }, ...examples))),
        tag("div", { class: "answer" }, this.prediction, tag("ol", { class: "probabilities", "aria-label": _("Probability of each digit") }, ...this.bars)));
    }

    /** @param {Record<string, any>} settings @returns {string} */
    malformed({ strokes, pen, layer, map, row, column, slice }) {
      const whole = (/** @type {unknown} */ value, /** @type {number} */ below) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < below;
      const line = (/** @type {unknown} */ one) => Array.isArray(one) && one.length >= 3 && one.length % 2 === 1
        && one.every((part) => Number.isFinite(part) && part >= 0 && part <= CNNBook.DigitPad.SIDE);
      if (!Array.isArray(strokes) || strokes.length > 200 || !strokes.every(line)) {
        return _("These strokes cannot be read: each is a list of a width and pairs of numbers from 0 to 200.");
      }
      const { LAYERS } = CNNBook.lenet;
      if (!Object.hasOwn(PENS, pen) || !Object.hasOwn(LAYERS, layer)) return _("There is no such pen or layer: pens are thin, medium, thick; layers c1, s2, c3, s4.");
      const known = LAYERS[layer];
      if (!whole(map, known.maps) || !whole(row, known.side) || !whole(column, known.side) || !whole(slice, 6)) {
        return _("{name} has {n} maps with {side} rows and columns; there is no such pixel.", { name: layer.toUpperCase(), n: known.maps, side: known.side });
      }
      return "";
    }

    /** Another map, at the same place of the drawing. @param {string} layer @param {number} map */
    pick(layer, map) {
      const [before, after] = [this.settings.layer, layer].map((name) => CNNBook.lenet.LAYERS[name].side);
      const same = (/** @type {number} */ place) => Math.min(after - 1, Math.floor(((place + 0.5) * after) / before));
      return { ...this.settings, layer, map, row: same(this.settings.row), column: same(this.settings.column) };
    }

    render() {
      const { strokes, pen, layer, map } = this.settings;
      if (JSON.stringify(strokes) !== this.drawn) {
        this.drawn = JSON.stringify(strokes);
        this.pad.show(strokes);
        this.read();
        this.tell();
      }
      this.pad.width = PENS[pen];
      this.pens.show(pen);
      this.view.show(this.made, layer, map);
      this.detail(this.settings);
    }

    /** Read what is drawn so far, once before the next picture on the screen. */
    later() {
      if (this.#waiting) return;
      this.#waiting = requestAnimationFrame(() => {
        this.#waiting = 0;
        this.read();
        this.view.show(this.made, this.settings.layer, this.settings.map);
        this.detail(this.settings);
      });
    }

    /** Let the network read the sheet, and show image and answer. */
    read() {
      this.image = CNNBook.pen.normalised(this.pad.ink, CNNBook.pen.SHEET);
      this.made = { image: this.image, ...this.net.forward(this.image) };
      CNNBook.pixels.paint(this.seen, this.image, CNNBook.pixels.INK, 0, 1);
      const { probs } = this.made;
      const best = probs.indexOf(Math.max(...probs));
      this.bars.forEach((bar, digit) => {
        bar.classList.toggle("best", digit === best && !this.empty());
        /** @type {HTMLElement} */ (bar.children[1].firstChild).style.width = this.empty() ? "0" : `${100 * probs[digit]}%`;
        bar.children[2].textContent = this.empty() ? "" : CNNBook.percent(probs[digit]);
      });
      this.prediction.textContent = this.answer();
    }

    /** @returns {boolean} */
    empty() { return !this.pad.ink.some((value) => value > 0); }

    /** @returns {string} */
    answer() {
      if (this.empty()) return _("Nothing is drawn yet.");
      const chance = Math.max(...this.made.probs);
      const digit = this.made.probs.indexOf(chance);
      return _("The network reads a {digit}, probability {chance}.", { digit: String(digit), chance: CNNBook.percent(chance) });
    }

    /** Say the answer once a stroke has ended; not at the opening. */
    tell() {
      if (this.opened) this.say(this.answer());
      this.opened = true;
    }

    /** Show one map and one pixel of it. @param {Record<string, any>} place */
    detail(place) {
      const { layer, map } = place;
      const { from, window } = CNNBook.lenet.LAYERS[layer];
      const found = this.pixel.show(this.net.parameters, this.made, /** @type {any} */ (place));
      this.view.frame(from, layer === "c3" ? [0, 1, 2, 3, 4, 5] : [map], found.top, found.left, window);
      this.seenWindow.hidden = from !== "image";
      if (from === "image") CNNBook.pixels.placeFrame(this.seenWindow, 32, found.top, found.left, window);
    }

    results() {
      const probabilities = Array.from(this.made.probs);
      return { probabilities, digit: this.empty() ? null : probabilities.indexOf(Math.max(...probabilities)) };
    }
  }

  return DrawDigit;
})();

customElements.define("cnn-draw-digit", CNNBook.DrawDigit);
