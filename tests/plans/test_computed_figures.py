"""From findings to the figure of a reading, and answers that count together."""

import numpy as np
import pytest

import dueregard as dr
from dueregard.plans.computed_figures import figure_of
from dueregard.plans.parts import together

ANSWERS = np.repeat(["Very satisfied", "Fairly satisfied", "Dissatisfied"], [20, 40, 40])
SURVEY = {"answer": ANSWERS, "place": np.tile(["North", "South"], 50), "weight": np.tile([1.0, 3.0], 50)}


def both(**options):
    return dr.share(SURVEY, of="answer", **options).filter(group=["Very satisfied", "Fairly satisfied"])


def test_answers_that_count_together_are_the_share_of_one_answer():
    yes = {"answer": np.where(np.isin(ANSWERS, ["Dissatisfied"]), "No", "Yes"), "place": SURVEY["place"]}
    found, one = together(both(by="place")), dr.share(yes, of="answer", by="place").filter(group="Yes")
    assert found["group"] == [None] * 3
    for name in ("place", "count", "nobs"):
        assert found[name] == one[name]
    for name in ("value", "low", "high"):
        assert found[name] == pytest.approx(one[name])


def test_weighted_answers_have_the_effective_number_of_cases():
    yes = {"answer": np.where(ANSWERS == "Dissatisfied", "No", "Yes"), "weight": SURVEY["weight"]}
    found, one = together(both(weight="weight")), dr.share(yes, of="answer", weight="weight").filter(group="Yes")
    for name in ("value", "low", "high", "effective_nobs"):
        assert found[name] == pytest.approx(one[name])
    share, cases = one["value"][0], one["effective_nobs"][0]
    assert figure_of(found, "percent") == pytest.approx({"value": share, "se": (share * (100 - share) / cases) ** 0.5})


def test_a_full_count_has_no_interval():
    (row,) = together(both(inference="none")).rows()
    assert row["count"] == 60 and np.isnan(row["low"]) and np.isnan(row["high"])


def test_other_findings_stay_as_they_are():
    gaps = dr.gap(SURVEY, outcome="answer", positive="Dissatisfied", group="place", reference="North")
    assert together(gaps) is gaps
    nothing = both().filter(group="Nobody")
    assert together(nothing) is nothing


def test_one_answer_alone_is_the_measure_too():
    one = both().filter(group="Very satisfied")
    (row,), (before,) = together(one).rows(), one.rows()
    assert row["group"] is None
    for name in ("count", "nobs", "value", "low", "high", "flag"):
        assert row[name] == before[name]


def test_a_flag_of_an_empty_answer_does_not_stay_on_both():
    nobody = {"answer": np.array(["Fairly satisfied"] * 40 + ["Dissatisfied"] * 10)}
    tally = dr.tally(nobody, "answer") + dr.tally({"answer": np.array(["Very satisfied"])}, "answer")
    tally.counts[tally.labels["answer"].index("Very satisfied")] = 0
    found = dr.share(tally, of="answer").filter(group=["Very satisfied", "Fairly satisfied"])
    assert any(dr.Flag.EMPTY_GROUP in flag for flag in found["flag"])
    assert dr.Flag.EMPTY_GROUP not in together(found)["flag"][0]


def test_counts_are_those_over_all_areas():
    assert figure_of(together(both(by="place")), "percent") == {"count": 60, "nobs": 100}


def test_two_groups_against_one_are_no_parts_of_a_whole():
    three = {"answer": np.tile(["Yes", "No"], 60), "group": np.repeat(["A", "B", "C"], [40, 30, 50])}
    found = dr.gap(three, outcome="answer", positive="Yes", group="group", reference="A").filter(group=["B", "C"])
    with pytest.raises(ValueError, match="the rows are not parts of one whole: nobs is 30 and 50"):
        figure_of(found, "percentage points")


def test_another_unit_is_refused():
    with pytest.raises(ValueError, match="the findings are in percent, the measure is in ratio"):
        figure_of(both(), "ratio")


def test_no_row_is_refused():
    with pytest.raises(ValueError, match="no row over all areas"):
        figure_of(dr.share(SURVEY, of="answer").filter(group="Nobody"), "percent")


def test_nothing_to_divide_by_is_said():
    silent = {"answer": np.repeat(["Yes", "No answer"], [20, 30]), "place": np.repeat(["North", "South"], [20, 30])}
    found = dr.gap(silent, outcome="answer", positive="Yes", exclude="No answer", group="place", reference="North")
    with pytest.raises(ValueError, match="no cases"):
        figure_of(found.filter(group="South"), "percentage points")


def test_searches_by_encounter_are_a_ratio_with_its_error():
    people = dr.population(
        {"group": ["Black", "White"], "people": [1_000, 5_000]}, group="group", count="people", date="2011"
    )
    searches = {"group": np.repeat(["Black", "White"], [60, 90]), "stop": np.repeat(np.arange(50), 3)}
    found = dr.proportionality(
        searches, people, group="group", reference="White", period="2010-04 to 2010-06", encounter="stop"
    ).filter(group="Black")
    figure, (row,) = figure_of(found, "rate ratio"), list(found.rows())
    assert figure["value"] == pytest.approx(60 / 1_000 / (90 / 5_000))
    assert 2 * 1.959964 * figure["se"] / figure["value"] == pytest.approx(np.log(row["high"] / row["low"]))


def test_units_at_a_level_are_counted_and_undecided_ones_are_not():
    answers = dr.data.example("supplier_answers")
    found = dr.assess(answers, dr.frameworks.supplier_questionnaire()).levels()
    assert figure_of(found, "percent") == {"count": 31, "nobs": 40}
    one = np.asarray(answers["unit"]) == "Supplier 1"
    blank = dict(answers) | {"answer": np.where(one, "not stated", answers["answer"])}
    with pytest.raises(ValueError, match="missing answers decide for 1 units"):
        figure_of(dr.assess(blank, dr.frameworks.supplier_questionnaire()).levels(), "percent")
