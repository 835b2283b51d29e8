"""Which method a gap is compared by, and which options go together."""

from dueregard.designs.survey_design import SurveyDesign
from dueregard.inference.references import Reference, Target
from dueregard.inference.surveys.intervals.design_contrasts import METHODS as DESIGN_METHODS
from dueregard.inference.two_groups.comparisons import METHODS
from dueregard.inference.two_groups.constant_contrasts import check_target
from dueregard.inference.two_groups.two_samples import check_method
from dueregard.measures.verdicts import WHOLE_COUNTS_ONLY


def method_of(measure: str, method: str | None, *, reference: object, pool: str, design: SurveyDesign | None) -> str:
    """The method asked for, or the first of the measure; refused where it does not go with the other arguments."""
    methods = METHODS if design is None else DESIGN_METHODS
    chosen = methods.get(measure, ("",))[0] if method is None else method
    check_method(measure, chosen, methods)
    if measure == "odds-ratio" and reference is Reference.OVERALL:
        raise ValueError("reference: an odds ratio against the whole has no interval; use dr.REST")
    if pool == "mean" and measure != "difference":
        raise ValueError("pool: the mean of areas is for differences; a ratio of means is not the mean of ratios")
    if pool == "mean" and chosen in WHOLE_COUNTS_ONLY:
        raise ValueError(f"pool: {chosen!r} needs whole counts, and means of areas have effective numbers")
    if isinstance(reference, Target):
        check_target(measure, chosen, reference, simple=design is None)
    return chosen


def refuse_effective(method: str, *, weighted: bool) -> None:
    """Refuse effective numbers of cases where whole counts are needed."""
    if weighted and method in WHOLE_COUNTS_ONLY:
        raise ValueError(f"method: {method!r} needs whole counts, and weighted cases have effective numbers")
