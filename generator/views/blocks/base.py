"""What all parts share: lines of HTML, and a label before a value."""

from markupsafe import Markup

EMPTY = Markup()

Line = tuple[str, Markup]  # (element: h2, h3, p; HTML)


def joined(label: str, *values: Markup) -> Markup:
    """`label: value value`."""
    return Markup("{}: {}").format(label, Markup(" ").join(values)) if label else Markup(" ").join(values)
