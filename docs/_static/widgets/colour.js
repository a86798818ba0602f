// Colours of values, the same as in the book's figures (cnnbook/draw/style.py); those of things are in widgets.css.
"use strict";
var CNNBook = CNNBook || {};

CNNBook.colour = (() => {
  const SIGNED = ["#0b3c6f", "#2b70b1", "#a9cbea", "#fefefe", "#f3b78f", "#c3550b", "#6f2c00"];
  const AMOUNT = ["#fefefe", "#a9d9bf", "#2c8357", "#123f29"];
  const GREY = ["#000000", "#ffffff"];

  /** @param {string} hex @returns {number[]} */
  const channels = (hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

  /** @param {string[]} stops @param {number} share From 0 to 1. @returns {string} */
  function between(stops, share) {
    const at = Math.min(Math.max(share, 0), 1) * (stops.length - 1);
    const low = Math.min(Math.floor(at), stops.length - 2);
    const [from, to] = [channels(stops[low]), channels(stops[low + 1])];
    const mixed = from.map((value, channel) => Math.round(value + (to[channel] - value) * (at - low)));
    return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
  }

  /**
   * Colour of a signed value: zero is white, blue is negative, orange is positive.
   * @param {number} value @param {number} limit What gets the full colour; larger than 0.
   */
  const signed = (value, limit) => between(SIGNED, (value / limit + 1) / 2);

  /** Colour of an amount. @param {number} value @param {number} limit */
  const amount = (value, limit) => between(AMOUNT, value / limit);

  /** Grey of a pixel. @param {number} value @param {number} black @param {number} white */
  const grey = (value, black, white) => between(GREY, white > black ? (value - black) / (white - black) : 0.5);

  /** @param {string} hex @returns {number} Relative luminance by WCAG 2.2. */
  function luminance(hex) {
    const [red, green, blue] = channels(hex).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  /** Black or white, whichever is easier to read upon a colour: pure ones, for a contrast of 4.5 on any. @param {string} hex */
  const textOn = (hex) => ((luminance(hex) + 0.05) ** 2 > 1.05 * 0.05 ? "#000000" : "#ffffff");

  return { signed, amount, grey, textOn };
})();
