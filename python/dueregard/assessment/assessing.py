"""`dueregard.assess`: from responses to an Assessment."""

from collections.abc import Mapping
from typing import Any

from dueregard.assessment import response_reading as reading
from dueregard.assessment.answers import Scale
from dueregard.assessment.frameworks import Framework
from dueregard.assessment.responses import Names
from dueregard.assessment.results import Assessment
from dueregard.records import provenance_of


def assess(
    responses: Any,
    framework: Framework,
    *,
    unit: str | None = None,
    indicator: str = "indicator",
    answer: str = "answer",
    kind: str | None = None,
    area: str | None = None,
    missing: Mapping[Any, str] | None = None,
    units: Any = None,
    strict: bool = True,
) -> Assessment:
    """Score units against a framework.

    Parameters
    ----------
    responses
        A dict of arrays, data frame, or CSV or Parquet path in one of three shapes: one row for each unit and
        indicator, with the answer; one row for each unit with a column for each indicator; or one row for each unit
        with a column for the number of each answer. Or a Tally with the dimensions unit and answer, and indicator
        where it is known. Or what `dueregard.merge_returns` gives: units that were invited and have not returned are
        then assessed with every answer missing. A column ``stated_percent`` is kept as the published score.
    framework
        From `dueregard.frameworks`.
    unit
        Column that names the unit: by default ``unit`` if there is one, else the framework's kind (``borough``).
    indicator, answer
        Columns of the first shape. An answer is the id or label of one of the framework's, or met and not met
        (True and False, 1 and 0).
    kind
        The kind of all units, or the column that holds each unit's. Exemptions follow the kind. By default the column
        ``kind`` if there is one, else the framework's own kind.
    area
        The column of the area that each unit belongs to; ``area`` if there is one.
    missing
        Labels that stand for a kind of missing answer, as in `dueregard.tally`. "Not applicable" makes an indicator
        not assessable; the other kinds, and an indicator without a row, leave it assessable and unanswered.
    units
        The units that were asked, as a list, or a dict of each to its kind. Those without a row are assessed with every
        answer missing, so that who did not answer is never left out.
    strict
        Whether a response that cannot be right is refused. Otherwise it is left out, so that the answer counts as
        missing, and reported in ``set_aside``. Of an indicator answered twice both answers are set aside.

    Returns
    -------
    Assessment
        With ``scores``, ``thresholds``, ``levels``, ``strengths``, ``unmet``, ``next_steps``, ``performance`` and
        ``compare``. A unit with nothing assessable has the score NaN, flagged.

    Raises
    ------
    ValueError
        For an answer that is not in the scale, an indicator that is not in the framework, an answer to an indicator
        the unit is exempt from, a unit and indicator answered twice, or a unit with more answers than assessable
        indicators. The message names it and the first row.

    Examples
    --------
    >>> import dueregard as dr
    >>> from dueregard.assessment import assess, frameworks
    >>> scores = assess(dr.data.load("borough_answers"), frameworks.esps()).scores()
    >>> row = next(row for row in scores.rows() if row["unit"] == "Kensington & Chelsea")
    >>> round(row["value"], 1), round(row["low"], 1), round(row["high"], 1), row["note"]
    (83.3, 83.3, 88.9, '1 answer missing')
    """
    if not isinstance(framework, Framework):
        raise TypeError(f"framework: {framework!r} is not a Framework, such as dr.frameworks.esps() gives")
    names = Names(unit, indicator, answer, kind, area)
    return Assessment(
        reading.read(responses, framework, names, missing, strict=strict, units=units),
        framework,
        Scale(framework, missing),
        provenance=provenance_of(responses),
        native=native_of(responses),
    )


def native_of(responses: Any) -> str | None:
    """The frame library the responses came in."""
    if hasattr(responses, "native"):
        return responses.native  # type: ignore[no-any-return]
    library = type(responses).__module__.partition(".")[0]
    return library if library in ("pandas", "polars", "pyarrow") else None
