"""How drivers vary between areas and groups: rows before any area, by hand, evenly spread p, and drivers held against
all others."""

import numpy as np
import pytest
from scipy import stats

import dueregard as dr
from dueregard.flags import Flag
from dueregard.inference.two_groups.chance_of_q import FEWEST_DEGREES
from dueregard.inference.two_groups.variation import LARGEST, SPREAD
from dueregard.measures.drivers.driver_variation import NOT_OF_SHARES


def made(seed=0, n=1200, areas=6, extra=0.0):
    """Areas and groups in which all drivers go with as much, but for ``extra`` of the first by area."""
    rng = np.random.default_rng(seed)
    area, group = rng.integers(0, areas, n), rng.choice(["m", "n", "o"], n)
    x = rng.standard_normal((n, 2)) + 0.7 * rng.standard_normal((n, 1))
    slope = 1 + extra * rng.standard_normal(areas)[area]
    y = slope * x[:, 0] + 0.5 * x[:, 1] + 2 * rng.standard_normal(n)
    names = np.array([f"A{i}" for i in range(areas)])
    psu = area * 100 + rng.integers(0, 25, n)
    return {"a": x[:, 0], "b": x[:, 1], "y": y, "ward": names[area], "g": group, "psu": psu, "round": np.arange(n) % 60}


def drivers(data, **options):
    return dr.key_drivers(data, **{"outcome": "y", "drivers": ["a", "b"], "points": 1, "n_replicates": 100} | options)


def compared(data, **options):
    given = {"outcome": "y", "drivers": ["a", "b"], "group": "g", "reference": "n", "n_replicates": 100, "points": 1}
    return dr.compare_drivers(data, **given | options)


def varying(found):
    return list(found.filter(row_type="variation").rows())


def welch(value, se, degrees):
    """Q and p as Welch (1951) has them, and Paule and Mandel's deviation by halving."""

    def of(between):
        whole = se**2 + between
        w = 1 / whole
        q = (w * (value - (w * value).sum() / w.sum()) ** 2).sum()
        k, a = len(value), ((1 - w / w.sum()) ** 2 / (degrees * (whole / se**2) ** 2)).sum()
        return q, (k - 1) * (1 + 2 * (k - 2) / (k**2 - 1) * a), (k**2 - 1) / (3 * a)

    q, mean, second = of(0.0)
    low, high = 0.0, 100.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if of(middle)[0] > of(middle)[1] else (low, middle)
    return stats.f.sf(q / mean, len(value) - 1, second), np.sqrt(high if of(0.0)[0] > mean else 0.0)


def slopes_of_areas(data, clustered):
    """The first slope in each area, its standard error by the squares of scores, widened, and degrees of freedom."""
    found = []
    for ward in sorted(set(data["ward"])):
        inside = data["ward"] == ward
        x = np.column_stack([np.ones(inside.sum()), data["a"][inside], data["b"][inside]])
        inverse = np.linalg.inv(x.T @ x)
        residual = data["y"][inside] - x @ inverse @ x.T @ data["y"][inside]
        z = x @ inverse[1] * residual
        z = (
            np.array([z[data["psu"][inside] == psu].sum() for psu in np.unique(data["psu"][inside])])
            if clustered
            else z
        )
        m, second = len(z), (z**2).sum()
        known = 2 / ((z**4).sum() / second**2 - 1 / m)
        se = np.sqrt(SHARE[clustered] * second * (m - 1) / (m - 3))
        found.append((inverse[1] @ x.T @ data["y"][inside], se, min(m - 1, known) - 2))
    return np.array(found).T


SHARE = {False: 1200 / 1199, True: 150 / 149}
"""n / (n - 1) of all clusters of the sample."""


def test_rows_stand_after_all_areas_and_before_any():
    found = drivers(made(), by="ward", group="g")
    kinds = list(zip(found["ward"], found["group"], found["row_type"], found["driver"], strict=True))
    assert kinds[:9] == [
        (None, g, t, d) for g in "mno" for t, d in [("overall", None), ("driver", "a"), ("driver", "b")]
    ]
    assert kinds[9:21] == [(None, g, "variation", d) for g in "mno" for d in "aabb"]
    assert all(area is not None and kind != "variation" for area, _, kind, _ in kinds[21:])
    assert [str(method).startswith(SPREAD) for method in found["method"][9:21]] == [True, False] * 6
    assert NOT_OF_SHARES in found.notes and NOT_OF_SHARES not in drivers(made()).notes


def test_without_areas_there_are_none():
    assert "variation" not in drivers(made(), group="g")["row_type"]


