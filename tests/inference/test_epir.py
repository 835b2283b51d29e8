"""What epiR prints for two-by-two tables, strata and standardised rates, and which methods here give the same.

Every figure of the file is used in a test or named in `NOT_USED` with the reason. Closed forms agree to 1e-9; limits
that epiR searches for agree to what its search stops at, and are put back into their own equations elsewhere.
"""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import norm, poisson

import dueregard as dr

GOLDEN = json.loads((Path(__file__).parent / "epir.json").read_text())
TABLES = {name: np.array(GOLDEN[f"{name}_cohort.count"]["tab"], float) for name in ("t1", "t2", "t0")}
DESIGNS = ("cohort.count", "cross.sectional")
STRATA = {
    "birthwt_strata": np.array(GOLDEN["birthwt_strata"]["tab"], float).reshape(2, 2, 3, order="F"),
    "ucb_strata": np.array(GOLDEN["ucb_strata"]["tab"], float).reshape(2, 2, 6, order="F"),
}

NOT_USED = {
    "RR.strata.score": "wrong: its estimates are not the ratio",
    "PR.strata.score": "wrong, as RR.strata.score",
    "RR.crude.score": "wrong, as RR.strata.score",
    "AFRisk.crude.wald": "comes from RR.crude.score, which is wrong",
    "OR.strata.cfield": "Cornfield's limits with continuity correction, searched for; no correction is offered here",
    "OR.crude.cfield": "as OR.strata.cfield",
    "ARisk.mh.wald": "weights the strata by the inverse of their variance, not by Mantel and Haenszel",
    "NNT.mh.wald": "of ARisk.mh.wald",
    "ARisk.mh.green": "of proportions the variance here is Sato's, which holds for few and for many strata",
    "NNT.mh.green": "of ARisk.mh.green, and both limits are the same",
    "wRR.homog": "Woolf's statistic of homogeneity; here it is the score's",
    "wOR.homog": "as wRR.homog",
    "bOR.homog": "Breslow and Day without Tarone's correction, which is made here",
    "chi2.strata.yates": "no continuity correction is offered here",
    "chi2.crude.yates": "the same figure as chi2.crude.uncor",
    "chi2.correction": "which chi-squared is printed, no figure",
    "chi2.crude.fisher": "as chi2.strata.fisher, whose p-values are used for every table and stratum",
    "smr.exact": "an error message",
    "epi.prev": "prevalence corrected for an imperfect test (Rogan and Gladen): no measure here",
}
PARTLY_USED = {
    "indirectadj.adj.strata": "limits are quantiles of a Poisson number with the mean seen, not limits of its mean",
    "indirectadj.smr.strata": "limits as in indirectadj.adj.strata",
    "NNT.strata.wald": "limits of strata are the outermost of all strata: only the crude ones are used",
    "NNT.strata.score": "as NNT.strata.wald",
    "OR.strata.score": "of strata it is the crude one, and searched in steps of 0.1%",
    "t0": "figures that are NaN where a cell is 0: the limits there are defined here",
}


def groups(table):
    """The two-by-two table, or strata of them, as count and nobs of either group."""
    (a, b), (c, d) = table
    return a, a + b, c, c + d


def three(found):
    return [np.asarray(value) for value in found[:3]]


def printed(key, name, scale=1.0):
    row = GOLDEN[key][name]
    return [np.array(row[part], float) / scale for part in ("est", "lower", "upper")]


def same(found, expected, rel=1e-9):
    for mine, theirs in zip(found, expected, strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=rel, atol=rel)


def test_every_figure_is_used_or_named():
    """A figure that no test names stands in the list of those not used."""
    source = Path(__file__).read_text()
    told = source[: source.index("def test_every_figure")] + source[source.index("# The figures used") :]
    plain = {"meta", "tab", "dim", "dn", "obs", "tar", "std", "exp"}
    for key, rows in GOLDEN.items():
        for name in rows if key != "epi.prev" else ():
            short = f"{key}.{name}"
            assert name in plain or key == "meta" or f'"{name}"' in told or f'"{short}"' in told, short


