"""Comments of an entry and what each belongs to, so that they travel with it when keys are put in order."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from generator.reading.source import Path

# The first line of each entry, for editors; made anew by the formatter.
MODELINE = "# yaml-language-server:"


@dataclass(frozen=True, slots=True)
class Comments:
    """Comments by the path of what they stand before (lines of their own) or behind (on its line)."""

    before: dict[Path, list[str]] = field(default_factory=dict)
    behind: dict[Path, list[str]] = field(default_factory=dict)
    tail: list[str] = field(default_factory=list)

    def within(self, path: Path) -> bool:
        """Whether a comment stands somewhere inside the value at `path`."""
        return any(
            len(inner) > len(path) and inner[: len(path)] == path for inner in (*self.before, *self.behind)
        )


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A key or an item: where it begins, and whether it stands in brackets."""

    line: int
    column: int
    path: Path
    in_flow: bool


def read_comments(text: str) -> Comments:
    """The comments of a sound YAML text. The modeline is left out."""
    found = Comments()
    lines = list(_comment_places(text))
    if not lines:
        return found
    anchors = sorted(_anchors(text), key=lambda anchor: (anchor.line, anchor.column, len(anchor.path)))
    for line, column, comment, own_line in lines:
        if comment.startswith(MODELINE):
            continue
        if own_line:
            following = next((anchor for anchor in anchors if anchor.line > line), None)
            target = found.tail if following is None else found.before.setdefault(following.path, [])
        else:
            earlier = [a for a in anchors if (a.line, a.column) < (line, column) and not a.in_flow]
            target = found.behind.setdefault(earlier[-1].path, []) if earlier else found.tail
        target.append(comment)
    return found


def _comment_places(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """Line, column, comment, and whether it has the line to itself: what lies between the tokens and begins with #."""
    if "#" not in text:
        return
    rows = text.split("\n")
    free = {number: [0, len(row)] for number, row in enumerate(rows) if "#" in row}
    # Per line with a #, the end of the last token on it: a comment can only come after that.
    for token in yaml.scan(text, Loader=yaml.CSafeLoader):
        start, end = token.start_mark, token.end_mark
        for number in range(start.line, end.line + 1):
            if number not in free or (start.line, start.column) == (end.line, end.column):
                continue
            last = end.column if number == end.line else len(rows[number])
            free[number][0] = max(free[number][0], last)
    for number, (begin, _end) in sorted(free.items()):
        row = rows[number]
        mark = row.find("#", begin)
        if mark >= 0:
            yield number, mark, row[mark:].rstrip(), not row[:mark].strip()


def _anchors(text: str) -> Iterator[_Anchor]:
    loader = yaml.CSafeLoader(text)
    try:
        node = loader.get_single_node()
    finally:
        loader.dispose()
    if node is not None:
        yield from _walk(node, (), False)


def _walk(node: yaml.Node, path: Path, in_flow: bool) -> Iterator[_Anchor]:
    if isinstance(node, yaml.MappingNode):
        inside = in_flow or bool(node.flow_style)
        for key, value in node.value:
            place = (*path, str(key.value))
            yield _Anchor(key.start_mark.line, key.start_mark.column, place, inside)
            yield from _walk(value, place, inside)
    elif isinstance(node, yaml.SequenceNode):
        inside = in_flow or bool(node.flow_style)
        for index, item in enumerate(node.value):
            place = (*path, index)
            yield _Anchor(item.start_mark.line, item.start_mark.column, place, inside)
            yield from _walk(item, place, inside)