@pytest.mark.parametrize("extra", [0.0, 0.5])
@pytest.mark.parametrize("options", [{}, {"psu": "psu"}])
def test_they_are_those_of_the_gains_of_areas(extra, options):
    design = dr.survey_design(**options)
    found = drivers(made(extra=extra), by="ward", design=design)
    gain, se, degrees = slopes_of_areas(made(extra=extra), "psu" in options)
    rows = [row for row in found.filter(row_type="driver", driver="a").rows() if row["ward"] is not None]
    assert [row["gain"] for row in rows] == pytest.approx(gain)
    gain, se, degrees = (each[degrees >= FEWEST_DEGREES] for each in (gain, se, degrees))
    pvalue, deviation = welch(gain, se, degrees)
    between, largest = varying(found)[:2]
    assert between["pvalue"] == pytest.approx(pvalue, rel=1e-6)
    assert between["estimate"] == pytest.approx(deviation, abs=1e-6)
    assert between["low"] <= between["estimate"] <= between["high"] and between["confidence_level"] == 0.9
    weight = 1 / se**2
    mean = (weight * gain).sum() / weight.sum()
    assert largest["value"] == pytest.approx(np.abs(gain - mean).max(), rel=1e-9)
    assert largest["method"].startswith("largest distance from the average expected") and largest["estimate"] > 0
    assert (pvalue < 0.01) == (extra > 0)


def test_differences_between_groups_vary_as_those_of_slopes():
    data = made(extra=0.4, n=4000)
    found = compared(data, by="ward")
    sides = [
        slopes_of_areas({name: values[data["g"] == group] for name, values in data.items()}, False) for group in "mn"
    ]
    (own, se, degrees), (other, other_se, other_degrees) = sides
    rows = [row for row in found.filter(row_type="group", driver="a", group="m").rows() if row["ward"] is not None]
    assert [row["estimate"] for row in rows] == pytest.approx(own - other)
    both = se**2 + other_se**2
    known = both**2 / (se**4 / degrees + other_se**4 / other_degrees)
    assert known.min() > FEWEST_DEGREES
    pvalue, deviation = welch(own - other, np.sqrt(both), known)
    between, largest = (row for row in varying(found) if row["driver"] == "a" and row["group"] == "m")
    assert between["pvalue"] == pytest.approx(pvalue, rel=0.01) and between["reference"] == "n"
    assert between["estimate"] == pytest.approx(deviation, rel=0.01, abs=1e-3)
    assert largest["value"] == pytest.approx(np.abs(own - other).max()) and largest["method"].startswith(LARGEST)


def test_rows_of_differences_stand_before_areas():
    found = compared(made(), by="ward")
    assert found["row_type"][:4] == ["group"] * 4 and found["row_type"][4:12] == ["variation"] * 8
    assert found["ward"][:12] == [None] * 12 and None not in found["ward"][12:]


def test_shares_have_none_and_a_note_says_why():
    found = compared(made(), by="ward", measure="share")
    assert "variation" not in found["row_type"] and NOT_OF_SHARES in found.notes
    assert NOT_OF_SHARES not in compared(made(), measure="share").notes


def test_p_is_spread_evenly_where_areas_do_not_differ():
    pvalues = np.array([
        [row["pvalue"] for row in varying(drivers(made(seed, n=900), by="ward"))[::2]] for seed in range(120)
    ])  # fmt: skip
    for level in (0.05, 0.25, 0.5, 0.75):
        assert abs((pvalues < level).mean() - level) < 3.5 * np.sqrt(level * (1 - level) / pvalues.size) + 0.015


def test_variation_that_there_is_is_found():
    found = [varying(drivers(made(seed, n=3000, areas=20, extra=0.5), by="ward")) for seed in range(10)]
    assert all(rows[0]["pvalue"] < 1e-6 and rows[0]["low"] > 0 for rows in found)
    assert np.mean([rows[0]["estimate"] for rows in found]) == pytest.approx(0.5, abs=0.08)


def test_areas_that_share_clusters_have_the_variance_of_their_differences():
    """Each cluster has people of every area and moves all its slopes: areas do not differ, though each is unsure."""
    rng = np.random.default_rng(1)
    pvalues = []
    for _ in range(60):
        psu = np.repeat(np.arange(40), 30)
        x = rng.standard_normal((1200, 2))
        slope = 1 + 0.8 * rng.standard_normal(40)[psu]
        data = {"a": x[:, 0], "b": x[:, 1], "y": slope * x[:, 0] + x[:, 1] + rng.standard_normal(1200)}
        data |= {"ward": np.array(["x", "y", "z"])[rng.integers(0, 3, 1200)], "psu": psu}
        pvalues.append(varying(drivers(data, by="ward", design=dr.survey_design(psu="psu")))[0]["pvalue"])
    assert abs(np.mean(np.array(pvalues) < 0.5) - 0.5) < 0.25 and np.mean(np.array(pvalues) < 0.05) < 0.15
    assert min(pvalues) < 0.3  # without their covariance p would be near 1 throughout


def test_areas_with_too_few_people_are_left_out_and_the_flag_says_so():
    data = made(n=600)
    small = np.flatnonzero(data["ward"] == "A0")
    keep = np.ones(600, bool)
    keep[small[6:]] = False
    data = {name: values[keep] for name, values in data.items()}
    between = varying(drivers(data, by="ward"))[0]
    assert between["flag"] & Flag.AREAS_LEFT_OUT and ", 5 areas" in between["method"]


