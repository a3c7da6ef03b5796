"""Search over Vietnamese and Lao text: plain search documents in, ranked hits out.

Start at :mod:`search.engine` (``build_index``, ``open_index``). The analysis and every constant of the ranking
stand in ``analysis.json``, which Python and the browser both interpret.
"""
