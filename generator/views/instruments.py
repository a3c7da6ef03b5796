"""The page of an agreement, law or decision: status, what it changes, chain of supersession."""

from markupsafe import Markup, escape

from generator.model.agreement import Agreement
from generator.model.scalars import UNKNOWN, PartialDate
from generator.reading.handbook import EntryKey
from generator.reading.validity import ForceStatus, force_on, successors
from generator.views import formats
from generator.views.blocks import Items, Moment, PageView, Row, Section, Status, Timeline
from generator.views.common import base_statuses, closing, facts_section, facts_table, present, whole
from generator.views.context import Context, article_words, instrument_name

TONES = {
    "in-force": "", "not-yet": "next", "suspended": "end", "superseded": "end", "ended": "end", "not-in-force": "end",
    "unknown": "un",
}  # fmt: skip


def force_label(context: Context, status: ForceStatus) -> Status:
    """The status label with its date."""
    words = context.words
    when = ""
    if status.force in ("in-force", "not-yet") and status.since is not None:
        when = words.fill("since", date=formats.day(status.since))
    elif status.over and status.until is not None and status.force != "suspended":
        when = words.fill("until-day", date=formats.day(status.until))
    elif status.force == "suspended" and status.since is not None:
        when = words.fill("since", date=formats.day(status.since))
    said = words[f"force.{status.force}"]
    return Status(
        TONES[status.force], words.fill("force.reported", words=said) if status.reported else said, when
    )


def _facts(context: Context, agreement: Agreement) -> Section:
    words = context.words
    signed = (
        escape(context.day(agreement.signed))
        if isinstance(agreement.signed, PartialDate)
        else context.unknown()
    )
    if agreement.signed_at is not None:
        signed += Markup(", {}").format(context.text(agreement.signed_at))
    effective = (
        escape(context.day(agreement.effective))
        if isinstance(agreement.effective, PartialDate)
        else context.unknown()
    )
    rows: list[Row | None] = [
        whole(context, "instrument-kind", escape(words[f"agreement-kind.{agreement.instrument_kind}"])),
        whole(context, "number", Markup('<span class="nb">{}</span>').format(agreement.number))
        if agreement.number != UNKNOWN else None,
        whole(context, "parties", Markup("; ").join(context.text(party) for party in agreement.parties)),
        whole(context, "signed", signed + context.cite(agreement.cites.get("signed", ()))),
        whole(context, "effective", effective + context.cite(agreement.cites.get("effective", ()))),
        whole(context, "expires", escape(formats.day(agreement.expires))) if agreement.expires is not None else None,
        whole(context, "amends", context.links("agreements", agreement.amends)) if agreement.amends else None,
        whole(context, "amended-by-numbers", Markup("; ").join(context.text(n) for n in agreement.amended_by_numbers))
        if agreement.amended_by_numbers else None,
        whole(context, "supersedes-numbers", escape(", ".join(agreement.supersedes_numbers)))
        if agreement.supersedes_numbers else None,
        whole(context, "same-as", context.links("agreements", agreement.same_as)) if agreement.same_as else None,
    ]  # fmt: skip
    if agreement.reported is not None and agreement.reported.note is not None:
        said = context.text(agreement.reported.note) + context.cite(agreement.reported.sources)
        rows.append(whole(context, "reported", said))
    return Section("facts", words["details"], (facts_table(context, rows),))


def _suspensions(context: Context, agreement: Agreement) -> Section | None:
    if not agreement.suspensions:
        return None
    items = []
    for suspension in agreement.suspensions:
        end = context.day(suspension.valid_to) if suspension.valid_to is not None else "…"
        line = escape(f"{context.day(suspension.valid_from)} – {end}")
        if suspension.by:
            line += Markup(": {}").format(
                context.link("agreements", suspension.by, instrument_name(context, suspension.by))
            )
        if suspension.note is not None:
            line += Markup(". {}").format(context.text(suspension.note))
        items.append(line + context.cite(suspension.sources))
    return Section("suspensions", context.words["field.suspensions"], (Items(tuple(items)),))


def _provisions(context: Context, agreement: Agreement) -> Section | None:
    if not agreement.provisions:
        return None
    items = tuple(
        Markup("<b>{}</b>: {}").format(
            article_words(context, provision.article), context.text(provision.text)
        )
        + context.cite(provision.sources)
        for provision in agreement.provisions
    )
    return Section("provisions", context.words["field.provisions"], (Items(items),))


