"""Every number of R's survey 4.1.1 in the golden files, compared or on a short list of those that are not."""

from dataclasses import replace
from fnmatch import fnmatch

import numpy as np
import pytest
from scipy.special import expit, logit

from dueregard.flags import Flag
from dueregard.inference.surveys import design_effects
from dueregard.inference.surveys.hypotheses import mean_tests, table_tests
from dueregard.inference.surveys.intervals.edge_intervals import share_limits, survey_shares
from dueregard.inference.surveys.intervals.limits import t_limits, t_quantile
from dueregard.inference.surveys.quantiles import quantiles
from dueregard.inference.surveys.ratios import ratios, totals_of, variances
from dueregard.inference.surveys.replicates import replicate_designs
from dueregard.inference.surveys.replicates.replicate_values import ReplicateValues
from dueregard.inference.surveys.replicates.replicates import Replicates

LINEARISED = ("apisrs", "apistrat", "apistrat_nofpc", "apiclus1", "apiclus1_nofpc")
REPLICATED = {"jkn_apistrat": "apistrat", "jk1_apiclus1": "apiclus1", "boot_apiclus1": "apiclus1"}
Z = 1.959963984540054

NOT_COMPARED = {
    "*.names": "labels",
    "*.levels": "labels",
    "*.glm_*": "regressions are not part of the package",
    "*.glm.*": "regressions are not part of the package",
    "*.lincom.*": "the exact sum of chi-squares is not offered",
    "*.saddlepoint.*": "the exact sum of chi-squares is not offered",
    "*.ciprop_*.likelihood.*": "not offered",
    "*.ciprop_*.asin.*": "not offered",
    "*.ciprop_*.xlogit.*": "the same interval as logit",
    "*.ciprop_*.wilson.error": "R has no Wilson interval",
    "*.pweights": "the weights of the file, which are used",
    "*.repweights_analysis": "given, and used",
    "*.type": "a name, which is used",
}
"""Paths of values that are not compared here, each with the reason."""

OF_THE_FILE = {
    "meta": "versions",
    "designs": "the calls; apiclus2 has two stages with corrections, to which R adds the second, and no values",
    "population": "the whole population, of which nothing is estimated",
}


POLICIES = {"fail": "refuse", "remove": "remove", "certainty": "remove", "adjust": "grand-mean", "average": "average"}
"""R's words for strata with one cluster, and ours."""


def leaves(tree, path):
    """Every value of a tree of dicts by its path; lists are values."""
    if not isinstance(tree, dict):
        return {path: tree}
    return {found: value for key, each in tree.items() for found, value in leaves(each, f"{path}.{key}").items()}


def assert_equal(computed, expected):
    """All of the expected values are computed and equal, or named as not compared."""
    left = [path for path in expected if path not in computed]
    unexplained = [path for path in left if not any(fnmatch(path, pattern) for pattern in NOT_COMPARED)]
    assert unexplained == []
    for path in expected.keys() & computed.keys():
        np.testing.assert_allclose(
            *(in_order(path, each[path]) for each in (computed, expected)),
            rtol=1e-8 if "ciprop_ell0.l" in path or path.endswith(".ciprop") else 1e-9,  # R's stop somewhere
            atol=1e-12,
            err_msg=path,
        )


def in_order(path, values):
    """Without axes of length 1; the scales of replicates in order of size, for R takes strata as they come."""
    return np.sort(values) if path.endswith(".rscales") else np.squeeze(values)


def indicators(sample, name):
    labels, codes = sample.coded(name)
    return (codes[:, np.newaxis] == np.arange(len(labels))).astype(float)


def by(sample, name, values):
    labels, codes = sample.coded(name)
    return sample.summed(values, codes, len(labels))


def columns_of(n, first=1):
    """One statistic for each of n columns of one domain."""
    return {"numerator": np.arange(first, first + n), "members": (np.arange(n), np.zeros(n, int), n)}


def covariance(estimates):
    return estimates.covariance().matrix()[1]


def normal_limits(estimates):
    return [estimates.value - Z * estimates.se, estimates.value + Z * estimates.se]


