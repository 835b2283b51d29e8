"""Harmonised classifications: every label has its place, targets are exact, and nothing unknown passes."""

import csv
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dueregard as dr
from dueregard.missing import KINDS
from dueregard.records.classifications import Mapping

NAMES = dr.mappings()["mapping"]
FIVE = ("Asian", "Black", "Mixed", "White", "Other")
EXCLUDING = "Ethnic minorities (excluding White minorities)"
INCLUDING = "Ethnic minorities (including White minorities)"
REAL = Path(__file__).parents[2].parent / "shared" / "real"
SEARCHES = REAL / "2016-06-metropolitan-stop-and-search.csv"


@pytest.mark.parametrize("name", NAMES)
def test_every_label_goes_to_a_group_of_the_target_or_a_kind_of_missing_or_is_a_total(name):
    mapping = dr.mapping(name)
    assert name == mapping.name == f"{mapping.source} to {mapping.target}"
    assert set(mapping.labels.values()) <= {*mapping.target_labels, *KINDS, None}
    assert set(mapping.parts) == {label for label, group in mapping.labels.items() if group is None}
    assert set(mapping.not_recorded) <= set(mapping.target_labels)


@pytest.mark.parametrize("name", NAMES)
def test_every_group_of_the_target_is_reached_unless_the_source_cannot_record_it(name):
    mapping = dr.mapping(name)
    assert set(mapping.target_labels) - set(mapping.labels.values()) <= set(mapping.not_recorded)


@pytest.mark.parametrize("name", NAMES)
def test_a_label_written_in_other_letters_and_spaces_is_the_same_label(name):
    mapping = dr.mapping(name)
    for label, group in mapping.labels.items():
        if group is not None:
            assert mapping.of(f"  {label.upper().replace(' ', '  ')} ") == group


@pytest.mark.parametrize("name", NAMES)
def test_the_parts_of_a_total_are_groups_and_the_whole_is_all_of_them(name):
    mapping = dr.mapping(name)
    groups = {label for label, group in mapping.labels.items() if group is not None and group not in KINDS}
    for parts in mapping.parts.values():
        assert parts and set(parts) <= groups | {"Does not apply"}
    sets = [set(parts) for parts in mapping.parts.values()]
    assert all(one == other or one <= other or other <= one or not one & other for one in sets for other in sets)


def test_the_totals_of_the_censuses_are_of_all_groups_and_of_five_that_share_none():
    for name, n_groups in (("census 2011 to 5+1 (2011)", 18), ("census 2021 to 5+1 (2011)", 19)):
        mapping = dr.mapping(name)
        assert len(set(mapping.details.values())) == n_groups
        nested = {frozenset(parts) for parts in mapping.parts.values()} - {
            frozenset(mapping.parts["All usual residents"])
        }
        found = [{mapping.details[label] for label in parts} for parts in nested]
        assert {frozenset(mapping.labels[label] for label in parts) for parts in nested} == {
            frozenset([group]) for group in FIVE
        }
        assert set().union(*found) == set(mapping.details.values())


def test_census_labels_of_nomis_are_known():
    mapping = dr.mapping("census 2021 to 5+1 (2001)")
    assert mapping.of("Ethnic group: Asian, Asian British or Asian Welsh: Chinese; measures: Value") == "Other"
    assert mapping.of("Ethnic group: White: Roma") == "White"
    old = dr.mapping("census 2011 to 5+1 (2011)")
    assert old.of("Mixed/multiple ethnic group: White and Asian") == "Mixed"
    assert old.moves(["White: Total", "All categories: Ethnic group"])[0] == [-1, -1]
    assert dr.mapping("census 2011 five groups to 5+1 (2011)").of("Mixed/multiple ethnic group: Total") == "Mixed"


