"""`dueregard.survey_test`: whether groups of a sample survey differ, by a test that allows for its design."""

from collections.abc import Mapping, Sequence
from typing import Any

from dueregard.designs.designed import check_design, designed
from dueregard.designs.survey_design import SurveyDesign
from dueregard.findings import Findings
from dueregard.inference import checked
from dueregard.measures.grouped import by_names
from dueregard.measures.surveys.domains import Domains
from dueregard.measures.surveys.hypotheses.adjusted_tests import ADJUSTMENTS
from dueregard.measures.surveys.hypotheses.mean_rows import mean_columns
from dueregard.measures.surveys.hypotheses.survey_comparisons import Comparison, method_of
from dueregard.measures.surveys.hypotheses.table_rows import table_columns


def survey_test(
    data: Any,
    *,
    design: SurveyDesign,
    group: str,
    outcome: str | None = None,
    value: str | None = None,
    reference: Any = None,
    exclude: Any = (),
    by: str | Sequence[str] | None = None,
    method: str | None = None,
    adjust: str = "holm",
    name: str | None = None,
    unit: str | None = None,
    period: str | None = None,
    confidence_level: float = 0.95,
    missing: Mapping[Any, str] | None = None,
    where: Any = None,
    labels: Mapping[str, Sequence[Any]] | None = None,
    threads: int | None = None,
) -> Findings:
    """Test whether groups of a sample survey differ: in all their answers, or in their numbers.

    Parameters
    ----------
    data : dict of arrays, data frame, Arrow data, or path
        Records, one row for each respondent.
    design : SurveyDesign
        How the sample was drawn, from `dueregard.survey_design`.
    group : str
        The column of groups. Rows whose group is not known have no part in the test.
    outcome : str, optional
        A column of answers: does their distribution differ between any of the groups?
    value : str, optional
        In place of ``outcome``, a column of numbers: do they differ between each group and the reference?
    reference : label
        With ``value``: the group that the others are held against.
    exclude : label or list of labels
        With ``outcome``: answers left out, such as "Don't know".
    by : str or sequence of str, optional
        Columns of areas; several are crossed. The test of everybody together comes first.
    method : {"rao-scott", "chi-square", "wald", "adjusted-wald", "t", "rank"}, optional
        With ``outcome`` "rao-scott" unless given: Pearson's statistic corrected for the design, to the second order;
        "chi-square" to the first order; "wald" and "adjusted-wald" from the covariance of the cells. With ``value`` "t"
        unless given, the difference of means; "rank" is Wilcoxon's test for the design.
    adjust : {"holm", "hochberg", "benjamini-hochberg", "benjamini-yekutieli", "bonferroni", "none"}
        How p-values are adjusted for the number of tests: those of everybody together are one family, those of all
        areas another.
    name, unit, period, confidence_level, missing, where, labels, threads
        As in `dueregard.survey_estimate`.

    Returns
    -------
    Findings
        With ``outcome`` one row of ``row_type`` "test" for each domain: ``statistic`` with ``numerator_degrees`` and
        ``degrees_of_freedom`` (an F; of "chi-square" Pearson's statistic, which is divided by the mean design effect
        for its p-value), ``pvalue`` and ``adjusted_pvalue``. Where there is no table of two groups by two answers, or
        no variance to go by, they are NaN with a flag.

        With ``value`` one row for each domain and group, as of `dueregard.gap`: ``value`` and ``reference_value`` are
        means, ``estimate`` is group less reference with ``se``, ``low`` and ``high``, ``statistic`` Student's t. Of
        "rank" ``value`` is the chance, in percent, that one of the group has a higher number than one of the reference,
        equal numbers counting half, and there is no interval, for its standard error holds where there is no
        difference.

    Raises
    ------
    TypeError
        If data is a Tally, or neither or both of ``outcome`` and ``value`` are given, or there is no ``reference``.
    ValueError
        If an argument is not one of those above, a column is not there or does not fit the design.

    Notes
    -----
    Rao and Scott (1984), Annals of Statistics 12: 46-60; Lumley and Scott (2013), Biometrika 100: 831-842. They are R's
    svychisq ("F", "Chisq", "Wald", "adjWald"), svyttest and svyranktest, but that equal numbers have one rank whatever
    the order of the rows. The degrees of freedom are those of the domain, clusters less strata that contain it; a test
    of two groups has one fewer.

    Examples
    --------
    >>> import dueregard as dr
    >>> survey = {"hours": [12, 8, 15, 9, 11, 14, 7, 10], "sex": ["F", "M", "F", "M", "M", "F", "M", "M"],
    ...           "ward": ["a", "a", "b", "b", "c", "c", "d", "d"], "weight": [1.0, 2.0, 1.5, 1.0, 2.5, 1.0, 1.0, 2.0]}
    >>> design = dr.survey_design(weight="weight", psu="ward")
    >>> found = dr.survey_test(survey, design=design, group="sex", value="hours", reference="M").filter(group="F")
    >>> [round(found[name][0], 3) for name in ("estimate", "statistic", "degrees_of_freedom", "pvalue")]
    [4.504, 5.31, 2.0, 0.034]
    """
    check_design(data, design)
    test = method_of(method, value, outcome)
    if value is not None and reference is None:
        raise TypeError("survey_test needs reference= with value=: the group that the others are held against")
    if outcome is not None and reference is not None:
        raise ValueError("reference: a test of answers compares all groups at once; leave out reference=")
    checked.one_of("adjust", adjust, ADJUSTMENTS)
    measured = {"outcome": outcome} if value is None else {"value": value}
    asked = Comparison(
        group=group,
        outcome=outcome,
        value=value,
        reference=reference,
        exclude=exclude,
        by=by_names(by, {"group": group, **{key: str(column) for key, column in measured.items()}}),
        method=test,
        adjust=adjust,
        level=checked.level(confidence_level),
        name=checked.words("name", name),
        unit=checked.words("unit", unit),
        period=period,
    )
    read = designed(
        data,
        [*asked.by, group],
        design,
        outcome=outcome,
        values=[] if value is None else [value],
        where=where,
        labels=labels,
        missing=missing,
        threads=threads,
    )
    domains = Domains.of(read, asked.by)
    rows = table_columns if outcome is not None else mean_columns
    return Findings(
        rows(read, domains, asked),
        kind="survey tests",
        by=asked.by,
        provenance=read.tally.provenance,
        native=read.tally.native,
    )
