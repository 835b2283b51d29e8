"""A draft under way: its paragraphs are numbered without gaps, and every place that is still to be completed is kept.

A mark is never lost: whatever is marked in the text stands in the checklist at the end, with a link to the place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from dueregard.publish.report.pages.parts import text


class Mark(NamedTuple):
    """One place that is still to be completed."""

    key: str
    section: str
    what: str


@dataclass
class Draft:
    """What has been written so far."""

    number: int = 0
    section: str = ""
    marks: list[Mark] = field(default_factory=list)

    def paragraph(self, words: str, *marked: str) -> str:
        """A numbered paragraph, with what is to be completed after its words."""
        self.number += 1
        said = " ".join([*([text(words)] if words else []), *(self.mark(what) for what in marked)])
        return (
            f'<p class="numbered" id="paragraph-{self.number}"><span class="number">{self.number}.</span> '
            f"<span>{said}</span></p>"
        )

    def paragraphs(self, words: Iterable[str]) -> list[str]:
        """Numbered paragraphs, one for each of the words."""
        return [self.paragraph(each) for each in words]

    def mark(self, what: str) -> str:
        """A place to be completed, in the text."""
        mark = Mark(f"to-complete-{len(self.marks) + 1}", self.section, what)
        self.marks.append(mark)
        return f'<mark id="{mark.key}">[to be completed: {text(what)}]</mark>'

    def given(self, value: object, what: str) -> str:
        """What was given, or a mark in its place."""
        return self.mark(what) if value in (None, "") else text(value)
