// What the convolution explorer can open: inputs, and the kernels of cnnbook.kernels (a test compares them).
"use strict";
var CNNBook = CNNBook || {};

CNNBook.convolutionPresets = (() => {
  const _ = CNNBook.text;
  const { table } = CNNBook.arithmetic;

  // A roof's ridge against the sky, from scikit-learn's china.jpg: mean grey of 12 x 12 pixels, 0 black, 9 white.
  const roof = [
    "889999999999", "899999999999", "899999996899", "999999993799",
    "999999984799", "999999963489", "999999755348", "999986765543",
    "877677555554", "456542112333", "000000111111", "622222233444",
  ];

  /** @type {Record<string, { name: string, kernel: string, shade: boolean, input: number[][] }>} */
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
      name: _("a roof, cut from a photograph"), kernel: "sobel-rows", shade: true,
      input: roof.map((row) => [...row].map(Number)),
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
