// What the receptive-field widget says: which pixels a unit sees, how the numbers come about, what cannot be built.
"use strict";
var CNNBook = CNNBook || {};

/**
 * Which pixels a unit sees, in words.
 * @param {{ levels: any[], level: number, name: string, row: number, column: number, rows: Float64Array, columns: Float64Array }} unit
 * @returns {string}
 */
CNNBook.fieldWords = ({ levels, level, name, row, column, rows, columns }) => {
  const _ = CNNBook.text;
  const [down, along] = [rows, columns].map((counts) => CNNBook.stack.hull(counts));
  const where = { name, row, column };
  if (!down || !along) return _("Unit (row {row}, column {column}) of {name} lies in the padding: it sees no pixel of the image.", where);
  const [height, width] = [down, along].map(([first, last]) => last - first + 1);
  const { size } = levels[level];
  const sentences = [_("Unit (row {row}, column {column}) of {name} sees {height} × {width} pixels: rows {top} to {bottom}, columns {left} to {right}.",
    { ...where, height, width, top: down[0], bottom: down[1], left: along[0], right: along[1] })];
  if (height < size || width < size) {
    const share = (height * width) / size ** 2;
    sentences.push(_("In the middle of a large image it would be {size} × {size}; the border leaves {share} of that.", { size, share: CNNBook.percent(share) }));
  }
  const used = [rows, columns].map((counts) => counts.filter((count) => count > 0).length);
  if (used[0] < height || used[1] < width) {
    sentences.push(_("There are holes: only {rows} of the rows and {columns} of the columns count.", { rows: used[0], columns: used[1] }));
  }
  return CNNBook.sentences(...sentences);
};

/**
 * How one layer's numbers come from those of the layer below.
 * @param {any[]} levels @param {any[]} layers @param {number} level @returns {string}
 */
CNNBook.fieldFormula = (levels, layers, level) => {
  const _ = CNNBook.text;
  const [below, here, layer] = [levels[level - 1], levels[level], layers[level - 1]];
  return _("Size {before} + ({span} − 1) × {step} = {size}. Effective stride {step} × {stride} = {total}. Padding {padded} + {padding} × {step} = {sum}. Middle of unit 0: ({size} − 1) / 2 − {sum} = {centre}.", {
    before: below.size, span: CNNBook.stack.span(layer), step: below.stride, size: here.size, stride: layer.stride, total: here.stride,
    padded: below.padding, padding: layer.padding, sum: here.padding, centre: here.centre,
  });
};

/**
 * Why a layer cannot be built.
 * @param {{ layer: number, reason: string, window?: number, room?: number }} problem @param {any[]} layers @returns {string}
 */
CNNBook.layerProblem = ({ layer, reason, window = 0, room = 0 }, layers) => {
  const _ = CNNBook.text;
  const name = layers[layer]?.name ?? "";
  const { kernel, stride, padding, dilation } = CNNBook.stack.LIMITS;
  switch (reason) {
    case "fit": return _("{name} cannot be built: its window spans {window} positions, and only {room} are there, padding included. The layers below are shown.", { name, window, room });
    case "half": return _("{name} cannot be built: pooling may be padded by half its window at most. The layers below are shown.", { name });
    case "kernel": return _("{name} cannot be built: its kernel is a whole number from 1 to {most}. The layers below are shown.", { name, most: kernel });
    case "stride": return _("{name} cannot be built: its stride is a whole number from 1 to {most}. The layers below are shown.", { name, most: stride });
    case "padding": return _("{name} cannot be built: its padding is a whole number from 0 to {most}. The layers below are shown.", { name, most: padding });
    default: return _("{name} cannot be built: its dilation is a whole number from 1 to {most}. The layers below are shown.", { name, most: dilation });
  }
};
