"""The pages of a document put into the one HTML file that holds all it needs."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from string import Template

from dueregard.publish.report.pages.control import Control
from dueregard.publish.report.pages.parts import Page, text
from dueregard.version import __version__


def filled(pages: Sequence[Page], details: Control, marks: Sequence[str]) -> str:
    """The whole file as text; the marks stand at the top and at the foot of every printed page."""
    folder = files("dueregard.publish.report")
    return Template(folder.joinpath("page.html").read_text(encoding="utf-8")).substitute(
        library=text(__version__),
        title=text(details.title),
        style=folder.joinpath("style.css").read_text(encoding="utf-8").strip() + "\n" + running_foot(marks),
        about=text(_about(details)),
        notices="\n".join(f'<p class="notice">{text(mark)}</p>' for mark in marks),
        lead=text(pages[0].title[:1].lower() + pages[0].title[1:]),
        contents="\n".join(_link(page) for page in pages),
        pages="\n".join(page.section() for page in pages),
        foot=text(". ".join([*marks, f"Version {details.version}, {details.day}"]) + "."),
    )


def running_foot(marks: Sequence[str]) -> str:
    """What stands at the foot of every printed page."""
    words = text("; ".join(marks)).replace("\\", "").replace('"', "").replace("&#x27;", "")
    small = "font: 8pt Arial, sans-serif; color: #505a5f;"
    return (
        f'@page {{ @bottom-left {{ content: "{words}"; {small} }} '
        f'@bottom-right {{ content: counter(page) " of " counter(pages); {small} }} }}'
    )


def _about(details: Control) -> str:
    parts = [details.period, f"version {details.version}", details.day]
    said = ", ".join(part for part in parts if part)
    return said[:1].upper() + said[1:] + (f", by {details.author}" if details.author else "")


def _link(page: Page) -> str:
    return f'<li><a href="#{page.key}">{text(page.short)}</a></li>'
