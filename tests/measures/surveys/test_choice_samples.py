"""Questions with several answers in a survey with a design: shares, gaps and ranks from the scores of all options."""

import math

import numpy as np
import pytest

import dueregard as dr
from dueregard.measures.surveys.choices import choice_people
from dueregard.measures.surveys.choices.choice_chances import COINS, judged
from dueregard.measures.surveys.choices.choice_columns import of_columns
from dueregard.measures.surveys.choices.choices import choices_of

OPTIONS = ["burglary", "drugs", "litter", "speeding"]


def survey(seed=2, n=1200, clusters=120, alike=0.15):
    """Points of ten people in three areas; people of a point have the same concerns more often than chance has it."""
    rng = np.random.default_rng(seed)
    point = np.arange(n) * clusters // n
    mood = rng.normal(0, alike, (clusters, len(OPTIONS)))[point]
    ticks = rng.random((n, len(OPTIONS))) < np.array([0.5, 0.45, 0.3, 0.1]) + mood
    sexes = rng.choice(["F", "M"], n)
    columns = {name: ticks[:, j].astype(object) for j, name in enumerate(OPTIONS)}
    for name in OPTIONS:
        columns[name][:40] = None
    area = np.array(["N", "S", "W"])[point * 3 // clusters]
    return columns | {"sex": sexes, "area": area, "point": point, "weight": rng.uniform(0.4, 3, n)}


DATA = survey()
DESIGN = dr.survey_design(weight="weight", stratum="area", psu="point")


def ask(data=DATA, design=DESIGN, **options):
    return dr.multiple_responses(data, columns=OPTIONS, design=design, **options)


def counted(data, design, by=(), group=None):
    chosen = of_columns(data, {name: name for name in OPTIONS}, True, None, {})
    names = [*by, *([] if group is None else [group])]
    people = choice_people.of_sample(data, names, design, None, labels=None, missing={}, threads=None)
    return choices_of(people, chosen, by, group, None)


def plain_covariance(data):
    """Shares of weights, and the covariance of their scores by point within areas, written out."""
    answered = np.array([tick is not None for tick in data[OPTIONS[0]]])
    weight = np.where(answered, data["weight"], 0.0)
    ticks = np.stack([np.where(answered, data[name] == True, False) for name in OPTIONS], axis=1)  # noqa: E712
    share = weight @ ticks / weight.sum()
    scores = weight[:, np.newaxis] * (ticks - share) / weight.sum()
    found = np.zeros((len(OPTIONS), len(OPTIONS)))
    for area in np.unique(data["area"]):
        points = np.unique(data["point"][data["area"] == area])
        sums = np.array([scores[data["point"] == point].sum(axis=0) for point in points])
        away = sums - sums.mean(axis=0)
        found += len(points) / (len(points) - 1) * away.T @ away
    return share, found


def test_shares_vary_together_as_their_scores_do():
    share, covariance = plain_covariance(DATA)
    choices = counted(DATA, DESIGN)
    assert choices.shares(0, 0) == pytest.approx(share)
    assert choices.sampled_covariance(0, 0) == pytest.approx(covariance, rel=1e-9)
    rows = {row["option"]: row for row in ask().rows()}
    assert [rows[name]["se"] for name in OPTIONS] == pytest.approx(100 * np.sqrt(np.diag(covariance)))
    assert rows["drugs"]["method"].startswith("Wilson, effective") and dr.Flag.CLUSTERED in rows["drugs"]["flag"]


@pytest.mark.parametrize("reference", ["M", dr.REST, dr.OVERALL])
def test_each_option_is_compared_as_by_a_gap_with_the_design(reference):
    found = ask(group="sex", by="area", reference=reference)
    for option in OPTIONS:
        gap = dr.gap(DATA, outcome=option, positive=True, group="sex", by="area", reference=reference, design=DESIGN)
        rows = [row for row in gap.rows() if row["row_type"] != "variation"]
        own = list(found.filter(option=option).rows())
        for name in ("area", "group", "row_type", "count", "nobs", "outcome_missing"):
            assert [row[name] for row in own] == [row[name] for row in rows], name
        for name in ("value", "estimate", "se", "effective_nobs", "degrees_of_freedom"):
            expected = [row[name] for row in rows]
            assert [row[name] for row in own] == pytest.approx(expected, nan_ok=True, abs=1e-12), name
        for name in ("low", "high"):  # how alike answers of a point are is told from all options, and widens a little
            expected = [row[name] for row in rows]
            assert [row[name] for row in own] == pytest.approx(expected, nan_ok=True, abs=0.05), name
    n_compared = len(OPTIONS) * (1 if reference == "M" else 2)
    assert found["method"][0] == f"MOVER, effective numbers of cases; Holm over {n_compared} comparisons"


def test_people_who_answer_alike_leave_ranks_less_sure():
    simple, designed = (dr.multiple_responses(DATA, columns=OPTIONS, weight="weight"), ask())
    assert designed["value"] == pytest.approx(simple["value"]) and designed["rank"] == simple["rank"] == [1, 2, 3, 4]
    alike = survey(alike=0.5)
    simple, designed = (dr.multiple_responses(alike, columns=OPTIONS, weight="weight"), ask(alike))
    assert sum(ranks(designed)) > sum(ranks(simple))


def ranks(found):
    """How many ranks each option may have."""
    return [high - low + 1 for low, high in zip(found["rank_low"], found["rank_high"], strict=True)]


def test_a_sample_of_single_people_is_judged_as_one_without_a_design():
    """But for n - 1 in place of n, and for Student's t of as many degrees as people."""
    alone = DATA | {"point": np.arange(1200), "weight": np.ones(1200), "area": np.zeros(1200, int)}
    share, covariance = judged(counted(alone, dr.survey_design(psu="point")), 0, 0, 0.95)
    people = choice_people.of_table(alone, [], None, None, labels=None, missing={}, threads=None)
    chosen = of_columns(alone, {name: name for name in OPTIONS}, True, None, {})
    plain_share, plain = judged(choices_of(people, chosen, (), None, None), 0, 0, 0.95)
    assert share == pytest.approx(plain_share, rel=1e-4) and covariance == pytest.approx(plain, rel=2e-3)


def test_coins_are_a_mixture_with_the_people():
    """Of n people and `COINS` who toss, one drawn by chance has this covariance, over n + 4."""
    people = choice_people.of_table(DATA, [], None, None, labels=None, missing={}, threads=None)
    choices = choices_of(people, of_columns(DATA, {name: name for name in OPTIONS}, True, None, {}), (), None, None)
    share, covariance = judged(choices, 0, 0, 0.95)
    n, k = choices.nobs[0, 0], len(OPTIONS)
    both = (choices.products[0, 0] + COINS * 0.25 * (np.ones((k, k)) + np.eye(k))) / (n + COINS)
    assert share == pytest.approx(np.diag(both))
    assert covariance == pytest.approx((both - np.outer(share, share)) / (n + COINS), rel=1e-12)


def test_people_of_one_point_say_nothing_of_ranks():
    one = {name: values[100:110] for name, values in DATA.items()}
    found = ask(one | {"burglary": np.array([True] * 9 + [False], object)}, dr.survey_design(psu="point"))
    assert found["rank_low"] == [1] * 4 and found["rank_high"] == [4] * 4
    assert all(dr.Flag.BORROWED_PRECISION in flag for flag in found["flag"])


def test_an_option_that_nobody_chose_is_last_and_has_an_interval():
    none = DATA | {"speeding": np.where([tick is None for tick in DATA["speeding"]], None, False)}
    row = next(ask(none).filter(option="speeding").rows())
    assert row["value"] == 0 and row["high"] > 0.2 and (row["rank"], row["rank_low"]) == (4, 4)
    assert math.isnan(row["se"])


def test_areas_of_the_same_survey_add_up_to_all():
    every = ask(by="area", group="sex")
    again = ask(group="sex")
    for name in ("value", "low", "high", "se", "rank", "rank_low", "rank_high", "joint_rank_high"):
        assert every[name][: len(again[name])] == pytest.approx(again[name], abs=1e-3), name
    few = ask(by="area", group="sex", top=2)
    kept = [row for row in every.rows() if row["option"] in few["option"]]
    assert [row["se"] for row in kept] == pytest.approx(few["se"])
    assert [row["rank_high"] for row in kept] == few["rank_high"]


@pytest.mark.parametrize("options", [{}, {"group": "sex", "reference": "M", "by": "area"}])
def test_the_order_of_rows_changes_nothing(options):
    order = np.random.default_rng(1).permutation(1200)
    first, second = ask(**options), ask({name: values[order] for name, values in DATA.items()}, **options)
    for name in first.columns:
        assert list(map(str, first[name])) == list(map(str, second[name])), name


def test_replicates_say_nearly_the_same():
    made = dr.survey_design(weight="weight", stratum="area", psu="point", replicates="jkn")
    assert ask(design=made)["se"] == pytest.approx(ask()["se"], rel=0.02)
    assert ask(design=made)["rank_high"] == ask()["rank_high"]


def test_only_some_rows_are_counted_and_clusters_without_them_were_sampled_too():
    found = ask(where=DATA["sex"] == "F")
    other = dr.multiple_responses(DATA, columns=OPTIONS, group="sex", design=DESIGN).filter(group="F")
    for name in ("value", "se", "low", "high"):
        assert found[name] == pytest.approx(sorted_like(found, other, name), abs=1e-3), name


def sorted_like(found, other, name):
    values = dict(zip(other["option"], other[name], strict=True))
    return [values[option] for option in found["option"]]


def test_where_nobody_answered_there_is_no_share():
    silent = DATA | {name: np.where(DATA["area"] == "S", None, DATA[name]) for name in OPTIONS}
    found = ask(silent, by="area").filter(area="S")
    assert all(math.isnan(value) for value in found["value"]) and found["rank"] == [None] * 4
    nobody = DATA | {name: np.array([None] * 1200, object) for name in OPTIONS}
    assert all(dr.Flag.NO_CASES in flag for flag in ask(nobody, selected=None)["flag"])


@pytest.mark.parametrize(("options", "kind", "message"), [
    ({"weight": "weight"}, ValueError, "weight: the design has the weights; leave out weight="),
    ({"design": "weight"}, TypeError, "design must be made by dr.survey_design, not str"),
    ({"design": dr.survey_design(psu="pont")}, ValueError, "pont.*psu of the design"),
    ({"adjust": "maximum"}, ValueError, "adjust: 'maximum' is not one of"),
])  # fmt: skip
def test_what_is_wrong_is_named(options, kind, message):
    with pytest.raises(kind, match=message):
        ask(**options)
