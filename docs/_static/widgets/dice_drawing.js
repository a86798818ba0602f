// What the dice show: the table of products, the two strips, the bars of all sums, the chance as a fraction.
"use strict";
var CNNBook = CNNBook || {};

CNNBook.drawDice = (() => {
  const { tag, svg, chances } = CNNBook;
  const _ = CNNBook.text;
  /** @typedef {InstanceType<typeof CNNBook.Dice>} Dice */
  const HIGH = 110; // of the bars

  /** The pairs of faces, or of a face and a sum, that make the total. @param {Dice} widget @param {number[]} others */
  function pairs(widget, others) {
    const { blue, total, dice } = widget.settings;
    return blue.map((/** @type {number} */ weight, /** @type {number} */ i) => ({ i, j: total - dice - i, a: weight, b: others[total - dice - i] }))
      .filter((/** @type {{ b: number | undefined }} */ { b }) => b !== undefined);
  }

  /** @param {Dice} widget @param {number[]} others */
  function drawTable(widget, others) {
    const { blue, total, dice } = widget.settings;
    const products = blue.map((/** @type {number} */ a) => others.map((b) => a * b));
    const most = Math.max(1, ...products.flat());
    const crowded = dice > 2;
    widget.board?.classList.toggle("crowded", crowded);
    widget.table?.show(products, {
      caption: crowded
        ? _("products of the weights; blue faces go down, sums of the other dice go across")
        : _("products of the weights; blue faces go down, orange faces go across"),
      look: (r, c, value) => ({
        text: crowded ? "" : String(value),
        className: r + c + dice === total ? "lit" : "",
        share: value / most,
        mark: crowded ? "" : String(r + c + 2),
      }),
    });
    const first = Math.min(Math.max(total - dice, 0), 5);
    widget.table?.reach(first, total - dice - first);
  }

  /**
   * The orange strip, turned round, below the blue one: faces that stand above each other make the total.
   * @param {Dice} widget @param {number[]} others @param {{ i: number, j: number, a: number, b: number }[]} met
   */
  function drawStrips(widget, others, met) {
    const { blue, total, dice } = widget.settings;
    const [side, width] = [others.length - 1, 6 + 2 * (others.length - 1)];
    const size = 272 / width;
    const legible = dice === 2;
    if (widget.strips?.dataset.shape !== `${width}`) makeStrips(widget, side, size, legible);
    const drawing = /** @type {SVGSVGElement} */ (widget.strips?.firstElementChild);
    const [fixed, sliding] = [...drawing.querySelectorAll("g")];
    sliding.style.transform = `translateX(${(total - dice) * size}px)`;
    const high = [Math.max(1, ...blue), Math.max(1, ...others)];
    [blue, [...others].reverse()].forEach((weights, line) => [fixed, sliding][line].querySelectorAll("rect").forEach((rect, at) => {
      rect.style.fillOpacity = String(0.12 + (0.5 * weights[at]) / high[line]);
    }));
    const frame = /** @type {SVGRectElement} */ (drawing.querySelector(".frame"));
    CNNBook.set(frame, { x: (side + met[0].i) * size, width: met.length * size });
    drawing.querySelectorAll(".product").forEach((text, i) => {
      const pair = met.find((one) => one.i === i);
      text.textContent = pair && legible ? String(pair.a * pair.b) : "";
    });
    drawing.setAttribute("aria-label", _("The orange strip, turned round, below the blue one. Places above each other add up to {total}.", { total }));
  }

  /** @param {Dice} widget @param {number} side @param {number} size @param {boolean} legible */
  function makeStrips(widget, side, size, legible) {
    const row = (/** @type {number[]} */ names, /** @type {string} */ kind, /** @type {number} */ left, /** @type {number} */ top) => svg("g", { class: kind },
      ...names.flatMap((name, at) => [
        svg("rect", { x: (left + at) * size, y: top, width: size, height: 30 }),
        ...(legible ? [svg("text", { x: (left + at + 0.5) * size, y: top + 20 }, String(name))] : []),
      ]));
    const count = side + 1;
    const names = Array.from({ length: count }, (_one, at) => count - at);
    const drawing = svg("svg", { viewBox: "0 0 272 108", role: "img" },
      row([1, 2, 3, 4, 5, 6], "blue", side, 4),
      row(names, "orange", 0, 36),
      svg("rect", { class: "frame", y: 2, height: 66 }),
      ...Array.from({ length: 6 }, (_one, at) => svg("text", { class: "product", x: (side + at + 0.5) * size, y: 86 })));
    widget.strips?.replaceChildren(drawing);
    if (widget.strips) widget.strips.dataset.shape = String(6 + 2 * side);
  }

  /** @param {Dice} widget @param {number[]} sums */
  function drawBars(widget, sums) {
    const { total, dice } = widget.settings;
    const [all, most, size] = [chances.total(sums) || 1, Math.max(1, ...sums), 272 / sums.length];
    const bars = sums.flatMap((weight, at) => {
      const [sum, high] = [at + dice, (HIGH * weight) / most];
      const kind = sum === total ? "now" : sum < total ? "built" : "later";
      return [
        svg("rect", { class: `bar ${kind}`, x: at * size + 1, y: HIGH - high + 4, width: size - 2, height: high }),
        svg("rect", { class: "catch", x: at * size, y: 0, width: size, height: HIGH + 22, onclick: () => widget.goTo(sum) },
          svg("title", {}, `${sum}: ${chances.written(chances.reduced(weight, all))}`)),
        ...(size > 14 || at % 2 === 0 ? [svg("text", { class: kind, x: (at + 0.5) * size, y: HIGH + 20 }, String(sum))] : []),
      ];
    });
    const label = _("Chances of all sums, as bars. The likeliest sum is {sum}.", { sum: sums.indexOf(most) + dice });
    widget.bars?.replaceChildren(svg("svg", { viewBox: `0 0 272 ${HIGH + 26}`, role: "img", "aria-label": label }, ...bars));
  }

  /** The chance of the total, written out. @param {Dice} widget @param {{ a: number, b: number }[]} met @param {number[]} sums */
  function drawSum(widget, met, sums) {
    const { total, dice } = widget.settings;
    const [ways, all] = [sums[total - dice], chances.total(sums)];
    const terms = met.flatMap(({ a, b }, at) => [at ? " + " : "",
      tag("span", { class: "term" }, tag("span", { class: "blue-name" }, String(a)), "·", tag("span", { class: "orange-name" }, String(b)))]);
    const shortest = chances.written(chances.reduced(ways, all));
    const found = chances.reduced(ways, all)[1] === all ? [] : [`${ways}/${all} = `];
    widget.sum?.replaceChildren(`P(${_("sum")} = `, tag("b", { "data-value": "total" }, String(total)), ") = (", ...terms,
      `) / ${all} = `, ...found, tag("b", { class: "output-name", "data-value": "probability" }, shortest));
    return shortest;
  }

  /** @param {Dice} widget */
  return (widget) => {
    const { total, dice } = widget.settings;
    const others = widget.others();
    const sums = widget.sums();
    const met = pairs(widget, others);
    drawTable(widget, others);
    drawStrips(widget, others, met);
    drawBars(widget, sums);
    widget.player?.show(total - dice, sums.length, String(total));
    if (widget.problem()) {
      widget.sum?.replaceChildren();
      return;
    }
    const chance = drawSum(widget, met, sums);
    const percent = CNNBook.number((100 * sums[total - dice]) / chances.total(sums), 1);
    widget.say(dice === 2
      ? _("Sum {total}: as the blue face goes up by one, the orange face goes down by one. Pairs: {n}. Chance: {chance}, that is {percent} %.", { total, n: met.length, chance, percent })
      : _("Sum {total}: each blue face meets what the {more} other dice must add. Places that meet: {n}. Chance: {chance}, that is {percent} %.", { total, more: dice - 1, n: met.length, chance, percent }));
  };
})();
