"""Areas ranked: only where they are shown to differ, in fixed order, with what their ranks may be."""

from pathlib import Path

import numpy as np
import pytest

import dueregard as dr
from dueregard.flags import Flag
from dueregard.inference.two_groups.variation import chance_rate

PERCEPTIONS = Path(__file__).parents[2].parent / "shared" / "real" / "pas-2016-neighbourhood-perceptions.csv"
RANKS = ("rank", "rank_low", "rank_high", "joint_rank_low", "joint_rank_high", "top_quarter", "bottom_quarter")

APART = {
    "borough": ["A", "B", "C", "D", "E"],
    "yes": [300, 320, 250, 340, 320],
    "asked": [400, 400, 400, 400, 400],
    "family": ["inner", "inner", "outer", "outer", "inner"],
}
ALIKE = {"borough": list("ABCD"), "yes": [30, 32, 29, 31], "asked": [40, 40, 40, 40]}
COUNTED = {"by": "borough", "count": "yes", "nobs": "asked", "higher_is_better": True}


def areas(found):
    return list(found.filter(row_type="group").rows())


def column(found, name):
    return [row[name] for row in areas(found)]


def nothing(rows):
    return all(np.isnan(row[name]) for row in rows for name in RANKS)


def records(table):
    """The same as records with an answer each."""
    borough, answer = [], []
    for name, yes, asked in zip(table["borough"], table["yes"], table["asked"], strict=True):
        borough += [name] * asked
        answer += ["yes"] * yes + ["no"] * (asked - yes)
    return {"borough": borough, "answer": answer}


def test_areas_that_differ_are_ranked_in_fixed_order():
    found = dr.rank(APART, **COUNTED)
    assert found.kind == "ranks"
    assert found["row_type"] == ["variation"] * 2 + ["group"] * 5
    assert column(found, "borough") == APART["borough"]
    assert column(found, "rank") == [4, 2, 5, 1, 2]
    assert column(found, "compared_areas") == [5] * 5
    assert column(found, "value") == [75, 80, 62.5, 85, 80]
    assert all(flag == Flag(0) for flag in found["flag"])


def test_intervals_are_those_of_the_array_function():
    found = dr.rank(APART, **COUNTED)
    share, size = np.array(APART["yes"]) / 400, np.full(5, 400.0)
    expected = dr.rank_intervals(share, np.sqrt(chance_rate(share, size)[1]), higher_is_better=True)
    for name, values in zip(RANKS, expected, strict=True):
        assert column(found, name) == values.tolist()


def test_areas_that_are_alike_are_not_ranked():
    found = dr.rank(ALIKE, **COUNTED)
    assert nothing(areas(found))
    assert all({Flag.NOT_SHOWN_TO_DIFFER, Flag.RANK_WITHHELD} <= set(row["flag"]) for row in areas(found))
    assert found["pvalue"][0] > 0.05
    assert column(found, "value") == [75, 80, 72.5, 77.5]
    assert "in order" not in " ".join(found.notes)


def test_whoever_insists_gives_a_reason_that_stays():
    found = dr.rank(ALIKE, **COUNTED, insist="the committee asked for a table")
    assert column(found, "rank") == [3, 1, 4, 2]
    assert column(found, "joint_rank_low") == [1] * 4
    assert column(found, "joint_rank_high") == [4] * 4
    assert all(row["flag"] == Flag.NOT_SHOWN_TO_DIFFER for row in areas(found))
    assert any("the committee asked for a table" in note for note in found.notes)


def test_the_rows_on_variation_come_first():
    found = dr.rank(APART, **COUNTED)
    spread, farthest = list(found.rows())[:2]
    assert spread["borough"] is None
    assert spread["low"] > 0
    assert spread["adjusted_pvalue"] == spread["pvalue"] < 0.001
    assert spread["unit_of_measure"] == "percentage points"
    assert farthest["value"] == pytest.approx(np.mean(column(found, "value")) - 62.5)
    assert farthest["estimate"] < farthest["value"]