@pytest.mark.parametrize(
    "source, chinese",
    [
        ("16+1", "O1"),
        ("16+1", "Chinese or other ethnic group - Chinese (O1)"),
        ("18+1", "A4"),
        ("18+1", "Asian/Asian British - Chinese"),
        ("census 2011", "Asian/Asian British: Chinese"),
        ("census 2021", "Asian, Asian British or Asian Welsh: Chinese"),
        ("police population 2011", "Chinese"),
        ("PNC codes", "IC5"),
    ],
)
def test_chinese_people_are_in_asian_in_2011_and_in_other_in_2001(source, chinese):
    assert dr.mapping(f"{source} to 5+1 (2011)").of(chinese) == "Asian"
    assert dr.mapping(f"{source} to 5+1 (2001)").of(chinese) == "Other"


@pytest.mark.parametrize("source", ["officer-defined", "use of force"])
def test_a_source_without_chinese_has_no_mapping_to_groups_that_place_them(source):
    with pytest.raises(ValueError, match="there is none named"):
        dr.mapping(f"{source} to 5+1 (2011)")
    assert dr.mapping(f"{source} to 5+1 (2001)").target_labels == FIVE


def test_five_groups_that_have_chinese_people_in_asian_cannot_become_those_that_have_not():
    with pytest.raises(ValueError, match=r"did you mean 'census 2011 five groups to 5\+1 \(2011\)'"):
        dr.mapping("census 2011 five groups to 5+1 (2001)")


def test_all_sources_agree_where_a_detailed_group_stands():
    places: dict[tuple[str, str], set[str | None]] = {}
    for name in NAMES:
        mapping = dr.mapping(name)
        for label, detail in mapping.details.items():
            places.setdefault((mapping.target, detail), set()).add(mapping.labels[label])
    assert {key: found for key, found in places.items() if len(found) > 1} == {}


def test_targets_of_one_name_have_the_same_groups():
    groups: dict[str, set[tuple[str, ...]]] = {}
    for name in NAMES:
        groups.setdefault(dr.mapping(name).target, set()).add(dr.mapping(name).target_labels)
    assert all(len(found) == 1 for found in groups.values())


def test_arab_people_and_travellers_stand_where_the_census_has_them():
    five, white = dr.mapping("18+1 to 5+1 (2011)"), dr.mapping("18+1 to ethnic minorities (including White minorities)")
    assert (five.of("O2"), five.of("W3"), white.of("W3"), white.of("W1")) == (
        "Other",
        "White",
        INCLUDING,
        "White British",
    )
    assert dr.mapping("census 2021 to 5+1 (2011)").of("White: Roma") == "White"


def test_white_minorities_are_with_white_or_with_ethnic_minorities_as_the_target_says():
    labels = ["W1", "W2", "W9", "B1", "M3", "NS"]
    excluding = dr.classify(labels, "16+1 to ethnic minorities (excluding White minorities)").tolist()
    including = dr.classify(labels, "16+1 to ethnic minorities (including White minorities)").tolist()
    three = dr.classify(labels, "16+1 to White British / White minorities / other ethnic minorities").tolist()
    two = dr.classify(labels, "16+1 to White British and all others").tolist()
    assert excluding == ["White", "White", "White", EXCLUDING, EXCLUDING, "not stated"]
    assert including == ["White British", INCLUDING, INCLUDING, INCLUDING, INCLUDING, "not stated"]
    assert three == ["White British", "White minorities", "White minorities", EXCLUDING, EXCLUDING, "not stated"]
    assert two == ["White British", *["All other ethnic groups combined"] * 4, "not stated"]


def test_reasons_for_no_self_definition_are_kept_apart():
    mapping = dr.mapping("self-defined to 5+1 (2011)")
    assert [mapping.of(code) for code in ("N1", "N2", "N3", "N4")] == ["not stated"] * 3 + ["refused"]
    assert mapping.of("Other ethnic group - Not stated") == "not stated"


def test_self_defined_and_officer_defined_are_never_merged():
    with pytest.raises(ValueError, match=r"mapping '16\+1 to 5\+1 \(2001\)': 'White' is not a label of 16\+1"):
        dr.mapping("16+1 to 5+1 (2001)").of("White")
    with pytest.raises(ValueError, match="is not a label of officer-defined"):
        dr.mapping("officer-defined to 5+1 (2001)").of("White - White British (W1)")


