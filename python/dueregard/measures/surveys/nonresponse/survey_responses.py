"""`dueregard.survey_response`: how many of those asked answered, by definition, group and area."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dueregard.designs.survey_design import SurveyDesign
from dueregard.findings import Findings
from dueregard.hints import did_you_mean
from dueregard.inference import checked
from dueregard.inference.references import REST, Reference
from dueregard.inference.surveys.nonresponse.outcome_rates import DISPOSITIONS, NO_ANSWER, RATES, SOME
from dueregard.inference.two_groups.families import ADJUSTMENTS
from dueregard.measures.comparison_rows import Columns, stacked
from dueregard.measures.gaps.compared import Question
from dueregard.measures.gaps.gap_methods import method_of
from dueregard.measures.gaps.gap_rows import gap_columns
from dueregard.measures.grouped import as_labels, by_names, position, tally_of
from dueregard.measures.share_rows import share_rows
from dueregard.measures.surveys.nonresponse.dispositions import Cases, cases_of
from dueregard.measures.thresholds import practical_threshold
from dueregard.measures.verdicts import Rule

INFERENCES = ("chance", "none")
KNOWN = "known"
SOURCE = "Rates: American Association for Public Opinion Research, Standard Definitions, 10th edition, 2023."


def survey_response(
    data: Any,
    *,
    disposition: str,
    codes: Mapping[Any, str] | None = None,
    rates: str | Sequence[str] = "RR1",
    eligible: str | float = KNOWN,
    group: str | None = None,
    reference: Any = REST,
    by: str | Sequence[str] | None = None,
    method: str | None = None,
    adjust: str = "holm",
    threshold: float | None = None,
    name: str | None = None,
    period: str | None = None,
    inference: str = "chance",
    confidence_level: float = 0.95,
    count: str | None = None,
    missing: Mapping[Any, str] | None = None,
    where: Any = None,
    design: SurveyDesign | None = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    threads: int | None = None,
) -> Findings:
    """Response, cooperation, contact and refusal rates of a survey by the definitions of AAPOR, by group and area.

    Parameters
    ----------
    data : Tally or anything `dueregard.tally` takes
        One row for each person asked, or counts with ``count=``: everybody, not only those who answered.
    disposition : str
        The column of what each case came to: codes of Standard Definitions as text or whole numbers ("2.11" or 211),
        the words "complete", "partial", "refusal", "non-contact", "other", "no answer" (eligible, nothing known of
        why), "unknown eligibility" and "not eligible", or True and False for whether somebody answered.
    codes : dict of label to word, optional
        What other labels stand for, such as ``{"Left": "not eligible"}``.
    rates : str or list of str
        "RR1" to "RR6", "COOP1" to "COOP4", "CON1" to "CON3", "REF1" to "REF3".
    eligible : "known" or float
        For RR3, RR4, CON2 and REF2: the share, from 0 to 1, taken to be eligible of those of whom it is not known.
        "known" takes that of all cases of whom it is, over the whole of the data.
    group : str, optional
        The column of groups. Without one there is a row for each area.
    reference : label, REST or OVERALL
        What each group is compared with: all others unless given.
    by : str or sequence of str, optional
        Columns of areas; several are crossed. Rows for all areas together come first.
    method, adjust, threshold
        As in `dueregard.gap`, of differences in percentage points. Each rate is a family of its own.
    name : str, optional
        What was answered, such as "staff survey 2011": it stands before the name of each rate.
    inference : {"chance", "none"}
        "none" for numbers alone. Where everybody was asked, the rate is a full count; a difference between groups is
        tested all the same unless this is "none", for who answers has chance in it too.
    design : SurveyDesign, optional
        How those asked were drawn (`dueregard.survey_design`). Its weights are those of being asked, as everybody has
        who was: not those that were made afterwards of who answered.
    period, confidence_level, count, missing, where, labels, threads
        As in `dueregard.gap`; one level.

    Returns
    -------
    Findings
        For each rate the rows of `dueregard.gap`, in percent and points: ``value`` is the rate, ``count`` the cases
        counted of ``nobs`` that the rate looks at. Without ``group`` the limits are Wilson's of the rate itself. For
        RR3, RR4, CON2 and REF2 ``eligible_percent`` is the share taken of those of unknown eligibility, all of whom are
        in ``nobs``. ``outcome_missing`` are cases without a disposition, flagged, which count as of unknown
        eligibility.

    Raises
    ------
    TypeError
        If an argument has the wrong type.
    ValueError
        If a label says nothing of what a case came to, a rate does not exist, or cooperation, contact or refusal are
        asked for where some did not answer and nothing is known of why; for RR3, RR4, CON2 and REF2 with a design.

    Notes
    -----
    The American Association for Public Opinion Research, Standard Definitions: Final Dispositions of Case Codes and
    Outcome Rates for Surveys (10th edition, 2023). With I complete and P partial interviews, R refusals and break-offs,
    NC non-contacts, O others, U cases of unknown eligibility and e the share of these that is eligible:

    ============  ==========================  ============  =================================
    RR1, RR2      I, I + P over all and U     COOP1, COOP2  I, I + P over I + P + R + O
    RR3, RR4      ... and e U                 COOP3, COOP4  I, I + P over I + P + R
    RR5, RR6      ... without U               CON1 to CON3  I + P + R + O over the base of RR
    ============  ==========================  ============  =================================

    RR1 is the lowest, RR6 the highest. RR5 may only be given where nobody of unknown eligibility is eligible, or all of
    those asked are known to be, as in a list of staff: then RR1, RR3 and RR5 are the same.

    For questionnaires sent to units, where only bounds may be known, see `dueregard.response_rate`; for what those who
    did not answer could change, `dueregard.bound_nonresponse`; for how they differ, `dueregard.weighting_classes`.

    At zero: where nobody was asked the rate is NaN, flagged.

    Examples
    --------
    >>> import dueregard as dr
    >>> staff = {"outcome": ["complete"] * 330 + ["no answer"] * 170 + ["complete"] * 40 + ["no answer"] * 60,
    ...          "sex": ["Female"] * 500 + ["Male"] * 100}
    >>> found = dr.survey_response(staff, disposition="outcome", group="sex")
    >>> [(row["group"], row["value"], round(row["estimate"], 1), row["verdict"]) for row in found.rows()]
    [('Female', 66.0, 26.0, 'higher'), ('Male', 40.0, -26.0, 'lower')]
    """
    asked = _rates(rates)
    method = method_of("difference", method, reference=reference, pool="cases", design=design)
    checked.one_of("adjust", adjust, ADJUSTMENTS)
    checked.one_of("inference", inference, INFERENCES)
    level, of = checked.level(confidence_level), checked.words("name", name)
    names = by_names(by, {"disposition": disposition} | ({} if group is None else {"group": group}))
    share, size = _share(eligible), practical_threshold(threshold)
    whole = [*names, *([] if group is None else [group])]
    tally = tally_of(
        data, whole, outcome=disposition, weight=None, where=where, labels=labels, count=count, missing=missing,
        threads=threads, design=design,
    )  # fmt: skip
    cases = cases_of(tally, disposition, codes, names, group)
    _refuse_without_causes(asked, cases)
    if design is not None:
        _refuse_parts(asked)
    question = Question(
        name="",
        measure="difference",
        method=method,
        adjust=adjust,
        characteristic=group,
        by=names,
        reference=reference,
        position=_position(reference, cases.groups, group),
        rules=(Rule(level, size),),
        pool="cases",
        period=period,
        chance=inference == "chance",
    )
    part = cases.share_eligible if share is None else share
    return Findings(
        stacked([_rows(cases, rate, part, question, of) for rate in asked]),
        by=names,
        provenance=tally.provenance,
        native=tally.native,
        threshold=size if question.chance and group is not None else None,
        notes=[SOURCE],
        kind="response rates",
    )


def _rows(cases: Cases, rate: str, eligible: float, question: Question, of: str | None) -> Columns:
    """The rows of one rate."""
    named = replace(question, name=f"{of}: {RATES[rate].words} {rate}" if of else f"{RATES[rate].words} {rate}")
    grouped = cases.grouped(rate, eligible)
    columns = share_rows(grouped, named) if cases.groups == [None] else gap_columns(grouped, named)
    if RATES[rate].unknown == SOME:
        columns["eligible_percent"] = [100 * eligible] * len(columns["value"])
    return columns


def _rates(rates: Any) -> list[str]:
    """The rates asked for, each once."""
    asked = list(dict.fromkeys(as_labels(rates)))
    if not asked:
        raise ValueError("rates: there is none")
    for rate in asked:
        if rate not in RATES:
            raise ValueError(f"rates: {rate!r} is not one of {', '.join(RATES)}{did_you_mean(rate, list(RATES))}")
    return asked


def _share(eligible: Any) -> float | None:
    """The share taken to be eligible; None for that of those of whom it is known."""
    if isinstance(eligible, str) and eligible == KNOWN:
        return None
    if isinstance(eligible, str):
        raise ValueError(f"eligible: {eligible!r} is neither 'known' nor a share from 0 to 1")
    share = checked.number("eligible", eligible)
    if not 0 <= share <= 1:
        raise ValueError(f"eligible: {eligible!r} is not a share from 0 to 1")
    return share


def _position(reference: Any, groups: Sequence[Any], group: str | None) -> int | None:
    """Where the reference stands among the groups, if it is one of them."""
    if isinstance(reference, Reference):
        return None
    if group is None:
        raise TypeError("reference: without group= there is nothing to compare")
    return position("reference", reference, groups, group)


def _refuse_without_causes(asked: Sequence[str], cases: Cases) -> None:
    """Refuse rates that look at why cases did not answer, where nothing is known of that for some."""
    silent = int(cases.counts[..., DISPOSITIONS.index(NO_ANSWER)].sum())
    for rate in asked:
        if silent and RATES[rate].needs_causes:
            raise ValueError(
                f"rates: {rate} needs to be known why each did not answer, and of {silent:,} only that they did not "
                f"({NO_ANSWER!r}, or False); RR1 to RR6 do not need it"
            )


def _refuse_parts(asked: Sequence[str]) -> None:
    """Refuse rates in which a part of some cases counts, for a sample is made of whole ones."""
    for rate in asked:
        if RATES[rate].unknown == SOME:
            raise ValueError(
                f"rates: {rate} takes a part of the cases of unknown eligibility, and a design does not say what "
                f"chance did to that part; with design= ask for rates that take all or none, such as RR1 and RR5"
            )
