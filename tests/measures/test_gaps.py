"""dr.gap: its rows, what is compared with what, families, weights, missing answers and bad arguments."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard import _core
from dueregard.flags import Flag
from dueregard.inference.two_groups.multiplicity import adjust_pvalues
from dueregard.measures.area_means import mean_over_areas

GROUPS = ["Asian", "Black", "White", "not stated"]
AREAS = ["Bexley", "Camden", "Ealing"]
# area x group x (no, yes, don't know, not stated, not applicable)
COUNTS = np.array(
    [
        [[20, 40, 2, 3, 1], [15, 30, 0, 0, 0], [40, 160, 5, 4, 2], [5, 6, 0, 1, 0]],
        [[30, 25, 1, 0, 4], [0, 0, 0, 2, 0], [60, 140, 0, 9, 0], [2, 1, 0, 0, 0]],
        [[0, 12, 0, 0, 0], [25, 28, 3, 1, 0], [55, 205, 1, 1, 1], [0, 0, 0, 0, 0]],
    ]
)
ANSWERS = ["no", "yes", "don't know", "not stated", "not applicable"]
ASK = {"outcome": "satisfied", "positive": "yes", "group": "ethnicity", "exclude": "don't know"}


def example(counts=COUNTS, areas=AREAS, groups=GROUPS, **options):
    labels = {"borough": list(areas), "ethnicity": list(groups), "satisfied": ANSWERS}
    return dr.Tally(np.asarray(counts), labels, outcome="satisfied", **options)


def plain(x1, n1, x2, n2):
    """Estimate, limits and p-value of one difference, in percentage points."""
    estimate, low, high, _, pvalue = compared(x1, n1, x2, n2)
    return [100 * estimate, 100 * low, 100 * high, pvalue]


def compared(x1, n1, x2, n2, measure="difference", method="score", level=0.95):
    """Estimate, limits, statistic and p-value of one table, whose numbers may be fractions."""
    vectors = (np.array([float(value)]) for value in (x1, n1, x2, n2, 0.0 if measure == "difference" else 1.0))
    return _core.compare_proportions(*vectors, measure, method, level, "two-sided")[:, 0]


def row(findings, **equal):
    (found,) = findings.filter(**equal).rows()
    return found


def statistics(found):
    return [found["estimate"], found["low"], found["high"], found["pvalue"]]


def same(first, second):
    """Whether two values are equal, NaN being equal to NaN."""
    both_nan = isinstance(first, float) and isinstance(second, float) and first != first and second != second
    return both_nan or first == second


def test_rows_stand_in_order_with_all_areas_first_and_missing_groups_last():
    findings = dr.gap(example(), **ASK, reference="White", by="borough")
    kinds = list(zip(findings["borough"], findings["row_type"], findings["group"], strict=True))
    types = ["group", "group", "reference", "group"]
    variation = [(None, "variation", group) for group in ("Asian", "Asian", "Black", "Black")]
    expected = [(None, kind, group) for kind, group in zip(types, GROUPS, strict=True)] + variation
    for area in AREAS:
        expected += [(area, kind, group) for kind, group in zip(types, GROUPS, strict=True)]
    assert kinds == expected


def test_one_row_in_full():
    found = row(dr.gap(example(), **ASK, reference="White", by="borough"), borough="Bexley", group="Asian")
    assert (found["count"], found["nobs"]) == (40, 60)
    assert found["outcome_missing"] == 5  # two don't know, three not stated; the one not applicable is nowhere
    assert (found["reference"], found["reference_count"], found["reference_nobs"]) == ("White", 160, 200)
    assert found["value"] == pytest.approx(100 * 40 / 60)
    assert found["reference_value"] == 80.0
    assert statistics(found) == pytest.approx(plain(40, 60, 160, 200))
    assert (found["measure"], found["characteristic"]) == ("satisfied (yes)", "ethnicity")
    assert (found["unit_of_measure"], found["confidence_level"]) == ("percentage points", 0.95)
    assert found["flag"] == Flag.MISSING_ANSWERS
    assert found["method"] == "Miettinen-Nurminen score; Holm over 5 comparisons"
    assert math.isnan(found["se"])


def test_all_areas_pool_the_cases():
    found = row(
        dr.gap(example(), **ASK, reference="White", by="borough"), borough=None, group="Black", row_type="group"
    )
    assert (found["count"], found["nobs"], found["reference_nobs"]) == (58, 98, 660)
    assert statistics(found) == pytest.approx(plain(58, 98, 505, 660))
    without_by = row(dr.gap(example(), **ASK, reference="White"), group="Black")
    assert statistics(without_by) == statistics(found)


def test_the_reference_keeps_its_row_with_nothing_compared():
    found = row(dr.gap(example(), **ASK, reference="White"), group="White")
    assert (found["row_type"], found["count"], found["nobs"]) == ("reference", 505, 660)
    assert all(math.isnan(value) for value in statistics(found))
    assert found["reference_count"] is None and found["verdict"] is None


def test_rest_is_every_other_known_group_together():
    found = row(dr.gap(example(), **ASK, reference=dr.REST), group="Asian")
    assert (found["reference"], found["reference_count"], found["reference_nobs"]) == ("all other groups", 563, 758)
    assert statistics(found) == pytest.approx(plain(77, 127, 563, 758))


def test_overall_holds_the_group_itself_and_scales_the_difference_from_the_rest():
    overall = dr.gap(example(), **ASK, reference=dr.OVERALL)
    rest = dr.gap(example(), **ASK, reference=dr.REST)
    for one, other in zip(overall.rows(), rest.rows(), strict=True):
        if one["group"] == "not stated":
            assert math.isnan(one["estimate"]) and one["reference_nobs"] is None
            continue
        outside = other["reference_nobs"] / one["reference_nobs"]
        assert one["reference_nobs"] == 885
        assert one["estimate"] == pytest.approx(one["value"] - one["reference_value"], abs=1e-12)
        assert one["low"] == pytest.approx(outside * other["low"], abs=1e-12)
        assert one["high"] == pytest.approx(outside * other["high"], abs=1e-12)
        assert one["pvalue"] == other["pvalue"]


def test_people_of_unknown_group_are_rows_but_compared_with_nobody():
    for reference in ("White", dr.REST, dr.OVERALL):
        found = row(dr.gap(example(), **ASK, reference=reference), group="not stated")
        assert (found["row_type"], found["count"], found["nobs"]) == ("group", 7, 14)
        assert found["value"] == 50.0
        assert math.isnan(found["estimate"]) and found["verdict"] is None
        assert Flag.MISSING_GROUP in found["flag"]


def test_groups_without_cases_keep_their_rows_and_say_why():
    findings = dr.gap(example(), **ASK, reference="White", by="borough")
    no_answers = row(findings, borough="Camden", group="Black")
    assert (no_answers["nobs"], no_answers["outcome_missing"]) == (0, 2)
    assert Flag.NO_CASES in no_answers["flag"] and Flag.EMPTY_GROUP not in no_answers["flag"]
    assert math.isnan(no_answers["value"]) and math.isnan(no_answers["low"]) and no_answers["verdict"] is None
    nobody = row(findings, borough="Ealing", group="not stated")
    assert Flag.EMPTY_GROUP | Flag.NO_CASES in nobody["flag"]


def test_shares_of_everything_have_limits():
    found = row(dr.gap(example(), **ASK, reference="White", by="borough"), borough="Ealing", group="Asian")
    assert found["value"] == 100.0
    assert found["low"] < found["estimate"] < found["high"]
    assert Flag.SMALL_BASE in found["flag"]


def test_an_empty_reference_is_said():
    counts = COUNTS.copy()
    counts[:, 2] = 0
    found = row(dr.gap(example(counts), **ASK, reference="White"), group="Asian")
    assert Flag.NO_REFERENCE in found["flag"] and math.isnan(found["estimate"]) and found["value"] > 0
    counts[:, :2] = 0
    alone = example(np.where(np.arange(4)[:, None] == 0, COUNTS, 0))
    assert Flag.NO_REFERENCE in row(dr.gap(alone, **ASK, reference=dr.OVERALL), group="Asian")["flag"]


def test_areas_are_one_family_and_all_areas_another():
    findings = dr.gap(example(), **ASK, reference="White", by="borough").filter(row_type=["group", "reference"])
    everywhere = [r["borough"] is None for r in findings.rows()]
    p, adjusted = np.array(findings["pvalue"]), np.array(findings["adjusted_pvalue"])
    for part in (np.array(everywhere), ~np.array(everywhere)):
        np.testing.assert_array_equal(adjusted[part], adjust_pvalues(p[part]))
    plain_p = dr.gap(example(), **ASK, reference="White", by="borough", adjust="none")
    np.testing.assert_array_equal(plain_p["adjusted_pvalue"][8:], plain_p["pvalue"][8:])


def test_two_by_columns_are_crossed():
    counts = np.stack([COUNTS, COUNTS[::-1]], axis=0)
    labels = {"year": [2010, 2011], "borough": AREAS, "ethnicity": GROUPS, "satisfied": ANSWERS}
    tally = dr.Tally(counts, labels, outcome="satisfied")
    findings = dr.gap(tally, **ASK, reference="White", by=["borough", "year"])
    assert findings.by == ("borough", "year")
    assert findings["borough"][0] is None and findings["year"][0] is None
    cells = [(r["borough"], r["year"]) for r in findings.rows() if r["borough"] is not None]
    assert cells[::4] == [(area, year) for area in AREAS for year in (2010, 2011)]
    assert row(findings, borough="Bexley", year=2011, group="Black")["nobs"] == 53


@given(st.permutations(range(3)), st.permutations(range(3)))
@settings(max_examples=12, derandomize=True, deadline=None)
def test_the_order_of_areas_and_groups_changes_the_order_of_rows_alone(areas, groups):
    groups = [*groups, 3]
    moved = example(COUNTS[areas][:, groups], [AREAS[i] for i in areas], [GROUPS[i] for i in groups])
    for reference in ("White", dr.REST):
        one = dr.gap(example(), **ASK, reference=reference, by="borough").filter(row_type=["group", "reference"])
        other = dr.gap(moved, **ASK, reference=reference, by="borough").filter(row_type=["group", "reference"])
        by_name = {(r["borough"], r["group"]): r for r in other.rows()}
        for r in one.rows():
            match = by_name[(r["borough"], r["group"])]
            assert all(same(r[name], match[name]) for name in r), (r, match)


def test_new_names_change_names_alone():
    names = {"Asian": "A", "Black": "B", "White": "W", "not stated": "not stated"}
    one = dr.gap(example(), **ASK, reference="White", by="borough")
    other = dr.gap(example(groups=names.values()), **ASK, reference="W", by="borough")
    for r, s in zip(one.rows(), other.rows(), strict=True):
        assert names[r["group"]] == s["group"]
        assert all(same(r[name], s[name]) for name in r if name not in ("group", "reference"))


def test_swapping_group_and_reference_turns_the_sign():
    one = row(dr.gap(example(), **ASK, reference="White", adjust="none"), group="Asian")
    other = row(dr.gap(example(), **ASK, reference="Asian", adjust="none"), group="White")
    assert one["estimate"] == pytest.approx(-other["estimate"])
    assert (one["low"], one["high"]) == pytest.approx((-other["high"], -other["low"]))
    assert one["pvalue"] == pytest.approx(other["pvalue"])


def records(tally):
    """The tally as rows, one for each case."""
    columns = tally.to_dict()
    times = columns.pop("count")
    return {name: [v for v, n in zip(values, times, strict=True) for _ in range(n)] for name, values in columns.items()}


def test_records_and_their_tally_give_the_same():
    data = records(example())
    one = dr.gap(data, **ASK, reference="White", by="borough")
    other = dr.gap(example(), **ASK, reference="White", by="borough")
    for r, s in zip(one.rows(), other.rows(), strict=True):
        assert all(same(r[name], s[name]) for name in s), (r, s)


def test_equal_weights_change_nothing_but_columns():
    data = records(example())
    data["wt"] = np.full(len(data["borough"]), 0.3)
    weighted = dr.gap(data, **ASK, reference=dr.OVERALL, by="borough", weight="wt")
    plain_ = dr.gap(example(), **ASK, reference=dr.OVERALL, by="borough")
    for r, s in zip(weighted.rows(), plain_.rows(), strict=True):
        for name in ("value", "reference_value", "estimate", "low", "high", "pvalue"):
            assert r[name] == pytest.approx(s[name], rel=1e-9, abs=1e-9, nan_ok=True)
        assert (r["count"], r["nobs"], r["reference_nobs"]) == (s["count"], s["nobs"], s["reference_nobs"])
        if r["nobs"]:
            assert r["effective_nobs"] == pytest.approx(r["nobs"])
            assert r["design_effect"] == pytest.approx(1)
            assert Flag.EFFECTIVE_SIZE in r["flag"]


def test_weights_use_kish_effective_numbers():
    rng = np.random.default_rng(5)
    n = 400
    data = {
        "ethnicity": rng.choice(["Asian", "White"], n),
        "satisfied": rng.choice(["no", "yes"], n),
        "wt": rng.gamma(2.0, 1.0, n),
    }
    ask = {"outcome": "satisfied", "positive": "yes", "group": "ethnicity", "reference": "White", "weight": "wt"}
    found = row(dr.gap(data, **ask), group="Asian")
    share, size = {}, {}
    for group in ("Asian", "White"):
        w, yes = data["wt"][data["ethnicity"] == group], (data["satisfied"] == "yes")[data["ethnicity"] == group]
        share[group], size[group] = w[yes].sum() / w.sum(), w.sum() ** 2 / (w**2).sum()
    cases = {group: share[group] * size[group] for group in share}
    assert found["value"] == pytest.approx(100 * share["Asian"])
    assert found["effective_nobs"] == pytest.approx(size["Asian"])
    assert found["design_effect"] == pytest.approx(found["nobs"] / size["Asian"])
    assert statistics(found) == pytest.approx(plain(cases["Asian"], size["Asian"], cases["White"], size["White"]))
    assert found["nobs"] == (data["ethnicity"] == "Asian").sum()


def test_weights_of_zero_are_said():
    data = {"g": ["a", "a", "b"], "y": [True, False, True], "wt": [0.0, 0.0, 1.0]}
    found = row(dr.gap(data, outcome="y", positive=True, group="g", reference="b", weight="wt"), group="a")
    assert Flag.ZERO_WEIGHT in found["flag"] and math.isnan(found["value"]) and found["nobs"] == 2


def test_a_full_count_has_no_inference():
    findings = dr.gap(example(), **ASK, reference="White", by="borough", inference="none")
    assert "variation" not in findings["row_type"]
    found = row(findings, borough="Bexley", group="Asian")
    assert found["estimate"] == pytest.approx(100 * (40 / 60 - 0.8))
    assert all(math.isnan(found[name]) for name in ("low", "high", "pvalue", "adjusted_pvalue", "confidence_level"))
    assert found["verdict"] is None and Flag.FULL_COUNT in found["flag"] and found["method"] == "full count"


def test_the_mean_of_areas_is_a_plain_mean_over_areas_with_cases():
    for reference in ("White", dr.OVERALL, dr.REST):
        findings = dr.gap(example(), **ASK, reference=reference, by="borough", pool="mean")
        for group in ("Asian", "Black"):
            areas = [r for r in findings.filter(group=group, row_type="group").rows() if r["borough"] is not None]
            gaps = [r["estimate"] for r in areas if not math.isnan(r["estimate"])]
            found = row(findings, borough=None, row_type="group", group=group)
            assert found["estimate"] == pytest.approx(np.mean(gaps))
            assert found["estimate"] == pytest.approx(found["value"] - found["reference_value"])
            assert (Flag.AREAS_LEFT_OUT in found["flag"]) == (group == "Black")
            assert found["low"] < found["estimate"] < found["high"]
            assert "mean of areas" in found["method"]


def test_the_mean_of_one_area_is_that_area():
    one = example(COUNTS[:1], AREAS[:1])
    for reference in ("White", dr.OVERALL):
        findings = dr.gap(one, **ASK, reference=reference, by="borough", pool="mean").filter(
            group="Asian", row_type="group"
        )
        first, second = findings.rows()
        assert statistics(first) == pytest.approx(statistics(second))


def test_the_interval_of_the_mean_of_areas_covers():
    rng = np.random.default_rng(11)
    n_group, n_white = np.tile([8.0, 15, 60], 8), np.tile([60.0, 100, 300], 8)
    shares, even = np.linspace(0.6, 0.85, 24), np.full(24, 1 / 24)
    missed = []
    for _ in range(1000):
        group = mean_over_areas(rng.binomial(n_group.astype(int), shares - 0.06) / n_group, n_group, even)
        white = mean_over_areas(rng.binomial(n_white.astype(int), shares) / n_white, n_white, even)
        (share1, size1), (share2, size2) = group, white
        _, low, high, _, _ = compared(share1 * size1, size1, share2 * size2, size2)
        missed.append(not low < -0.06 < high)
    assert 0.03 < np.mean(missed) < 0.07  # 5% expected, standard error 0.7%


def test_several_positive_answers_and_a_boolean():
    both = dr.gap(example(), **{**ASK, "positive": ["yes", "no"]}, reference="White")
    assert set(both["value"]) == {100.0} and both["measure"][0] == "satisfied (yes or no)"
    data = {"g": ["a", "b"], "y": [True, False]}
    assert dr.gap(data, outcome="y", positive=True, group="g", reference="a")["measure"][0] == "y"


def test_any_iterable_of_labels_will_do_and_missing_kinds_are_outside_already():
    one = dr.gap(example(), **ASK, reference="White")
    for exclude in (
        ("don't know",),
        {"don't know"},
        np.array(["don't know"]),
        iter(["don't know", "refused", "not stated"]),
    ):
        other = dr.gap(example(), **{**ASK, "exclude": exclude}, reference="White")
        assert other["estimate"][:2] == one["estimate"][:2]
        assert other["outcome_missing"] == one["outcome_missing"]


def test_what_came_in_travels_through():
    tally = example(provenance="Synthetic: made up", native="pandas")
    findings = dr.gap(tally, **ASK, reference="White", by="borough", higher_is_better=False, period="2011-03")
    assert (findings.provenance, findings.native, findings.higher_is_better) == ("Synthetic: made up", "pandas", False)
    assert set(findings["period"]) == {"2011-03"}
    assert type(findings.to_frame()).__module__.startswith("pandas")


def test_dimensions_not_asked_for_are_summed():
    extra = dr.Tally(
        np.stack([COUNTS, COUNTS], axis=0),
        {"wave": [1, 2], "borough": AREAS, "ethnicity": GROUPS, "satisfied": ANSWERS},
        outcome="satisfied",
    )
    assert row(dr.gap(extra, **ASK, reference="White"), group="Asian")["nobs"] == 2 * 127


def test_nothing_at_all():
    empty = example(np.zeros((0, 4, 5), int), areas=[])
    findings = dr.gap(empty, **ASK, reference="White", by="borough")
    assert findings["nobs"][:4] == [0, 0, 0, 0]
    assert all(math.isnan(value) for value in findings["estimate"])
    assert Flag.TOO_FEW_AREAS in findings["flag"][4]
    no_groups = example(np.zeros((3, 0, 5), int), groups=[])
    assert len(dr.gap(no_groups, **ASK, reference=dr.REST, by="borough")) == 0
    assert dr.gap(no_groups, **ASK, reference=dr.REST, by="borough").columns[3] == "borough"
    zeros = dr.gap(example(COUNTS * 0), **ASK, reference="White", by="borough", pool="mean")
    assert all(math.isnan(value) for value in zeros["value"])


@pytest.mark.parametrize(
    "changes, message",
    [
        (
            {"positive": "Yes"},
            r"'Yes' is not a label of 'satisfied' \(did you mean 'yes'\?\); its labels are 'no', 'yes'",
        ),
        ({"positive": []}, "positive: no label is named"),
        ({"positive": "not stated"}, "positive: 'not stated' is a kind of missing"),
        ({"positive": True}, "positive: True is not a label"),
        (
            {"exclude": "dont know"},
            r"exclude: 'dont know' is not a label of .* \(did you mean \"don't know\"\?\)",
        ),
        ({"exclude": ["yes"]}, "positive and exclude: 'yes' is in both"),
        ({"reference": "white"}, r"reference: 'white' is not a label of 'ethnicity' \(did you mean 'White'\?\)"),
        ({"reference": "not stated"}, "reference: 'not stated' is a kind of missing, not a label of 'ethnicity'"),
        ({"group": "etnicity"}, r"no dimension 'etnicity' \(did you mean 'ethnicity'\?\) in the tally; .dims is"),
        ({"group": "satisfied"}, "group: 'satisfied' is already given as outcome"),
        ({"by": ["borough", "ethnicity"]}, "by: 'ethnicity' is already given as group"),
        ({"by": ["borough", "borough"]}, "by: a column is named twice"),
        ({"by": "value"}, "by: 'value' is the name of a column of the findings"),
        ({"measure": "odds"}, "measure: 'odds' is not one of 'difference', 'ratio', 'odds-ratio'"),
        ({"method": "katz"}, "method: 'katz' is not a method for the difference: 'score'"),
        ({"adjust": "sidak"}, "adjust: 'sidak' is not one of 'holm', 'hochberg'"),
        ({"confidence_level": (0.95, 1.5)}, "confidence_level: 1.5 is not between 0 and 1"),
        ({"confidence_level": (0.95, 0.95)}, "confidence_level: 0.95 is given twice"),
        ({"confidence_level": ()}, "confidence_level: there is none"),
        (
            {"measure": "ratio", "threshold": 5},
            "threshold: 5 is not a ratio from 0.5 to 2; points go with a difference",
        ),
        ({"measure": "ratio", "threshold": 1}, "threshold: a ratio of 1 is no difference at all"),
        ({"measure": "odds-ratio", "reference": dr.OVERALL}, "reference: an odds ratio against the whole"),
        ({"measure": "ratio", "pool": "mean"}, "pool: the mean of areas is for differences"),
        ({"method": "chan-zhang", "pool": "mean"}, "pool: 'chan-zhang' needs whole counts"),
        ({"pool": "sum"}, "pool: 'sum' is not one of 'cases', 'mean'"),
        ({"inference": "design"}, "inference: 'design' is not one of 'chance', 'none'"),
        ({"threshold": 0}, "threshold: 0 is not a positive number"),
        ({"threshold": float("nan")}, "threshold: nan is not a positive number"),
        ({"confidence_level": 95}, "confidence_level: 95 is not between 0 and 1"),
    ],
)
def test_bad_arguments_are_refused_by_name(changes, message):
    with pytest.raises(ValueError, match=message):
        dr.gap(example(), **{**ASK, "reference": "White", "by": "borough", **changes})


@pytest.mark.parametrize(
    "changes, message",
    [
        ({"where": [True]}, "where: data is a Tally, which is already counted; pass where to dr.tally"),
        ({"weight": "wt"}, "weight: data is a Tally"),
        ({"missing": {"x": "refused"}}, "missing: data is a Tally"),
        ({"threshold": "5"}, "threshold: '5' is not a number"),
        ({"by": [1]}, "by: 1 is not the name of a column"),
    ],
)
def test_wrong_types_are_refused_by_name(changes, message):
    with pytest.raises(TypeError, match=message):
        dr.gap(example(), **{**ASK, "reference": "White", **changes})


def test_what_is_measured_can_be_named():
    found = dr.gap(example(), **ASK, reference="White", name="share satisfied")
    assert set(found["measure"]) == {"share satisfied"}
    assert found.sentences()[0].startswith(
        "Share satisfied was 61% for the Asian group against 77% for the White group"
    )


def test_of_many_positive_answers_the_first_is_named():
    data = {"y": list("abcd") * 5, "g": ["x"] * 10 + ["z"] * 10}
    ask = {"outcome": "y", "group": "g", "reference": "x"}
    assert dr.gap(data, positive=["b", "a"], **ask)["measure"][0] == "y (b or a)"
    assert dr.gap(data, positive=["b", "a", "b"], **ask)["measure"][0] == "y (b or a)"
    assert dr.gap(data, positive=["b", "a", "d"], **ask)["measure"][0] == "y (b or 2 other answers)"


@pytest.mark.parametrize(
    "changes, message",
    [
        ({"higher_is_better": "no"}, "higher_is_better: 'no' is neither True nor False"),
        ({"name": 3}, "name: 3 is not a text"),
        ({"name": " "}, "name: ' ' is not a text"),
        ({"by": [["borough"]]}, r"by: \['borough'\] is not the name of a column"),
    ],
)
def test_more_wrong_types(changes, message):
    with pytest.raises(TypeError, match=message):
        dr.gap(example(), **(ASK | {"reference": "White"} | changes))
    if "by" not in changes:
        with pytest.raises(TypeError, match=message):
            dr.share(example(), of="ethnicity", **changes)


def test_labels_of_other_types_are_told_apart_in_hints():
    data = {"y": [True, False], "g": ["a", "b"]}
    with pytest.raises(ValueError, match=r"positive: 'True' is not a label of 'y' \(did you mean True\?\)"):
        dr.gap(data, outcome="y", positive="True", group="g", reference="a")


def test_a_column_that_nobody_states_has_no_labels():
    data = {"y": [None, None], "g": ["a", "b"]}
    with pytest.raises(ValueError, match="positive: True is not a label of 'y'; it has none, for no row states one"):
        dr.gap(data, outcome="y", positive=True, group="g", reference="a")


def test_a_gap_without_a_reference_says_what_to_give() -> None:
    with pytest.raises(TypeError, match=r"gap needs reference=: one of the groups, dr.REST or dr.OVERALL"):
        dr.gap({"a": ["x"], "b": ["y"]}, outcome="a", positive="x", group="b")


def test_no_rows_are_said_to_be_none() -> None:
    records = {"a": ["x"], "b": ["y"]}
    with pytest.raises(ValueError, match="where: no row is left to count"):
        dr.gap(records, outcome="a", positive="x", group="b", reference="y", where=np.array([False]))


@pytest.mark.parametrize(
    ("measure", "pool"), [("difference", "cases"), ("difference", "mean"), ("ratio", "cases"), ("odds-ratio", "cases")]
)
def test_weights_of_whoever_has_the_property_are_all_the_weights(measure, pool):
    """Kish's number of cases, and that of cases with the property, are rounded apart; no share may go above 1."""
    rng = np.random.default_rng(3)
    n = 400
    records = {
        "area": rng.integers(0, 10, n).astype(str),
        "group": rng.choice(["A", "B"], n),
        "yes": np.where(rng.integers(0, 2000, n) == 0, "no", rng.choice([f"yes {i}" for i in range(12)], n)),
    }
    positive = sorted(set(records["yes"]) - {"no"})
    records["yes"][0] = "no"
    tally = dr.tally(records, ["area", "group"], outcome="yes", weight=10 ** rng.uniform(-3, 3, n))
    findings = dr.gap(
        tally, outcome="yes", positive=positive, group="group", reference="A", by="area", measure=measure, pool=pool
    )
    rows = [row for row in range(len(findings["group"])) if findings["group"][row] == "B"]
    rows = [row for row in rows if findings["row_type"][row] == "group" and findings["value"][row] == 100]
    assert len(rows) > 5
    for row in rows:
        assert 0 <= findings["pvalue"][row] <= 1
        if findings["reference_value"][row] == 100:
            expected = {"difference": 0, "ratio": 1, "odds-ratio": np.nan}[measure]
            np.testing.assert_equal(findings["estimate"][row], expected)
            assert findings["pvalue"][row] == 1


def test_a_reference_without_weight_is_no_reference():
    records = {"group": ["A", "A", "B", "B"], "yes": [True, False, True, False]}
    tally = dr.tally(records, ["group"], outcome="yes", weight=[0.0, 0.0, 1.0, 2.0])
    findings = dr.gap(tally, outcome="yes", positive=True, group="group", reference="A")
    row = findings["group"].index("B")
    assert math.isnan(findings["low"][row]) and Flag.NO_REFERENCE in findings["flag"][row]
