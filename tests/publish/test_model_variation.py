"""What is said of areas whose drivers, or gaps taken apart, were tested for variation: that before any area."""

import numpy as np
import pytest

import dueregard as dr
from dueregard.publish.sentences.model_variation import groups_word


def people(extra=0.0, areas=12, n=6000, seed=0):
    """Slopes of the first driver, and gaps, that differ by ``extra`` between areas."""
    rng = np.random.default_rng(seed)
    area, group = rng.integers(0, areas, n), rng.integers(0, 2, n)
    x = rng.standard_normal((n, 2))
    slope, gap = 1 + extra * rng.standard_normal(areas), -10 + 10 * extra * rng.standard_normal(areas)
    y = slope[area] * x[:, 0] + 0.5 * x[:, 1] + rng.standard_normal(n)
    return {
        "trust": y, "respect": x[:, 0], "speed": x[:, 1], "borough": np.array([f"B{i:02}" for i in range(areas)])[area],
        "ethnic": np.where(group == 1, "Asian", "White"), "age": rng.integers(0, 2, n).astype(str),
        "satisfied": rng.random(n) < np.clip(0.7 + group * gap[area] / 100, 0, 1),
    }  # fmt: skip


def drivers(data, **options):
    asked = {"outcome": "trust", "drivers": ["respect", "speed"], "points": 1, "n_replicates": 100}
    return dr.key_drivers(data, **asked | options)


def compared(data, **options):
    asked = {"outcome": "trust", "drivers": ["respect", "speed"], "points": 1, "n_replicates": 100}
    return dr.compare_drivers(data, **asked | options)


def parts(data, **options):
    asked = {"outcome": "satisfied", "positive": True, "group": "ethnic", "reference": "White", "factors": ["age"]}
    return dr.decompose_gap(data, **asked | options)


def boroughs_named(said):
    return {name for name in (f"B{i:02}" for i in range(40)) if any(name in text for text in said)}


def test_areas_not_shown_to_differ_are_not_told_one_by_one():
    said = drivers(people(), by="borough").sentences()
    alike = (
        "It is not shown that what goes with more of respect or speed differs between boroughs: do not rank them by it."
    )
    assert alike in said and not boroughs_named(said)
    assert not any("each judged by itself" in text for text in said)
    few = drivers(people(areas=3), by="borough").sentences()
    assert any(text.startswith("It is not shown that what goes with more of") for text in few)
    assert not boroughs_named(few)


def test_what_differs_is_told_with_how_much_and_what_chance_would_do():
    said = drivers(people(extra=0.5), by="borough").sentences()
    (first,) = [text for text in said if "beyond chance" in text]
    assert first.startswith(
        "What goes with more of respect differs between boroughs beyond chance (standard deviation "
    )
    assert "90% interval" in first and "would be expected by chance" in first
    (alike,) = [text for text in said if text.startswith("It is not shown")]
    assert "speed differs" in alike and "standard deviation" in alike  # with the interval, as it is one driver
    assert said.index(first) < next(i for i, text in enumerate(said) if "Of the 12 boroughs" in text)


def test_groups_are_told_apart():
    said = drivers(people(extra=0.5), by="borough", group="ethnic").sentences()
    assert {"for people in the Asian group", "for people in the White group"} <= {
        part for text in said if "beyond chance" in text for part in (text.split("respect ")[1].split(" differs")[0],)
    }


def test_too_few_areas_can_be_said():
    said = drivers(people(areas=1), by="borough").sentences()
    assert any(text.startswith("Whether what goes with more of respect or speed differs") for text in said)


def test_differences_between_groups_are_told_by_area_only_where_these_vary():
    said = compared(people(), group="ethnic", reference="White", by="borough").sentences()
    assert any(
        text.startswith("It is not shown that how much more or less respect or speed matters for people in the Asian")
        for text in said
    )
    assert not boroughs_named(said)


def test_many_groups_against_all_others_have_one_sentence():
    said = compared(people(), group="borough", reference=dr.REST).sentences()
    assert said[0].startswith("It is not shown that what goes with more of respect or speed differs between boroughs")
    counted = "Of the 12 boroughs, each against all other groups, none is shown to differ in what goes with any driver"
    assert f"{counted}, allowing for 24 comparisons." in said
    assert not boroughs_named(said)


def test_groups_that_differ_from_all_others_are_named_if_they_are_few():
    data = people()
    data["trust"] = data["trust"] + np.where(data["borough"] == "B03", 2.0, 0.0) * data["respect"]
    said = compared(data, group="borough", reference=dr.REST).sentences()
    assert said[0].startswith("What goes with more of respect differs between boroughs beyond chance")
    (counted,) = [text for text in said if text.startswith("Of the 12 boroughs")]
    assert "respect more in 1 (B03)" in counted and "allowing for 24 comparisons" in counted


def test_few_groups_are_each_told_after_whether_they_differ():
    data = people()
    said = compared(data, group="ethnic", reference=dr.REST).sentences()
    assert said[0].startswith("It is not shown") and "groups by ethnic" in said[0]
    assert any("all other groups" in text for text in said[1:])


def test_gaps_taken_apart_in_areas_that_are_alike():
    said = parts(people(), by="borough").sentences()
    gap = "the gap between people in the Asian group and the White group or what would remain of the gap if the groups"
    assert f"It is not shown that {gap} were alike differs between boroughs: do not rank them by it." in said
    assert not boroughs_named(said)


def test_gaps_taken_apart_in_areas_that_differ():
    said = parts(people(extra=1.0), by="borough").sentences()
    first = [text for text in said if "differs between boroughs beyond chance" in text]
    assert first[0].startswith("The gap between people in the Asian group and the White group differs")
    assert first[1].startswith("What would remain of the gap if the groups were alike differs")
    assert any(text.startswith("Of the 12 boroughs, each judged by itself") for text in said)


@pytest.mark.parametrize("of", [drivers, parts])
def test_tables_say_it_and_have_no_rows_of_it(of):
    text = " ".join(str(of(people(areas=3), by="borough")).split())
    assert "It is not shown that" in text and "differs between boroughs" in text
    assert "between-area" not in text


@pytest.mark.parametrize("of", [drivers, parts])
def test_charts_are_of_the_same_figures_with_and_without(of):
    found = of(people(areas=3), by="borough")
    without = found.with_columns(
        {name: [value for value, kind in zip(found[name], found["row_type"], strict=True) if kind != "variation"]
         for name in found.columns}
    )  # fmt: skip
    drawn = [[text.get_text() for axes in each.plot().axes for text in axes.texts] for each in (found, without)]
    assert drawn[0] == drawn[1]


def test_groups_that_are_areas_are_called_so():
    assert groups_word("Borough") == "boroughs" and groups_word("age_band") == "groups by age band"