def chain(context: Context, agreement_id: str) -> Timeline | None:
    """What came before and what came after, oldest first, this one marked."""
    before: list[str] = []
    queue = [agreement_id]
    seen = {agreement_id}
    while queue:
        for earlier in context.handbook.get(Agreement, queue.pop()).supersedes:
            if earlier not in seen and earlier in context.handbook.of(Agreement):
                seen.add(earlier)
                before.append(earlier)
                queue.append(earlier)
    after: list[str] = []
    queue = [agreement_id]
    while queue:
        for later, _ in successors(context.handbook, queue.pop()):
            if later not in seen:
                seen.add(later)
                after.append(later)
                queue.append(later)
    if not before and not after:
        return None
    moments = []
    for one in sorted({*before, *after, agreement_id}, key=lambda name: (_when(context, name), name)):
        status = force_on(context.handbook, one, context.today)
        name = escape(context.title_of("agreements", one))
        what = Markup("<b>{}</b>").format(name) if one == agreement_id else context.link("agreements", one)
        what += Markup('<br><span class="small dim">{}</span>').format(context.words[f"force.{status.force}"])
        state = "now" if status.in_force else "gone" if status.over else ""
        moments.append(Moment(_when_words(context, one), what, state))
    return Timeline(tuple(moments))


def _date_of(context: Context, agreement_id: str) -> PartialDate | None:
    agreement = context.handbook.get(Agreement, agreement_id)
    for value in (agreement.effective, agreement.signed):
        if isinstance(value, PartialDate):
            return value
    return None


def _when(context: Context, agreement_id: str) -> str:
    return str(_date_of(context, agreement_id) or "9999")


def _when_words(context: Context, agreement_id: str) -> str:
    return context.day(_date_of(context, agreement_id))


def _carried_out(context: Context, agreement: Agreement) -> Section | None:
    ids = [
        key.id
        for key, path in context.handbook.backlinks.get(EntryKey("agreements", context.key.id), ())
        if key.kind == "agreements" and path[0] == "implements"
    ]
    items = []
    if agreement.implements:
        items.append(
            Markup("{}: {}").format(
                context.words["field.implements"], context.links("agreements", agreement.implements)
            )
        )
    if ids:
        items.append(
            Markup("{}: {}").format(context.words["field.implemented-by"], context.links("agreements", ids))
        )
    amending = [
        key.id
        for key, path in context.handbook.backlinks.get(EntryKey("agreements", context.key.id), ())
        if key.kind == "agreements" and path[0] == "amends"
    ]
    if amending:
        items.append(
            Markup("{}: {}").format(context.words["field.amended-by"], context.links("agreements", amending))
        )
    return (
        Section("carried-out", context.words["field.carried-out"], (Items(tuple(items)),), aside=True)
        if items
        else None
    )


def agreement_view(context: Context, agreement: Agreement) -> PageView:
    """The page of an instrument."""
    words = context.words
    status = force_on(context.handbook, context.key.id, context.today)
    line = chain(context, context.key.id)
    sections = [
        facts_section(context, "means", agreement.means),
        _facts(context, agreement),
        _suspensions(context, agreement),
        _provisions(context, agreement),
        facts_section(context, "statements", agreement.facts),
        Section("chain", words["field.chain"], (line,), aside=True) if line is not None else None,
        _carried_out(context, agreement),
        *closing(context, agreement),
    ]
    lead = context.text(agreement.short_name) if agreement.short_name is not None else None
    return PageView(
        kind="agreements",
        id=context.key.id,
        locale=context.language,
        title=agreement.name[context.language],
        heading=context.text(agreement.name),
        kick=escape(
            f"{words[f'agreement-kind.{agreement.instrument_kind}']} · {words[f'side-long.{agreement.side}']}"
        ),
        other_name=context.other_name(agreement.name),
        plate=None,
        lead=lead,
        statuses=(force_label(context, status), *base_statuses(context, agreement)),
        flag=words["mark.unreviewed-lo"] if context.language == "lo" else "",
        alert=None,
        buttons=(),
        sections=present(sections),
    )
