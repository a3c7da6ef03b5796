"""What a web server is told agrees with what the pages say of themselves."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.site.headers import (
    META,
    WRITERS,
    allowed,
    headers_of_site,
    joined,
    parse_policy,
    policy_of_site,
)
from search.headers import SECURITY_HEADERS

GENERATOR = Path(__file__).parents[2] / "generator"
TEMPLATES = {
    "index.html": GENERATOR / "site/theme/base.html",
    "admin/index.html": GENERATOR / "editing/admin/index.html",
}
KINDS_OF_SOURCE = [
    "script-src",
    "style-src",
    "img-src",
    "font-src",
    "connect-src",
    "worker-src",
    "manifest-src",
    "object-src",
]


@pytest.fixture
def small_site(tmp_path: Path) -> Path:
    """The frames of the two kinds of pages, as a site."""
    for path, template in TEMPLATES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        age = '<body data-date="2026-11-21" data-age="92 183">'
        (tmp_path / path).write_text(age + template.read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def assert_refuses_nothing_of(header: dict[str, tuple[str, ...]], page: dict[str, tuple[str, ...]]) -> None:
    for directive in [*KINDS_OF_SOURCE, "base-uri", "form-action"]:
        wanted = set(allowed(page, directive) or ()) - {"'none'", "file:"}
        assert wanted <= set(allowed(header, directive) or ()), directive


def test_the_header_refuses_nothing_that_a_page_allows(small_site: Path) -> None:
    header = parse_policy(policy_of_site(small_site))
    for path in TEMPLATES:
        found = META.search((small_site / path).read_text(encoding="utf-8"))
        assert found is not None
        assert_refuses_nothing_of(header, parse_policy(found[1]))


def test_the_pages_outside_the_data_say_the_same() -> None:
    said = {
        META.findall((GENERATOR / "site/theme" / name).read_text(encoding="utf-8"))[0]
        for name in ("base.html", "404.html", "offline.html")
    }
    assert len(said) == 1


def test_the_header_is_strict(small_site: Path) -> None:
    header = parse_policy(policy_of_site(small_site))
    assert header["frame-ancestors"] == header["object-src"] == ("'none'",)
    assert "'unsafe-inline'" not in header["script-src"]
    assert not any(
        source in ("*", "http:", "https:", "file:") for sources in header.values() for source in sources
    )


def test_pages_allow_no_script_but_files_of_the_site(small_site: Path) -> None:
    (small_site / "admin/index.html").unlink()
    header = parse_policy(policy_of_site(small_site))
    assert header["script-src"] == header["connect-src"] == ("'self'",)
    assert header["default-src"] == ("'none'",)


def test_joined_falls_back_to_the_default() -> None:
    one, two = (
        parse_policy("default-src 'none'; img-src a"),
        parse_policy("default-src 'self'; form-action 'self'"),
    )
    assert joined([one, two]) == {
        "default-src": ("'self'",),
        "img-src": ("a", "'self'"),
        "frame-ancestors": ("'none'",),
    }


@pytest.mark.parametrize("server", WRITERS)
def test_every_server_is_told_every_header(server: str, small_site: Path) -> None:
    done = CliRunner().invoke(main, ["headers", server, "--site", str(small_site)])
    assert done.exit_code == 0, done.output
    wanted = headers_of_site(small_site)
    assert set(SECURITY_HEADERS) < set(wanted)
    found = dict(
        re.findall(r'([A-Z][A-Za-z-]+)(?:: | ")([^"\n]+)"?(?: always;)?$', done.output, re.MULTILINE)
    )
    assert found == wanted


def test_without_a_site_it_says_what_to_run(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["headers", "nginx", "--site", str(tmp_path)])
    assert done.exit_code == 1 and "handbook build" in done.output


def test_every_page_of_the_site_has_its_policy(site: Path) -> None:
    """And the `_headers` file refuses nothing of any of them."""
    header = parse_policy(policy_of_site(site))
    policies = set()
    for path in site.rglob("*.html"):
        found = META.search(path.read_text(encoding="utf-8"))
        assert found is not None, path
        policies.add(found[1])
    assert len(policies) == 2
    for policy in policies:
        assert_refuses_nothing_of(header, parse_policy(policy))
    written = (site / "_headers").read_text(encoding="utf-8")
    assert f"Content-Security-Policy: {policy_of_site(site)}\n" in written
