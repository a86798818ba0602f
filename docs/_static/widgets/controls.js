// Controls that all widgets share: sliders with their read-out, choices, buttons, a player for steps.
"use strict";
var CNNBook = CNNBook || {};

CNNBook.controls = (() => {
  const { tag, set } = CNNBook;
  const _ = CNNBook.text;
  const SECONDS = 0.7; // from one step to the next
  let labels = 0;

  /**
   * A slider, its name and its read-out.
   * @param {{ name: string, label: string, min: number, max: number, step?: number,
   *   write?: (value: number) => string, change: (value: number) => void }} options
   */
  function slider({ name, label, min, max, step = 1, write = (value) => CNNBook.number(value), change }) {
    const input = tag("input", { type: "range", "data-param": name, min, max, step });
    const output = tag("output", { "data-value": name });
    input.addEventListener("input", () => change(Number(input.value)));
    const element = tag("label", { class: "field" }, tag("span", {}, label), input, output);
    /** @param {number} value */
    function show(value) {
      input.value = String(value);
      output.textContent = write(value);
      input.setAttribute("aria-valuetext", output.textContent);
    }
    /** @param {number} low @param {number} high */
    const range = (low, high) => set(input, { min: low, max: high });
    return { element, input, show, range };
  }

  /**
   * A whole number to type. What is not one within the limits is refused with words and the last one kept.
   * @param {{ name: string, label: string, min: number, max: number, change: (value: number) => void,
   *   complain: (words: string) => void, settle: () => void }} options `settle`: back to the last good number.
   */
  function number({ name, label, min, max, change, complain, settle }) {
    const input = tag("input", { type: "number", "data-param": name, min, max, step: 1, inputmode: "numeric" });
    let last = min;
    input.addEventListener("input", () => {
      const [value, wrong] = [input.valueAsNumber, !input.checkValidity() || Number.isNaN(input.valueAsNumber)];
      set(input, { "aria-invalid": wrong ? "true" : null });
      if (wrong) complain(_("{label}: a whole number from {min} to {max}, please. It stays {last}.", { label, min, max, last }));
      else change(value);
    });
    input.addEventListener("blur", () => {
      if (!input.hasAttribute("aria-invalid")) return;
      input.removeAttribute("aria-invalid");
      settle();
    });
    const element = tag("label", { class: "field" }, tag("span", {}, label), input);
    /** @param {number} value */
    function show(value) {
      last = value;
      if (!input.hasAttribute("aria-invalid") && input.valueAsNumber !== value) input.value = String(value);
    }
    return { element, input, show };
  }

  /**
   * A choice of one among several: native radio buttons, drawn as a row of buttons.
   * @param {{ name: string, label: string, options: [string, string][], change: (value: string) => void }} options
   *   Pairs of value and words.
   */
  function choice({ name, label, options, change }) {
    labels += 1;
    const group = `choice-${labels}`;
    const inputs = options.map(([value]) =>
      tag("input", { type: "radio", name: group, value, "data-param": name, onchange: () => change(value) }));
    const buttons = options.map(([, words], at) => tag("label", {}, inputs[at], tag("span", {}, words)));
    const legend = tag("span", { id: group }, label);
    const element = tag("div", { class: "field choice", role: "radiogroup", "aria-labelledby": group }, legend,
      tag("span", { class: "options" }, ...buttons));
    /** @param {string} value */
    function show(value) {
      for (const input of inputs) input.checked = input.value === value;
    }
    return { element, inputs, show };
  }

  /**
   * A menu.
   * @param {{ name: string, label: string, options: [string, string][], change: (value: string) => void }} options
   */
  function menu({ name, label, options, change }) {
    const input = tag("select", { "data-param": name },
      ...options.map(([value, words]) => tag("option", { value }, words)));
    input.addEventListener("change", () => change(input.value));
    const element = tag("label", { class: "field" }, tag("span", {}, label), input);
    /** @param {string} value */
    function show(value) { input.value = value; }
    return { element, input, show };
  }

  /**
   * A check box.
   * @param {{ name: string, label: string, change: (value: boolean) => void }} options
   */
  function tick({ name, label, change }) {
    const input = tag("input", { type: "checkbox", "data-param": name });
    input.addEventListener("change", () => change(input.checked));
    const element = tag("label", { class: "field tick" }, input, tag("span", {}, label));
    /** @param {boolean} value */
    function show(value) { input.checked = value; }
    return { element, input, show };
  }

  /**
   * A button.
   * @param {string} action Such as "reset". @param {string} words @param {() => void} press
   */
  const button = (action, words, press) =>
    tag("button", { type: "button", "data-action": action, onclick: press }, words);

  /**
   * A player for steps 0 to count - 1: back, play, next, and a slider to scrub.
   * With less motion asked for, play goes to the last step at once.
   * @param {{ label: string, change: (step: number) => void, playing?: (on: boolean) => void }} options
   */
  function player({ label, change, playing = () => {} }) {
    let [step, count, timer] = [0, 1, 0];
    const scrub = tag("input", { type: "range", "data-param": "step", min: 0, "aria-label": label });
    const play = button("play", _("Play"), () => (timer ? stop() : start()));
    const back = button("prev", _("Back"), () => go(step - 1));
    const next = button("next", _("Forward"), () => go(step + 1));
    scrub.addEventListener("input", () => go(Number(scrub.value)));
    const element = tag("div", { class: "player" }, back, play, next, scrub);

    function stop() {
      if (!timer) return;
      clearInterval(timer);
      timer = 0;
      play.textContent = _("Play");
      playing(false);
    }

    function start() {
      if (CNNBook.lessMotion()) {
        change(count - 1);
        return;
      }
      if (step >= count - 1) change(0);
      play.textContent = _("Pause");
      playing(true);
      timer = window.setInterval(() => {
        if (!element.isConnected || step >= count - 1) stop();
        else change(step + 1);
      }, SECONDS * 1000);
    }

    /** @param {number} wanted */
    function go(wanted) {
      stop();
      change(Math.min(Math.max(wanted, 0), count - 1));
    }

    /** @param {number} at @param {number} of @param {string} [words] What the slider is at, for screen readers. */
    function show(at, of, words = "") {
      [step, count] = [at, of];
      set(scrub, { max: Math.max(of - 1, 0), disabled: of < 2, "aria-valuetext": words || null });
      scrub.value = String(at);
      set(back, { "aria-disabled": at <= 0 ? "true" : null });
      set(next, { "aria-disabled": at >= of - 1 ? "true" : null });
      set(play, { disabled: of < 2 });
    }
    return { element, show, stop };
  }

  return { slider, number, choice, menu, tick, button, player };
})();
