"""What search engines read: the sitemap over both languages with their pairs, and robots.txt."""

from pathlib import Path
from xml.sax.saxutils import escape

from generator.labels import LANGUAGES
from generator.site.shell import PARALLEL, UNLISTED, Frame, address

SITEMAP_NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)


def sitemap(frame: Frame) -> str:
    """The sitemap as XML: each page in each language, with its pair as alternate."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<urlset {SITEMAP_NAMESPACES}>"]
    for path in sorted(frame.pages["vi"] & frame.pages["lo"]):
        if path in UNLISTED or path.startswith(f"{PARALLEL}/"):
            continue
        urls = {language: escape(frame.absolute(address(language, path))) for language in LANGUAGES}
        pairs = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language}" href="{url}"/>'
            for language, url in urls.items()
        )
        lines += [f"<url><loc>{url}</loc>{pairs}</url>" for url in urls.values()]
    lines.append("</urlset>")
    return "\n".join(lines) + "\n"


def robots(frame: Frame) -> str:
    """robots.txt: everything may be read; the sitemap's address where the site's own is known."""
    said = "User-agent: *\nAllow: /\n"
    if frame.settings.site_url:
        said += f"Sitemap: {frame.settings.site_url}sitemap.xml\n"
    return said


def write(site_dir: Path, frame: Frame) -> None:
    """Write both files. A sitemap holds whole addresses only, so without `site_url` there is none."""
    (site_dir / "robots.txt").write_text(robots(frame), encoding="utf-8")
    if frame.settings.site_url:
        (site_dir / "sitemap.xml").write_text(sitemap(frame), encoding="utf-8")