def test_officers_cannot_record_mixed_but_where_a_force_does_it_counts():
    mapping = dr.mapping("officer-defined to 5+1 (2001)")
    assert mapping.not_recorded == ("Mixed",)
    assert mapping.of("Mixed") == "Mixed"
    assert dr.mapping("officer-defined to ethnic minorities (excluding White minorities)").not_recorded == ()
    assert dr.mapping("16+1 to 5+1 (2001)").not_recorded == ()


def test_powers_of_stop_and_search():
    suspicion = dr.mapping("legislation to reasonable suspicion")
    office = dr.mapping("legislation to Home Office reporting groups")
    pace = dr.mapping("legislation to PACE and other legislation")
    free = [label for label, group in suspicion.labels.items() if group == "No reasonable suspicion required"]
    assert free == [
        "Police and Criminal Evidence Act 1984 (section 6)",
        "Criminal Justice and Public Order Act 1994 (section 60)",
        "Terrorism Act 2000 (section 44)",
        "Terrorism Act 2000 (section 47A)",
    ]
    assert suspicion.of("Terrorism Act 2000 (section 43)") == "Reasonable suspicion required"
    assert office.of("Criminal Justice and Public Order Act 1994 (section 60)") == "Section 60 CJPOA"
    assert office.of("Misuse of Drugs Act 1971 (section 23)") == "Section 1 PACE and associated legislation"
    assert pace.of("Misuse of Drugs Act 1971 (section 23)") == "Other legislation"
    assert [label for label, group in pace.labels.items() if group == "PACE"] == [
        "Police and Criminal Evidence Act 1984 (section 1)",
        "Police and Criminal Evidence Act 1984 (section 6)",
    ]


def test_the_nine_protected_characteristics_are_in_the_order_of_the_act():
    mapping = dr.mapping("workforce questions to protected characteristics")
    assert mapping.target_labels == (
        "age",
        "disability",
        "gender reassignment",
        "marriage and civil partnership",
        "pregnancy and maternity",
        "race",
        "religion or belief",
        "sex",
        "sexual orientation",
    )
    asked = ["Ethnic group", "Gender", "Gender identity", "Faith", "Marital status"]
    assert [mapping.of(label) for label in asked] == [
        "race",
        "sex",
        "gender reassignment",
        "religion or belief",
        "marriage and civil partnership",
    ]


def test_census_ages_become_police_age_bands_and_keep_their_order():
    mapping = dr.mapping("census 2011 ages to police age bands")
    assert mapping.target_labels == ("under 10", "10-17", "18-24", "25-34", "over 34")
    assert [mapping.of(f"Age {age}") for age in ("8 to 9", "16 to 17", "20 to 24", "30 to 34", "35 to 39")] == [
        *mapping.target_labels
    ]


# What is refused


def test_an_unknown_label_is_named_with_the_nearest_and_can_be_not_stated_by_choice():
    mapping = dr.mapping("16+1 to 5+1 (2011)")
    with pytest.raises(
        ValueError, match=r"'Mixed - White and Asia \(M3\)'.*did you mean 'Mixed - White and Asian \(M3\)'"
    ):
        mapping.of("Mixed - White and Asia (M3)")
    with pytest.raises(ValueError, match="99 is not a label"):
        mapping.of(99)
    assert mapping.of("Martian", unknown="not stated") == "not stated"
    with pytest.raises(ValueError, match="unknown: 'refused' is not one of 'raise', 'not stated'"):
        mapping.of("W1", unknown="refused")


def test_a_total_is_no_group_of_a_person():
    with pytest.raises(ValueError, match="'White' is the total of other rows"):
        dr.mapping("census 2011 to 5+1 (2011)").of("White")


@pytest.mark.parametrize("label", [None, "", float("nan"), "not stated"])
def test_nothing_stated_is_not_stated(label):
    assert dr.mapping("16+1 to 5+1 (2011)").of(label) == "not stated"


def test_an_unknown_mapping_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match=r"none named '16\+1 to 5\+1'; did you mean '16\+1 to 5\+1 \(2011\)'\?"):
        dr.mapping("16+1 to 5+1")
    with pytest.raises(TypeError, match="mapping: 5 is not the name of a mapping"):
        dr.mapping(5)


