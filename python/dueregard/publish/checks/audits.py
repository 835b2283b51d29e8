"""The audit that a rule in a file, or a command, asks for, and what it comes to."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dueregard.audits.outcomes import BY_CONCERN, CANNOT_TELL, CONSISTENT, INCONSISTENT, SET_ASIDE
from dueregard.data.sources import open_source
from dueregard.publish.checks.assessments import make_assessment
from dueregard.publish.checks.check import EXIT_STATUS

if TYPE_CHECKING:
    from dueregard.findings import Findings


def make_audit(
    folder: Path,
    *,
    data: Any = None,
    against: str | Mapping[str, str] | None = None,
    framework: str | None = None,
    **layout: Any,
) -> "Findings":
    """The audit of a file or of columns, or of the claims that are embedded.

    Parameters
    ----------
    folder
        Where relative paths start.
    data
        A file, ``example:NAME`` or a dict of columns. Unless given the embedded claims of five reports; with a
        framework what one of them states of the standard.
    against
        What claims are held against: a table of groups and counts, or several by name. With a framework the answers to
        it, the embedded ones unless given.
    framework
        The standard by which those answers are scored.
    **layout
        As `dueregard.audit` takes it.
    """
    import dueregard as dr

    if data is None:
        claims: Any = dr.data.load("claims") if framework is None else dr.data.esps_claims()
    else:
        claims = open_source(data, folder=folder) if isinstance(data, str) else data
    return dr.audit(claims, against=_sources(folder, against, framework), **layout)


def _sources(folder: Path, against: str | Mapping[str, str] | None, framework: str | None) -> Any:
    """What claims are held against: an assessment, or tables of groups and counts."""
    if framework is not None:
        if isinstance(against, Mapping):
            raise ValueError("against: with a framework it is one file, of the answers to it")
        return make_assessment(folder, data=against, framework=framework)
    if isinstance(against, Mapping):
        for name, file in against.items():
            if not isinstance(file, str):
                raise ValueError(f"against: {name!r} is {file!r}, not the name of a file")
        return {name: open_source(file, folder=folder) for name, file in against.items()}
    return None if against is None else open_source(against, folder=folder)


def needing_a_reader(found: "Findings") -> "Findings":
    """All that is not simply consistent."""
    return found.filter(verdict=[verdict for verdict in BY_CONCERN if verdict != CONSISTENT])


def tally_of_verdicts(found: "Findings") -> str:
    """How many claims there are of each verdict, what needs a reader first.

    >>> from dueregard.findings import Findings
    >>> tally_of_verdicts(Findings({"verdict": ["consistent", "inconsistent", "consistent"]}))
    '3 claims: 1 inconsistent, 2 consistent'
    """
    n = Counter(found["verdict"])
    each = ", ".join(f"{n[verdict]:,} {verdict}" for verdict in BY_CONCERN if n[verdict])
    claims = f"{len(found):,} {'claim' if len(found) == 1 else 'claims'}"
    return f"{claims}: {each}" if each else "No claim was found that could be checked"


def exit_status_of_audit(found: "Findings") -> int:
    """0 nothing is inconsistent, 1 something is, 3 nothing is but nothing could be checked either."""
    verdicts = set(found["verdict"])
    if INCONSISTENT in verdicts:
        return EXIT_STATUS[False]
    return EXIT_STATUS[True if verdicts - {CANNOT_TELL, SET_ASIDE} else None]
