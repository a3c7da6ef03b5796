"""The browser form below /admin/: Decap CMS, its configuration derived from the model, with nothing from other hosts.

`form_files` are what stands in a built site, beside the entries that references are chosen from. Every key of every kind is
declared; the two languages of a text stand side by side.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.editing.field_help import help_for
from generator.editing.form_jobs import script
from generator.editing.plain_words import choice_title
from generator.editing.shape import Shape, shape_of
from generator.editing.shape_json import shape_json
from generator.labels import LANGUAGES, labels
from generator.model.kinds import KINDS
from generator.model.scalars import UNKNOWN

ADMIN = Path(__file__).parent / "admin"
_PAIRS = ("text", "name", "phrase")
# What a form can check while one types; `handbook check` says the rest.
_PATTERNS = {
    "date": r"^(unknown|\d{4}(-\d{2}(-\d{2})?)?)$",
    "clock": r"^(([01]\d|2[0-3]):[0-5]\d|24:00)$",
    "number": r"^(unknown|-?\d+(\.\d+)?)$",
    "whole": r"^\d+$",
    "hs-code": r"^\d{2}(\d{2}(\.\d{2}){0,3})?$",
    "address": r"^(unknown|https?://\S+|mailto:\S+)$",
    "period": r"^\d{4}(-\d{2})?(/\d{4}(-\d{2})?)?$",
    "id": r"^[a-z0-9]+(-[a-z0-9]+)*$",
}
# A list shows how many rows it has, and each row what it is about, until somebody opens it.
_LIST = {"widget": "list", "collapsed": True, "minimize_collapsed": True}
# Lists that say nothing when empty; elsewhere an empty list has a meaning (any goods, no class known).
_FILLED = frozenset({"sources", "steps", "legs", "series", "points", "goods_class", "states"})
_EXAMPLES = {
    "date": "2025-06-18",
    "clock": "07:00",
    "number": "1234.5",
    "whole": "3",
    "hs-code": "0901.21",
    "address": "https://…",
    "period": "2022-01/2022-06",
    "id": "lao-bao",
}


@dataclass(frozen=True, slots=True)
class Forge:
    """Where a saved entry goes. `backend` is what Decap is told to sign in with: its name, repository and addresses.

    `hosts` are the only addresses the form may reach, and it does so only when somebody signs in.
    """

    backend: Mapping[str, str]
    hosts: tuple[str, ...] = ()


def forge_at(repo_url: str, sign_in: str = "") -> Forge:
    """The forge of a repository's address: GitHub, GitLab, or a Forgejo or Gitea of one's own.

    Gitea speaks the same interface as Forgejo and is spoken to as Forgejo: what Decap has for Gitea can save to the main
    branch only, past any review.

    `sign_in` is what the forge wants to know of the form: the id of the application registered there, for GitHub the
    address of the relay (https://…) that passes its answer on.
    """
    parts = repo_url.removeprefix("https://").rstrip("/").split("/")
    host, repo = parts[0], "/".join(parts[1:])
    if host == "github.com":
        backend = {"name": "github", "repo": repo, "branch": "main", "auth_scope": "public_repo"}
        hosts = ("https://api.github.com", "https://github.com")
        if not sign_in:
            return Forge(backend, hosts)
        return Forge({**backend, "base_url": sign_in}, (*hosts, sign_in))
    known = {"app_id": sign_in} if sign_in else {}
    if host.startswith("gitlab"):
        backend = {
            "name": "gitlab",
            "repo": repo,
            "branch": "main",
            "auth_type": "pkce",
            "base_url": f"https://{host}",
            "api_root": f"https://{host}/api/v4",
            **known,
        }
        return Forge(backend, (f"https://{host}",))
    backend = {
        "name": "forgejo",
        "repo": repo,
        "branch": "main",
        "base_url": f"https://{host}",
        "api_root": f"https://{host}/api/v1",
        **known,
    }
    return Forge(backend, (f"https://{host}",))


def form_config(forge: Forge) -> dict[str, Any]:
    """Decap's configuration: one collection a kind."""
    return {
        "backend": dict(forge.backend),
        "publish_mode": "editorial_workflow",
        "locale": "vi",
        "load_config_file": False,
        "media_folder": "docs/vi/contribute/media",
        "public_folder": "/contribute/media",
        "slug": {"encoding": "ascii", "clean_accents": True, "sanitize_replacement": "-"},
        "editor": {"preview": False},
        "show_preview_links": False,
        "collections": [_collection(kind) for kind in KINDS],
    }


def _collection(kind: str) -> dict[str, Any]:
    shape = shape_of(kind)
    titled = "name.vi" if "name" in shape.fields else "title"
    return {
        "name": kind,
        "label": _both(*(labels(language)[f"kind.{kind}"] for language in LANGUAGES)),
        "folder": f"data/{kind}",
        "create": True,
        "delete": False,
        "extension": "yaml",
        "format": f"handbook-{kind}",
        "identifier_field": titled,
        "slug": "{{slug}}",
        "summary": "{{fields.name.vi}} – {{fields.name.lo}}" if titled == "name.vi" else "{{fields.title}}",
        "fields": [_field(shape.model, key, part, must=True) for key, part in shape.fields.items()],
    }


def _both(vietnamese: str, lao: str) -> str:
    return vietnamese if vietnamese == lao else f"{vietnamese} / {lao}"


def _field(model: str, key: str, shape: Shape, *, must: bool) -> dict[str, Any]:
    """One key. `must` tells that everything around it is always there; else nothing in it can be demanded."""
    said = help_for(model, key)
    hint = _both(*(said.help[language] for language in LANGUAGES))
    required = must and shape.required
    return {
        "name": key,
        "label": _both(*(said.title[language] for language in LANGUAGES)),
        "hint": hint,
        "required": required and (shape.kind not in ("list", "mapping") or key in _FILLED),
        **_widget(model, key, shape, required),
    }


def _widget(model: str, key: str, shape: Shape, required: bool) -> dict[str, Any]:
    if key == "reviewed":
        return {"widget": "hidden"}
    if shape.kind in _PAIRS:
        return {"widget": "pair", "languages": list(shape.fields), "needed": required}
    if shape.kind == "choice":
        return {"widget": "select", "options": _options(shape)}
    if shape.kind == "flag":
        return {"widget": "select", "options": ["true", "false"]}
    if shape.kind == "ref":
        return {"widget": "reference", "kind": shape.ref}
    if shape.kind == "list" and shape.item is not None:
        return _list(model, key, shape.item)
    if shape.kind == "mapping" and shape.item is not None:
        return {
            **_LIST,
            "summary": "{{fields.field}}",
            "fields": [
                {"name": "field", "label": "Ô / ຊ່ອງ", "widget": "string"},
                {**_field(model, key, shape.item, must=True), "name": "value"},
            ],
        }
    if shape.fields:
        inner = [_field(shape.model, name, part, must=required) for name, part in shape.fields.items()]
        return {"widget": "object", "collapsed": not required, "fields": inner}
    if shape.kind in _PATTERNS:
        return {"widget": "string", "pattern": [_PATTERNS[shape.kind], _EXAMPLES[shape.kind]]}
    return {"widget": "string"}


def _options(shape: Shape) -> list[dict[str, str]]:
    values = [*shape.choices, *([UNKNOWN] if shape.unknown else [])]
    return [
        {
            "value": value,
            "label": _both(*(choice_title(value, shape.choices, language) for language in LANGUAGES)),
        }
        for value in values
    ]


def _list(model: str, key: str, item: Shape) -> dict[str, Any]:
    if item.kind == "choice":
        return {"widget": "select", "multiple": True, "options": _options(item)}
    if item.kind in _PAIRS:
        # A row of one field cannot hold a pair: its two sides are fields of the row.
        sides = [
            {
                "name": name,
                "label": help_for(item.model, name).title["lo" if name == "lo" else "vi"],
                "widget": "text",
                "required": part.required,
            }
            for name, part in item.fields.items()
        ]
        return {**_LIST, "summary": "{{fields.vi}}", "fields": sides}
    if not item.fields:
        field = {"name": "item", "label": help_for(model, key).title["vi"], **_widget(model, key, item, True)}
        return {**_LIST, "summary": "{{fields.item}}", "field": field}
    fields = [_field(item.model, name, part, must=True) for name, part in item.fields.items()]
    return {**_LIST, "summary": _summary(item), "fields": fields}


def _summary(item: Shape) -> str:
    """What a closed row of a list shows: its number or day, and its first text."""
    texts = [name for name, part in item.fields.items() if part.kind in _PAIRS]
    names = [name for name, part in item.fields.items() if part.kind not in ("list", "group", *_PAIRS)]
    shown = [f"{{{{fields.{name}}}}}" for name in names[:1]] + [
        f"{{{{fields.{name}.vi}}}}" for name in texts[:1]
    ]
    return " – ".join(shown)


def form_shapes() -> dict[str, Any]:
    """The shape of every kind, by which an entry is read and written."""
    return {kind: shape_json(shape_of(kind)) for kind in KINDS}


def form_files(repo_url: str, sign_in: str = "") -> Iterator[tuple[str, bytes]]:
    """All of `admin/` but the entries to choose from: the form's page, its scripts, and the configuration."""
    forge = forge_at(repo_url, sign_in)
    for path in sorted(path for path in ADMIN.rglob("*") if path.is_file()):
        content = path.read_bytes()
        if path.name == "index.html":
            content = content.replace(b"FORGE_HOSTS", " ".join(forge.hosts).encode("utf-8"))
        yield f"admin/{path.relative_to(ADMIN).as_posix()}", content
    yield "admin/config.js", script("HANDBOOK_FORM", {"config": form_config(forge), "shapes": form_shapes()})