# The figures used


@pytest.mark.parametrize("table", ["t1", "t2"])
@pytest.mark.parametrize(
    ("design", "wald", "taylor"),
    [
        ("cohort.count", "RR.strata.wald", "RR.strata.taylor"),
        ("cross.sectional", "PR.strata.wald", "PR.strata.taylor"),
    ],
)
def test_ratios(table, design, wald, taylor):
    """Wald's and Taylor's are both Katz's."""
    found = dr.compare_proportions(*groups(TABLES[table]), measure="ratio", method="katz")
    same(three(found), printed(f"{table}_{design}", wald))
    same(three(found), printed(f"{table}_{design}", taylor))


@pytest.mark.parametrize("design", [*DESIGNS, "case.control"])
@pytest.mark.parametrize("table", TABLES)
def test_odds_ratios(table, design):
    key, counts = f"{table}_{design}", groups(TABLES[table])
    if table != "t0":
        woolf = dr.compare_proportions(*counts, measure="odds-ratio", method="wald")
        same(three(woolf), printed(key, "OR.strata.wald"))
        exact = dr.compare_proportions(*counts, measure="odds-ratio", method="central")
        same(three(exact), printed(key, "OR.strata.mle"), rel=1e-4)
    in_steps(dr.compare_proportions(*counts, measure="odds-ratio", method="score-uncorrected"), key, "OR.strata.score")


def in_steps(found, key, name):
    """EpiR leaves the estimate in steps of 0.1% until a value is rejected: its limits are up to one step further out.

    Its critical value of chi-squared has four figures.
    """
    estimate, low, high = printed(key, name)
    assert found.estimate == pytest.approx(estimate, rel=1e-9)
    assert found.low / 1.0011 <= low <= found.low * (1 + 1e-4)
    assert found.high * (1 - 1e-4) <= high <= found.high * 1.0011


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("table", TABLES)
def test_differences_and_numbers_needed(table, design):
    key, counts = f"{table}_{design}", groups(TABLES[table])
    same(three(dr.compare_proportions(*counts, method="wald")), printed(key, "ARisk.strata.wald", 100))
    score = dr.compare_proportions(*counts, method="score-uncorrected")
    same(three(score), printed(key, "ARisk.strata.score", 100), rel=1e-6)
    for method, name, rel in (("wald", "NNT.strata.wald", 1e-9), ("score-uncorrected", "NNT.strata.score", 1e-4)):
        found = dr.attributable(*counts, measure="number-needed", method=method)
        same(three(found), printed(key, name), rel=rel)


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("table", TABLES)
def test_excess_of_group_and_whole(table, design):
    key, counts = f"{table}_{design}", groups(TABLES[table])
    if table != "t0":
        fraction = dr.attributable(*counts, measure="fraction", method="katz")
        same(three(fraction), printed(key, "AFRisk.strata.wald"))
    for method, name in (("separate-samples", "PARisk.strata.wald"), ("pirikahu", "PARisk.strata.piri")):
        found = dr.attributable(*counts, measure="population-difference", method=method)
        same(three(found), printed(key, name, 100))
    whole = dr.attributable(*counts, measure="population-fraction", method="log")
    same(three(whole), printed(key, "PAFRisk.strata.wald"))


@pytest.mark.parametrize("table", TABLES)
def test_excess_of_cases_and_controls(table):
    """What is called Wald's of the fraction follows from the exact conditional odds ratio."""
    key, counts = f"{table}_case.control", groups(TABLES[table])
    if table != "t0":
        found = dr.attributable(*counts, of="odds", measure="fraction", method="central")
        same(three(found), printed(key, "AFest.strata.wald"), rel=1e-4)
    whole = dr.attributable(*counts, of="odds", measure="population-fraction")
    same(three(whole), printed(key, "PAFest.strata.wald"))


@pytest.mark.parametrize("design", [*DESIGNS, "case.control"])
@pytest.mark.parametrize("table", TABLES)
def test_chi_squared_and_fisher(table, design):
    chi_squared(GOLDEN[f"{table}_{design}"]["chi2.strata.uncor"], TABLES[table])
    fisher(GOLDEN[f"{table}_{design}"]["chi2.strata.fisher"], TABLES[table])


