"""H. Background papers and I. Contact details; and the checklist of what remains before publication."""

from __future__ import annotations

from collections.abc import Sequence

from dueregard.publish.report.committee.details import Details
from dueregard.publish.report.committee.draft import Draft, Mark
from dueregard.publish.report.pages.control import Control, inputs_region
from dueregard.publish.report.pages.parts import Page, text

CHECKED = (
    "It has been checked for disclosure: small numbers are not suppressed in this version, and the publication scheme "
    "says N until they are."
)
DRAFTED = "It is no longer a draft: the version says so, and this checklist is taken out."


def background(control: Control) -> str:
    """What the figures were made from, with the hash that ties this paper to it."""
    return inputs_region(control.inputs)


def contacts(draft: Draft, details: Details, control: Control) -> str:
    """Who wrote it, and whom to ask."""
    author = draft.given(control.author, "the author of the report")
    contact = draft.given(details.contact, "whom to ask for more, with a telephone number or an address")
    return f"<p>Report author: {author}</p>\n<p>For more information contact: {contact}</p>"


def checklist(marks: Sequence[Mark], synthetic: bool) -> Page:
    """Every place that is marked, by section, with a link; and what has to be true of the whole."""
    items = [f'<li>{text(mark.section)}: <a href="#{mark.key}">{text(mark.what)}</a></li>' for mark in marks]
    whole = [CHECKED, DRAFTED]
    if synthetic:
        whole.insert(0, "Its figures are of real records: those of this version are synthetic.")
    items += [f"<li>{text(item)}</li>" for item in whole]
    listed = "\n".join(items)
    said = f"<p>{len(items)} things remain before this report can be published.</p>"
    html = f'{said}\n<ol class="remaining">\n{listed}\n</ol>'
    return Page("checklist", "Before publication", "Before publication", html=html)
