// Calculator: one layer as dense, local and shared; what each costs, on a scale of powers of ten.
"use strict";
var CNNBook = CNNBook || {};

CNNBook.Parameters = (() => {
  const { tag, svg, controls } = CNNBook;
  const _ = CNNBook.text;
  const WAYS = /** @type {const} */ (["dense", "local", "shared"]);
  const METRICS = /** @type {const} */ (["parameters", "connections", "macs", "memory"]);
  /** @type {Record<string, [number, number]>} */
  const LIMITS = { channels: [1, 512], rows: [1, 256], columns: [1, 256], kernels: [1, 512], kernel: [1, 32], stride: [1, 16], padding: [0, 16] };
  const LENET = { channels: 1, rows: 32, columns: 32, kernels: 6, kernel: 5, stride: 1, padding: 0, bias: true, bytes: 4 };
  /** @type {Record<string, { name: string, layer: Record<string, any> }>} */
  const PRESETS = {
    lenet: { name: _("LeNet-5, first layer"), layer: LENET },
    c5: { name: _("LeNet-5, layer C5"), layer: { ...LENET, channels: 16, rows: 5, columns: 5, kernels: 120 } },
    alexnet: { name: _("AlexNet, first layer"), layer: { ...LENET, channels: 3, rows: 227, columns: 227, kernels: 96, kernel: 11, stride: 4 } },
    vgg: { name: _("VGG, first layer"), layer: { ...LENET, channels: 3, rows: 224, columns: 224, kernels: 64, kernel: 3, padding: 1 } },
  };

  class Parameters extends CNNBook.Widget {
    label() { return _("What a layer costs"); }

    initial() { return LENET; }

    build() {
      /** @type {Record<string, string>} */
      const names = { channels: _("channels in"), rows: _("rows"), columns: _("columns"), kernels: _("kernels"),
        kernel: _("kernel size"), stride: _("stride"), padding: _("padding") };
      const complain = (/** @type {string} */ words) => this.complain(words);
      this.numbers = Object.entries(names).map(([name, label]) => {
        const [min, max] = LIMITS[name];
        return { name, ...controls.number({ name, label, min, max, change: (value) => this.change({ [name]: value }), complain, settle: () => this.refresh() }) };
      });
      this.preset = controls.menu({
        name: "preset", label: _("layer"),
        options: [.../** @type {[string, string][]} */ (Object.entries(PRESETS).map(([key, { name }]) => [key, name])), ["own", _("your own")]],
        change: (key) => { if (PRESETS[key]) this.change(PRESETS[key].layer); },
      });
      this.bias = controls.tick({ name: "bias", label: _("with biases"), change: (bias) => this.change({ bias }) });
      this.bytes = controls.choice({
        name: "bytes", label: _("a number takes"), options: [["4", _("4 bytes")], ["2", _("2 bytes")], ["1", _("1 byte")]],
        change: (bytes) => this.change({ bytes: Number(bytes) }),
      });
      this.chart = tag("table", { class: "bars" });
      this.sum = tag("p", { "data-role": "arithmetic" });
      this.body.append(
        tag("div", { class: "fields" }, this.preset.element, ...this.numbers.map(({ element }) => element), this.bias.element, this.bytes.element),
        this.chart, this.sum, this.status,
        controls.button("reset", _("Start again"), () => this.reset()));
      this.makeChart();
    }

    makeChart() {
      const metrics = { parameters: _("parameters"), connections: _("connections"), macs: _("multiplications (MACs)"), memory: _("memory for the parameters") };
      const ways = { dense: _("dense"), local: _("local"), shared: _("shared") };
      this.chart?.replaceChildren(
        tag("caption", {}, _("Costs of the layer; each line of the scale is a hundred times the one before")),
        tag("colgroup", {}, tag("col"), tag("col"), tag("col")),
        ...METRICS.map((metric) => tag("tbody", { class: metric },
          tag("tr", {}, tag("th", { scope: "rowgroup", colspan: 3 }, metrics[metric])),
          ...WAYS.map((way) => tag("tr", {},
            tag("th", { scope: "row" }, wires(way), ways[way]),
            tag("td", { class: "scale" }, tag("div", { class: "bar", "data-bar": `${way}-${metric}` })),
            tag("td", { class: "amount", "data-value": `${way}-${metric}` }))))));
    }

    /** @param {Record<string, any>} settings */
    malformed(settings) {
      for (const [name, [low, high]] of Object.entries(LIMITS)) {
        if (!Number.isInteger(settings[name]) || settings[name] < low || settings[name] > high) {
          return _("These settings are not ones of the calculator: each number has to be whole and within its limits.");
        }
      }
      const rest = typeof settings.bias === "boolean" && [1, 2, 4].includes(settings.bytes);
      return rest ? "" : _("These settings are not ones of the calculator: each number has to be whole and within its limits.");
    }

    problem() {
      const { rows, columns, kernel, padding } = this.settings;
      const room = Math.min(rows, columns) + 2 * padding;
      return kernel > room ? _("The kernel does not fit: it has {kernel} rows and columns, and the input with its padding only {room}. There is no output to count for.", { kernel, room }) : "";
    }

    /** Costs of the three ways, memory in bytes. @returns {Record<string, Record<string, number>>} */
    costs() {
      const wirings = CNNBook.wirings(/** @type {any} */ (this.settings));
      return Object.fromEntries(WAYS.map((way) =>
        [way, { ...wirings[way], memory: wirings[way].parameters * this.settings.bytes }]));
    }

    results() { return this.problem() ? { dense: null, local: null, shared: null } : this.costs(); }

    render() {
      const wrong = this.problem() !== "";
      this.numbers?.forEach(({ name, show }) => show(this.settings[name]));
      const same = (/** @type {string} */ key) => Object.entries(PRESETS[key].layer).every(([name, value]) => ["bytes", "bias"].includes(name) || this.settings[name] === value);
      this.preset?.show(Object.keys(PRESETS).find(same) ?? "own");
      this.bias?.show(this.settings.bias);
      this.bytes?.show(String(this.settings.bytes));
      const costs = this.costs();
      const most = Math.max(100, ...WAYS.flatMap((way) => METRICS.map((metric) => costs[way][metric])));
      const decades = 2 * Math.ceil(Math.log10(most) / 2);
      this.chart?.style.setProperty("--lines", String(decades / 2));
      for (const way of WAYS) {
        for (const metric of METRICS) {
          const value = costs[way][metric];
          const text = metric === "memory" ? bytes(value) : CNNBook.number(value);
          const bar = /** @type {HTMLElement} */ (this.chart?.querySelector(`[data-bar="${way}-${metric}"]`));
          bar.style.width = wrong ? "0" : `${(100 * Math.log10(Math.max(value, 1))) / decades}%`;
          const amount = /** @type {HTMLElement} */ (this.chart?.querySelector(`[data-value="${way}-${metric}"]`));
          amount.textContent = wrong ? "–" : text;
        }
      }
      this.sum?.replaceChildren(...(wrong ? [] : this.formula()));
      if (!wrong) this.say(this.words(costs));
    }

    /** The number of shared parameters, written out. @returns {(Node | string)[]} */
    formula() {
      const { channels, kernels, kernel, bias } = this.settings;
      const [rows, columns] = CNNBook.wirings(/** @type {any} */ (this.settings)).size;
      const window = `${channels} · ${kernel} · ${kernel}`;
      const gap = document.documentElement.lang.startsWith("zh") ? "" : " ";
      return [
        _("Output: {kernels} maps of {rows} × {columns}.", { kernels, rows, columns }), gap,
        _("Shared:"), `${gap}${kernels} · ${bias ? `(${window} + 1)` : window} = `,
        tag("b", { class: "kernel-name" }, CNNBook.number(this.costs().shared.parameters)), ` ${_("parameters")}`,
      ];
    }

    /** @param {Record<string, Record<string, number>>} costs */
    words(costs) {
      const [dense, local, shared] = WAYS.map((way) => costs[way].parameters);
      const [rows, columns] = CNNBook.wirings(/** @type {any} */ (this.settings)).size;
      if (dense === shared) return _("The window covers the whole input, so all three layers are the same.");
      const fewer = CNNBook.number(dense / local, 1);
      const tied = CNNBook.number(local / shared, 1);
      return _("From dense to local: {fewer} times fewer parameters and connections. From local to shared: {tied} times fewer parameters, as a map has {places} places; but not one multiplication less.", { fewer, tied, places: rows * columns });
    }
  }

  /** Bytes in a unit that is easy to read. @param {number} value */
  function bytes(value) {
    const units = ["B", "kB", "MB", "GB", "TB", "PB"];
    const step = Math.min(Math.floor(Math.log10(Math.max(value, 1)) / 3), units.length - 1);
    return `${CNNBook.number(value / 1000 ** step, 1)} ${units[step]}`;
  }

  /** A small picture of the lines between five inputs and three outputs. @param {string} way */
  function wires(way) {
    const lines = [0, 1, 2].flatMap((output) => [0, 1, 2, 3, 4].filter((input) => way === "dense" || Math.abs(input - output - 1) < 2)
      .map((input) => svg("line", { x1: 4 + 9 * input, y1: 22, x2: 13 + 9 * output, y2: 4, class: way === "shared" ? `tied-${input - output}` : "" })));
    return svg("svg", { class: "wires", viewBox: "0 0 44 26", "aria-hidden": "true" }, ...lines);
  }

  return Parameters;
})();

customElements.define("cnn-parameters", CNNBook.Parameters);