def test_nobody_is_called_worst_by_chance():
    """Of 200 sets of areas that do not differ, at most one in 20 or so is ranked."""
    rng = np.random.default_rng(5)
    ranked = 0
    for _ in range(200):
        table = {"borough": list(range(12)), "yes": rng.binomial(60, 0.75, 12), "asked": [60] * 12}
        ranked += not nothing(areas(dr.rank(table, **COUNTED, n_draws=100, threads=1)))
    assert ranked <= 20


def test_lower_is_better():
    found = dr.rank(APART, **(COUNTED | {"higher_is_better": False}))
    assert column(found, "rank") == [2, 3, 1, 5, 3]
    assert found.higher_is_better is False


def test_records_a_tally_and_a_table_agree():
    people = records(APART)
    asked = {"by": "borough", "outcome": "answer", "positive": "yes", "higher_is_better": True}
    whole = dr.rank(APART, **COUNTED)
    for data in (people, dr.tally(people, ["borough"], outcome="answer")):
        found = dr.rank(data, **asked)
        for name in (*RANKS, "count", "nobs", "value"):
            assert column(found, name) == column(whole, name)


def test_missing_areas_and_areas_without_cases_have_no_rank():
    table = {"borough": [*APART["borough"], None, "F"], "yes": [*APART["yes"], 1, 0], "asked": [*APART["asked"], 9, 0]}
    found = dr.rank(table, **COUNTED)
    *known, empty, unknown = areas(found)
    assert [row["rank"] for row in known] == [4, 2, 5, 1, 2]
    assert Flag.NO_CASES in empty["flag"]
    assert Flag.MISSING_GROUP in unknown["flag"]
    assert nothing([empty, unknown])
    assert column(found, "compared_areas")[:5] == [5] * 5


def test_shares_of_0_and_100_percent_have_chance_in_them():
    table = {"borough": list("ABCD"), "yes": [0, 30, 60, 60], "asked": [60] * 4}
    found = dr.rank(table, **COUNTED)
    assert column(found, "rank") == [4, 3, 1, 1]
    assert column(found, "rank_high")[2:] == [2, 2]


def test_one_area_is_too_few():
    found = dr.rank({"borough": ["A"], "yes": [3], "asked": [4]}, **COUNTED)
    assert nothing(areas(found))
    assert Flag.TOO_FEW_AREAS in areas(found)[0]["flag"]


def test_fewer_than_four_areas_have_no_quarters():
    table = {"borough": list("ABC"), "yes": [300, 200, 100], "asked": [400] * 3}
    found = dr.rank(table, **COUNTED)
    assert column(found, "rank") == [1, 2, 3]
    assert all(np.isnan(column(found, "top_quarter")))


@pytest.mark.parametrize("among", ["family", {"A": "inner", "B": "inner", "C": "outer", "D": "outer", "E": "inner"}])
def test_areas_are_ranked_among_those_like_them(among):
    found = dr.rank(APART, **COUNTED, among=among, insist="to see both")
    name = among if isinstance(among, str) else "among"
    assert found[name] == ["inner"] * 2 + ["outer"] * 2 + APART["family"]
    assert column(found, "rank") == [3, 1, 2, 1, 1]
    assert column(found, "compared_areas") == [3, 3, 2, 2, 3]
    assert column(found, "rank_high") == [3, 3, 2, 1, 3]


def test_sets_are_tested_together():
    """Holm: with two sets the smaller p-value is doubled."""
    found = dr.rank(APART, **COUNTED, among="family")
    inner, outer = (row for row in found.rows() if row["row_type"] == "variation" and not np.isnan(row["pvalue"]))
    assert outer["adjusted_pvalue"] == 2 * outer["pvalue"]
    assert inner["adjusted_pvalue"] == max(inner["pvalue"], outer["adjusted_pvalue"])
    assert not np.isnan(column(found, "rank")[2])


