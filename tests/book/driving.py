"""How tests drive a widget: by its state and by the names that all widgets give to their parts."""


def state(widget) -> dict:
    """Return settings and results."""
    return widget.evaluate("widget => widget.state")


def change(widget, **settings) -> dict:
    """Set settings and return the new state."""
    widget.evaluate("(widget, settings) => { widget.state = settings }", settings)
    return state(widget)


def wait_for_address(widget) -> str:
    """Wait until the address tells the present settings, which it does a moment after the last change."""
    widget.page.wait_for_function(
        """widget => JSON.stringify(CNNBook.fragment.read(widget.key()) ?? {})
          === JSON.stringify(widget.differences())""",
        arg=widget.element_handle(),
    )
    return widget.page.url


def status(widget) -> str:
    """Return what the widget says in words."""
    return widget.locator("[data-role=status]").inner_text()


def problems(widget) -> int:
    """Return how many complaints the widget shows."""
    return widget.locator("[data-role=status].problem").count()


def cell(widget, grid: str, row: int, column: int):
    """Return a cell of a grid."""
    return widget.locator(f'[data-grid={grid}] [data-r="{row}"][data-c="{column}"]')


def shown(widget, grid: str) -> list[list[float]]:
    """Return the numbers that a grid shows."""
    texts = widget.locator(f"[data-grid={grid}] tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )
    return [[float(text.replace("−", "-").replace(",", "")) for text in row] for row in texts]


def tab_through(widget, work=lambda name: None) -> dict[str, str]:
    """Press Tab until the widget is left; return the parts reached, each with its focus ring's style.

    `work` is called with each part's name while the part has the focus.
    """
    keyboard, reached = widget.page.keyboard, {}
    for _ in range(60):
        keyboard.press("Tab")
        found = widget.evaluate(
            """widget => {
              const part = document.activeElement;
              if (!widget.contains(part)) return null;
              const ring = part.type === "radio" ? part.nextElementSibling : part;
              const { param, action } = part.dataset;
              const name = param ?? action ?? part.closest("table")?.dataset.grid;
              return [name, getComputedStyle(ring).outlineStyle];
            }"""
        )
        if found is None:
            break
        reached[found[0]] = found[1]
        work(found[0])
    return reached


def paste(target, text: str) -> None:
    """Paste a text into an element."""
    target.evaluate(
        """(element, text) => {
          element.focus();
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", text);
          const options = { clipboardData, bubbles: true, cancelable: true };
          element.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        text,
    )


def small_targets(widget) -> int:
    """Return how many things to touch are smaller than 22 pixels in one direction."""
    return widget.locator("td[contenteditable], button, select, input[type=range]").evaluate_all(
        """all => all.map(element => element.getBoundingClientRect())
          .filter(({ width, height }) => width && (width < 22 || height < 22)).length"""
    )
