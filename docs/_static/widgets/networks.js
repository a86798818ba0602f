// The published networks that a reader can start from: their layers that look at space.
"use strict";
var CNNBook = CNNBook || {};

CNNBook.networks = (() => {
  /** @param {string} name @param {number} kernel @param {Partial<StackLayer>} [more] @returns {StackLayer} */
  const conv = (name, kernel, more = {}) => ({ kind: "conv", name, kernel, stride: 1, padding: 0, dilation: 1, ...more });
  /** @param {string} name @param {number} kernel @param {number} stride @returns {StackLayer} */
  const pool = (name, kernel, stride) => ({ ...conv(name, kernel, { stride }), kind: "pool" });

  /** VGG's blocks: convolutions of 3 that keep the size, then a pooling that halves it. */
  function vgg(/** @type {number[]} */ ...depths) {
    return depths.flatMap((depth, block) => [
      ...Array.from({ length: depth }, (_, i) => conv(`conv${block + 1}_${i + 1}`, 3, { padding: 1 })),
      pool(`pool${block + 1}`, 2, 2),
    ]);
  }

  /** @type {Record<string, { input: number, layers: StackLayer[] }>} */
  const networks = {
    "lenet-5": { input: 32, layers: [conv("C1", 5), pool("S2", 2, 2), conv("C3", 5), pool("S4", 2, 2), conv("C5", 5)] },
    alexnet: {
      input: 224, // and not 227: the network of 2012 rounds the first size up
      layers: [
        conv("conv1", 11, { stride: 4, ceil: true }), pool("pool1", 3, 2),
        conv("conv2", 5, { padding: 2 }), pool("pool2", 3, 2),
        conv("conv3", 3, { padding: 1 }), conv("conv4", 3, { padding: 1 }), conv("conv5", 3, { padding: 1 }), pool("pool5", 3, 2),
      ],
    },
    small: {
      input: 32,
      layers: [conv("conv1", 3), conv("conv2", 3), pool("pool1", 2, 2), conv("conv3", 3, { padding: 2, dilation: 2 })],
    },
    "vgg-16": { input: 224, layers: vgg(2, 2, 3, 3, 3) },
  };
  return networks;
})();
