"""Design effects and effective sizes, beyond R's values."""

import numpy as np
import pytest

from dueregard.inference.surveys.design_effects import (
    design_effects,
    effective_sizes,
    element_variances,
    proportion_variances,
)
from dueregard.inference.surveys.ratios import ratios


def test_a_simple_random_sample_has_none(api):
    sample = api("apisrs")
    totals = sample.summed(sample.numbers("api00", "enroll"), products=True)
    mean, ratio = ratios(totals), ratios(totals, denominator=2)
    assert design_effects(mean.variance, element_variances(totals), mean.nobs, population=mean.weight) == pytest.approx(
        [1.0]
    )
    spread = element_variances(totals, denominator=2)
    scale = mean.weight / totals.domain_sums[:, 2]
    effect = design_effects(ratio.variance, spread, ratio.nobs, scale=scale, population=mean.weight)
    assert effect == pytest.approx([1.0])


def test_without_a_population_the_scale_of_weights_does_not_matter(api):
    sample = api("apistrat_nofpc")
    effects = []
    for factor in (1.0, 1000.0):
        scaled = type(sample)(sample.columns, factor * sample.weight, sample.cluster, sample.clusters)
        totals = scaled.summed(sample.numbers("api00"), products=True)
        mean = ratios(totals)
        effects.append(design_effects(mean.variance, element_variances(totals), mean.nobs)[0])
    assert effects[0] == pytest.approx(effects[1], rel=1e-9)


def test_a_property_is_a_number_that_is_0_or_1(api):
    sample = api("apiclus1")
    yes = (sample.columns["awards"] == "Yes").astype(float)[:, np.newaxis]
    totals = sample.summed(yes, products=True)
    share = ratios(totals)
    assert proportion_variances(share.value, share.nobs) == pytest.approx(element_variances(totals))


def test_what_cannot_be_told_is_nan():
    assert np.isnan(design_effects(np.array([1.0]), np.array([0.0]), np.array([5]))).all()
    assert np.isnan(design_effects(np.array([1.0]), np.array([2.0]), np.array([5]), population=np.array([5.0]))).all()
    assert np.isnan(effective_sizes(np.array([5, 5]), np.array([0.0, np.nan]))).all()
    assert np.isnan(proportion_variances(np.array([0.5]), np.array([1]))).all()


def test_totals_without_products_are_refused(api):
    sample = api("apiclus1")
    with pytest.raises(ValueError, match="totals: there are no products; sum with products=True"):
        element_variances(sample.summed(sample.numbers("api00")))
