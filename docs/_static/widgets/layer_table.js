// The layers of a stack as a table of their numbers, and the controls that change one of them.
"use strict";
var CNNBook = CNNBook || {};

CNNBook.LayerTable = class {
  #body = CNNBook.tag("tbody");
  element;
  #choose;

  /** @param {(level: number) => void} choose */
  constructor(choose) {
    const _ = CNNBook.text;
    const { tag } = CNNBook;
    this.#choose = choose;
    const heads = [_("layer"), _("window"), _("units"), _("size"), _("effective stride"), _("padding"), _("middle")];
    this.element = tag("div", { class: "layers", tabindex: 0, role: "region", "aria-label": _("Numbers of every layer") },
      tag("table", {}, tag("thead", {}, tag("tr", {}, ...heads.map((head) => tag("th", { scope: "col" }, head)))), this.#body));
  }

  /** @param {any[]} layers @param {any[]} levels @param {number} chosen */
  show(layers, levels, chosen) {
    const { tag } = CNNBook;
    if (this.#body.children.length !== layers.length) {
      this.#body.replaceChildren(...layers.map((_layer, index) => tag("tr", { "data-level": index + 1 },
        tag("th", { scope: "row" }, tag("button", { type: "button", onclick: () => this.#choose(index + 1) })),
        ...["kernel", "units", "size", "stride", "padding", "centre"].map((name) => tag("td", { "data-value": name })))));
    }
    layers.forEach((layer, index) => this.#row(/** @type {HTMLElement} */ (this.#body.children[index]), layer, levels[index + 1], index + 1 === chosen));
  }

  /** @param {HTMLElement} row @param {any} layer @param {any} level Absent where the layer cannot be built. @param {boolean} chosen */
  #row(row, layer, level, chosen) {
    const button = /** @type {HTMLButtonElement} */ (row.querySelector("button"));
    button.textContent = layer.name;
    CNNBook.set(button, { "aria-pressed": chosen, disabled: !level });
    const { number } = CNNBook;
    const dilated = layer.dilation > 1 ? ` d${layer.dilation}` : ""; // 5×5/2 d3: kernel, stride, dilation
    const numbers = level ? [level.units, level.size, level.stride, level.padding, level.centre].map((value) => number(value)) : Array(5).fill("–");
    [`${layer.kernel}×${layer.kernel}/${layer.stride}${dilated}`, ...numbers].forEach((text, at) => { row.children[at + 1].textContent = text; });
  }
};

CNNBook.LayerEditor = class {
  element;
  name = CNNBook.tag("p", { class: "square-name" });
  #change;
  /** @type {any[]} */
  #layers = [];
  #level = 1;

  /** @param {(layers: any[], level: number) => void} change */
  constructor(change) {
    const _ = CNNBook.text;
    const { tag, controls } = CNNBook;
    this.#change = change;
    this.kind = controls.choice({ name: "kind", label: _("Kind"), options: [["conv", _("convolution")], ["pool", _("pooling")]], change: (kind) => this.#edit({ kind }) });
    const slider = (/** @type {string} */ name, /** @type {string} */ label, /** @type {number} */ min, /** @type {number} */ max) =>
      controls.slider({ name, label, min, max, change: (value) => this.#edit({ [name]: value }) });
    this.sliders = { kernel: slider("kernel", _("Kernel"), 1, 15), stride: slider("stride", _("Stride"), 1, 8),
      padding: slider("padding", _("Padding"), 0, 8), dilation: slider("dilation", _("Dilation"), 1, 8) };
    this.ceil = controls.tick({ name: "ceil", label: _("Round the number of units up"), change: (ceil) => this.#edit({ ceil }) });
    this.remove = controls.button("remove", _("Remove"), () => this.#remove());
    this.element = tag("div", { class: "editor", role: "group", "aria-label": _("The chosen layer") }, this.name,
      tag("div", { class: "fields" }, this.kind.element, ...Object.values(this.sliders).map((one) => one.element), this.ceil.element),
      tag("div", { class: "buttons" }, controls.button("add-conv", _("Add a convolution"), () => this.#add("conv")),
        controls.button("add-pool", _("Add a pooling"), () => this.#add("pool")), this.remove));
  }

  /** @param {any[]} layers @param {number} level @param {any} problem */
  show(layers, level, problem) {
    const _ = CNNBook.text;
    [this.#layers, this.#level] = [layers, level];
    const layer = layers[level - 1];
    this.name.textContent = _("Layer {n} of {of}: {name}", { n: level, of: layers.length, name: layer.name });
    this.kind.show(layer.kind);
    for (const [name, slider] of Object.entries(this.sliders)) slider.show(layer[name]);
    this.ceil.show(Boolean(layer.ceil));
    this.element.classList.toggle("wrong", problem?.layer === level - 1);
    CNNBook.set(this.remove, { disabled: layers.length < 2 });
  }

  /** @param {object} changes */
  #edit(changes) {
    this.#change(this.#layers.map((layer, index) => (index === this.#level - 1 ? { ...layer, ...changes } : layer)), this.#level);
  }

  /** A new layer after the chosen one, with a name that nobody has. @param {"conv" | "pool"} kind */
  #add(kind) {
    if (this.#layers.length >= CNNBook.stack.LIMITS.layers) return;
    const taken = new Set(this.#layers.map((layer) => layer.name));
    let number = 1;
    while (taken.has(`${kind}${number}`)) number += 1;
    const numbers = kind === "conv" ? { kernel: 3, stride: 1, padding: 1, dilation: 1 } : { kernel: 2, stride: 2, padding: 0, dilation: 1 };
    this.#change(this.#layers.toSpliced(this.#level, 0, { kind, name: `${kind}${number}`, ...numbers }), this.#level + 1);
  }

  #remove() {
    this.#change(this.#layers.toSpliced(this.#level - 1, 1), Math.max(1, this.#level - 1));
  }
};
