// Grids of numbers: tables that are read, edited and walked through by keyboard like a spreadsheet.
"use strict";
var CNNBook = CNNBook || {};

/**
 * @typedef {[number, number]} Cell Row and column.
 * @typedef {{ text?: string, className?: string, background?: string, share?: number, mark?: string, fixed?: boolean }} Look
 *   How a cell is shown: its text (its number if not said), classes, colour, a share from 0 to 1 that the style
 *   sheet tints it by, a small mark in its corner, and whether it cannot be edited.
 */

/**
 * One grid. Arrow keys, Home and End move; typing replaces a number; a table pasted into a cell fills the cells
 * to its right and below. Rows and columns are counted from `first`, so that padding has negative ones.
 */
CNNBook.Grid = class {
  table = CNNBook.tag("table", { role: "grid" });
  element = CNNBook.tag("div", { class: "grid" }, this.table);
  #caption = CNNBook.tag("caption");
  #body = CNNBook.tag("tbody", { role: "rowgroup" });
  /** @type {HTMLTableCellElement[][]} */
  #cells = [];
  /** @type {number[][]} */
  #values = [];
  /** @type {Cell} */
  #first = [0, 0];
  /** @type {Cell} The cell that the Tab key reaches. */
  #at = [0, 0];
  #options;

  /**
   * @param {{ name: string, edit?: (changes: [number, number, number][]) => void,
   *   point?: (row: number, column: number) => void, complain?: (words: string) => void }} options
   *   `edit` gets rows, columns and new numbers; `point` is told which cell the reader has gone to.
   */
  constructor(options) {
    this.#options = options;
    CNNBook.set(this.table, { "data-grid": options.name });
    this.table.append(this.#caption, this.#body);
    this.#listen();
  }

  /**
   * Show numbers.
   * @param {number[][]} values NaN for a cell that has none yet.
   * @param {{ caption: string, first?: Cell, look?: (row: number, column: number, value: number) => Look }} options
   */
  show(values, { caption, first = [0, 0], look = () => ({}) }) {
    this.#first = first;
    this.#values = values;
    if (this.#caption.textContent !== caption) this.#caption.textContent = caption;
    CNNBook.set(this.table, { "aria-label": caption });
    if (values.length !== this.#cells.length || values[0]?.length !== this.#cells[0]?.length) this.#make();
    values.forEach((row, r) => row.forEach((value, c) => {
      this.#draw(this.#cells[r][c], value, r + first[0], c + first[1], look(r + first[0], c + first[1], value));
    }));
    this.#rove(this.#at);
  }

  /** @param {number} row @param {number} column */
  cell(row, column) { return this.#cells[row - this.#first[0]]?.[column - this.#first[1]]; }

  /** Let the Tab key reach this cell. @param {number} row @param {number} column */
  reach(row, column) { this.#rove([row - this.#first[0], column - this.#first[1]]); }

  #make() {
    this.#cells = this.#values.map((row) => row.map(() => CNNBook.tag("td", { role: "gridcell", tabindex: -1 })));
    this.#body.replaceChildren(...this.#cells.map((row) => CNNBook.tag("tr", { role: "row" }, ...row)));
  }

  /**
   * @param {HTMLTableCellElement} cell @param {number} value @param {number} r @param {number} c @param {Look} look
   */
  #draw(cell, value, r, c, look) {
    const text = look.text ?? (Number.isNaN(value) ? "" : CNNBook.exact(value));
    const editable = this.#options.edit !== undefined && !look.fixed;
    CNNBook.set(cell, { "data-r": r, "data-c": c, "data-mark": look.mark || null,
      "aria-readonly": this.#options.edit && look.fixed ? "true" : null });
    if (this.#options.name === "kernel") CNNBook.set(cell, { "data-kernel": `${r},${c}` });
    if (editable !== cell.isContentEditable) this.#setEditable(cell, editable);
    const typing = editable && document.activeElement === cell;
    if (!typing && cell.textContent !== text) cell.textContent = text;
    cell.className = `${look.className ?? ""}${text.length > 4 ? " long" : ""}`;
    cell.style.backgroundColor = look.background ?? "";
    if (look.share !== undefined) cell.style.setProperty("--share", String(look.share));
    cell.style.color = look.background ? CNNBook.colour.textOn(look.background) : "";
  }

  /** @param {HTMLTableCellElement} cell @param {boolean} editable */
  #setEditable(cell, editable) {
    const on = editable || null;
    CNNBook.set(cell, { contenteditable: on && "plaintext-only", spellcheck: on && "false", enterkeyhint: on && "next" });
    if (editable && !cell.isContentEditable) cell.contentEditable = "true"; // a browser without plaintext-only
  }

  /** @param {Cell} at Counted from the table's corner. */
  #rove([row, column]) {
    this.#cells[this.#at[0]]?.[this.#at[1]]?.setAttribute("tabindex", "-1");
    const r = Math.min(Math.max(row, 0), this.#cells.length - 1);
    const c = Math.min(Math.max(column, 0), (this.#cells[0]?.length ?? 0) - 1);
    this.#at = [r, c];
    this.#cells[r]?.[c]?.setAttribute("tabindex", "0");
  }

  #listen() {
    this.table.addEventListener("keydown", (event) => this.#key(event));
    this.table.addEventListener("focusin", (event) => this.#enter(event));
    this.table.addEventListener("focusout", (event) => this.#leave(event));
    this.table.addEventListener("click", (event) => this.#select(event.target));
    this.table.addEventListener("input", (event) => this.#type(event));
    this.table.addEventListener("paste", (event) => this.#paste(event));
  }

  /** @param {EventTarget | null} target @returns {Cell | undefined} Counted from the table's corner. */
  #place(target) {
    const cell = target instanceof Element ? target.closest("td") : null;
    if (!cell) return undefined;
    return [Number(cell.dataset.r) - this.#first[0], Number(cell.dataset.c) - this.#first[1]];
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const at = this.#place(event.target);
    if (!at || event.altKey || event.metaKey) return;
    event.stopPropagation(); // what is typed into a cell is no shortcut of the page
    const [rows, columns] = [this.#cells.length - 1, this.#cells[0].length - 1];
    /** @type {Record<string, Cell>} */
    const moves = {
      ArrowUp: [at[0] - 1, at[1]], ArrowDown: [at[0] + 1, at[1]], Enter: [at[0] + 1, at[1]],
      ArrowLeft: [at[0], at[1] - 1], ArrowRight: [at[0], at[1] + 1],
      Home: [event.ctrlKey ? 0 : at[0], 0], End: [event.ctrlKey ? rows : at[0], columns],
    };
    if (event.key === "Escape") this.#restore(/** @type {HTMLElement} */ (event.target));
    const to = moves[event.key];
    if (!to || event.isComposing) return;
    event.preventDefault();
    this.#rove(to);
    this.#cells[this.#at[0]][this.#at[1]].focus();
  }

  /** @param {FocusEvent} event */
  #enter(event) {
    const at = this.#place(event.target);
    if (!at) return;
    this.#rove(at);
    this.#select(event.target);
    this.#options.point?.(at[0] + this.#first[0], at[1] + this.#first[1]);
  }

  /** Select a number, so that typing replaces it. @param {EventTarget | null} target */
  #select(target) {
    if (target instanceof HTMLElement && target.isContentEditable) getSelection()?.selectAllChildren(target);
  }

  /** @param {FocusEvent} event */
  #leave(event) {
    if (event.target instanceof HTMLElement) this.#restore(event.target);
  }

  /** Show the cell's number again, whatever was typed. @param {HTMLElement} cell */
  #restore(cell) {
    const at = this.#place(cell);
    if (!at || !cell.isContentEditable) return;
    cell.removeAttribute("aria-invalid");
    cell.textContent = CNNBook.exact(this.#values[at[0]][at[1]]);
  }

  /** @param {Event} event */
  #type(event) {
    const cell = /** @type {HTMLElement} */ (event.target);
    const at = this.#place(cell);
    if (!at) return;
    const typed = cell.textContent ?? "";
    const value = CNNBook.parse(typed);
    CNNBook.set(cell, { "aria-invalid": Number.isNaN(value) ? "true" : null });
    if (Number.isNaN(value)) this.#refuse(at, typed);
    else this.#options.edit?.([[at[0] + this.#first[0], at[1] + this.#first[1], value]]);
  }

  /** @param {Cell} at @param {string} typed */
  #refuse([r, c], typed) {
    const _ = CNNBook.text;
    const place = { r: r + this.#first[0], c: c + this.#first[1], old: CNNBook.exact(this.#values[r][c]) };
    const text = typed.trim().slice(0, 20);
    this.#options.complain?.(text
      ? _("Row {r}, column {c}: “{text}” is not a number. The cell keeps {old}.", { ...place, text })
      : _("Row {r}, column {c} is empty. The cell keeps {old} until you type a number.", place));
  }

  /** @param {ClipboardEvent} event */
  #paste(event) {
    const at = this.#place(event.target);
    if (!at || !this.#options.edit) return;
    event.preventDefault();
    const pasted = event.clipboardData?.getData("text/plain").trim() ?? "";
    const rows = pasted.split(/\r?\n/).map((line) => line.trim().split(/\s*[\t,;，；]\s*|\s+/));
    /** @type {[number, number, number][]} */
    const changes = [];
    rows.forEach((row, r) => row.forEach((text, c) => {
      const cell = this.#cells[at[0] + r]?.[at[1] + c];
      if (cell?.isContentEditable) changes.push([Number(cell.dataset.r), Number(cell.dataset.c), CNNBook.parse(text)]);
    }));
    if (changes.some(([, , value]) => Number.isNaN(value))) {
      this.#refuse(at, pasted);
      return;
    }
    this.#options.edit(changes);
    this.#restore(/** @type {HTMLElement} */ (event.target));
  }
};