def means_and_totals(sample):
    totals = sample.summed(sample.numbers("api00", "api99", "enroll"), products=True)
    mean, several = ratios(totals), ratios(totals, **columns_of(2))
    enrolled, whole = ratios(totals, numerator=3), totals_of(totals, 3)
    spread = design_effects.element_variances(totals)
    effect = design_effects.design_effects
    spread_enrolled = design_effects.element_variances(totals, numerator=3)
    return {
        "degf": mean.degrees_of_freedom,
        "mean_api00.est": mean.value,
        "mean_api00.se": mean.se,
        "mean_api00.vcov": covariance(mean),
        "mean_api00.deff": effect(mean.variance, spread, mean.nobs, population=mean.weight),
        "mean_api00_deff_replace": effect(mean.variance, spread, mean.nobs),
        "mean_api00.ci_z": normal_limits(mean),
        "mean_api00.ci_t": t_limits(mean, 0.95),
        "mean_multi.est": several.value,
        "mean_multi.se": several.se,
        "mean_multi.vcov": covariance(several),
        "mean_enroll_narm.est": enrolled.value,
        "mean_enroll_narm.se": enrolled.se,
        "mean_enroll_narm.vcov": covariance(enrolled),
        "total_enroll.est": whole.value,
        "total_enroll.se": whole.se,
        "total_enroll.vcov": covariance(whole),
        "total_enroll.deff": effect(
            whole.variance, spread_enrolled, whole.nobs, scale=whole.weight, population=whole.weight
        ),
    }


def proportions(sample):
    totals = sample.summed(indicators(sample, "stype"))
    shares = ratios(totals, **columns_of(3))
    counts = totals_of(totals, np.arange(1, 4), columns_of(3)["members"])
    spread = design_effects.proportion_variances(shares.value, shares.nobs)
    computed = {
        "mean_stype.deff": design_effects.design_effects(
            shares.variance, spread, shares.nobs, population=shares.weight
        ),
        "total_stype.deff": design_effects.design_effects(
            counts.variance, spread, counts.nobs, scale=counts.weight, population=counts.weight
        ),
    }
    for name, each in (("mean_stype", shares), ("total_stype", counts)):
        computed |= {f"{name}.est": each.value, f"{name}.se": each.se, f"{name}.vcov": covariance(each)}
    return computed


def ratio_and_variance(sample):
    scores = sample.numbers("api00")
    totals = sample.summed(np.hstack([sample.numbers("enroll", "api.stu"), scores, scores**2]))
    ratio, spread = ratios(totals, numerator=2, denominator=1), variances(totals, column=3, square=4)
    return {
        "ratio_stu_enroll.est": ratio.value,
        "ratio_stu_enroll.se": ratio.se,
        "ratio_stu_enroll.ci": normal_limits(ratio),
        "var_api00.est": spread.value,
        "var_api00.se": spread.se,
    }


def quartiles(sample):
    whole = np.zeros(len(sample), np.int32)
    found = quantiles(
        sample.numbers("api00")[:, 0], sample.weight, whole, 1, np.array([0.25, 0.5, 0.75]), sample.summed, 0.95
    )
    return {"q": found.value, "lo": found.low, "hi": found.high, "se": found.se}


def domains(sample):
    scores, awarded = sample.numbers("api00"), indicators(sample, "awards")[:, 1:]
    computed = {}
    for name, each in (
        ("by_stype_api00", ratios(by(sample, "stype", scores))),
        ("by_schwide_api00", ratios(by(sample, "sch.wide", scores))),
        ("by_schwide_prop_awards", ratios(by(sample, "sch.wide", awarded))),
        (
            "by_stype_ratio",
            ratios(by(sample, "stype", sample.numbers("enroll", "api.stu")), numerator=2, denominator=1),
        ),
        ("prop_awards_by_yrrnd", ratios(by(sample, "yr.rnd", awarded))),
    ):
        computed |= {f"{name}.est": each.value, f"{name}.se": each.se, f"{name}.vcov": covariance(each)}
    computed["prop_awards_by_yrrnd.yes"] = computed["prop_awards_by_yrrnd.est"]
    difference = ratios(by(sample, "sch.wide", scores)).combined([0, 0], [1, 0], [1.0, -1.0], 1)
    elementary = ratios(by(sample, "stype", scores)).taken([0])
    return computed | {
        "by_schwide_api00.diff": difference.value,
        "by_schwide_api00.diff_se": difference.se,
        "subset_E.est": elementary.value,
        "subset_E.se": elementary.se,
        "subset_E.degf": elementary.degrees_of_freedom,
    }


def comparisons(sample):
    scores = sample.numbers("api00")
    apart = mean_tests.t_tests(ratios(by(sample, "sch.wide", scores)), [1], [0])
    ranks = mean_tests.t_tests(ratios(by(sample, "sch.wide", ranked_as_r_does(scores[:, 0], sample.weight))), [1], [0])
    computed = {"ttest_api00_schwide.ci": [apart.low, apart.high]}
    for name, each in (("ttest_api00_schwide", apart), ("ranktest", ranks)):
        computed |= {f"{name}.t": each.statistic, f"{name}.df": each.degrees_of_freedom}
        computed |= {f"{name}.p": each.pvalue, f"{name}.est": each.estimate}
    return computed | tables(sample)


