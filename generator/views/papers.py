"""The page of a paper: who issues it, form, validity, copies, and the steps that use it."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from generator.model.document import Copies, Document
from generator.model.procedure import Procedure
from generator.model.scalars import UNKNOWN
from generator.reading.handbook import EntryKey
from generator.views.blocks import Items, PageView, Row, Section, Status
from generator.views.common import base_statuses, closing, facts_section, facts_table, present, whole
from generator.views.context import Context


def copies_words(context: Context, copies: object) -> Markup:
    """How many originals and copies, or unknown."""
    if not isinstance(copies, Copies):
        return context.unknown()
    words = context.words
    parts = []
    if copies.originals is not None:
        parts.append(escape(words.fill("copies.originals", n=copies.originals)))
    if copies.copies is not None:
        parts.append(escape(words.fill("copies.copies", n=copies.copies)))
    if copies.note is not None:
        parts.append(context.text(copies.note))
    return Markup("; ").join(parts) if parts else context.unknown()


def uses(context: Context, document_id: str, ends: Sequence[str]) -> list[tuple[str, int]]:
    """Steps that name the paper under one of the keys `ends`, as (procedure, number)."""
    found: dict[tuple[str, int], None] = {}
    for key, path in context.handbook.backlinks.get(EntryKey("documents", document_id), ()):
        if key.kind == "procedures" and path[0] == "steps" and path[2] in ends:
            step = context.handbook.get(Procedure, key.id).steps[int(path[1])]
            found[(key.id, step.n)] = None
    return sorted(found)


def _use_items(context: Context, rows: Sequence[tuple[str, int]]) -> Items:
    words = context.words
    return Items(
        tuple(
            Markup('<a href="{}">{}</a>, {}').format(
                context.href("procedures", procedure, f"step-{n}"),
                context.title_of("procedures", procedure),
                words.fill("step-n-low", n=n),
            )
            for procedure, n in rows
        )
    )


def document_view(context: Context, document: Document) -> PageView:
    """The page of a paper."""
    words = context.words
    issued = context.text(document.issued_by)
    if document.office:
        office = context.link("offices", document.office)
        same = document.issued_by[context.language] == context.title_of("offices", document.office)
        issued = office if same else issued + Markup(" ({})").format(office)
    languages = context.unknown()
    if document.languages != UNKNOWN:
        languages = escape(", ".join(words[f"language.{language}"] for language in document.languages))
    rows: list[Row | None] = [
        whole(context, "issued-by", issued + context.cite(document.cites.get("issued_by", ()))),
        whole(context, "form", context.maybe(document.form)),
        whole(context, "validity", context.maybe(document.validity)),
        whole(context, "copies", copies_words(context, document.copies)),
        whole(context, "paper-languages", languages),
        whole(context, "obtain-from", context.text(document.obtain_from)) if document.obtain_from is not None else None,
        whole(context, "legal-basis", Markup("; ").join(context.basis(basis) for basis in document.legal_basis))
        if document.legal_basis else None,
    ]  # fmt: skip
    produced = uses(context, context.key.id, ("produces", "may_produce"))
    consumed = uses(context, context.key.id, ("consumes", "may_consume"))
    sections = [
        Section("facts", words["details"], (facts_table(context, rows),)),
        Section("produced-by", words["field.produced-by"], (_use_items(context, produced),)) if produced
        else Section("produced-by", words["field.produced-by"], (Items((escape(words["paper.brought"]),)),)),
        Section("consumed-by", words["field.consumed-by"], (_use_items(context, consumed),)) if consumed else None,
        facts_section(context, "statements", document.facts),
        *closing(context, document, skip_related=("procedures",)),
    ]  # fmt: skip
    heading = context.text(document.name)
    if document.lo_wording != "attested" and context.language == "lo":
        heading = Markup('<span class="dot">{}</span>').format(heading)
    wording = (
        (Status("un", words[f"wording.{document.lo_wording}"]),) if document.lo_wording != "attested" else ()
    )
    return PageView(
        kind="documents",
        id=context.key.id,
        locale=context.language,
        title=document.name[context.language],
        heading=heading,
        kick=escape(words[f"paper-side.{document.side}"]),
        other_name=context.other_name(document.name),
        plate=None,
        lead=None,
        statuses=(*wording, *base_statuses(context, document)),
        flag=words["mark.unreviewed-lo"] if context.language == "lo" else "",
        alert=None,
        buttons=(),
        sections=present(sections),
    )
