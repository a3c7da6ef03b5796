"""Where a journey passes the border, there and back: derived from the steps that are done at the border."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from generator.model.entry import Direction, Side

Land = Literal["vietnam", "laos"]
LEAVING: dict[Direction, Land] = {"vn-to-la": "vietnam", "la-to-vn": "laos"}
ACROSS: dict[Land, Land] = {"vietnam": "laos", "laos": "vietnam"}


@dataclass(frozen=True, slots=True)
class Stop:
    """A step at the border: its number, its side, and whether it is on the way back."""

    n: int
    side: Side
    back: bool = False


@dataclass(frozen=True, slots=True)
class Crossing:
    """The border is passed after step `after`, into the country `to`; `back` says that it is the way home.

    `to` is None where the journey can be made in either direction and no step tells which.
    """

    after: int
    to: Land | None
    back: bool = False


def crossings(stops: Sequence[Stop], direction: Direction, last_of: dict[Land, int]) -> tuple[Crossing, ...]:
    """Every passage in the order of the steps.

    The traveller stands where the first step at the border is done; each following one on the other side means a
    passage since the last. A step on the way back lies behind the passage home, or before it where it is done abroad;
    coming back without a step abroad means that the traveller was there. Where no step decides, the border lies behind the last step at it, else behind the last step of the country of departure
    (`last_of`: country -> number of its last step).
    """
    found: list[Crossing] = []
    start = here = _start(stops, direction)
    last = 0
    for stop in stops:
        if start is not None and stop.back and stop.side == start == here:
            here = ACROSS[start]
            found.append(Crossing(last, here))
        if stop.side != "both" and here is not None and stop.side != here:
            here = ACROSS[here]
            found.append(Crossing(stop.n - 1 if stop.back else last, here, here == start))
        if stop.back and stop.side not in ("both", start) and start is not None:
            here = start
            found.append(Crossing(stop.n, here, True))
        last = stop.n
    if found:
        return tuple(found)
    home = start or LEAVING.get(direction)
    to = ACROSS[home] if home else None
    return (Crossing(stops[-1].n if stops else last_of.get(home, 0) if home else 0, to),)


def _start(stops: Sequence[Stop], direction: Direction) -> Land | None:
    """The country the traveller comes from; a first step of both sides is passed from the other one."""
    for position, stop in enumerate(stops):
        if stop.side != "both":
            if position == 0:
                return stop.side
            return LEAVING.get(direction, ACROSS[stop.side])
    return LEAVING.get(direction)


def main_crossing(found: Sequence[Crossing], direction: Direction) -> Crossing:
    """The passage the journey is made for: the first into the country of arrival, else the first."""
    leaving = LEAVING.get(direction)
    wanted = ACROSS[leaving] if leaving else None
    return next((crossing for crossing in found if crossing.to == wanted), found[0])
