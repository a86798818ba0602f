// What the convolution explorer can open: inputs, and the kernels of cnnbook.kernels (a test compares them).
"use strict";
var CNNBook = CNNBook || {};

CNNBook.convolutionPresets = (() => {
  const _ = CNNBook.text;
  const { table } = CNNBook.arithmetic;

  /** @type {[number, number]} Where the roof slopes down before the sky. */
  const ridge = [9, 36];

  /** @type {Record<string, { name: string, kernel: string, shade: boolean, input: number[][], crop?: [number, number] }>} */
  const inputs = {
    six: {
      name: _("a cross, 6 × 6"), kernel: "diagonal", shade: false,
      input: table(6, 6, (r, c) => Number(r === c || r + c === 5)),
    },
    window: {
      name: _("wall, speck, window"), kernel: "average", shade: false,
      input: table(5, 6, (r, c) => (c > 3 || (r === 1 && c === 1) ? 9 : 0)),
    },
    edge: {
      name: _("an edge"), kernel: "sobel-columns", shade: true,
      input: table(7, 8, (r, c) => (c > 3 ? 6 : 3)),
    },
    photo: {
      name: _("a piece of a photograph"), kernel: "sobel-rows", shade: true,
      input: CNNBook.photograph.cut(ridge), crop: ridge,
    },
  };

  /** @type {Record<string, { name: string, kernel: number[][] }>} */
  const kernels = {
    identity: { name: _("change nothing"), kernel: [[0, 0, 0], [0, 1, 0], [0, 0, 0]] },
    average: { name: _("average"), kernel: table(3, 3, () => 1 / 9) },
    gaussian: { name: _("soft average"), kernel: [[1, 2, 1], [2, 4, 2], [1, 2, 1]].map((row) => row.map((w) => w / 16)) },
    sharpen: { name: _("sharpen"), kernel: [[0, -1, 0], [-1, 5, -1], [0, -1, 0]] },
    "sobel-columns": { name: _("Sobel, sideways"), kernel: [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]] },
    "sobel-rows": { name: _("Sobel, downwards"), kernel: [[-1, -2, -1], [0, 0, 0], [1, 2, 1]] },
    laplacian: { name: _("Laplacian"), kernel: [[0, 1, 0], [1, -4, 1], [0, 1, 0]] },
    emboss: { name: _("emboss"), kernel: [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]] },
    diagonal: { name: _("a slanting line"), kernel: [[1, -1, -1], [-1, 1, -1], [-1, -1, 1]] },
  };

  return { inputs, kernels };
})();
