"""A journey for the terminal: numbered steps of both sides in plain lines."""

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date

from generator.journeys.charges import fee_sheet
from generator.journeys.course import Course, CourseStep, course_of
from generator.journeys.passage import Crossing
from generator.labels import Language, labels
from generator.model.document import Document
from generator.model.procedure import Duration
from generator.model.scalars import UNKNOWN
from generator.model.text import Text
from generator.reading.handbook import EntryKey, Handbook
from generator.views import formats
from generator.views.charges import totals_words
from generator.views.context import Context, article_words, instrument_name
from generator.views.lanes import passage_words

WIDTH = 100


class JourneyText:
    """One journey in one language through a gate, as lines of at most about `WIDTH` characters."""

    def __init__(
        self, handbook: Handbook, journey_id: str, language: Language, day: date, gate: str | None = None
    ) -> None:
        self.course: Course = course_of(handbook, journey_id)
        self.context = Context(handbook, day, language, EntryKey("journeys", journey_id), "journeys")
        self.words = labels(language)
        self.gates = (gate,) if gate is not None else self.course.journey.gates.gates

    def lines(self) -> Iterator[str]:
        """The whole journey."""
        words, journey = self.words, self.course.journey
        yield journey.name[self.context.language]
        people = ", ".join(words[f"person.{person}"] for person in journey.who)
        yield f"{words[f'direction.{journey.direction}']} · {people}"
        count = {
            side: sum(step.leg.side == side for step in self.course.steps)
            for side in ("laos", "vietnam", "both")
        }
        yield words.fill("journey.count", total=len(self.course.steps), **count)
        yield ""
        yield from self._field(words["pack.brought"], self._papers(journey.brought_along), 0)
        yield ""
        for item in self.course.steps:
            yield from self._step(item)
            for passage in self.course.crossings:
                if passage.after == item.n:
                    yield from self._passage(passage)
        yield ""
        sheet = fee_sheet(self.course, self.context.today)
        yield from self._field(words["field.known-fees"], totals_words(self.context, sheet).striptags(), 0)
        for gap in journey.gaps:
            asked = f"{self._text(gap.what)} {words['journey.ask-colon']} {self._text(gap.ask)}"
            yield from self._field(words["mark.unknown"], asked, 0)

    def _step(self, item: CourseStep) -> Iterator[str]:
        words, leg, step = self.words, item.leg, item.step
        side = {"laos": words["lao-side"], "vietnam": words["vietnamese-side"]}.get(
            leg.side, words["side.both"]
        )
        if step is None or item.procedure is None:
            yield from _wrapped(
                f"{item.n:>2}. [{side}] ", f"{words['mark.unknown']}: {self._text(leg.unknown)}"
            )
            yield from self._field(words["journey.ask"], self._text(leg.ask))
            return
        yield from _wrapped(f"{item.n:>2}. [{side}] ", self._text(leg.what or step.action))
        yield from self._field(words["journey.procedure"], f"{leg.procedure}/{step.n}")
        only_if = leg.only_if or step.only_if
        if only_if is not None:
            yield from self._field(words["field.only-if"], self._text(only_if))
        yield from self._field(words["field.actor"], words[f"actor.{step.actor}"])
        yield from self._field(words["field.step-place"], self._text(leg.place or step.place))
        for key, papers in (("field.consumes", leg.consumes), ("field.produces", leg.produces)):
            if papers:
                yield from self._field(words[key], self._papers(papers))
        yield from self._field(words["fee"], self._fee(item))
        yield from self._field(words["time-short"], self._time(item))
        yield from self._field(words["legal-basis"], self._basis(item))

    def _passage(self, passage: Crossing) -> Iterator[str]:
        words = self.words
        said = passage_words(self.context, self.course, passage, self.gates)
        papers = self.course.papers_over(passage)
        if papers:
            said = f"{said}. {words['journey.handed']} {self._papers(papers)}"
        yield from _wrapped("==== ", said)

    def _field(self, label: str, value: str, indent: int = 4) -> Iterator[str]:
        yield from _wrapped(f"{' ' * indent}{label}: ", value, indent + 4)

    def _text(self, value: Text | str | None) -> str:
        if isinstance(value, Text):
            return value[self.context.language]
        return self.words["mark.unknown"] if value in (None, UNKNOWN) else str(value)

    def _papers(self, papers: Sequence[str]) -> str:
        documents = self.context.handbook.of(Document)
        return "; ".join(documents[paper].name[self.context.language] for paper in papers) or "–"

    def _fee(self, item: CourseStep) -> str:
        assert item.step is not None and item.procedure is not None
        said = []
        if item.step.fees != UNKNOWN:
            by_id = {fee.id: fee for fee in item.procedure.fees}
            for fee_id in item.step.fees:
                fee = by_id[fee_id]
                amount = self.words["mark.unknown"]
                if fee.amount != UNKNOWN:
                    amount = (
                        formats.money(fee.amount, fee.currency, self.words)
                        if fee.amount
                        else self.words["free-of-charge"]
                    )
                said.append(f"{amount} / {self._text(fee.per)}")
            if not item.step.fees and item.step.fee_note is None:
                said.append(self.words["free-of-charge"])
        if item.step.fee_note is not None:
            said.append(self._text(item.step.fee_note))
        return "; ".join(said) or self.words["mark.unknown"]

    def _time(self, item: CourseStep) -> str:
        assert item.step is not None
        said = []
        if isinstance(item.step.time, Duration):
            said.append(formats.duration(item.step.time, self.words))
            if item.step.time.of is not None:
                said[0] += f" ({self._text(item.step.time.of)})"
        if item.step.time_note is not None:
            said.append(self._text(item.step.time_note))
        return "; ".join(said) or self.words["mark.unknown"]

    def _basis(self, item: CourseStep) -> str:
        assert item.step is not None and item.procedure is not None
        said = []
        for basis in item.step.legal_basis or item.procedure.legal_basis:
            name = (
                instrument_name(self.context, basis.agreement)
                if basis.agreement
                else self._text(basis.instrument)
            )
            if basis.article is not None:
                name = f"{article_words(self.context, basis.article)}, {name}"
            over = self.context.over_words(basis.agreement, basis.former)
            said.append(f"{name} ({over})" if over else name)
        return "; ".join(said) or self.words["mark.unknown"]


def _wrapped(head: str, text: str, indent: int = 4) -> Iterator[str]:
    """Lines of a text behind its label; Lao has no spaces between words, so a long run stays whole."""
    yield from textwrap.wrap(
        text,
        WIDTH,
        initial_indent=head,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [head.rstrip()]