def test_one_area_is_too_few():
    data = made() | {"ward": np.array(["A"] * 1200)}
    between, largest, *_ = varying(drivers(data, by="ward"))
    assert between["flag"] & Flag.TOO_FEW_AREAS and np.isnan(between["estimate"]) and np.isnan(largest["estimate"])


def test_a_full_count_has_none():
    data = made() | {"size": np.full(1200, 1200)}
    found = drivers(data, by="ward", design=dr.survey_design(fpc="size"))
    assert "variation" not in found["row_type"]


def test_categories_have_none():
    data = made()
    data["b"] = np.where(data["b"] > 0, "yes", "no")
    assert {row["driver"] for row in varying(drivers(data, by="ward"))} == {"a"}


@pytest.mark.parametrize("model", ["linear", "logit"])
@pytest.mark.parametrize("reference", [dr.REST, dr.OVERALL])
def test_others_are_the_model_of_all_others(reference, model):
    data = made()
    data["y"] = np.where(data["y"] > 0, 100.0, 0.0)
    found = compared(data, reference=reference, model=model, by="ward")
    whole = found.filter(row_type="group", ward=None)
    assert set(whole["reference"]) == {str(reference.value)} and whole["group"] == [g for g in "mno" for _ in "ab"]
    for group in "mno":
        among = np.ones(1200, bool) if reference is dr.OVERALL else data["g"] != group
        rest = {name: values[among] for name, values in data.items()}
        for ward in (None, "A2"):
            inside = rest if ward is None else {name: values[rest["ward"] == ward] for name, values in rest.items()}
            expected = drivers(inside, model=model).filter(row_type="driver")["gain"]
            own = found.filter(row_type="group", group=group, ward=ward)
            assert own["reference_value"] == pytest.approx(expected, rel=1e-8)
            assert own["estimate"] == pytest.approx(np.subtract(own["value"], expected), abs=1e-8)


def test_all_others_are_the_other_of_two_groups():
    data = made()
    data = {name: values[data["g"] != "o"] for name, values in data.items()}
    rest, named = compared(data, reference=dr.REST, adjust="none"), compared(data, adjust="none")
    mine = rest.filter(row_type="group", group="m")
    for name in ("value", "reference_value", "estimate", "se", "low", "high", "pvalue"):
        assert mine[name] == pytest.approx(named[name], rel=1e-9)


def test_against_everybody_a_group_differs_by_less():
    data = made(n=3000)
    rest, overall = (compared(data, reference=each, adjust="none") for each in (dr.REST, dr.OVERALL))
    rest, overall = (found.filter(row_type="group") for found in (rest, overall))
    assert np.all(np.array(overall["se"]) < rest["se"])
    assert rest["pvalue"] == pytest.approx(overall["pvalue"], abs=0.15)  # the same question


def test_groups_are_tested_before_any_is_held_against_the_others():
    found = compared(made(extra=0.6, areas=8, n=4000), group="ward", reference=dr.REST)
    assert found["row_type"][:4] == ["variation"] * 4 and found["group"][:4] == [None] * 4
    rows = varying(found)
    assert rows[0]["pvalue"] < 1e-4 and "8 groups" in rows[0]["method"] and rows[0]["characteristic"] == "ward"
    by_area = varying(drivers(made(extra=0.6, areas=8, n=4000), by="ward"))
    for mine, theirs in zip(rows, by_area, strict=True):
        for name in ("estimate", "low", "high", "pvalue", "value"):
            assert mine[name] == pytest.approx(theirs[name], rel=1e-9, nan_ok=True)
    one = compared(made(), reference="n")
    assert "variation" not in one["row_type"]


def test_people_of_no_stated_group_are_in_no_reference():
    data = made()
    stated = data["g"] != "o"
    found = compared({**data, "g": np.where(stated, data["g"], "not stated")}, reference=dr.OVERALL)
    expected = drivers({name: values[stated] for name, values in data.items()}).filter(row_type="driver")["gain"]
    assert found.filter(row_type="group", group="m")["reference_value"] == pytest.approx(expected, rel=1e-9)


def test_rows_and_replicates_may_come_in_any_order():
    data, order = made(), np.random.default_rng(2).permutation(1200)
    shuffled = {name: values[order] for name, values in data.items()}
    for options in ({"by": "ward"}, {"reference": dr.REST}):
        call = compared if "reference" in options else drivers
        mine, other = varying(call(data, **options)), varying(call(shuffled, **options))
        assert [row["pvalue"] for row in mine] == pytest.approx([row["pvalue"] for row in other], nan_ok=True)


@pytest.mark.parametrize("reference", [dr.LARGEST, dr.BEST, dr.target(3)])
def test_a_figure_or_a_chosen_group_is_no_reference(reference):
    with pytest.raises(TypeError, match=r"^reference: dr\..* has no drivers; name a group, or dr.REST or dr.OVERALL$"):
        compared(made(), reference=reference)
