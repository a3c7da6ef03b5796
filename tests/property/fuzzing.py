"""How many cases are drawn: few in each run of the tests, many with `HYPOTHESIS_PROFILE=long`."""

import os
from typing import Any

from hypothesis import HealthCheck, Phase, settings

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
TIMES = 50


def cases(usual: int, shrink: bool = True) -> Any:
    """The settings of a test that draws `usual` cases, fifty times as many in a long run.

    A case of seconds is not shrunk: that would take hours.
    """
    return settings(
        max_examples=usual * TIMES if LONG else usual,
        deadline=None,
        derandomize=not LONG,
        phases=[Phase.explicit, Phase.reuse, Phase.generate, *([Phase.shrink] if shrink else [])],
        suppress_health_check=[
            HealthCheck.too_slow,
            HealthCheck.data_too_large,
            HealthCheck.large_base_example,
        ],
    )