def test_the_group_of_areas_is_found_in_records():
    people = records(APART)
    family = dict(zip(APART["borough"], APART["family"], strict=True))
    people["family"] = [family[borough] for borough in people["borough"]]
    asked = {"outcome": "answer", "positive": "yes", "by": "borough", "higher_is_better": True, "among": "family"}
    found = dr.rank(people, **asked)
    whole = dr.rank(APART, **COUNTED, among="family")
    np.testing.assert_array_equal(column(found, "rank_low"), column(whole, "rank_low"))
    assert column(found, "family") == APART["family"]


def test_areas_in_no_known_group_of_areas_are_not_compared():
    table = APART | {"family": ["inner", "inner", None, "inner", "inner"]}
    found = dr.rank(table, **COUNTED, among="family")
    assert Flag.MISSING_GROUP in areas(found)[2]["flag"]
    assert np.isnan(areas(found)[2]["rank"])
    assert column(found, "compared_areas")[0] == 4


PUBLISHED = {"area": list("ABCDE"), "percent": [75, 80, 62.5, 85, 80], "n": [400] * 5}
PERCENT = {"by": "area", "percent": "percent", "higher_is_better": True}


def test_percentages_without_numbers_of_cases_are_not_ranked():
    found = dr.rank(PUBLISHED, **PERCENT)
    assert nothing(areas(found))
    assert all(row["flag"] == Flag.NO_INTERVAL | Flag.RANK_WITHHELD for row in areas(found))
    assert np.isnan(column(found, "low")).all()
    spread, farthest = list(found.rows())[:2]
    assert Flag.NO_INTERVAL in spread["flag"]
    assert np.isnan(spread["estimate"])
    assert farthest["value"] == pytest.approx(76.5 - 62.5)


def test_whoever_insists_gets_the_order_of_percentages_and_no_chances():
    found = dr.rank(PUBLISHED, **PERCENT, insist="asked for")
    assert column(found, "rank") == [4, 2, 5, 1, 2]
    assert np.isnan([[row[name] for name in RANKS[1:]] for row in areas(found)]).all()


@pytest.mark.parametrize("nobs", [400, "n"])
def test_percentages_with_numbers_of_cases_are_ranked_as_counts_are(nobs):
    found, counted = dr.rank(PUBLISHED, **PERCENT, nobs=nobs), dr.rank(APART, **COUNTED)
    for name in (*RANKS, "value", "low", "high"):
        np.testing.assert_allclose(column(found, name), column(counted, name), rtol=1e-12)
    assert any("so it was said" in note for note in found.notes) == (nobs == 400)


def test_a_question_is_chosen_with_where():
    table = {
        "area": [*"AB", *"AB"],
        "measure": ["Safe", "Safe", "Fair", "Fair"],
        "percent": [50, 60, 70, None],
    }
    chosen = np.array(table["measure"]) == "Fair"
    found = dr.rank(table, by="area", percent="percent", higher_is_better=True, where=chosen)
    assert found["measure"] == ["Fair"] * 4
    assert Flag.NO_CASES in areas(found)[1]["flag"]
    with pytest.raises(ValueError, match="percent: 'A' is there more than once, as at row 0; choose with where="):
        dr.rank(table, by="area", percent="percent", higher_is_better=True)


@pytest.mark.skipif(not PERCEPTIONS.exists(), reason="the published files are not here")
def test_neighbourhoods_among_those_most_like_them():
    """The perceptions of 2016: eleven groups; no numbers of cases, so no ranks; with 100 each, one group differs."""
    table = dr.read_perceptions(PERCEPTIONS)
    asked = PERCENT | {"among": "similar_areas", "where": table["measure"] == table["measure"][0]}
    plain = dr.rank(table, **asked)
    assert nothing(areas(plain))
    assert len(areas(plain)) == len(set(table["area"]))
    said = dr.rank(table, **asked, nobs=100)
    assert len(said.filter(row_type="variation")) == 2 * 11
    ranked = {row["similar_areas"] for row in areas(said) if not np.isnan(row["rank"])}
    shown = {row["similar_areas"] for row in said.rows() if row["adjusted_pvalue"] < 0.05}
    assert ranked == shown
    assert len(ranked) <= 1


