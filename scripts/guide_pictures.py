"""Takes the pictures of the guides for officials from the built site and its form, in both languages.

    python scripts/guide_pictures.py [--site site]

They lie in docs/{vi,lo}/contribute/media as WebP. The form is opened over a store in its own memory (Decap's `test-repo`), so
nothing is signed in to and nothing is saved. Needs Chromium.
"""

import argparse
import base64
import functools
import http.server
import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, Page, Route, sync_playwright

ROOT = Path(__file__).parent.parent
LANGUAGES = ("vi", "lo")
GATE = "lao-bao"
WIDE, HIGH = 760, 900
# A picture is drawn on a canvas of the browser, which writes WebP.
AS_WEBP = """
async (png) => {
  const image = await createImageBitmap(await (await fetch("data:image/png;base64," + png)).blob());
  const canvas = Object.assign(document.createElement("canvas"), {width: image.width, height: image.height});
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL("image/webp", 0.8).split(",")[1];
}
"""
MARKED = "(element) => { element.style.outline = '3px solid #b3261e'; element.style.outlineOffset = '3px'; }"


class Quiet(http.server.SimpleHTTPRequestHandler):
    """The site's files, without a log."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The site over HTTP; the address ends with a slash."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


class Album:
    """Takes pictures in a page of the browser; `workshop` is an empty page in which they are turned into WebP."""

    def __init__(self, page: Page, workshop: Page) -> None:
        self.page, self.workshop = page, workshop

    def take(
        self,
        name: str,
        part: Locator,
        *,
        until: Locator | None = None,
        languages: tuple[str, ...] = LANGUAGES,
    ) -> None:
        """The picture of an element, or from its top to the bottom of `until`, for the guides of `languages`."""
        part.scroll_into_view_if_needed()
        box, end = part.bounding_box(), (until or part).bounding_box()
        assert box and end
        clip = {
            "x": 0,
            "y": max(0, box["y"] - 10),
            "width": WIDE,
            "height": end["y"] + end["height"] - box["y"] + 20,
        }
        png = self.page.screenshot(full_page=True, clip=self._on_page(clip))
        webp = base64.b64decode(self.workshop.evaluate(AS_WEBP, base64.b64encode(png).decode("ascii")))
        for language in languages:
            target = ROOT / "docs" / language / "contribute" / "media" / f"{name}.webp"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(webp)
        print(f"{name}: {len(webp) / 1000:.1f} kB")

    def _on_page(self, clip: dict[str, float]) -> dict[str, float]:
        scrolled = self.page.evaluate("[window.scrollX, window.scrollY]")
        return {**clip, "x": clip["x"] + scrolled[0], "y": clip["y"] + scrolled[1]}


def in_memory(route: Route) -> None:
    """The form's configuration with a store of its own in place of the forge."""
    text = route.fetch().text()
    head, _equals, rest = text.partition(" = ")
    made = json.loads(rest.removesuffix(";\n"))
    made["config"]["backend"] = {"name": "test-repo"}
    route.fulfill(
        body=f"{head} = {json.dumps(made, ensure_ascii=False)};\n",
        content_type="text/javascript; charset=utf-8",
    )


def pages(album: Album, address: str) -> None:
    """The foot of a gate's page, where the way to correct it begins, and both languages side by side."""
    for language in LANGUAGES:
        folder = "lo/" if language == "lo" else ""
        album.page.goto(f"{address}{folder}gates/{GATE}.html")
        link = album.page.locator(f"a[href$='data/gates/{GATE}.yaml']")
        link.evaluate(MARKED)
        album.take("page-foot", link.locator("xpath=.."), languages=(language,))
        album.page.goto(f"{address}{folder}both/gates/{GATE}.html")
        album.take(
            "parallel",
            album.page.locator("h1").first,
            until=album.page.locator("h2").first,
            languages=(language,),
        )


def form(album: Album, address: str) -> None:
    """The form: a text in both languages, an hour in a list, the row above with the button to save, a new entry."""
    page = album.page
    entry = (ROOT / "data" / "gates" / f"{GATE}.yaml").read_text(encoding="utf-8")
    store = json.dumps({"data": {"gates": {f"{GATE}.yaml": {"content": entry}}}}, ensure_ascii=False)
    page.add_init_script(f"window.repoFiles = {store};")
    page.route("**/admin/config.js", in_memory)
    page.goto(f"{address}admin/index.html")
    page.get_by_text("Đăng nhập").click()
    page.get_by_role("link", name="Cửa khẩu / ດ່ານ").first.wait_for()
    # The fields scroll inside the page: a high window shows them all.
    page.set_viewport_size({"width": WIDE, "height": 4000})
    page.goto(f"{address}admin/index.html#/collections/gates/entries/{GATE}")
    blocks = page.locator(".pair").locator("xpath=..")
    blocks.nth(1).wait_for()
    album.take("form-pair", blocks.nth(0), until=blocks.nth(1))
    page.get_by_role("button", name="Lưu", exact=True).evaluate(MARKED)
    album.take("form-save", page.get_by_role("button", name="Lưu", exact=True).locator("xpath=../.."))
    hours = page.get_by_text("Giờ mở cửa / ເວລາເປີດ").first.locator("xpath=../..")
    hours.get_by_role("button").first.click()
    hours.get_by_role("button").nth(2).click()
    opens = hours.locator("input[id^=opens]").first
    opens.evaluate(MARKED)
    album.take("form-list", hours, until=hours.locator("input[id^=closes]").first)
    page.goto(f"{address}admin/index.html#/collections/gates/new")
    page.locator(".pair").first.wait_for()
    album.take("form-new", blocks.first, until=blocks.nth(1))


def main() -> None:
    """Take them all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, default=ROOT / "site")
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with served(parser.parse_args().site.resolve()) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(
            viewport={"width": WIDE, "height": HIGH}, color_scheme="light", service_workers="block"
        )
        album = Album(context.new_page(), browser.new_page())
        pages(album, address)
        form(album, address)
        browser.close()


if __name__ == "__main__":
    main()
