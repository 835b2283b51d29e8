"""`dueregard.survey_design`: how a sample was drawn, in the names of columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dueregard.designs import design_checks
from dueregard.inference.random_keys import SEED

Names = tuple[str, ...]
Margins = Mapping[str, Mapping[Any, float]]


@dataclass(frozen=True, repr=False)
class SurveyDesign:
    """How a sample was drawn; made by `dueregard.survey_design`, which says what each attribute means.

    Nothing is read before the design meets a table. What is shown is the design in one line.

    Examples
    --------
    >>> import dueregard as dr
    >>> dr.survey_design(weight="weight", stratum="borough", psu="sector")
    SurveyDesign: clusters 'sector' in strata 'borough', weights 'weight'
    """

    weight: str | None
    stratum: str | None
    psu: Names
    fpc: Names
    nest: bool
    lonely: str
    replicate_weights: str | Names | None
    replicates: str | None
    n_replicates: int | None
    fay: float
    scale: float | None
    replicate_scales: tuple[float, ...] | None
    mse: bool
    rng: Any
    degrees_of_freedom: float | None
    base_weight: str | None
    population_totals: Margins

    def __post_init__(self) -> None:
        design_checks.check(self)

    def __repr__(self) -> str:
        return f"{type(self).__name__}: {self.words}"

    @property
    def words(self) -> str:
        """The design in one line."""
        units = f"clusters {self.psu[0]!r}" if self.psu else "rows drawn one by one"
        units = "drawn as the replicates say" if self.replicate_weights and not self.psu else units
        parts = [units + (f" in strata {self.stratum!r}" if self.stratum else "")]
        parts += [f"weights {self.weight!r}"] if self.weight else [] if self.fpc else ["no weights"]
        parts += [f"out of the population in {self.fpc[0]!r}"] if self.fpc else []
        parts += [f"replicates {self.replicates!r}"] if self.replicates else []
        parts += [f"calibrated to {', '.join(map(repr, self.population_totals))}"] if self.population_totals else []
        return ", ".join(parts)

    @classmethod
    def from_svy(cls, design: Any) -> "SurveyDesign":
        """The design of a ``svy.Design`` or ``svy.Sample``.

        svy makes weights; what it knows of them comes along. Post-stratified and raked weights need the Sample, for svy
        keeps which columns they were raked to, and the totals are what the weights add up to. Its clusters are numbered
        within strata, and it refuses strata with one cluster unless told otherwise; so does what comes of it here.

        Raises
        ------
        TypeError
            If it is neither.
        ValueError
            If svy does something that has no counterpart here, naming it: strata of several columns, a variance of
            collapsed strata, weights calibrated by a model.

        Examples
        --------
        Weights raked by svy to totals of ages and boroughs (round numbers here), and a gap estimated with them:

        >>> import dueregard as dr
        >>> import polars as pl
        >>> import svy
        >>> survey = dr.data.example("satisfaction")
        >>> frame = pl.DataFrame(dict(survey)).with_columns(weight=pl.lit(1.0))
        >>> ages = dict(zip(sorted(set(survey["age_band"])), [1e6, 1.5e6, 1.5e6, 1.2e6, 1e6, 1e6], strict=True))
        >>> boroughs = dict.fromkeys(survey["borough"].tolist(), 225_000)
        >>> sample = svy.Sample(frame, svy.Design(wgt="weight"))
        >>> raked = sample.weighting.rake(controls={"age_band": ages, "borough": boroughs})
        >>> design = dr.SurveyDesign.from_svy(raked)
        >>> gap = dr.gap(
        ...     raked.data,
        ...     outcome="satisfaction",
        ...     positive=["Completely satisfied", "Very satisfied", "Fairly satisfied"],
        ...     exclude="Don't know",
        ...     group="ethnic_group_broad",
        ...     reference="White",
        ...     design=design,
        ... ).to_dict()
        >>> row = gap["group"].index("Minority ethnic")
        >>> round(gap["estimate"][row], 1), round(gap["se"][row], 2)
        (-7.3, 0.73)
        """
        from dueregard.designs import svy_designs

        return svy_designs.from_svy(design, survey_design)

    def to_svy(self, data: Any = None) -> Any:
        """The design as a ``svy.Design``; with ``data``, any table, as a ``svy.Sample`` of it.

        For calibrated weights the sample has one more column for each of ``population_totals`` that is text, with a
        number for each label: svy reads these.

        Raises
        ------
        ImportError
            If svy is not installed.
        ValueError
            If svy cannot have the replicate weights: it takes columns numbered from 1; or if weights are calibrated and
            there is no data.
        """
        from dueregard.designs import svy_designs

        return svy_designs.to_svy(self, data)

    @property
    def columns(self) -> Names:
        """The columns that are named, each once; a pattern of replicate weights is none."""
        replicates = () if isinstance(self.replicate_weights, str) else self.replicate_weights or ()
        named = (
            self.weight,
            self.base_weight,
            self.stratum,
            *self.psu,
            *self.fpc,
            *replicates,
            *self.population_totals,
        )
        return tuple(dict.fromkeys(name for name in named if name is not None))


def survey_design(
    *,
    weight: str | None = None,
    stratum: str | None = None,
    psu: str | Sequence[str] | None = None,
    fpc: str | Sequence[str] | None = None,
    nest: bool = False,
    lonely: str = "grand-mean",
    replicate_weights: str | Sequence[str] | None = None,
    replicates: str | None = None,
    n_replicates: int | None = None,
    fay: float = 0.5,
    scale: float | None = None,
    replicate_scales: Sequence[float] | None = None,
    mse: bool = False,
    rng: Any = SEED,
    degrees_of_freedom: float | None = None,
    population_totals: Mapping[str, Mapping[Any, float]] | None = None,
    base_weight: str | None = None,
) -> SurveyDesign:
    """Say how a sample was drawn, so that its standard errors are those of the sample and not of a simple random one.

    The design names columns of the table that it is given with later: ``dr.gap(data, ..., design=design)``. Rows left
    out there with ``where=``, and those of any group, are a domain: clusters in which nobody is left were sampled all
    the same, and count. Rows whose weight is zero are in no estimate; their clusters count as sampled.

    Parameters
    ----------
    weight : str, optional
        The column of weights: how many people each row stands for, at least 0. Without it every row counts once; or,
        with ``fpc`` and without ``psu``, as often as the stratum's population goes into its sample.
    stratum : str, optional
        The column of strata, which were sampled separately.
    psu : str or sequence of str, optional
        The column of clusters (primary sampling units) that were drawn first. Of columns of several stages the first is
        used: the variance between first-stage clusters holds that of the later stages (the ultimate cluster).
        Without it every row was drawn by itself.
    fpc : str or sequence of str, optional
        The column with the size of the population that the first stage was drawn from: how many clusters (without
        ``psu``: rows) the stratum has, 1 or more, or which fraction of them was drawn, above 0 and up to 1. It must be
        the same throughout a stratum. Without it the sample is taken for a small part of the population.
    nest : bool
        Whether clusters are numbered anew in each stratum. Otherwise a cluster in two strata is an error.
    lonely : {"grand-mean", "remove", "average", "refuse"}
        What a stratum with one cluster adds, whose variance cannot be known: the square of its deviation from the mean
        of all clusters, which errs on the side of too much; nothing, which errs on the other; the average of the other
        strata; or an error.
    replicate_weights : str or sequence of str, optional
        Columns of weights for replicates that came with the data: their names, or a pattern such as ``"rw*"``.
    replicates : {"jk1", "jkn", "brr", "fay", "bootstrap"}, optional
        The kind of the replicates; without ``replicate_weights`` they are made. ``"jk1"`` leaves out one cluster at a
        time, ``"jkn"`` does so in each stratum, ``"brr"`` and ``"fay"`` halve strata of two clusters, ``"bootstrap"``
        draws all but one cluster of each stratum with replacement (Rao and Wu).
    n_replicates : int, optional
        How many bootstrap replicates are made.
    fay : float
        Fay's coefficient, from 0 (which is "brr") to below 1.
    scale, replicate_scales : float and sequence of float, optional
        What the sum of squared deviations of the replicates is multiplied by, and each square before that. By default
        those of the kind; ``"jkn"`` with given weights needs ``replicate_scales``, such as (n - 1) / n of each stratum.
    mse : bool
        Whether deviations are from the full sample's estimate instead of the replicates' mean.
    rng : int, numpy.random.SeedSequence or numpy.random.Generator, optional
        Where the numbers of the bootstrap come from. By default they are the same every time, so that whatever is
        estimated with the design has the same replicates; None, or a Generator, draws anew for each estimate.
    degrees_of_freedom : float, optional
        Instead of clusters minus strata, or one less than the rank of given replicate weights.
    population_totals : dict of str to dict, optional
        For weights that were post-stratified (one column) or raked (several): each column's total by label, such as
        ``{"borough": {"Sutton": 190_000, "Bexley": 246_000}}``. The weights must add up to them; making such weights is
        the work of other packages. The variance is then that of what the columns do not explain.
    base_weight : str, optional
        The column of weights before they were made to add up to ``population_totals``, by which it is estimated what
        the columns explain. Without it the weights themselves are taken, which makes no difference for one column, and
        for several one that vanishes as samples grow.

    Returns
    -------
    SurveyDesign

    Raises
    ------
    TypeError
        If an argument is not of its kind.
    ValueError
        If arguments do not go together: replicate weights without their kind, ``fay`` outside 0 to 1, ``nest`` without
        clusters and strata.

    Notes
    -----
    The linearised variance is that of Woodruff (1971), JASA 66: 411-414, between ultimate clusters: Kish (1965), Survey
    Sampling, chapter 6. The degrees of freedom of a domain are those of Korn and Graubard (1999), Analysis of Health
    Surveys, section 5.2; the bootstrap that of Rao and Wu (1988), JASA 83: 231-241; calibration that of Deville and
    Särndal (1992), JASA 87: 376-382. The words for strata with one cluster are those of Lumley (2010), Complex Surveys,
    whose R package gives the same standard errors.

    Examples
    --------
    >>> import dueregard as dr
    >>> dr.survey_design(weight="weight", stratum="borough", psu="sector")
    SurveyDesign: clusters 'sector' in strata 'borough', weights 'weight'
    >>> dr.survey_design(stratum="grade", fpc="staff")
    SurveyDesign: rows drawn one by one in strata 'grade', out of the population in 'staff'
    """
    return SurveyDesign(
        weight=weight,
        stratum=stratum,
        psu=design_checks.names("psu", psu),
        fpc=design_checks.names("fpc", fpc),
        nest=nest,
        lonely=lonely,
        replicate_weights=design_checks.replicate_names(replicate_weights),
        replicates=replicates,
        n_replicates=n_replicates,
        fay=fay,
        scale=scale,
        replicate_scales=design_checks.numbers("replicate_scales", replicate_scales),
        mse=mse,
        rng=rng,
        degrees_of_freedom=degrees_of_freedom,
        population_totals=design_checks.margins(population_totals),
        base_weight=base_weight,
    )
