"""Numbers in letters come back as they were."""

from hypothesis import given
from hypothesis import strategies as st

from search.letters import DIGITS, number, numbers, packed, steps, unpacked

RISING = st.lists(st.integers(0, 2_000_000), unique=True).map(sorted)


@given(RISING)
def test_rising_numbers(values: list[int]) -> None:
    assert numbers(steps(values)) == values


@given(RISING, st.data())
def test_postings(documents: list[int], data: st.DataObject) -> None:
    most = len(DIGITS) - 1
    impacts = data.draw(st.lists(st.integers(0, most), min_size=len(documents), max_size=len(documents)))
    assert unpacked(packed((documents, impacts))) == (documents, impacts)


def test_five_bits_a_letter() -> None:
    assert [number(value) for value in (0, 31, 32, 1024)] == ["A", "f", "gB", "ggB"]
