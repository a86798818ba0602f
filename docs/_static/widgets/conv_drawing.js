// What the convolution explorer shows: the grids, the products written out, the size by its formula, the words.
"use strict";
var CNNBook = CNNBook || {};

CNNBook.drawConvolution = (() => {
  const { tag, colour, arithmetic } = CNNBook;
  const _ = CNNBook.text;
  /** @typedef {InstanceType<typeof CNNBook.ConvolutionExplorer>} Explorer */
  /** @typedef {ReturnType<typeof arithmetic.products>} Products */

  /** A number as a factor: in brackets if it has a sign or a fraction line. @param {number} value */
  const factor = (value) => {
    const text = CNNBook.exact(value);
    return /[−/]/.test(text) ? `(${text})` : text;
  };

  /** Largest size of a number, at least a little. @param {number[][]} values */
  const largest = (values) => Math.max(1e-9, ...values.flat().map(Math.abs));

  /** @param {number} row @param {number} column */
  const key = (row, column) => `${row},${column}`;

  /** Classes that draw a line where a set of cells ends. @param {Map<string, any>} cells */
  function edges(cells, /** @type {number} */ r, /** @type {number} */ c) {
    const open = [["top", r - 1, c], ["right", r, c + 1], ["bottom", r + 1, c], ["left", r, c - 1]];
    return open.filter(([, row, column]) => !cells.has(`${row},${column}`)).map(([side]) => `edge-${side}`).join(" ");
  }

  /** Cells that some window reads. @param {Explorer} widget */
  function reached(widget) {
    const { rows, columns } = widget.size();
    const places = arithmetic.table(rows, columns, () => 0).flatMap((row, p) => row.map((_zero, q) => [p, q]));
    return new Set(places.flatMap(([p, q]) =>
      arithmetic.products(widget.settings.input, widget.laid(), [p, q], widget.setting()).map((cell) => key(cell.row, cell.column))));
  }

  /** @param {Explorer} widget @param {Products} products @param {boolean} wrong */
  function drawInput(widget, products, wrong) {
    const { input, padding, mode, shade } = widget.settings;
    const [rows, columns] = arithmetic.shape(input);
    const usable = !arithmetic.paddingTrouble(Math.min(rows, columns), padding, mode);
    const values = arithmetic.pad(input, padding, usable ? mode : "zeros");
    const window = new Map(products.map((cell) => [key(cell.row, cell.column), cell.weight]));
    const used = wrong ? null : reached(widget);
    const [low, high] = [Math.min(...input.flat()), Math.max(...input.flat())];
    const shaded = (/** @type {number} */ value) => (low < 0 ? colour.signed(value, largest(input)) : colour.grey(value, 0, high));
    const caption = padding
      ? _("input {rows} × {columns}, padding {padding}", { rows, columns, padding })
      : _("input {rows} × {columns}", { rows, columns });
    widget.grids?.input.show(values, {
      caption, first: [-padding, -padding],
      look: (r, c, value) => {
        const fixed = r < 0 || c < 0 || r >= rows || c >= columns;
        const weight = window.get(key(r, c));
        const names = [fixed ? "padding" : "input", weight === undefined ? "" : `in-window ${edges(window, r, c)}`,
          used && !used.has(key(r, c)) ? "unreached" : ""];
        return { fixed, className: names.join(" "), background: shade && !fixed ? shaded(value) : undefined,
          mark: weight === undefined ? "" : `×${CNNBook.exact(weight)}` };
      },
    });
  }

  /** @param {Explorer} widget */
  function drawKernels(widget) {
    const { kernel, flip, shade } = widget.settings;
    const [rows, columns] = arithmetic.shape(kernel);
    /** @param {number} _row @param {number} _column @param {number} value */
    const look = (_row, _column, value) =>
      ({ className: "kernel", background: shade ? colour.signed(value, largest(kernel)) : undefined });
    widget.grids?.kernel.show(kernel, { caption: _("kernel {rows} × {columns}", { rows, columns }), look });
    widget.grids?.flipped.show(widget.laid(), { caption: _("flipped kernel"), look });
    widget.grids?.flipped.element.toggleAttribute("hidden", !flip);
  }

  /** @param {Explorer} widget @param {number[][]} output */
  function drawOutput(widget, output) {
    const [p, q] = widget.place();
    const { rows, columns } = widget.size();
    const shade = widget.settings.shade;
    const limit = largest(output);
    widget.grids?.output.show(output.length ? output : [[Number.NaN]], {
      caption: output.length ? _("output {rows} × {columns}", { rows, columns }) : _("no output"),
      look: (r, c, value) => {
        const later = r > p || (r === p && c > q);
        const names = later ? "later" : r === p && c === q ? "output current" : "output";
        return { className: output.length ? names : "later", background: shade && !later && output.length ? colour.signed(value, limit) : undefined };
      },
    });
    widget.grids?.output.reach(p, q);
  }

  /** The products, a line for each row of the kernel. @param {Explorer} widget @param {Products} products */
  function drawSum(widget, products) {
    const columns = widget.settings.kernel[0].length;
    const lines = widget.settings.kernel.map((/** @type {number[]} */ _row, /** @type {number} */ r) => {
      const terms = products.slice(r * columns, (r + 1) * columns).flatMap(({ value, weight }, s) => [
        r + s ? " + " : "",
        tag("span", { class: "term" }, tag("span", { class: "input-name" }, factor(value)), "·",
          tag("span", { class: "kernel-name" }, factor(weight))),
      ]);
      return tag("div", {}, ...terms);
    });
    const total = products.reduce((sum, { value, weight }) => sum + value * weight, 0);
    widget.sum?.replaceChildren(...(products.length
      ? [...lines, tag("div", { class: "total" }, "= ", tag("b", { class: "output-name" }, CNNBook.exact(total)))] : []));
    return total;
  }

  /** Size of the output by its formula, with the numbers put in. @param {Explorer} widget */
  function drawFormula(widget) {
    const { input, kernel, stride, padding, dilation } = widget.settings;
    const names = [_("rows"), _("columns")];
    const lines = [0, 1].map((axis) => {
      const [length, weights] = [arithmetic.shape(input)[axis], arithmetic.shape(kernel)[axis]];
      const window = dilation > 1 ? `(${dilation} · (${weights} − 1) + 1)` : `${weights}`;
      const count = Math.floor((length + 2 * padding - arithmetic.span(weights, dilation)) / stride) + 1;
      return tag("div", {}, `${names[axis]}: `,
        tag("span", { class: "term" }, `⌊(`, tag("span", { class: "input-name" }, String(length)), ` + 2 · ${padding} − `,
          tag("span", { class: "kernel-name" }, window), `) / ${stride}⌋ + 1 = `,
          tag("b", { class: "output-name", "data-value": axis ? "output-columns" : "output-rows" }, CNNBook.number(count))));
    });
    const rule = dilation > 1
      ? _("⌊(input + 2 · padding − (dilation · (kernel − 1) + 1)) / stride⌋ + 1")
      : _("⌊(input + 2 · padding − kernel) / stride⌋ + 1");
    widget.formula?.replaceChildren(tag("div", { class: "rule" }, rule), ...lines);
  }

  /** What happens, in words. @param {Explorer} widget @param {Products} products @param {number} sum */
  function words(widget, products, sum) {
    const [p, q] = widget.place();
    const { input, kernel, stride, dilation } = widget.settings;
    const { restRows, restColumns } = widget.size();
    const [rows, columns] = arithmetic.shape(input);
    const outside = products.filter(({ row, column }) => row < 0 || column < 0 || row >= rows || column >= columns).length;
    const n = products.length;
    const said = [_("Output row {p}, column {q}: {n} numbers of the input, each times its weight, add up to {sum}.", { p, q, n, sum: CNNBook.exact(sum) })];
    if (outside) said.push(_("Of these {n} numbers, {outside} are padding.", { n, outside }));
    if (stride > Math.max(...arithmetic.shape(kernel).map((length) => arithmetic.span(length, dilation)))) {
      said.push(_("The stride is longer than the window, so the hatched cells between two windows are never read."));
    }
    if (restRows || restColumns) {
      said.push(_("At the end no further window fits; left over are, padding included, rows: {rows}, columns: {columns}.", { rows: restRows, columns: restColumns }));
    }
    return said.join(document.documentElement.lang.startsWith("zh") ? "" : " ");
  }

  /** @param {Explorer} widget */
  return (widget) => {
    const wrong = widget.problem() !== "";
    const { input } = widget.settings;
    const [p, q] = widget.place();
    const products = wrong ? [] : arithmetic.products(input, widget.laid(), [p, q], widget.setting());
    const { output } = widget.results();
    drawInput(widget, products, wrong);
    drawKernels(widget);
    drawOutput(widget, output);
    const sum = drawSum(widget, products);
    drawFormula(widget);
    widget.fields?.show();
    widget.fit();
    const { rows, columns } = widget.size();
    widget.player?.show(p * columns + q, wrong ? 0 : rows * columns, _("row {p}, column {q}", { p, q }));
    if (!wrong) widget.say(words(widget, products, sum));
  };
})();
