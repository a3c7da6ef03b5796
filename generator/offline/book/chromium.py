"""Headless Chromium as a printer: it breaks Lao lines and sorts both languages by the rules of ICU."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Error, Page, sync_playwright

from generator.labels import Language

# Tried in this order; then what Playwright brought along.
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
VARIABLE = "HANDBOOK_CHROMIUM"

SORT = """([texts, language]) => {
  const collator = new Intl.Collator(language);
  return texts.map((text, n) => [text, n])
    .sort(([a, m], [b, n]) => collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : m - n)).map(([, n]) => n);
}"""


class PrinterMissing(Exception):
    """No Chromium that can be started."""


class Printer:
    """One page of a running Chromium."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def pdf(self, html: Path, *, draft: bool = False) -> bytes:
        """The page at `html` as a tagged PDF with an outline of its headings, in the size its own style says.

        A draft has neither tags nor outline: its pages are the same, and it is made in less time.
        """
        self._page.goto(html.resolve().as_uri(), wait_until="load")
        self._page.evaluate("document.fonts.ready.then(() => null)")
        return self._page.pdf(
            prefer_css_page_size=True, print_background=True, tagged=not draft, outline=not draft
        )

    def order(self, texts: Sequence[str], language: Language) -> list[int]:
        """The places of `texts` in the order of the language: Vietnamese tones after letters, Lao lead vowels after
        their consonant."""
        found: list[int] = self._page.evaluate(SORT, [list(texts), language])
        return found


@contextmanager
def printer() -> Iterator[Printer]:
    """A printer for as long as the block runs; PrinterMissing when none can be started.

    Nothing it prints may fetch anything: it is cut off from the network.
    """
    program = os.environ.get(VARIABLE) or next(filter(None, map(shutil.which, PROGRAMS)), None)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=program,
                args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            )
        except Error as error:
            raise PrinterMissing(
                f"Chromium cannot be started ({error.message.splitlines()[0]}); install it or name it in {VARIABLE}"
            ) from error
        try:
            page = browser.new_context(offline=True).new_page()
            page.set_default_timeout(600_000)
            yield Printer(page)
        finally:
            browser.close()