def gaps():
    rows = {"borough": [], "group": [], "answer": []}
    for borough, asian, white in (("A", 60, 80), ("B", 85, 80), ("C", 75, 80), ("D", 90, 80)):
        for group, yes in (("Asian", asian), ("White", white)):
            rows["borough"] += [borough] * 200
            rows["group"] += [group] * 200
            rows["answer"] += ["yes"] * (2 * yes) + ["no"] * (200 - 2 * yes)
    return rows


@pytest.mark.parametrize("measure", ["difference", "ratio", "odds-ratio"])
def test_gaps_are_ranked_as_they_are(measure):
    found = dr.gap(
        gaps(), outcome="answer", positive="yes", group="group", reference="White", by="borough", measure=measure
    )
    ranked = dr.rank(found)
    assert column(ranked, "group") == ["Asian"] * 4
    assert column(ranked, "rank") == [4, 2, 3, 1]
    assert column(ranked, "estimate") == [
        row["estimate"] for row in found.rows() if row["group"] == "Asian" and row["borough"]
    ]
    assert column(ranked, "bottom_quarter")[0] > 0.9
    assert ranked["unit_of_measure"][0] == ("percentage points" if measure == "difference" else "factor")
    assert ranked.higher_is_better


def test_limits_say_what_standard_errors_would():
    """Of a difference, the half-width of a 95% interval over 1.96."""
    found = dr.gap(gaps(), outcome="answer", positive="yes", group="group", reference="White", by="borough")
    rows = [row for row in found.rows() if row["group"] == "Asian" and row["borough"]]
    se = np.array([row["high"] - row["low"] for row in rows]) / 2 / 1.959963984540054
    expected = dr.rank_intervals([row["estimate"] for row in rows], se, higher_is_better=True)
    assert column(dr.rank(found), "rank_low") == expected.low.tolist()


def test_shares_of_findings_are_ranked_within_each_group():
    found = dr.share(gaps(), of="answer", by="borough")
    ranked = dr.rank(found, higher_is_better=True)
    assert column(ranked, "group") == ["no", "yes"] * 4
    assert [row["rank"] for row in areas(ranked) if row["group"] == "yes"] == [4, 2, 3, 1]
    assert [row["rank"] for row in areas(ranked) if row["group"] == "no"] == [1, 3, 2, 4]
    one = dr.rank(found, higher_is_better=True, group="yes")
    assert column(one, "group") == ["yes"] * 4


def test_full_counts_have_no_interval_to_rank_by():
    found = dr.share(gaps(), of="answer", by="borough", inference="none")
    ranked = dr.rank(found, higher_is_better=True, group="yes")
    assert nothing(areas(ranked))
    assert Flag.NO_INTERVAL in areas(ranked)[0]["flag"]


def test_several_levels_are_ranked_once():
    found = dr.gap(
        gaps(),
        outcome="answer",
        positive="yes",
        group="group",
        reference="White",
        by="borough",
        confidence_level=(0.95, 0.998),
    )
    assert column(dr.rank(found), "borough") == list("ABCD")


def test_the_same_figures_every_time():
    one, other = (dr.rank(APART, **COUNTED, threads=threads).to_dict() for threads in (1, 3))
    assert repr(one) == repr(other)
    assert dr.rank(APART, **COUNTED, rng=1)["top_quarter"] != dr.rank(APART, **COUNTED)["top_quarter"]


