"""Pack lists: the papers of a journey by where they are got, to tick on the phone or on one printed A4."""

from dataclasses import dataclass

from markupsafe import Markup, escape

from generator.journeys.charges import fee_sheet
from generator.journeys.course import PackItem, course_of
from generator.model.document import Document
from generator.views import formats
from generator.views.charges import totals_words
from generator.views.context import Context
from generator.views.papers import copies_words


@dataclass(frozen=True, slots=True)
class PackLine:
    """A paper to tick: id, both names, and what is known in one line."""

    paper: str
    name: Markup
    other_name: Markup
    note: Markup


@dataclass(frozen=True, slots=True)
class PackGroup:
    """Papers by where they are got; `side` is empty, laos or vietnam."""

    heading: str
    side: str
    lines: tuple[PackLine, ...]


@dataclass(frozen=True, slots=True)
class PackView:
    """The pack list of a journey. `dense` lists are printed smaller, so that they stay on one sheet."""

    id: str
    title: str
    journey: str
    groups: tuple[PackGroup, ...]
    fees: Markup
    note: str
    flag: str
    dense: bool


# More papers than this are printed in the smaller size.
ROOMY = 12


def _line(context: Context, item: PackItem) -> PackLine:
    words = context.words
    document = context.handbook.get(Document, item.paper)
    said = [
        context.text(document.issued_by),
        Markup("{}: {}").format(words["field.copies"], copies_words(context, document.copies).rstrip(".")),
    ]
    if item.used_at:
        said.append(escape(words.fill("paper.used-at", n=", ".join(str(n) for n in item.used_at))))
    if item.conditional:
        said.append(escape(words["pack.if-needed"]))
    if item.used_at and not item.carried:
        said.append(escape(words["pack.preparing"]))
    name = context.text(document.name)
    other_name = context.other_name(document.name) or Markup()
    return PackLine(item.paper, name, other_name, Markup("; ").join(said))


def pack_view(context: Context, journey_id: str) -> PackView:
    """The pack list of a journey: within a group, what goes into the vehicle comes first."""
    words = context.words
    course = course_of(context.handbook, journey_id)
    items = sorted(course.pack_list(), key=lambda item: not (item.carried or not item.used_at))
    groups = []
    for got, side in (("brought", ""), ("laos", "laos"), ("vietnam", "vietnam")):
        lines = tuple(_line(context, item) for item in items if item.got == got)
        if lines:
            groups.append(PackGroup(words[f"pack.{got}"], side, lines))
    return PackView(
        id=journey_id,
        title=words["pack.title"],
        journey=course.journey.name[context.language],
        groups=tuple(groups),
        fees=totals_words(context, fee_sheet(course, context.today)),
        note=words.fill("frame.data-date", date=formats.day(context.today)),
        flag=words["mark.unreviewed-lo"],
        dense=len(items) > ROOMY,
    )
