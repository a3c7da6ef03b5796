"""A journey for machines: its steps in order, with what each asks for; what is not known is the word `unknown`."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from generator.journeys.charges import fee_sheet
from generator.journeys.course import Course, CourseStep, course_of
from generator.journeys.timing import time_sum
from generator.model.entry import Basis
from generator.model.procedure import Duration, Fee
from generator.model.scalars import UNKNOWN
from generator.model.text import Text
from generator.reading.handbook import Handbook
from generator.reading.validity import force_on


def journey_json(handbook: Handbook, journey_id: str, language: str, day: date) -> dict[str, Any]:
    """The journey on `day`, its texts in `language` (vi or lo). Money and hours are numbers."""
    course = course_of(handbook, journey_id)
    journey = course.journey
    return {
        "journey": journey_id,
        "name": journey.name[language],
        "direction": journey.direction,
        "who": list(journey.who),
        "goods": list(journey.goods),
        "as_of": day.isoformat(),
        "lang": language,
        "brought_along": list(journey.brought_along),
        "steps": [_step(handbook, item, language, day) for item in course.steps],
        "crossings": [
            {"after": passage.after, "to": passage.to or UNKNOWN, "papers": list(course.papers_over(passage))}
            for passage in course.crossings
        ],
        "fees": _fees(course, language, day),
        "time": _time(course),
        "unknown": [
            {"side": gap.side, "what": gap.what[language], "ask": gap.ask[language]} for gap in journey.gaps
        ],
    }


def _step(handbook: Handbook, item: CourseStep, language: str, day: date) -> dict[str, Any]:
    leg, step = item.leg, item.step
    place = leg.place if leg.place is not None else step.place if step is not None else UNKNOWN
    said: dict[str, Any] = {
        "n": item.n,
        "side": leg.side,
        "procedure": leg.procedure or UNKNOWN,
        "step": leg.step if step is not None else UNKNOWN,
        "what": _text(leg.what or leg.unknown or (step.action if step is not None else None), language),
        "actor": step.actor if step is not None else UNKNOWN,
        "place": _text(place, language),
        "consumes": list(leg.consumes),
        "produces": list(leg.produces),
        "fee": _step_fee(item, language, day),
        "time": _duration(step.time, language) if step is not None else UNKNOWN,
        "legal_basis": _bases(handbook, item, language, day),
        "conditional": item.conditional,
        "at_border": item.at_border,
    }
    only_if = leg.only_if or (step.only_if if step is not None else None)
    for key, value in (("only_if", only_if), ("ask", leg.ask)):
        if value is not None:
            said[key] = value[language]
    return said


def _text(value: Text | str | None, language: str) -> str:
    if isinstance(value, Text):
        return value[language]
    return value or UNKNOWN


def _step_fee(item: CourseStep, language: str, day: date) -> list[dict[str, Any]] | str:
    """The charges of a step; an empty list is none by rule."""
    if item.step is None or item.procedure is None:
        return UNKNOWN
    said = []
    if item.step.fees != UNKNOWN:
        by_id = {fee.id: fee for fee in item.procedure.fees}
        said = [_fee(by_id[fee_id], language) for fee_id in item.step.fees if by_id[fee_id].holds_on(day)]
    if item.step.fee_note is not None:
        said.append({"note": item.step.fee_note[language]})
    return said if said or item.step.fees != UNKNOWN else UNKNOWN


def _fee(fee: Fee, language: str) -> dict[str, Any]:
    return {
        "id": fee.id,
        "what": fee.what[language],
        "amount": UNKNOWN if fee.amount == UNKNOWN else float(fee.amount),
        "currency": fee.currency,
        "per": fee.per[language],
        "since": str(fee.valid_from) if fee.valid_from is not None else UNKNOWN,
        "legal_basis": _basis(fee.basis, language) if fee.basis is not None else UNKNOWN,
    }


def _duration(time: object, language: str) -> dict[str, Any] | str:
    if not isinstance(time, Duration):
        return UNKNOWN
    return {
        "min": float(time.min) if time.min is not None else UNKNOWN,
        "max": float(time.max) if time.max is not None else UNKNOWN,
        "unit": time.unit,
        "of": time.of[language] if time.of is not None else "",
        "deadline": time.deadline,
    }


def _bases(handbook: Handbook, item: CourseStep, language: str, day: date) -> list[dict[str, Any]] | str:
    """The step's own basis, else its procedure's."""
    if item.step is None or item.procedure is None:
        return UNKNOWN
    bases: Sequence[Basis] = item.step.legal_basis or item.procedure.legal_basis
    rows = []
    for basis in bases:
        row = _basis(basis, language)
        if basis.agreement is not None:
            row["force"] = force_on(handbook, basis.agreement, day).force
        rows.append(row)
    return rows or UNKNOWN


def _basis(basis: Basis, language: str) -> dict[str, Any]:
    named = basis.agreement or (basis.instrument[language] if basis.instrument is not None else UNKNOWN)
    return {
        "agreement" if basis.agreement else "instrument": named,
        "article": basis.article[language] if basis.article is not None else UNKNOWN,
    }


def _fees(course: Course, language: str, day: date) -> dict[str, Any]:
    sheet = fee_sheet(course, day)
    return {
        "known": [
            {"side": row.side, "steps": [step.n for step in row.steps], **_fee(row.fee, language)}
            for row in sheet.rows
        ],
        "may_arise": [{"side": row.side, **_fee(row.fee, language)} for row in sheet.may_arise],
        "unknown_steps": [step.n for step in sheet.unknown],
        "totals": [
            {"side": side, "currency": currency, "amount": float(amount)}
            for side, currency, amount in sheet.totals
        ],
    }


def _time(course: Course) -> dict[str, Any]:
    total = time_sum(course)
    return {
        "hours": {
            span.clock: {
                "min": round(float(span.least) / 60, 2),
                "max": UNKNOWN if span.open else round(float(span.most) / 60, 2),
            }
            for span in total.spans
        },
        "known_steps": total.known,
        "unknown_steps": [step.n for step in total.unknown],
        "deadlines": [step.n for step, _ in total.deadlines],
    }
