"""Dates, numbers, money and durations as both languages print them."""

from datetime import date
from decimal import Decimal
from typing import Literal

from generator.labels import Labels
from generator.model.procedure import Duration
from generator.model.scalars import PartialDate


def day(value: PartialDate | date) -> str:
    """In figures, alike in both languages: 18/6/2025, 6/2025 or 2025."""
    if isinstance(value, date):
        return f"{value.day}/{value.month}/{value.year}"
    parts = [part for part in (value.day, value.month) if part]
    return "/".join(str(part) for part in (*parts, value.year))


def number(value: Decimal | int) -> str:
    """Point for thousands, comma for decimals: 2.337,459."""
    sign, digits = ("-", -value) if value < 0 else ("", value)
    whole, _, fraction = format(digits, "f").partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    fraction = fraction.rstrip("0")
    return f"{sign}{grouped},{fraction}" if fraction else f"{sign}{grouped}"


def period(value: str) -> str:
    """`2021`, `2022-01` or `from/to` in figures: 2021, 1/2022, 1–6/2022."""
    start, _, end = value.partition("/")
    first = PartialDate.parse(start)
    if not end:
        return day(first)
    last = PartialDate.parse(end)
    if first.year == last.year and first.month and last.month:
        return f"{first.month}–{last.month}/{last.year}"
    return f"{day(first)}–{day(last)}"


def money(amount: Decimal, currency: Literal["VND", "LAK", "USD"], labels: Labels) -> str:
    """The amount with the currency's word: 20.000 đồng."""
    return f"{number(amount)} {labels[f'currency.{currency}']}"


def duration(value: Duration, labels: Labels) -> str:
    """Least and most with the unit: `2 ngày làm việc`, `3–5 phút`, `tối đa 8 giờ làm việc`."""
    unit = labels[f"unit.{value.unit}"]
    if value.min is not None and value.max is not None:
        span = number(value.min) if value.min == value.max else f"{number(value.min)}–{number(value.max)}"
        return f"{span} {unit}"
    if value.max is not None:
        return labels.fill("duration.at-most", n=number(value.max), unit=unit)
    if value.min is not None:
        return labels.fill("duration.at-least", n=number(value.min), unit=unit)
    return unit