def chi_squared(row, table):
    """The square of the score at no difference; two-sided, half of that, and the phi coefficient."""
    found = dr.compare_proportions(*groups(table), method="score-uncorrected")
    pvalue, square = np.asarray(found.pvalue), np.square(found.statistic)
    np.testing.assert_allclose(square, row["test.statistic"], rtol=1e-9)
    np.testing.assert_allclose(pvalue, row["p.value.2s"], rtol=1e-9)
    np.testing.assert_allclose(pvalue / 2, row["p.value.1s"], rtol=1e-9)
    np.testing.assert_allclose(np.sqrt(square / table.sum(axis=(0, 1))), row["phi.coef"], rtol=1e-9)


def fisher(row, table):
    """Its one-sided p is half the two-sided one."""
    found = dr.compare_proportions(*groups(table), measure="odds-ratio", method="fisher")
    np.testing.assert_allclose(found.pvalue, row["p.value.2s"], rtol=1e-9)
    np.testing.assert_allclose(np.asarray(found.pvalue) / 2, row["p.value.1s"], rtol=1e-9)


def test_rates():
    (a, time1), (c, time2) = GOLDEN["cohort.time"]["tab"]
    counts = (a, time1, c, time2)
    exact = dr.compare_rates(*counts, method="exact")
    same(three(exact), printed("cohort.time", "IRR.strata.wald"))
    difference = dr.compare_stratified_rates(
        *([value] for value in counts), measure="difference", method="mantel-haenszel"
    )
    same(three(difference), printed("cohort.time", "ARate.strata.wald", 1000))
    fraction = dr.attributable(*counts, of="rates", method="exact")
    same(three(fraction), printed("cohort.time", "AFRate.strata.wald"))
    whole = dr.attributable(*counts, of="rates", measure="population-difference", method="separate-samples")
    same(three(whole), printed("cohort.time", "PARate.strata.wald", 1000))


def test_fractions_from_the_limits_of_two_rates():
    """EpiR divides the limits of one rate by those of the other, which gives no interval of known level."""
    (a, time1), (c, time2) = GOLDEN["cohort.time"]["tab"]
    both, reference = (dr.rate_interval(*pair, method="exact") for pair in ((a + c, time1 + time2), (c, time2)))
    estimate = dr.attributable(a, time1, c, time2, of="rates", measure="population-fraction").estimate
    ends = (1 - reference.high / both.high, 1 - reference.low / both.low)
    same((estimate, *ends), printed("cohort.time", "PAFRate.strata.wald"))
    for name, tables in STRATA.items():
        a, nobs1, c, nobs2 = groups(tables.sum(axis=2))
        both, reference = (
            dr.proportion_interval(*pair, method="clopper-pearson") for pair in ((a + c, nobs1 + nobs2), (c, nobs2))
        )
        estimate = dr.attributable(a, nobs1, c, nobs2, measure="population-fraction").estimate
        ends = sorted([1 - reference.high / both.high, 1 - reference.low / both.low])
        same((estimate, *ends), printed(name, "PAFRisk.crude.wald"))


def test_chi_squared_of_rates_takes_the_time_for_people():
    """The exposure is taken for those without an event: that is no test of rates."""
    (a, time1), (c, time2) = GOLDEN["cohort.time"]["tab"]
    table = np.array([[a, time1], [c, time2]], float)
    chi_squared(GOLDEN["cohort.time"]["chi2.strata.uncor"], table)
    fisher(GOLDEN["cohort.time"]["chi2.strata.fisher"], table)