def ranked_as_r_does(values, weight):
    """R gives equal values the plain mean of their ranks one after another, in the order of the file."""
    order = np.argsort(values, kind="stable")
    after = np.cumsum(weight[order]) - weight[order] / 2
    same = np.unique(values[order], return_inverse=True)[1]
    ranks = np.empty(len(values))
    ranks[order] = (np.bincount(same, after) / np.bincount(same))[same]
    return ranks[:, np.newaxis] / weight.sum()


def tables(sample):
    rows, columns = sample.coded("sch.wide")[1], sample.coded("stype")[1]
    cells = sample.summed(domain=rows * 3 + columns, n_domains=6)
    computed = {}
    for method, name in zip(table_tests.METHODS, ("F", "Chisq", "Wald", "adjWald"), strict=True):
        found = table_tests.table_tests(cells, (1, 2, 3), method)
        both = [found.degrees, found.denominator_degrees]
        path = f"chisq_schwide_stype.{name}"
        computed |= {f"{path}.stat": found.statistic, f"{path}.p": found.pvalue}
        computed[f"{path}.par"] = both[:1] if method == "chi-square" else both
    return computed


def intervals_of_shares(sample):
    """Those of R's svyciprop; beta's do not change with the degrees of freedom it is told."""
    computed = {}
    for name, column in (("ell0", (sample.numbers("ell") == 0)), ("awards", indicators(sample, "awards")[:, 1:])):
        share = ratios(sample.summed(column.astype(float)))
        limits = {
            "mean": t_limits(share, 0.95),
            "logit": share_limits(sized(share), method="logit"),
            "beta": share_limits(sized(share), method="korn-graubard"),
        }
        for method, found in limits.items():
            path = f"ciprop_{name}.{method}"
            computed |= {f"{path}.p": share.value, f"{path}.se": share.se, f"{path}.ci": found}
        computed[f"ciprop_{name}_dfinf.mean"] = normal_limits(share)
        computed[f"ciprop_{name}_dfinf.beta"] = limits["beta"]
        computed[f"ciprop_{name}_dfinf.logit"] = share_limits(sized(share, np.array([np.inf])), method="logit")
    return computed


def logit_limits(sample):
    """R takes the logit in every replicate, where ours takes the share in every replicate and its slope."""
    share = ratios(sample.summed(indicators(sample, "awards")[:, 1:]))
    odds = ReplicateValues(share.sampled.replicates, logit(share.sampled.values), logit(share.sampled.full))
    t = t_quantile(share.degrees_of_freedom, 0.95)
    return expit(odds.full - t * np.sqrt(odds.variance)), expit(odds.full + t * np.sqrt(odds.variance))


def sized(share, degrees=None):
    degrees = share.degrees_of_freedom if degrees is None else degrees
    return survey_shares(share.value, share.variance, share.nobs, share.kish, share.clusters, degrees)


@pytest.mark.parametrize("name", LINEARISED)
def test_every_linearised_value_is_that_of_r(name, api, golden):
    sample = api(name)
    computed = means_and_totals(sample) | proportions(sample) | ratio_and_variance(sample) | domains(sample)
    computed |= comparisons(sample) | intervals_of_shares(sample)
    computed |= {f"quantile_api00.{key}": value for key, value in quartiles(sample).items()}
    assert_equal(
        {f"{name}.{path}": value for path, value in computed.items()}, leaves(golden("linearised")[name], name)
    )


def test_the_file_has_no_other_designs(golden):
    assert set(golden("linearised")) == {*LINEARISED, *OF_THE_FILE}
    assert set(golden("replicates")) == {"meta", *REPLICATED}
    # extreme_prop: R gives NaN or an interval without width at 0 and 1, where the intervals of shares are finite
    assert set(golden("lonely_extreme")) == {*POLICIES, "extreme_prop", "kish"}


def test_every_reason_is_still_needed(golden):
    paths = {**leaves(golden("linearised"), "linearised"), **leaves(golden("replicates"), "replicates")}
    assert [pattern for pattern in NOT_COMPARED if not any(fnmatch(path, pattern) for path in paths)] == []


