// All pictures that the network makes of a drawing, to one scale: rows of small maps to choose from.
"use strict";
var CNNBook = CNNBook || {};

CNNBook.NetworkView = class {
  element = CNNBook.tag("div", { class: "network" });
  /** @type {Record<string, HTMLButtonElement[]>} */
  #maps = {};
  /** @type {Record<string, HTMLCanvasElement>} */
  #rows = {};
  #options;

  /**
   * @param {{ choose: (layer: string, map: number) => void, look: (layer: string, map: number) => void, leave: () => void }} options
   *   `look` is told which map the reader points at or has gone to by keyboard, `leave` that it is over.
   */
  constructor(options) {
    this.#options = options;
    const _ = CNNBook.text;
    const convolution = _("{name}, convolution: {n} maps of {side} × {side}");
    const pooling = _("{name}, ReLU and pooling: {n} maps of {side} × {side}");
    for (const [layer, { maps, side, window }] of Object.entries(CNNBook.lenet.LAYERS)) {
      const words = window === 2 ? pooling : convolution;
      this.#addMaps(layer, CNNBook.text(words, { name: layer.toUpperCase(), n: maps, side }));
    }
    this.#addRow("f5", _("F5: 120 numbers"), 120);
    this.#addRow("f6", _("F6: 84 numbers"), 84);
  }

  /** @param {string} layer @param {string} words */
  #addMaps(layer, words) {
    const _ = CNNBook.text;
    const { maps, side } = CNNBook.lenet.LAYERS[layer];
    const buttons = Array.from({ length: maps }, (_unused, map) => {
      const name = _("{name}, map {map}", { name: layer.toUpperCase(), map: map + 1 });
      const canvas = CNNBook.tag("canvas", { width: side, height: side, class: "pixels", style: `--side: ${side}` });
      return CNNBook.tag("button", { type: "button", class: "map", "data-layer": layer, "data-map": map, "aria-label": name,
        "aria-pressed": "false", tabindex: -1 }, canvas, CNNBook.tag("span", { class: "window", hidden: true }));
    });
    this.#maps[layer] = buttons;
    const row = CNNBook.tag("div", { class: `maps ${layer} ${maps > 6 ? "many" : "few"}`, role: "group", "aria-label": words }, ...buttons);
    row.addEventListener("click", (event) => this.#tell(event, this.#options.choose));
    row.addEventListener("pointerover", (event) => event.pointerType === "mouse" && this.#tell(event, this.#options.look));
    row.addEventListener("pointerleave", () => this.#options.leave());
    row.addEventListener("focusin", (event) => this.#tell(event, this.#options.look));
    row.addEventListener("focusout", () => this.#options.leave());
    row.addEventListener("keydown", (event) => this.#key(event, layer));
    this.element.append(CNNBook.tag("p", { class: "layer-name" }, words), row);
  }

  /** @param {string} layer @param {string} words @param {number} count */
  #addRow(layer, words, count) {
    const canvas = CNNBook.tag("canvas", { width: count, height: 1, class: "pixels numbers", role: "img", "aria-label": words });
    this.#rows[layer] = canvas;
    this.element.append(CNNBook.tag("p", { class: "layer-name" }, words), canvas);
  }

  /** @param {Event} event @param {(layer: string, map: number) => void} hear */
  #tell(event, hear) {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button) hear(String(button.dataset.layer), Number(button.dataset.map));
  }

  /** @param {KeyboardEvent} event @param {string} layer */
  #key(event, layer) {
    const names = Object.keys(this.#maps);
    const [at, map] = [names.indexOf(layer), this.#maps[layer].indexOf(/** @type {any} */ (event.target))];
    const other = (/** @type {number} */ step) => this.#maps[names[at + step]] ?? this.#maps[layer];
    const share = map / this.#maps[layer].length;
    const near = (/** @type {HTMLButtonElement[]} */ row) => row[Math.floor(share * row.length)];
    /** @type {Record<string, () => HTMLButtonElement | undefined>} */
    const moves = {
      ArrowLeft: () => this.#maps[layer][map - 1], ArrowRight: () => this.#maps[layer][map + 1],
      ArrowUp: () => near(other(-1)), ArrowDown: () => near(other(1)),
      Home: () => this.#maps[layer][0], End: () => this.#maps[layer].at(-1),
    };
    if (!moves[event.key] || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    moves[event.key]()?.focus();
  }

  /**
   * Show what the network made.
   * @param {Record<string, Float32Array>} made @param {string} layer @param {number} map The chosen map.
   */
  show(made, layer, map) {
    const { AMOUNT, SIGNED, extent, paint } = CNNBook.pixels;
    for (const [name, buttons] of Object.entries(this.#maps)) {
      const { side, window } = CNNBook.lenet.LAYERS[name];
      const limit = extent(made[name]);
      const [colours, low] = window === 2 ? [AMOUNT, 0] : [SIGNED, -limit];
      buttons.forEach((button, index) => {
        const values = made[name].subarray(index * side * side, (index + 1) * side * side);
        const chosen = name === layer && index === map;
        paint(/** @type {HTMLCanvasElement} */ (button.firstChild), values, colours, low, limit);
        CNNBook.set(button, { "aria-pressed": chosen, tabindex: chosen ? 0 : -1 });
      });
      if (name !== layer) CNNBook.set(buttons[0], { tabindex: 0 });
    }
    for (const [name, canvas] of Object.entries(this.#rows)) paint(canvas, made[name], AMOUNT, 0, extent(made[name]));
  }

  /**
   * Frame the window that a pixel comes from, on every map that it is taken from.
   * @param {string} layer Where the window lies; "image" frames nothing here. @param {number[]} maps
   * @param {number} top @param {number} left @param {number} size
   */
  frame(layer, maps, top, left, size) {
    for (const [name, buttons] of Object.entries(this.#maps)) {
      buttons.forEach((button, index) => {
        const frame = /** @type {HTMLElement} */ (button.lastChild);
        frame.hidden = name !== layer || !maps.includes(index);
        if (!frame.hidden) CNNBook.pixels.placeFrame(frame, CNNBook.lenet.LAYERS[name].side, top, left, size);
      });
    }
  }
};