GAP = dr.gap(gaps(), outcome="answer", positive="yes", group="group", reference="White", by="borough")
REFUSED = {
    "direction": (TypeError, "rank needs higher_is_better=", APART, COUNTED | {"higher_is_better": None}),
    "direction text": (TypeError, "higher_is_better: 'yes' is neither", APART, COUNTED | {"higher_is_better": "yes"}),
    "no by": (TypeError, "by: name the column of areas", APART, COUNTED | {"by": None}),
    "no figure": (TypeError, "rank needs findings; or outcome=", APART, {"by": "borough", "higher_is_better": True}),
    "count alone": (TypeError, "rank needs findings; or outcome=", APART, COUNTED | {"nobs": None}),
    "nobs number": (TypeError, "nobs: 400 is not the name of a column", APART, COUNTED | {"nobs": 400}),
    "column": (ValueError, "'yess'", APART, COUNTED | {"count": "yess"}),
    "group": (TypeError, "group: there are no findings to choose", APART, COUNTED | {"group": "Asian"}),
    "insist": (TypeError, "insist: True is not a text", APART, COUNTED | {"insist": True}),
    "among nobody": (ValueError, "among: 'E' is in no group", APART, COUNTED | {"among": dict.fromkeys("ABCD", "x")}),
    "among type": (TypeError, "among: 5 is neither the name of a column nor a dict", APART, COUNTED | {"among": 5}),
    "among reserved": (ValueError, "among: 'group' is the name of a column", APART, COUNTED | {"among": "group"}),
    "among twice": (
        ValueError,
        "among: 'A' is in 'x' and in 'y'",
        {"borough": ["A", "A"], "yes": [1, 1], "asked": [2, 2], "family": ["x", "y"]},
        COUNTED | {"among": "family"},
    ),
    "draws": (ValueError, "n_draws: 0 is below 1", APART, COUNTED | {"n_draws": 0}),
    "level": (ValueError, "confidence_level: 2 is not between", APART, COUNTED | {"confidence_level": 2}),
    "percent count": (TypeError, "count: percentages are of no records", PUBLISHED, PERCENT | {"count": "n"}),
    "percent high": (ValueError, "percent: 120 at row 0 is not a percentage", {"area": [1], "percent": [120]}, PERCENT),
    "percent nobs": (ValueError, "nobs: 0 is below 1", PUBLISHED, PERCENT | {"nobs": 0}),
    "percent nobs column": (
        ValueError,
        "nobs: 2.5 at row 0 is not a whole number",
        {"area": ["A"], "percent": [20], "n": [2.5]},
        PERCENT | {"nobs": "n"},
    ),
    "where": (ValueError, "where: an array of 5 True or False", PUBLISHED, PERCENT | {"where": [True]}),
    "where none": (ValueError, "there are no rows where", PUBLISHED, PERCENT | {"where": np.zeros(5, bool)}),
    "findings by": (TypeError, "by: findings are ranked as they are", GAP, {"by": "borough"}),
    "findings group": (ValueError, "group: 'Black' is not in the findings", GAP, {"group": "Black"}),
    "findings among": (ValueError, "among: no column 'family' in the findings", GAP, {"among": "family"}),
    "no areas": (
        ValueError,
        "findings: there are no areas",
        dr.gap(gaps(), outcome="answer", positive="yes", group="group", reference="White"),
        {},
    ),
    "funnel": (
        ValueError,
        "findings: of the kind 'funnel'",
        dr.funnel(APART, by="borough", count="yes", nobs="asked"),
        {"higher_is_better": True},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_bad_input_is_refused_by_name(case):
    error, message, data, arguments = REFUSED[case]
    with pytest.raises(error, match=message):
        dr.rank(data, **arguments)


def wards(rng, apart=0.05, areas=6, per_area=30):
    """Areas of 30 wards each, in which answers are alike; some wards lie in two areas."""
    ward = np.repeat(np.arange(areas * per_area), 20)
    area = np.where(rng.random(len(ward)) < 0.1, ward // per_area + 1, ward // per_area) % areas
    share = 0.7 + apart * (np.arange(areas) - 2)[area] + 0.15 * rng.standard_normal(areas * per_area)[ward]
    return {
        "borough": area,
        "ward": ward,
        "weight": rng.uniform(0.5, 2, len(ward)),
        "answer": np.where(rng.random(len(ward)) < share, "yes", "no").tolist(),
    }


SURVEY = {"by": "borough", "outcome": "answer", "positive": "yes", "higher_is_better": True}


def test_a_survey_is_ranked_with_the_precision_of_its_design():
    sample = wards(np.random.default_rng(3))
    found = dr.rank(sample, **SURVEY, design=dr.survey_design(weight="weight", psu="ward"), insist="to compare")
    plain = dr.rank(sample, **SURVEY, weight="weight", insist="to compare")
    assert column(found, "value") == pytest.approx(column(plain, "value"))
    assert column(found, "rank") == column(plain, "rank")
    width = [np.array(column(f, "high")) - np.array(column(f, "low")) for f in (found, plain)]
    assert (width[0] > width[1]).all()
    assert found["pvalue"][0] > plain["pvalue"][0]
    ranks = [np.array(column(f, "rank_high")) - np.array(column(f, "rank_low")) for f in (found, plain)]
    assert ranks[0].sum() >= ranks[1].sum()


def test_areas_of_one_cluster_move_together():
    from dueregard.measures.areas.surveyed_areas import survey_correlation
    from dueregard.measures.grouped import arrange, tally_of

    sample = wards(np.random.default_rng(3))
    tally = tally_of(
        sample, ["borough"], outcome="answer", weight=None, where=None, labels=None, missing=None, threads=None,
        design=dr.survey_design(weight="weight", psu="ward"),
    )  # fmt: skip
    survey = arrange(tally, outcome="answer", positive="yes", exclude=(), group="borough", by=())
    found = survey_correlation(survey)
    np.testing.assert_allclose(np.diag(found), 1)
    covariance = survey.survey.estimates.quotients.covariance().matrix()[1]
    error = np.sqrt(np.diag(covariance))
    np.testing.assert_allclose(found, covariance / np.outer(error, error), atol=1e-9)
    assert np.abs(found - np.eye(6)).max() > 0.05


def test_a_design_is_for_records():
    with pytest.raises(TypeError, match="design: "):
        dr.rank(APART, **COUNTED, design=dr.survey_design())
    with pytest.raises(TypeError, match="design: percentages are of no records"):
        dr.rank(PUBLISHED, **PERCENT, design=dr.survey_design())


def test_rate_ratios_are_ranked_by_their_logarithms():
    """An area without events in one group has no limit on that side, so no rank: the others are ranked without it."""
    events = {"area": [], "group": []}
    for area, (black, white) in {"A": (30, 50), "B": (80, 60), "C": (20, 80), "D": (5, 50), "E": (0, 40)}.items():
        events["area"] += [area] * (black + white)
        events["group"] += ["Black"] * black + ["White"] * white
    people = {"area": [a for a in "ABCDE" for _ in (0, 1)], "group": ["Black", "White"] * 5, "n": [1000, 5000] * 5}
    population = dr.population(people, group="group", count="n", date="2011", by="area")
    rates = dr.proportionality(events, population, group="group", reference="White", by="area", period="2011")
    found = dr.rank(rates, higher_is_better=False)
    rank = {row["area"]: row["rank"] for row in areas(found)}
    assert [rank[area] for area in "ABCD"] == [3, 4, 2, 1]
    assert np.isnan(rank["E"])
    assert Flag.RANK_WITHHELD in areas(found)[-1]["flag"]
    assert Flag.AREAS_LEFT_OUT in found["flag"][0]
    assert found["unit_of_measure"][0] == "factor"
    assert column(found, "compared_areas")[0] == 4


def test_a_percentage_of_unknown_size_is_left_out_and_flagged():
    table = PUBLISHED | {"n": [400, None, 400, 400, 400]}
    found = dr.rank(table, **PERCENT, nobs="n")
    assert areas(found)[1]["flag"] == Flag.NO_INTERVAL | Flag.RANK_WITHHELD
    assert column(found, "compared_areas")[0] == 4
    assert Flag.AREAS_LEFT_OUT in found["flag"][0]