def replicated(name, sample, expected):
    """The sample with the replicates of the file: made, unless they are drawn at random and came with it."""
    if name != "boot_apiclus1":
        made = replicate_designs.make(expected["type"].lower(), sample.clusters)
        return replace(sample, replicates=lambda *_: made)
    weights = np.array(expected["repweights_analysis"]).T
    scales = np.array(expected["rscales"], float)

    def given(domain, n_domains, values):
        columns = np.column_stack([np.ones(len(sample)), *([] if values is None else values.T)])
        within = (domain[:, np.newaxis] == np.arange(n_domains)).astype(float)
        totals = np.einsum("rn,nd,nk->rdk", weights, within, columns)
        return Replicates("bootstrap", expected["scale"], scales, degrees_of_freedom=expected["degf"], totals=totals)

    return replace(sample, replicates=given)


@pytest.mark.parametrize("name", REPLICATED)
def test_every_value_by_replicates_is_that_of_r(name, api, golden):
    expected = golden("replicates")[name]
    sample = replicated(name, api(REPLICATED[name]), expected)
    used = sample.replicates(np.zeros(len(sample), np.int32), 1, None)
    ratio = ratio_and_variance(sample)
    schools = ratios(by(sample, "sch.wide", sample.numbers("api00")))
    computed = (
        means_and_totals(sample)
        | proportions(sample)
        | {
            # what squares are multiplied by may be divided differently between one number and many
            "scale": used.scale * used.scales[0] / expected["rscales"][0],
            "rscales": used.scale * used.scales / expected["scale"],
            "nrep": used.n,
            "mse": used.mse,
            "ratio.est": ratio["ratio_stu_enroll.est"],
            "ratio.se": ratio["ratio_stu_enroll.se"],
            "by_schwide.est": schools.value,
            "by_schwide.se": schools.se,
            "by_schwide.vcov": covariance(schools),
            "ciprop": logit_limits(sample),
        }
    )
    computed |= {f"quantile.{key}": value for key, value in quartiles(sample).items()}
    assert_equal({f"{name}.{path}": value for path, value in computed.items()}, leaves(expected, name))


def lonely_cases(sample):
    """Schools in strata of districts. District 413 has one; 406 has two, of which the 31st row is left out."""
    whole, several = np.zeros(len(sample), np.int32), sample.columns["dnum"] != "413"
    known = replace(sample.clusters, fraction=np.where(sample.clusters.size == 1, 1.0, sample.clusters.size / 1000))
    elementary = np.where(sample.columns["stype"] == "E", 0, -1)
    return {
        "strata_dnum_apiclus1": (sample, whole),
        "subset_drop_row31": (sample.of_rows(several), np.where(np.arange(len(sample)) == 30, -1, 0)[several]),
        "fpc": (replace(sample, clusters=known), whole),
        "domain_E": (sample, elementary),
    }


@pytest.mark.parametrize("policy", POLICIES)
def test_strata_with_one_cluster_count_as_in_r(policy, api, golden):
    for name, (sample, domain) in lonely_cases(api("apiclus1_strata").with_lonely(POLICIES[policy])).items():
        expected = golden("lonely_extreme")[policy][name]
        found = ratios(sample.summed(sample.numbers("api00"), domain))
        if "error" in expected:
            with pytest.raises(ValueError, match="lonely: stratum 5 has one cluster"):
                assert found.se
        else:
            computed = {"est": found.value[0], "se": found.se[0]}
            assert computed == pytest.approx(expected, rel=1e-9)
        assert bool(found.flag[0] & Flag.LONELY_STRATUM) == (name in ("strata_dnum_apiclus1", "domain_E"))


@pytest.mark.parametrize("policy", ["grand-mean", "remove"])
def test_a_stratum_outside_the_domain_adds_nothing(policy, api, golden):
    sample = api("apiclus1_strata").with_lonely(policy)
    left_out = (np.arange(len(sample)) == 30) | (sample.columns["dnum"] == "413")
    found = ratios(sample.summed(sample.numbers("api00"), np.where(left_out, -1, 0)))
    expected = golden("lonely_extreme")["remove"]["subset_drop_row31"]
    assert {"est": found.value[0], "se": found.se[0]} == pytest.approx(expected, rel=1e-9)


def test_kish_as_in_r(api, golden):
    expected = golden("lonely_extreme")["kish"]
    found = ratios(api("apistrat").summed(api("apistrat").numbers("api00")))
    effect = found.nobs[0] / found.kish[0]
    computed = {"n": found.nobs[0], "kish_neff": found.kish[0], "kish_deff": effect}
    assert computed == pytest.approx(expected, rel=1e-9)
