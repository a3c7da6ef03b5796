"""Pages of offices, goods, glossary terms and sources."""

from markupsafe import Markup, escape

from generator.model.entry import Entry
from generator.model.goods import Goods
from generator.model.office import Office
from generator.model.reference import Source, Term
from generator.model.scalars import UNKNOWN, PartialDate
from generator.reading.handbook import EntryKey
from generator.views import formats
from generator.views.blocks import Items, PageView, Row, Section, Status
from generator.views.common import (
    base_statuses,
    closing,
    facts_section,
    facts_table,
    present,
    trust_section,
    whole,
)
from generator.views.context import Context
from generator.views.procedures import goods_classes

# Longer addresses are shown by their host alone.
READABLE = 80


def web_link(context: Context, address: str) -> Markup:
    """An address as a link, shown without its scheme; one too long to be read or typed is shown by its host."""
    if address == UNKNOWN:
        return context.unknown()
    shown = address.removeprefix("https://").removeprefix("http://").removeprefix("mailto:").rstrip("/")
    if len(shown) > READABLE:
        shown = f"{shown.partition('/')[0]}/…"
    return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(address, shown)


def _page(
    context: Context,
    entry: Entry,
    kind: str,
    *,
    heading: Markup | None = None,
    kick: Markup | None = None,
    other_name: Markup | None = None,
    lead: Markup | None = None,
    statuses: tuple[Status, ...] = (),
    sections: list[Section | None],
) -> PageView:
    title = context.title_of(kind, context.key.id)
    return PageView(
        kind=kind,
        id=context.key.id,
        locale=context.language,
        title=title,
        heading=heading if heading is not None else escape(title),
        kick=kick,
        other_name=other_name,
        plate=None,
        lead=lead,
        statuses=statuses,
        flag=context.words["mark.unreviewed-lo"] if context.language == "lo" else "",
        alert=None,
        buttons=(),
        sections=present(sections),
    )


def office_view(context: Context, office: Office) -> PageView:
    """The page of an office or portal."""
    words = context.words
    children = [
        key.id
        for key, path in context.handbook.backlinks.get(EntryKey("offices", context.key.id), ())
        if key.kind == "offices" and path[0] == "parent"
    ]
    rows: list[Row | None] = [
        whole(context, "level", escape(words[f"level.{office.level}"])),
        whole(context, "parent", context.link("offices", office.parent)) if office.parent else None,
        whole(context, "children", context.links("offices", children)) if children else None,
        whole(context, "province", context.link("provinces", office.province)) if office.province else None,
        whole(context, "gates", context.links("gates", office.gates)) if office.gates else None,
        whole(context, "web", web_link(context, office.web)),
        whole(context, "phone", escape(office.phone) if office.phone != UNKNOWN else context.unknown()),
        whole(context, "address", context.maybe(office.address)),
    ]
    for name in office.former_names:
        said = words.fill("until-day", date=formats.day(name.until))
        rows.append(whole(context, "former-name", context.text(name.name) + Markup(" ({})").format(said)))
    sections = [
        Section("facts", words["details"], (facts_table(context, rows),)),
        facts_section(context, "statements", office.facts),
        *closing(context, office, skip_related=("offices",)),
    ]
    return _page(
        context,
        office,
        "offices",
        kick=escape(words[f"side-long.{office.side}"]),
        other_name=context.other_name(office.name),
        lead=context.text(office.role),
        statuses=base_statuses(context, office),
        sections=sections,
    )


