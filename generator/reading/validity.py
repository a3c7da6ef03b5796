"""What holds on a day: status is computed from dates, suspensions and successors, never typed."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.model.agreement import Agreement
from generator.model.scalars import PartialDate
from generator.reading.handbook import EntryKey, Handbook

Force = Literal["in-force", "not-yet", "suspended", "superseded", "ended", "not-in-force", "unknown"]


@dataclass(frozen=True, slots=True)
class ForceStatus:
    """An instrument's status on a day: since when, until when, and by which instrument it was replaced.

    `reported` says that the dates did not decide and the status is what sources report.
    """

    force: Force
    since: PartialDate | None = None
    until: PartialDate | None = None
    successor: str | None = None
    reported: bool = False

    @property
    def in_force(self) -> bool:
        """Whether it can be relied on."""
        return self.force == "in-force"

    @property
    def over(self) -> bool:
        """Whether it certainly no longer applies."""
        return self.force in ("superseded", "ended", "suspended", "not-in-force")


def _begins(agreement: Agreement) -> PartialDate | None:
    if agreement.effective != "unknown":
        return agreement.effective
    return None if agreement.signed == "unknown" else agreement.signed


def successors(handbook: Handbook, agreement_id: str) -> list[tuple[str, Agreement]]:
    """The instruments that replace this one, earliest first."""
    rows = [
        (key.id, handbook.get(Agreement, key.id))
        for key, path in handbook.backlinks.get(EntryKey("agreements", agreement_id), ())
        if key.kind == "agreements" and path[0] == "supersedes" and key.id in handbook.of(Agreement)
    ]
    return sorted(rows, key=lambda row: (str(_begins(row[1]) or "9999"), row[0]))


def force_on(handbook: Handbook, agreement_id: str, day: date) -> ForceStatus:
    """The status of an instrument on `day`."""
    agreement = handbook.get(Agreement, agreement_id)
    effective = None if agreement.effective == "unknown" else agreement.effective
    for suspension in agreement.suspensions:
        ended = suspension.valid_to is not None and suspension.valid_to.last < day
        if suspension.valid_from.first <= day and not ended:
            return ForceStatus("suspended", suspension.valid_from, suspension.valid_to, suspension.by)
    for successor_id, successor in successors(handbook, agreement_id):
        begins = _begins(successor)
        if begins is not None and begins.first <= day:
            return ForceStatus("superseded", until=begins, successor=successor_id)
    if agreement.expires is not None and agreement.expires.last < day:
        return ForceStatus("ended", effective, agreement.expires)
    if effective is not None and effective.first > day:
        return ForceStatus("not-yet", effective, agreement.expires)
    if agreement.signed != "unknown" and agreement.signed.first > day:
        return ForceStatus("not-yet", effective, agreement.expires)
    reported = agreement.reported
    if reported is not None:
        statuses: dict[str, Force] = {
            "in-force": "in-force",
            "not-in-force": "not-in-force",
            "superseded": "superseded",
            "unknown": "unknown",
        }
        return ForceStatus(statuses[reported.status], effective, agreement.expires, reported=True)
    if effective is not None:
        return ForceStatus("in-force", effective, agreement.expires)
    return ForceStatus("unknown", None, agreement.expires)
