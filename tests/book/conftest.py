"""One browser for all tests that open pages."""

import shutil
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))


@pytest.fixture(scope="session")
def browser():
    from built_pages import FLAGS
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


def watch(page):
    """Let a page collect what a reader should never meet, and all that it asks for since it was opened."""
    page.troubles, page.asked = [], set()

    def note(request):
        if request.is_navigation_request():
            page.asked.clear()
        page.asked.add(request.url.partition("#")[0])

    page.on("request", note)
    page.on(
        "console",
        lambda message: message.type in {"error", "warning"} and page.troubles.append(message.text),
    )
    page.on("pageerror", lambda error: page.troubles.append(str(error)))
    # A page that is left asks no more for what it had begun to load; a missing file fails otherwise.
    page.on(
        "requestfailed",
        lambda request: (
            request.failure == "net::ERR_ABORTED" or page.troubles.append(f"failed: {request.url}")
        ),
    )
    page.on(
        "request",
        lambda request: (
            request.url.startswith(("file:", "data:")) or page.troubles.append(f"foreign: {request.url}")
        ),
    )
    return page


@pytest.fixture
def open_page(browser):
    """Return a function that opens a page by itself."""
    from built_pages import HTML

    contexts = []

    def open_(path: str, **options):
        context = browser.new_context(**options)
        contexts.append(context)
        page = watch(context.new_page())
        file, _, anchor = path.partition("#")
        page.goto((HTML / file).as_uri() + (f"#{anchor}" if anchor else ""))
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def one_page(browser):
    """One page for all that need no other: starting a process for each takes longer than loading it."""
    context = browser.new_context()
    page = watch(context.new_page())
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})  # a page asks as if it were the first
    yield page
    context.close()


@pytest.fixture
def open_widget(open_page, one_page):
    """Return a function that opens a widget on its page; afterwards nothing may have gone wrong there."""
    from built_pages import page_with, revisit

    opened = []

    def open_(name: str, language: str = "en", state: str = "", **options):
        path = page_with(name, language) + (f"#{name}={state}" if state else "")
        page = open_page(path, **options) if options else revisit(one_page, path)
        opened.append(page)
        return page.locator(name).first

    yield open_
    for page in opened:
        assert page.troubles == []


@pytest.fixture(scope="session")
def axe():
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


@pytest.fixture
def lone_widget(open_page, tmp_path):
    """Return a function that opens one widget on a page of its own, in English or in Chinese."""
    from widget_page import write_page

    def open_(kind: str, language: str = "en", anchor: str = "", **options):
        page = open_page(f"{write_page(tmp_path, kind, language)}{anchor and '#'}{anchor}", **options)
        page.widget = page.locator(kind)
        return page

    return open_
