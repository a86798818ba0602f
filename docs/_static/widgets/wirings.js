// What one layer costs when it is wired in three ways; the same counting as cnnbook.wiring, which a test compares.
"use strict";
var CNNBook = CNNBook || {};

/**
 * @typedef {{ channels: number, rows: number, columns: number, kernels: number, kernel: number, stride: number,
 *   padding: number, bias: boolean }} Layer A convolution layer: C, H, W, K, R = S and so on.
 * @typedef {{ parameters: number, connections: number, macs: number }} Wiring
 */

/**
 * Costs of a convolution layer, and of the two layers with the same inputs and outputs that it could have been.
 * @param {Layer} layer
 * @returns {{ dense: Wiring, local: Wiring, shared: Wiring, size: [number, number] }}
 */
CNNBook.wirings = ({ channels, rows, columns, kernels, kernel, stride, padding, bias }) => {
  const size = CNNBook.arithmetic.outputSize([rows, columns], [kernel, kernel], { stride, padding });
  const outputs = kernels * size.rows * size.columns;
  const window = channels * kernel * kernel;
  const added = bias ? outputs : 0;
  const [dense, local] = [outputs * channels * rows * columns, outputs * window];
  return {
    dense: { parameters: dense + added, connections: dense + added, macs: dense },
    local: { parameters: local + added, connections: local + added, macs: local },
    shared: { parameters: kernels * (window + (bias ? 1 : 0)), connections: local + added, macs: local },
    size: [size.rows, size.columns],
  };
};