def goods_view(context: Context, goods: Goods) -> PageView:
    """The page of goods: names, headings, controls and duty on both sides."""
    words = context.words
    headings = context.unknown()
    if goods.headings != UNKNOWN:
        headings = Markup(", ").join(
            Markup('<span class="nb">HS {}</span>').format(_hs(heading.code))
            + (Markup(" ({})").format(context.text(heading.text)) if heading.text is not None else Markup())
            + context.cite(heading.sources)
            for heading in goods.headings
        )
    everyday = getattr(goods.everyday, context.language)
    rows: list[Row | None] = [
        whole(context, "hs", headings),
        # Both languages have the same lines, also where one of them has no everyday name.
        whole(context, "everyday", escape(", ".join(everyday)) if everyday else context.unknown())
        if goods.everyday.vi or goods.everyday.lo
        else None,
        whole(context, "goods-class", escape(goods_classes(context, goods.goods_class))),
        whole(context, "direction", escape(words[f"direction.{goods.direction}"])),
    ]
    controls = tuple(
        Markup("<b>{}</b>: {}").format(words[f"side-long.{control.side}"], context.text(control.what))
        + context.cite(control.sources)
        + (
            Markup("<br>{}").format(context.link("procedures", control.procedure))
            if control.procedure
            else Markup()
        )
        + (
            Markup("<br>{}").format(context.links("documents", control.documents))
            if control.documents
            else Markup()
        )
        + (Markup("<br>{}").format(context.basis(control.basis)) if control.basis is not None else Markup())
        for control in goods.controls
        if control.valid_to is None or control.valid_to.last >= context.today
    )
    duties = tuple(
        Markup("<b>{}</b>, {}: {}").format(
            words[f"side-long.{duty.side}"], words[f"direction.{duty.direction}"], context.maybe(duty.rate)
        )
        + context.cite(duty.sources)
        + (Markup(". {}").format(context.text(duty.note)) if duty.note is not None else Markup())
        + (Markup("<br>{}").format(context.basis(duty.basis)) if duty.basis is not None else Markup())
        for duty in goods.duties
        if duty.valid_to is None or duty.valid_to.last >= context.today
    )
    sections = [
        Section("facts", words["details"], (facts_table(context, rows),)),
        Section("controls", words["field.controls"], (Items(controls or (context.unknown(),)),)),
        Section("duties", words["field.duties"], (Items(duties or (context.unknown(),)),)),
        facts_section(context, "statements", goods.facts),
        *closing(context, goods),
    ]
    return _page(
        context,
        goods,
        "goods",
        kick=escape(words[f"direction.{goods.direction}"]),
        other_name=context.other_name(goods.name),
        statuses=base_statuses(context, goods),
        sections=sections,
    )


def _hs(code: str) -> str:
    return f"{code[:2]}.{code[2:]}" if len(code) == 4 else code


def term_view(context: Context, term: Term) -> PageView:
    """The page of a glossary term in both languages."""
    words = context.words
    vietnamese = context.in_language(term.name.vi, "vi")
    lao = context.in_language(term.name.lo, "lo")
    if term.lo_wording != "attested":
        lao = Markup('<span class="dot">{}</span> <span class="flag">{}</span>').format(
            lao, words[f"wording.{term.lo_wording}"]
        )
    variants = [context.in_language(variant, "lo") for variant in term.variants_lo]
    variants += [context.in_language(variant, "vi") for variant in term.variants_vi]
    rows: list[Row | None] = [
        whole(context, "term-vi", vietnamese),
        whole(context, "term-lo", lao),
        whole(context, "term-en", context.in_language(term.name.en, "en")) if term.name.en else None,
        whole(context, "variants", Markup(", ").join(variants)) if variants else None,
        whole(context, "domain", escape(words[f"domain.{term.domain}"])),
        whole(context, "seen", web_link(context, term.seen) if term.seen != UNKNOWN else context.unknown()),
        whole(context, "note", context.text(term.note)) if term.note is not None else None,
        whole(context, "related-terms", context.links("glossary", term.related)) if term.related else None,
    ]
    sections = [Section("facts", words["details"], (facts_table(context, rows),)), *closing(context, term)]
    other_name = context.in_language(
        term.name.lo if context.language == "vi" else term.name.vi, context.other
    )
    return _page(
        context,
        term,
        "glossary",
        kick=escape(words[f"domain.{term.domain}"]),
        other_name=other_name,
        statuses=(Status("un", words[f"wording.{term.lo_wording}"]),)
        if term.lo_wording != "attested"
        else (),
        sections=sections,
    )


def source_view(context: Context, source: Source) -> PageView:
    """The page of a source: where it is, who published it, and which entries stand on it."""
    words = context.words
    published = (
        escape(context.day(source.published))
        if isinstance(source.published, PartialDate)
        else escape(words["source.undated"])
    )
    rows: list[Row | None] = [
        whole(context, "publisher", context.maybe(source.publisher)),
        whole(context, "published", published),
        whole(context, "language", escape(words[f"language.{source.lang}"])),
        whole(context, "source-kind", escape(words[f"source-kind.{source.source_kind}"])),
        whole(context, "web", web_link(context, source.url)),
        whole(context, "note", context.text(source.note)) if source.note is not None else None,
    ]
    citing: dict[tuple[str, str], None] = {}
    for key, _ in context.handbook.backlinks.get(context.key, ()):
        if key.id in context.handbook.entries[key.kind]:
            citing[(key.kind, key.id)] = None
    items = tuple(
        Markup("{}: {}").format(words[f"kind.{kind}"], context.link(kind, entry_id))
        for kind, entry_id in sorted(citing)
    )
    sections: list[Section | None] = [
        Section("facts", words["details"], (facts_table(context, rows),)),
        Section("cited-by", words["field.cited-by"], (Items(items),), indexed=False) if items else None,
        trust_section(context, source),
    ]
    return _page(
        context, source, "sources", heading=context.in_language(source.title, source.lang), sections=sections
    )