# One's own


def test_a_dict_is_a_mapping_whose_groups_stand_as_they_first_occur():
    mapping = dr.mapping({"PC": "constables", "Sgt": "sergeants", "DC": "constables", "x": "refused", "All": None})
    assert (mapping.name, mapping.target_labels) == ("own mapping", ("constables", "sergeants"))
    assert mapping.target == "constables / sergeants"
    assert mapping.moves(["DC", "x", "All", None]) == (
        [0, 3, -1, 2],
        ["constables", "sergeants", "not stated", "refused"],
    )
    assert dr.mapping(mapping) is mapping


def test_a_dict_may_map_numbers_and_keeps_labels_that_differ_by_case_apart():
    assert dr.mapping({1: "low", 2: "high"}).of(2) == "high"
    apart = dr.mapping({"pc": "a", "PC": "b"})
    assert (apart.of("pc"), apart.of("PC")) == ("a", "b")
    with pytest.raises(ValueError, match="'Pc' is not a label"):
        apart.of("Pc")


@pytest.mark.parametrize(
    "labels, error, message",
    [
        ({}, ValueError, "there are no labels in it"),
        ({"a": 1}, TypeError, "'a' goes to 1; a group is text"),
        ({"a": " "}, TypeError, "'a' goes to ' '"),
        ({"a": None, "b": "refused"}, ValueError, "none of its labels goes to a group"),
    ],
)
def test_a_bad_dict_is_refused(labels, error, message):
    with pytest.raises(error, match=message):
        dr.mapping(labels)


def test_a_mapping_can_be_kept_in_a_file(tmp_path):
    table, text = tmp_path / "grades.csv", tmp_path / "grades.toml"
    table.write_bytes(b"\xef\xbb\xbflabel,group\nPC,constables\nAll,(total)\n")
    text.write_text('target = "two grades"\n[labels]\nPC = "constables"\nSgt = "sergeants"\n')
    assert dr.mapping(table).labels == {"PC": "constables", "All": None}
    assert dr.mapping(str(table)).name == "grades"
    assert (dr.mapping(text).target, dr.mapping(text).target_labels) == ("two grades", ("constables", "sergeants"))


@pytest.mark.parametrize(
    "name, content, message",
    [
        ("a.csv", "from,to\nPC,x\n", "a mapping has the columns 'label' and 'group'"),
        ("a.csv", "label,group\nPC,x\nPC,y\n", "'PC' is there twice"),
        ("a.csv", "label,group\nPC,\n", "'PC' goes to ''"),
        ("a.toml", "name = 'x'\n", "has a table 'labels'"),
        ("a.toml", "labels = [", "cannot be read"),
    ],
)
def test_a_bad_file_is_refused_by_name(tmp_path, name, content, message):
    (tmp_path / name).write_text(content)
    with pytest.raises((ValueError, TypeError), match=message) as caught:
        dr.mapping(tmp_path / name)
    assert name in str(caught.value)
    with pytest.raises(FileNotFoundError, match="no file"):
        dr.mapping(tmp_path / "none.csv")


# Columns


def test_a_column_comes_back_as_its_kind_in_the_order_of_the_mapping():
    labels, name = ["W1", None, "A1"], "16+1 to 5+1 (2011)"
    want = ["White", "not stated", "Asian"]
    made = dr.classify(np.array(labels, object), name)
    assert isinstance(made, np.ndarray) and made.dtype.kind == "U" and made.tolist() == want
    series = dr.classify(pd.Series(labels, index=[5, 6, 7], name="e"), name)
    assert (series.tolist(), series.index.tolist(), series.name) == (want, [5, 6, 7], "e")
    assert dr.classify(pl.Series("e", labels), name).to_list() == want
    tally = dr.tally({"e": series}, "e")
    assert tally.labels["e"] == [*FIVE, "not stated"]
    assert dr.tally({"e": dr.classify(pl.Series("e", labels), name)}, "e").labels == tally.labels