@pytest.mark.parametrize("name", STRATA)
def test_each_stratum(name):
    counts = groups(STRATA[name])
    ratio = dr.compare_proportions(*counts, measure="ratio", method="katz")
    same(three(ratio), printed(name, "RR.strata.wald"))
    same(three(ratio), printed(name, "RR.strata.taylor"))
    odds = dr.compare_proportions(*counts, measure="odds-ratio", method="wald")
    same(three(odds), printed(name, "OR.strata.wald"))
    exact = dr.compare_proportions(*counts, measure="odds-ratio", method="central")
    same(three(exact), printed(name, "OR.strata.mle"), rel=1e-4)
    same(three(dr.compare_proportions(*counts, method="wald")), printed(name, "ARisk.strata.wald", 100))
    score = dr.compare_proportions(*counts, method="score-uncorrected")
    same(three(score), printed(name, "ARisk.strata.score", 100), rel=1e-6)
    for row in ("NNT.strata.wald", "NNT.strata.score"):
        needed = dr.attributable(*counts, measure="number-needed").estimate
        np.testing.assert_allclose(needed, printed(name, row)[0], rtol=1e-9)
    chi_squared(GOLDEN[name]["chi2.strata.uncor"], STRATA[name])
    fisher(GOLDEN[name]["chi2.strata.fisher"], STRATA[name])


@pytest.mark.parametrize("name", STRATA)
def test_excess_in_each_stratum(name):
    counts = groups(STRATA[name])
    same(three(dr.attributable(*counts, method="katz")), printed(name, "AFRisk.strata.wald"))
    for method, row in (("separate-samples", "PARisk.strata.wald"), ("pirikahu", "PARisk.strata.piri")):
        found = dr.attributable(*counts, measure="population-difference", method=method)
        same(three(found), printed(name, row, 100))
    whole = dr.attributable(*counts, measure="population-fraction", method="log")
    same(three(whole), printed(name, "PAFRisk.strata.wald"))


@pytest.mark.parametrize("name", STRATA)
def test_all_strata_together_without_regard_to_them(name):
    table = STRATA[name].sum(axis=2)
    counts = groups(table)
    ratio = dr.compare_proportions(*counts, measure="ratio", method="katz")
    same(three(ratio), printed(name, "RR.crude.wald"))
    same(three(ratio), printed(name, "RR.crude.taylor"))
    odds = dr.compare_proportions(*counts, measure="odds-ratio", method="wald")
    same(three(odds), printed(name, "OR.crude.wald"))
    exact = dr.compare_proportions(*counts, measure="odds-ratio", method="central")
    same(three(exact), printed(name, "OR.crude.mle"), rel=1e-3)
    uncorrected = dr.compare_proportions(*counts, measure="odds-ratio", method="score-uncorrected")
    in_steps(uncorrected, name, "OR.crude.score")
    in_steps(uncorrected, name, "OR.strata.score")
    same(three(dr.compare_proportions(*counts, method="wald")), printed(name, "ARisk.crude.wald", 100))
    score = dr.compare_proportions(*counts, method="score-uncorrected")
    same(three(score), printed(name, "ARisk.crude.score", 100), rel=1e-6)
    for method, row, rel in (("wald", "NNT.crude.wald", 1e-9), ("score-uncorrected", "NNT.crude.score", 1e-4)):
        same(three(dr.attributable(*counts, measure="number-needed", method=method)), printed(name, row), rel=rel)
    for method, row in (("separate-samples", "PARisk.crude.wald"), ("pirikahu", "PARisk.crude.piri")):
        found = dr.attributable(*counts, measure="population-difference", method=method)
        same(three(found), printed(name, row, 100))
    chi_squared(GOLDEN[name]["chi2.crude.uncor"], table)


@pytest.mark.parametrize("name", STRATA)
def test_mantel_and_haenszel(name):
    counts = groups(STRATA[name])
    for measure, row, scale in (
        ("ratio", "RR.mh.wald", 1),
        ("odds-ratio", "OR.mh.wald", 1),
        ("difference", "ARisk.mh.sato", 100),
    ):
        found = dr.compare_stratified(*counts, measure=measure, method="mantel-haenszel")
        same(three(found), printed(name, row, scale))
    estimate, low, high = three(found)
    same((1 / estimate, *sorted([1 / low, 1 / high])), printed(name, "NNT.mh.sato"))
    test = GOLDEN[name]["chi2.mh"]
    score = dr.compare_stratified(*counts)
    assert score.statistic**2 == pytest.approx(test["test.statistic"], rel=1e-9)
    assert score.pvalue == pytest.approx(test["p.value.2s"], rel=1e-9)
    assert score.pvalue / 2 == pytest.approx(test["p.value.1s"], rel=1e-9)


