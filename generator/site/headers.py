"""The headers of the site for the web servers it may stand on.

Each page carries a policy of its own (CSP in a meta element) that holds wherever it is read, from a stick too. A header adds what
such an element cannot say, and must refuse nothing that some page allows: so it is computed from the pages.
"""

import re
from html import unescape
from pathlib import Path

from search.headers import SECURITY_HEADERS

META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"')
# One page of each kind of frame; all others have the first one's.
PAGES = ("index.html", "admin/index.html")
HEADERS_FILE = "_headers"
_FALLS_BACK = re.compile(r"(?:script|style|img|font|connect|worker|manifest|object|media|frame|child)-src$")
_ONLY_HEADER = {"frame-ancestors": ("'none'",)}

Policy = dict[str, tuple[str, ...]]


def parse_policy(text: str) -> Policy:
    """The sources of each directive."""
    parts = (part.split() for part in text.split(";"))
    return {part[0]: tuple(part[1:]) for part in parts if part}


def allowed(policy: Policy, directive: str) -> tuple[str, ...] | None:
    """What a policy lets through for a directive; None where it says nothing of it."""
    if directive in policy:
        return policy[directive]
    return policy.get("default-src") if _FALLS_BACK.match(directive) else None


def joined(policies: list[Policy]) -> Policy:
    """The strictest policy that refuses nothing which one of the policies allows; files have no headers."""
    made: Policy = {}
    for directive in dict.fromkeys(name for policy in policies for name in policy):
        each = [allowed(policy, directive) for policy in policies]
        sources = dict.fromkeys(source for found in each for source in found or () if source != "file:")
        if None not in each:
            made[directive] = tuple(s for s in sources if s != "'none'") or ("'none'",)
    return made | _ONLY_HEADER


def policy_of_site(site_dir: Path) -> str:
    """The Content-Security-Policy for all that stands in a built site."""
    texts = [(site_dir / page).read_text(encoding="utf-8") for page in PAGES if (site_dir / page).is_file()]
    policies = [parse_policy(unescape(found[1])) for text in texts if (found := META.search(text))]
    return "; ".join(" ".join((name, *sources)) for name, sources in joined(policies).items())


def headers_of_site(site_dir: Path) -> dict[str, str]:
    """Every header, by name."""
    return SECURITY_HEADERS | {"Content-Security-Policy": policy_of_site(site_dir)}


def as_netlify(headers: dict[str, str]) -> str:
    """The `_headers` file that Netlify, Cloudflare Pages and others read in the root of a site."""
    return "/*\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())


def as_apache(headers: dict[str, str]) -> str:
    """A `.htaccess`, or part of a virtual host; needs mod_headers."""
    lines = [f'Header always set {name} "{value}"\n' for name, value in headers.items()]
    return "".join(["Options -Indexes\n", "ErrorDocument 404 /404.html\n", *lines])


def as_nginx(headers: dict[str, str]) -> str:
    """Lines for a `server` block."""
    lines = [f'add_header {name} "{value}" always;\n' for name, value in headers.items()]
    return "".join(["autoindex off;\n", "error_page 404 /404.html;\n", *lines])


def as_caddy(headers: dict[str, str]) -> str:
    """A part of a site's block in a Caddyfile."""
    lines = [f'\t{name} "{value}"\n' for name, value in headers.items()]
    errors = "handle_errors {\n\trewrite * /404.html\n\tfile_server\n}\n"
    return "".join(["header {\n", *lines, "}\n", errors])


WRITERS = {"netlify": as_netlify, "apache": as_apache, "nginx": as_nginx, "caddy": as_caddy}


def write_headers(site_dir: Path) -> None:
    """Put the `_headers` file into a finished site; other servers do not give it a meaning."""
    text = as_netlify(headers_of_site(site_dir))
    (site_dir / HEADERS_FILE).write_text(text, encoding="utf-8")