def test_columns_that_are_none_are_refused():
    with pytest.raises(TypeError, match="values must be an array, a list or a series, not str"):
        dr.classify("W1", "16+1 to 5+1 (2011)")
    with pytest.raises(TypeError, match="values must have one dimension, not 2"):
        dr.classify(np.array([["W1"]]), "16+1 to 5+1 (2011)")
    assert dr.classify([], "16+1 to 5+1 (2011)").tolist() == []


# Ages


@given(st.lists(st.integers(0, 130), min_size=1), st.lists(st.integers(1, 120), min_size=1, unique=True).map(sorted))
def test_an_age_is_within_its_band(ages, breaks):
    for age, band in zip(ages, dr.age_band(ages, breaks).tolist(), strict=True):
        if band.startswith("under "):
            assert age < int(band[6:]) == breaks[0]
        elif band.startswith("over "):
            assert age > int(band[5:]) == breaks[-1] - 1
        else:
            low, _, high = band.partition("-")
            assert int(low) <= age <= int(high or low)
            assert int(low) in breaks


def test_bands_have_the_names_of_the_published_ones():
    ages = [0, 9.9, 10, 17.99, 18, 24, 25, 34, 35, 99]
    bands = dr.age_band(ages, [10, 18, 25, 35])
    assert list(dict.fromkeys(bands.tolist())) == list(
        dr.mapping("data.police.uk ages to police age bands").target_labels
    )
    assert dr.age_band([0, 15, 16], [0, 16]).tolist() == ["0-15", "0-15", "over 15"]


def test_bands_of_a_series_are_in_the_order_of_age_and_unknown_ages_are_not_stated():
    made = dr.age_band(pd.Series([40, None, 5]), [10, 35])
    assert made.tolist() == ["over 34", "not stated", "under 10"]
    assert dr.tally({"age": made}, "age").labels["age"] == ["under 10", "10-34", "over 34", "not stated"]
    assert dr.age_band(pl.Series([40, None]), [10, 35]).to_list() == ["over 34", "not stated"]


@pytest.mark.parametrize(
    "ages, breaks, error, message",
    [
        ([5, -1], [10], ValueError, "ages: -1 at row 1 is negative"),
        ([999], [10], ValueError, "ages: 999 at row 0 is above 130"),
        (["17"], [10], TypeError, "ages: '17' at row 0 is not a number"),
        ([True], [10], TypeError, "ages: True at row 0"),
        ([5], [], ValueError, r"breaks: \[\] holds no ages"),
        ([5], [10, 10], ValueError, "breaks: 10 is not above 10"),
        ([5], [10.5], TypeError, "breaks: 10.5 is not a whole number"),
        ([5], [-5], ValueError, "breaks: -5 is negative"),
        ([5], "10", ValueError, "breaks: '10' holds no ages"),
    ],
)
def test_bad_ages_and_breaks_are_refused(ages, breaks, error, message):
    with pytest.raises(error, match=message):
        dr.age_band(ages, breaks)


# The published file


@pytest.mark.skipif(not SEARCHES.exists(), reason="the published file is not here")
def test_every_label_of_a_published_month_is_known():
    with open(SEARCHES, newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    for column, name in [
        ("Self-defined ethnicity", "16+1 to 5+1 (2011)"),
        ("Self-defined ethnicity", "self-defined to 5+1 (2001)"),
        ("Officer-defined ethnicity", "officer-defined to 5+1 (2001)"),
        ("Legislation", "legislation to reasonable suspicion"),
        ("Age range", "data.police.uk ages to police age bands"),
    ]:
        made = Counter(dr.classify([row[column] for row in rows], name).tolist())
        assert sum(made.values()) == 10_490
    stated = Counter(dr.classify([row["Self-defined ethnicity"] for row in rows], "16+1 to 5+1 (2011)").tolist())
    assert stated["not stated"] == 1_132
    assert stated["Asian"] == 165 + 201 + 264 + 570 + 22
    assert isinstance(dr.mapping("16+1 to 5+1 (2011)"), Mapping)