def test_direct_adjustment():
    """The adjusted limits are Fay and Feuer's; the others are exact."""
    events, people = (np.array(GOLDEN["directadj"][name], float) for name in ("obs", "tar"))
    found = dr.standardised_rate(events, people, GOLDEN["directadj"]["std"], method="gamma")
    same(three(found), printed("directadj", "adj.strata", 1000))
    together = dr.rate_interval(events.sum(axis=1), people.sum(axis=1), method="exact")
    same(three(together), printed("directadj", "crude.strata", 1000))
    each = dr.rate_interval(events.T.ravel(), people.T.ravel(), method="exact")
    same(three(each), printed("directadj", "crude", 1000))


def test_indirect_adjustment():
    events, people = (np.array(GOLDEN["indirectadj"][name], float) for name in ("obs", "tar"))
    *rates, overall = GOLDEN["indirectadj"]["std"]
    expected = dr.expected_events(people, rates)
    found = dr.indirect_ratio(events, expected)
    np.testing.assert_allclose(expected, GOLDEN["indirectadj"]["smr.strata"]["exp"], rtol=1e-12)
    np.testing.assert_allclose(found.estimate, printed("indirectadj", "smr.strata")[0], rtol=1e-9)
    np.testing.assert_allclose(100 * overall * found.estimate, printed("indirectadj", "adj.strata")[0], rtol=1e-9)
    together = dr.rate_interval(events, people.sum(axis=1), method="exact")
    same(three(together), printed("indirectadj", "crude.strata", 100))


@pytest.mark.parametrize("name", STRATA)
def test_why_the_crude_fraction_is_not_used(name):
    wrong = [1 - 1 / value for value in printed(name, "RR.crude.score")]
    same(wrong, printed(name, "AFRisk.crude.wald"))
    right = dr.compare_proportions(*groups(STRATA[name].sum(axis=2)), measure="ratio").estimate
    assert abs(printed(name, "RR.crude.score")[0] - right) > 0.1


def test_why_the_limits_of_indirect_adjustment_are_not_used():
    events = np.array(GOLDEN["indirectadj"]["obs"], float)
    expected = np.array(GOLDEN["indirectadj"]["smr.strata"]["exp"], float)
    _, low, high = printed("indirectadj", "smr.strata")
    np.testing.assert_allclose(low * expected, poisson.ppf(0.025, events), rtol=1e-9)
    np.testing.assert_allclose(high * expected, poisson.ppf(0.975, events), rtol=1e-9)


@pytest.mark.parametrize(
    ("method", "name", "rel"),
    [
        ("byar", "byar", 1e-9),
        ("vandenbroucke", "vandenbroucke", 1e-9),
        ("rothman-greenland", "rothman.greenland", 1e-9),
        ("mid-p", "mid.p", 2e-5),
    ],
)
def test_standardised_ratios(method, name, rel):
    """The search for mid-p limits stops at 1e-4 events; ours are put back into their equation in test_indirect."""
    row = GOLDEN["smr_test"]
    found = dr.indirect_ratio(row["obs"], row["exp"], method=method)
    same(three(found), GOLDEN["smr"][name], rel=rel)


def test_the_test_of_a_standardised_ratio():
    row = GOLDEN["smr_test"]
    found = dr.indirect_ratio(row["obs"], row["exp"], method="byar")
    same(three(found), [row["est"], row["lower"], row["upper"]])
    assert found.statistic == pytest.approx(row["test.statistic"], rel=1e-9)
    assert found.pvalue == pytest.approx(row["p.value"], rel=1e-9)
    assert found.pvalue == pytest.approx(2 * norm.sf(row["test.statistic"]), rel=1e-9)
    assert math.isclose(row["est"], row["obs"] / row["exp"])
