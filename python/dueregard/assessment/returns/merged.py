"""Returns: what many returns say, and what became of each of their rows."""

from collections.abc import Sequence
from typing import Any

from dueregard.assessment.frameworks import Framework
from dueregard.assessment.returns import form
from dueregard.assessment.returns.inconsistencies import inconsistencies
from dueregard.assessment.returns.read_rows import ReadReturn
from dueregard.assessment.returns.recipients import Recipient
from dueregard.assessment.returns.register import register
from dueregard.findings import Findings
from dueregard.flags import Flag
from dueregard.notices import notices


class ResponseTable(dict[str, list[Any]]):
    """Columns of responses that carry where they come from."""

    def __init__(self, rows: Sequence[dict[str, Any]], provenance: str | None) -> None:
        super().__init__({name: [row[name] for row in rows] for name in form.COLUMNS})
        self.provenance = provenance


class Returns:
    """What `dueregard.merge_returns` gives.

    Attributes
    ----------
    responses : dict of list
        One row for each indicator of each invited return, for `dueregard.assess(..., kind="kind")`: unit, kind, area,
        indicator, answer (an id, or "not stated"), evidence, owner, due (ISO text), round, channel, returned, file
        and row.
    open_responses : dict of list
        The same of open replies, which are never pooled with invited ones.
    set_aside : Findings
        Every row that is in neither, with its reason in ``note``; one row without a number for a file that has none.
        Forms that were not filled in are here, so that no earlier answers that they were sent out with are taken.
    unexpected : Findings
        Returns of units that were not invited.
    framework : Framework
    provenance : str or None

    Examples
    --------
    >>> import dueregard as dr, tempfile
    >>> folder, esps = tempfile.mkdtemp(), dr.frameworks.esps()
    >>> paths = dr.write_returns(folder, esps, ["Brent"])
    >>> print(dr.merge_returns(folder, esps))
    Returns of 1 file to the Equality Standard for the Police Service...
    0 invited rows, 0 open rows, 18 set aside
    See .responses, .register(), .inconsistent(), .set_aside, .unexpected
    Internal: not checked for disclosure
    """

    def __init__(
        self, framework: Framework, read: Sequence[ReadReturn], expected: Sequence[Recipient] | None = None
    ) -> None:
        self.framework = framework
        self._read, self._expected = list(read), expected
        known = dict.fromkeys(one.provenance for one in read if one.provenance)
        self.provenance = "; ".join(known) or None
        self.responses = self._table(form.INVITED)
        self.open_responses = self._table(form.OPEN)

    def __repr__(self) -> str:
        n = len({one.path for one in self._read})
        aside = sum(row is not None for row in self.set_aside["row"])
        invited, opened = len(self.responses["unit"]), len(self.open_responses["unit"])
        lines = [
            f"Returns of {n:,} file{'' if n == 1 else 's'} to the {self.framework.name}",
            f"{invited:,} invited rows, {opened:,} open rows, {aside:,} set aside",
            *(f"Not expected: {note}" for note in self.unexpected["note"]),
            "See .responses, .register(), .inconsistent(), .set_aside, .unexpected",
        ]
        return "\n".join([*lines, *notices(self.provenance)])

    def _table(self, channel: str) -> ResponseTable:
        taken = [one for one in self._read if one.why_aside is None and (one.channel or form.INVITED) == channel]
        rows = [one.columns(row) for one in taken for row in one.rows if row.fault is None]
        return ResponseTable(rows, self.provenance)

    @property
    def set_aside(self) -> Findings:
        """Rows and files that were not taken."""
        rows = []
        for one in self._read:
            if one.fault and not one.rows:
                rows.append({**dict.fromkeys(form.COLUMNS), "unit": one.unit, "file": str(one.path), "note": one.fault})
            for row in one.rows:
                if note := one.why_aside or row.fault:
                    rows.append({**one.columns(row), "note": note})
        return self._findings(rows, "set aside", "returns set aside", "Set aside", (*form.COLUMNS, "note"))

    @property
    def unexpected(self) -> Findings:
        """Invited returns of units that were not invited."""
        rows = [{"unit": one.unit, "file": str(one.path), "note": one.fault} for one in self._read if one.unexpected]
        names = ("unit", "file", "note")
        return self._findings(rows, "unexpected return", "unexpected returns", "Unexpected returns", names)

    def _findings(
        self, rows: list[dict[str, Any]], measure: str, kind: str, title: str, names: Sequence[str]
    ) -> Findings:
        columns = {name: [row[name] for row in rows] for name in names}
        given = {"measure": [measure] * len(rows), "row_type": ["group"] * len(rows)}
        flags = {"flag": [Flag(0)] * len(rows)}
        together = {**given, **columns, **flags}
        return Findings(together, by=("unit",), title=title, provenance=self.provenance, kind=kind)

    def register(self) -> Findings:
        """Who has returned and who has not: a full count, without an interval.

        Returns
        -------
        Findings
            First the response rate of the invited units (``count`` of ``nobs``, ``value`` in percent), then how many
            returned on time, late, and so on; then a row for each invited unit: ``verdict``, answers given (``count``)
            of asked (``nobs``), ``due``, ``returned``, ``days_late``, ``file``, ``note``. A form as it was sent out is
            not a return. A return without a date is neither on time nor late. By round, where there are several. When
            ``expected`` was not given the rate is NaN, flagged.
        """
        return register(self.framework, self._read, self._expected, self.provenance)

    def inconsistent(self, previous: Any = None) -> Findings:
        """Answers of the invited returns that do not go together.

        Parameters
        ----------
        previous
            The responses of the round before, as for `dueregard.assess`: answers lower than there are listed.

        Returns
        -------
        Findings
            First a row for each check with the number found (``count``) of those looked at (``nobs``), then a row for
            each answer: ``measure`` (the check), ``unit``, ``indicator``, ``answer``, ``file``, ``row`` and ``note``.
            The checks: met without evidence; evidence without an answer; not met without an owner; not met without a
            date for action; date for action before the return; the same evidence for several indicators; the same
            evidence as another unit; the same answer throughout; lower than before.
        """
        return inconsistencies(self.framework, self.responses, previous, self.provenance)
