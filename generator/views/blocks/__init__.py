"""The parts a page is made of. Each part is ready to print in one language; a template only lays it out.

`lines()` gives a part as plain lines, the same number in both languages, for the side-by-side page, the book
and the search documents.
"""

from generator.views.blocks.base import EMPTY, Line, joined
from generator.views.blocks.crossing import Crossing, Field, Lanes, PaperCard, Papers, Phase, StepCard
from generator.views.blocks.facts import (
    Box,
    ConflictBox,
    Facts,
    Items,
    Moment,
    Row,
    SourceNote,
    Sources,
    Timeline,
)
from generator.views.blocks.figures import Bar, Bars, Column, Figure, Mark
from generator.views.blocks.line import BorderLine, LineStop
from generator.views.blocks.page import Block, Button, PageView, Plate, Section, Status
from generator.views.blocks.tables import Cell, Choice, Filters, Letter, Register, Table, TableRow

__all__ = [
    "EMPTY",
    "Bar",
    "Bars",
    "Block",
    "BorderLine",
    "Box",
    "Button",
    "Cell",
    "Choice",
    "Column",
    "ConflictBox",
    "Crossing",
    "Facts",
    "Field",
    "Figure",
    "Filters",
    "Items",
    "Lanes",
    "Letter",
    "Line",
    "LineStop",
    "Mark",
    "Moment",
    "PageView",
    "PaperCard",
    "Papers",
    "Phase",
    "Plate",
    "Register",
    "Row",
    "Section",
    "SourceNote",
    "Sources",
    "Status",
    "StepCard",
    "Table",
    "TableRow",
    "Timeline",
    "joined",
]
