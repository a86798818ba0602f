// The settings of the convolution explorer: menus, sliders, choices.
"use strict";
var CNNBook = CNNBook || {};

/**
 * Make the fields of a convolution explorer.
 * @param {InstanceType<typeof CNNBook.Widget>} widget
 * @param {{ rows: number, columns: number, kernel: number, stride: number, padding: number, dilation: number }} largest
 */
CNNBook.convolutionFields = (widget, largest) => {
  const { tag, controls } = CNNBook;
  const { inputs, kernels } = CNNBook.convolutionPresets;
  const _ = CNNBook.text;

  /** A slider for a setting that is a number. */
  const number = (/** @type {string} */ name, /** @type {string} */ label, /** @type {number} */ min, /** @type {number} */ max) =>
    controls.slider({ name, label, min, max, change: (value) => widget.change({ [name]: value }) });

  /** A slider for the rows or columns of a table: what is there stays, new cells are 0. */
  const length = (/** @type {"input" | "kernel"} */ name, /** @type {0 | 1} */ axis, /** @type {string} */ label, /** @type {number} */ max) =>
    controls.slider({
      name: `${name}-${axis ? "columns" : "rows"}`, label, min: 1, max,
      change: (value) => {
        const old = widget.settings[name];
        const [rows, columns] = axis ? [old.length, value] : [value, old[0].length];
        const table = CNNBook.arithmetic.table(rows, columns, (r, c) => old[r]?.[c] ?? 0);
        widget.change({ [name]: table, [name === "input" ? "preset" : "weights"]: "own" });
      },
    });

  /** @param {Record<string, { name: string }>} presets @returns {[string, string][]} */
  const named = (presets) => [
    .../** @type {[string, string][]} */ (Object.entries(presets).map(([key, { name }]) => [key, name])),
    ["own", _("your own")],
  ];

  const fields = {
    preset: controls.menu({
      name: "preset", label: _("input"), options: named(inputs),
      change: (preset) => widget.change(inputs[preset]
        ? { preset, weights: inputs[preset].kernel, shade: inputs[preset].shade, cell: [0, 0] } : { preset }),
    }),
    weights: controls.menu({
      name: "weights", label: _("kernel"), options: named(kernels), change: (weights) => widget.change({ weights }),
    }),
    flip: controls.choice({
      name: "flip", label: _("operation"),
      options: [["false", _("cross-correlation")], ["true", _("convolution")]],
      change: (value) => widget.change({ flip: value === "true" }),
    }),
    stride: number("stride", _("stride"), 1, largest.stride),
    padding: number("padding", _("padding"), 0, largest.padding),
    dilation: number("dilation", _("dilation"), 1, largest.dilation),
    mode: controls.menu({
      name: "mode", label: _("padding with"),
      options: [["zeros", _("zeros")], ["circular", _("the other end (circular)")], ["reflect", _("a mirror (reflect)")], ["replicate", _("the edge (replicate)")]],
      change: (mode) => widget.change({ mode }),
    }),
    kernelRows: length("kernel", 0, _("kernel rows"), largest.kernel),
    kernelColumns: length("kernel", 1, _("kernel columns"), largest.kernel),
    inputRows: length("input", 0, _("input rows"), largest.rows),
    inputColumns: length("input", 1, _("input columns"), largest.columns),
    shade: controls.tick({ name: "shade", label: _("colour cells by their value"), change: (shade) => widget.change({ shade }) }),
  };

  const reset = controls.button("reset", _("Start again"), () => widget.reset());
  const element = tag("div", { class: "fields" }, ...Object.values(fields).map((field) => field.element), reset);

  /** Bring the fields up to date. */
  function show() {
    const { preset, weights, stride, padding, dilation, mode, flip, shade, input, kernel } = widget.settings;
    fields.preset.show(preset in inputs ? preset : "own");
    fields.weights.show(weights in kernels ? weights : "own");
    fields.stride.show(stride);
    fields.padding.show(padding);
    fields.dilation.show(dilation);
    fields.mode.show(mode);
    fields.flip.show(String(flip));
    fields.shade.show(shade);
    fields.inputRows.show(input.length);
    fields.inputColumns.show(input[0].length);
    fields.kernelRows.show(kernel.length);
    fields.kernelColumns.show(kernel[0].length);
  }
  return { element, show };
};
