// What every widget needs: words, numbers, elements. A plain script, for modules do not load from file://.
// Texts stand in _() as one literal in double quotes: the build puts in those of the page's language.
"use strict";
var CNNBook = CNNBook || {};

/**
 * Put values into a text: `text("{n} cells", { n: 3 })` is "3 cells".
 * @param {string} message
 * @param {Record<string, string | number>} [values] Numbers are written in the page's language.
 * @returns {string}
 */
CNNBook.text = (message, values = {}) =>
  message.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === "number" ? CNNBook.number(value) : value;
  });

/**
 * Write a number as the page's language does, with a true minus sign.
 * @param {number} value
 * @param {number} [digits] Most digits behind the point, 2 if none are named.
 * @returns {string}
 */
CNNBook.number = (value, digits = 2) => {
  const rounded = Number(value.toFixed(digits)) + 0; // no minus zero
  return rounded.toLocaleString(document.documentElement.lang, { maximumFractionDigits: digits }).replace("-", "−");
};

/**
 * Write a share as a percentage, as the page's language does.
 * @param {number} share From 0 to 1.
 * @returns {string}
 */
CNNBook.percent = (share) => {
  const write = (/** @type {number} */ value) =>
    value.toLocaleString(document.documentElement.lang, { style: "percent", maximumFractionDigits: 1 });
  return share > 0.999 && share < 1 ? `> ${write(0.999)}` : write(share); // what is not certain is not written so
};

/**
 * Put sentences one after another: Chinese ones without a space.
 * @param {...string} parts Empty ones are left out.
 * @returns {string}
 */
CNNBook.sentences = (...parts) =>
  parts.filter(Boolean).join(document.documentElement.lang.startsWith("zh") ? "" : " ");

/**
 * Write a number so that nothing is lost where that is short: 3, 0.25, 1/9; else two digits behind the point.
 * @param {number} value
 * @returns {string}
 */
CNNBook.exact = (value) => {
  const is = (/** @type {number} */ x) => Math.abs(x - Math.round(x)) < 1e-9;
  if (is(value * 100)) return CNNBook.number(value);
  for (let below = 3; below <= 64; below += 1) {
    if (is(value * below)) return `${CNNBook.number(Math.round(value * below))}/${below}`;
  }
  return CNNBook.number(value);
};

/**
 * Read a number as a reader types it: "3", "-0.5", "−1", "1/9", full-width digits too.
 * @param {string} typed
 * @returns {number} NaN where it is not a number.
 */
CNNBook.parse = (typed) => {
  const plain = typed.normalize("NFKC").replace(/[−–]/g, "-").replace(/\s/g, "");
  const form = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:\/(\d+\.?\d*))?$/.exec(plain);
  if (!form) return Number.NaN;
  const value = Number(form[1]) / Number(form[2] ?? 1);
  return Math.abs(value) <= 1e6 ? value : Number.NaN;
};

/**
 * Make an element.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, any>} [attributes] Attributes; a function `onclick` listens; false and null are left out.
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
CNNBook.tag = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  CNNBook.set(made, attributes);
  made.append(...children);
  return made;
};

/**
 * Make an element of a drawing.
 * @template {keyof SVGElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, any>} [attributes]
 * @param {...(Node | string)} children
 * @returns {SVGElementTagNameMap[Name]}
 */
CNNBook.svg = (name, attributes = {}, ...children) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  CNNBook.set(made, attributes);
  made.append(...children);
  return made;
};

/**
 * Set attributes; a function `onclick` listens, null and false take an attribute away, true sets it.
 * @param {Element} element
 * @param {Record<string, any>} attributes
 */
CNNBook.set = (element, attributes) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === null || value === undefined || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
};

/**
 * Tell whether the reader's system asks for less motion.
 * @returns {boolean}
 */
CNNBook.lessMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/**
 * Tell whether the pointer has moved: browsers also send moves when the page shifts under one at rest.
 * @returns {boolean}
 */
CNNBook.pointerMoved = (() => {
  let [moved, last] = [false, ""];
  addEventListener("pointermove", ({ screenX, screenY }) => {
    const place = `${screenX},${screenY}`;
    [moved, last] = [place !== last, place];
  }, { capture: true }); // before any widget hears of it
  return () => moved;
})();
