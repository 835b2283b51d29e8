"""Charts as SVG that can stand inside a page: one name for each id, text that stays text, a text alternative."""

from __future__ import annotations

import hashlib
import io
import re
from html import escape
from typing import TYPE_CHECKING

from dueregard.publish.charts.canvas import settings
from dueregard.publish.readings import clean

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Readers' own fonts: the text is laid out in a wider one, so these always fit.
FONTS = "Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans', sans-serif"


def svg(figure: Figure, *, title: str, description: str, key: str = "") -> str:
    """A figure as inline SVG with ``role="img"`` and a text alternative.

    The same figure gives the same text, byte for byte: ids come from the title and `key`, and no date is written.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    title : str
        A short name of the chart.
    description : str
        What the chart shows, with its main numbers, for those who cannot see it.
    key : str
        Keeps ids apart when two charts with one title stand on a page.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If `title` or `description` is empty: a chart without a text alternative cannot be published.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> svg(Figure(figsize=(1, 1)), title="Nothing", description="An empty chart.")[:38]
    '<svg role="img" aria-labelledby="chart'
    """
    if not title.strip() or not description.strip():
        raise ValueError("title and description: a chart needs both, they are its text alternative")
    name = "chart-" + hashlib.sha256(f"{title}\0{description}\0{key}".encode()).hexdigest()[:10]
    return _dress(_draw(figure, name), name, clean(title), clean(description))


def _draw(figure: Figure, name: str) -> str:
    import matplotlib

    buffer = io.StringIO()
    with settings():
        matplotlib.rcParams["svg.hashsalt"] = name
        none = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(buffer, format="svg", metadata=none)
    return buffer.getvalue()


def _dress(drawn: str, name: str, title: str, description: str) -> str:
    """matplotlib's file as an element of a page."""
    box = re.search(r'viewBox="([^"]+)"', drawn)
    inner = drawn[drawn.index(">", drawn.index("<svg")) + 1 : drawn.rindex("</svg>")]
    inner = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", inner, count=1, flags=re.S)
    inner = _retag(inner, name)
    inner = re.sub(r"\s*\n\s*", "\n", inner).strip()
    opening = (
        f'<svg role="img" aria-labelledby="{name}-title" aria-describedby="{name}-desc" '
        f'viewBox="{box.group(1) if box else "0 0 1 1"}" xmlns="http://www.w3.org/2000/svg" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink" font-family="{FONTS}" stroke-linejoin="round">'
    )
    names = f'<title id="{name}-title">{escape(title)}</title>\n<desc id="{name}-desc">{escape(description)}</desc>'
    return f"{opening}\n{names}\n{inner}\n</svg>"


def _retag(drawn: str, name: str) -> str:
    """Every tag, and no text between tags: the page's font, and ids of this chart only."""
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', drawn))
    return re.sub(r"<[^>]+>", lambda tag: _own_ids(_plain_type(tag[0]), used, name), drawn)


def _plain_type(tag: str) -> str:
    """Leave the font to the root element, and drop turns by nothing."""
    tag = re.sub(r"(; )?font-family: [^;\"]*", "", tag)
    return re.sub(r' transform="rotate\(-?0 [^"]*\)"', "", tag)


def _own_ids(tag: str, used: set[str], name: str) -> str:
    """Ids that nothing points to go, the others carry the chart's name."""
    tag = re.sub(r' id="([^"]+)"', lambda m: f' id="{name}-{m[1]}"' if m[1] in used else "", tag)
    return re.sub(r'(href="#|url\(#)([^")]+)', lambda m: f"{m[1]}{name}-{m[2]}", tag)
