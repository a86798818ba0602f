// The base of all widgets: state, the address bar, the line of words that says what happens.
"use strict";
var CNNBook = CNNBook || {};

/** What the part of the address behind "#" holds: `#cnn-dice={"total":7}`, several joined by "&". */
CNNBook.fragment = (() => {
  /** @returns {Map<string, string>} */
  function entries() {
    const parts = location.hash.slice(1).split("&").filter((part) => part.includes("="));
    return new Map(parts.map((part) => [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)]));
  }

  return {
    /** @returns {HTMLElement | null} The section that the address names beside the settings: `#section&cnn-dice={…}`. */
    place: () => document.getElementById(decodeURIComponent(location.hash.slice(1).split("&")[0])),

    /**
     * Read what the address says of one widget.
     * @param {string} key
     * @returns {any} Undefined where it says nothing, null where it cannot be read.
     */
    read(key) {
      const text = entries().get(key);
      if (text === undefined) return undefined;
      try {
        const value = JSON.parse(decodeURIComponent(text));
        return value && typeof value === "object" && !Array.isArray(value) ? value : null;
      } catch {
        return null;
      }
    },

    /**
     * Write one widget's state into the address, without a step in the browser's history.
     * @param {string} key @param {object} value An empty one takes the entry away.
     */
    write(key, value) {
      const all = entries();
      if (Object.keys(value).length) all.set(key, encodeURIComponent(JSON.stringify(value)));
      else if (!all.delete(key)) return;
      const hash = [...all].map(([name, text]) => `${name}=${text}`).join("&");
      history.replaceState(history.state, "", hash ? `#${hash}` : location.href.replace(/#.*/, ""));
    },
  };
})();

/**
 * A widget has `settings`, plain JSON that the reader changes. A subclass says what is opened with (`opening`),
 * builds its elements once (`build`), brings them up to date (`render`), and names what is wrong: `malformed`
 * with a value that cannot be taken, `problem` with settings that can be shown but make no sense together.
 */
CNNBook.Widget = class extends HTMLElement {
  /** @type {Record<string, any>} */
  settings = {};
  /** @type {Record<string, any>} */
  opening = {};
  body = CNNBook.tag("div", { class: "widget", role: "group" });
  status = CNNBook.tag("p", { "data-role": "status", role: "status", "aria-live": "polite" });
  #built = false;
  #timer = 0;

  connectedCallback() {
    if (this.#built) return;
    this.#built = true;
    this.opening = { ...this.initial(), ...this.pageState() };
    this.settings = structuredClone(this.opening);
    this.body.setAttribute("aria-label", this.label());
    this.build();
    this.append(this.body);
    this.refresh();
    this.#restore(true);
    addEventListener("hashchange", () => this.#restore(false));
  }

  /** @returns {string} The widget's name for screen readers. */
  label() { return ""; }
  /** @returns {Record<string, any>} What is opened with where the page does not say. */
  initial() { return {}; }
  /** @returns {Record<string, any>} The settings that the page opens with, where it says. */
  pageState() { return JSON.parse(this.dataset.state ?? "{}"); }
  /** Make the elements, once, in `this.body`. */
  build() {}
  /** Bring the elements up to date with `this.settings`. @returns {void} */
  render() {}
  /** @param {Record<string, any>} _settings @returns {string} Why this cannot be taken; empty if it can. */
  malformed(_settings) { return ""; }
  /** @returns {string} What is wrong with the present settings; empty if nothing is. */
  problem() { return ""; }
  /** @returns {Record<string, any>} What `state` tells beyond the settings. */
  results() { return {}; }

  /** Settings and results, plain JSON. */
  get state() { return structuredClone({ ...this.settings, ...this.results() }); }
  set state(value) { this.change(value); }

  /**
   * Take new settings, show them and note them in the address; refuse what cannot be taken, with a message.
   * @param {Record<string, any>} changes
   * @returns {boolean} Whether they were taken.
   */
  change(changes) {
    const known = Object.entries(changes ?? {}).filter(([name]) => name in this.opening);
    const wanted = { ...this.settings, ...structuredClone(Object.fromEntries(known)) };
    const refusal = this.malformed(wanted);
    if (refusal) {
      this.complain(refusal);
      return false;
    }
    this.settings = wanted;
    this.refresh();
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.keep(), 200);
    return true;
  }

  /** Note the settings in the address now and not a moment later: the reader is about to go. */
  keep() {
    clearTimeout(this.#timer);
    CNNBook.fragment.write(this.key(), this.differences());
  }

  /** Back to the opening state. */
  reset() { this.change(this.opening); }

  /** Show the settings, and what is wrong with them if anything is. */
  refresh() {
    const problem = this.problem();
    this.body.classList.toggle("has-problem", problem !== "");
    this.render();
    if (problem) this.complain(problem);
  }

  /** Say in words what happens. @param {string} words */
  say(words) {
    this.status.classList.remove("problem");
    if (this.status.textContent !== words) this.status.textContent = words;
  }

  /** Say what is wrong. @param {string} words */
  complain(words) {
    this.say(words);
    this.status.classList.add("problem");
  }

  /** @returns {string} The widget's name in the address: its id, which the page gives. */
  key() { return this.id || this.localName; }

  /** @returns {Record<string, any>} The settings that are not as at the opening. */
  differences() {
    const same = (/** @type {string} */ name) =>
      JSON.stringify(this.settings[name]) === JSON.stringify(this.opening[name]);
    return Object.fromEntries(Object.entries(this.settings).filter(([name]) => !same(name)));
  }

  /** @param {boolean} first Whether the page has just been opened. */
  #restore(first) {
    const _ = CNNBook.text;
    const given = CNNBook.fragment.read(this.key());
    if (given === undefined) return;
    if (given === null) this.complain(_("The settings in the address cannot be read, so these are the usual ones."));
    else this.change({ ...this.opening, ...given });
    const target = CNNBook.fragment.place() ?? this.closest("figure") ?? this;
    if (first) target.scrollIntoView({ block: "start", behavior: "instant" });
  }
};
