"""Handbooks made in a test: two procedures, a few papers, a journey; only what the test is about is said."""

from collections.abc import Mapping, Sequence
from typing import Any

from generator.model.document import Document
from generator.model.entry import Entry
from generator.model.gate import Gate
from generator.model.journey import Journey
from generator.model.procedure import Procedure
from generator.reading.handbook import Handbook

ENTRY = {"sources": ["made"], "verified": {"on": "2026-11", "by": "editors"}}


def text(words: str) -> dict[str, str]:
    return {"vi": words, "lo": words}


def step(n: int, **fields: Any) -> dict[str, Any]:
    return {"n": n, "actor": "trader", "place": "VNACCS", "action": text(f"bước {n}"), **fields}


def fee(fee_id: str, amount: int | str, currency: str = "VND", **fields: Any) -> dict[str, Any]:
    return {
        "id": fee_id,
        "what": text(fee_id),
        "amount": amount,
        "currency": currency,
        "per": text("tờ"),
        **fields,
    }


def procedure(steps: Sequence[Mapping[str, Any]], side: str = "vietnam", **fields: Any) -> Procedure:
    values = {
        "name": text("thủ tục"),
        "side": side,
        "direction": "both",
        "who": ["enterprise"],
        "goods": ["general"],
        "purpose": text("để"),
        "legal_basis": [{"instrument": text("luật")}],
        **ENTRY,
        **fields,
        "steps": list(steps),
    }
    return Procedure.model_validate(values)


def leg(name: str, side: str = "vietnam", **fields: Any) -> dict[str, Any]:
    """`procedure/step`, or the id of a gap."""
    procedure_id, slash, n = name.partition("/")
    if slash:
        return {"procedure": procedure_id, "step": int(n), "side": side, **fields}
    return {"id": name, "side": side, "unknown": text("chưa rõ"), "ask": text("hải quan"), **fields}


def journey(legs: Sequence[Mapping[str, Any]], brought: Sequence[str] = (), **fields: Any) -> Journey:
    values = {
        "name": text("hành trình"),
        "summary": text("tóm tắt"),
        "direction": "vn-to-la",
        "who": ["enterprise"],
        "goods": ["general"],
        **ENTRY,
        **fields,
        "brought_along": list(brought),
        "legs": list(legs),
    }
    return Journey.model_validate(values)


def document(**fields: Any) -> Document:
    values = {
        "name": text("giấy"),
        "lo_wording": "attested",
        "side": "either",
        "issued_by": text("cơ quan"),
        **ENTRY,
        **fields,
    }
    return Document.model_validate(values)


def gate(gate_class: str = "international", **fields: Any) -> Gate:
    values = {
        "name": text("cửa khẩu"),
        "summary": text("tóm tắt"),
        "classes": [{"on": "2007", "gate_class": gate_class}],
        "states": [{"on": "2007", "state": "open"}],
        "vietnam": {},
        "laos": {},
        **ENTRY,
        **fields,
    }
    return Gate.model_validate(values)


def handbook(**kinds: Mapping[str, Entry]) -> Handbook:
    """A handbook of these entries by kind; it has no files, so nothing in it has a place."""
    return Handbook({kind: dict(entries) for kind, entries in kinds.items()}, {})
