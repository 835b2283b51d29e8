"""Charts of verification: intervals as intervals, and nothing but percentages on a scale of percent."""

import pytest

import dueregard as dr
from dueregard.assessment.verification.statistics import SHARES
from dueregard.publish.charts.chart import in_percent, kind_of, words_of

ESPS = dr.frameworks.esps()
OWN = {"unit": ["a", "a", "b", "b"], "indicator": ["1B", "2B"] * 2, "answer": ["very", "fairly", "very", "not_very"]}
CHECK = {**OWN, "answer": ["very", "not_very", "fairly", "not_very"]}


@pytest.mark.parametrize("by", [None, "unit", "section", "indicator"])
def test_agreement_is_drawn_in_percent_alone_as_shares_with_intervals(by):
    found = dr.agreement(OWN, CHECK, ESPS, by=by)
    assert kind_of(found) == "share"
    assert set(in_percent(found)["measure"]) == set(SHARES)
    assert set(in_percent(found)["unit_of_measure"]) == {"percent"}
    assert "kappa" not in words_of(found).description
    assert found.plot().axes


def test_verified_scores_are_drawn_with_their_limits_beside_own_answers():
    found = dr.verified_score(dr.assess(OWN, ESPS), CHECK)
    assert kind_of(found) == "share"
    drawn = found.plot()
    texts = [text.get_text() for text in drawn.findobj(match=lambda artist: hasattr(artist, "get_text"))]
    assert {"If the check held for all", "Own answers"} <= set(texts)


def test_lists_have_no_chart():
    for found in (dr.dip_sample(OWN, 1, seed=1, framework=ESPS), dr.pair_units(dr.assess(OWN, ESPS), threshold="half")):
        with pytest.raises(ValueError, match="there is no score to draw"):
            found.plot()
