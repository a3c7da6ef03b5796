"""The ways out of a gate, as its page tells them."""

from datetime import date

import pytest

from generator.journeys.diversion import diversions
from generator.labels import Language, labels
from generator.model.gate import Gate
from generator.reading.handbook import EntryKey
from generator.reading.load import Loaded
from generator.views.blocks.facts import Box
from generator.views.context import Context
from generator.views.plan_b import plan_b_section

AS_OF = date(2026, 11, 21)


@pytest.mark.parametrize("language", ["vi", "lo"])
def test_journeys_are_counted_where_there_are_any(loaded: Loaded, language: Language) -> None:
    """ "0 of 0 journeys" says nothing; a gate of journeys says of each way out how many it takes."""
    handbook = loaded.handbook
    counted = uncounted = 0
    for gate_id, gate in handbook.of(Gate).items():
        ways = diversions(handbook, gate_id, AS_OF)
        section = plan_b_section(
            Context(handbook, AS_OF, language, EntryKey("gates", gate_id), "gates"), gate
        )
        if section is None:
            continue
        box = section.blocks[0]
        assert isinstance(box, Box)
        for way, item in zip(ways, box.items, strict=True):
            total = len(way.journeys) + len(way.stranded)
            said = labels(language).fill("diversion.journeys", n=len(way.journeys), total=total)
            assert (said in item) == bool(total)
            counted, uncounted = counted + bool(total), uncounted + (not total)
    assert counted and uncounted
