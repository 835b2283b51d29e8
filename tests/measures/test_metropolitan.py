"""The Metropolitan file of June 2016 against the London population of 2011, by hand; skipped without the files."""

import csv
from collections import Counter
from pathlib import Path

import pytest

import dueregard as dr
from dueregard.flags import Flag

REAL = Path(__file__).parents[2].parent / "shared" / "real"
SEARCHES = REAL / "2016-06-metropolitan-stop-and-search.csv"
CENSUS = REAL / "census-2011-london-population-by-ethnic-group.csv"
pytestmark = pytest.mark.skipif(not SEARCHES.exists(), reason="the published files are not here")

OFFICER, SELF = "Officer-defined ethnicity", "Self-defined ethnicity"
PARENTS = {
    "Asian/Asian British": "Asian",
    "Black/African/Caribbean/Black British": "Black",
    "Mixed/multiple ethnic groups": "Mixed",
    "White": "White",
    "Other ethnic group": "Other",
}


def residents():
    """Usual residents of London by the five groups of the census, and the Chinese among the Asian."""
    with open(CENSUS, newline="", encoding="utf-8") as file:
        table = {each["ethnic_group"]: int(each["population"]) for each in csv.DictReader(file)}
    return {group: table[parent] for parent, group in PARENTS.items()}, table["Asian/Asian British: Chinese"]


def rows():
    with open(SEARCHES, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def population(target):
    return dr.population(
        CENSUS, group="ethnic_group", count="population", date="2011", mapping=f"census 2011 to {target}"
    )


def asked(group, mapping, target, **options):
    return dr.proportionality(SEARCHES, population(target), group=group, reference="White", mapping=mapping, **options)


def row(findings, group):
    return next(findings.filter(group=group).rows())


def test_counts_match_the_file():
    by_letter = Counter(each[SELF][-3] if each[SELF].endswith(")") else "" for each in rows())
    codes = Counter(each[SELF].rpartition("(")[2].rstrip(")") for each in rows())
    found = asked(SELF, "16+1 to 5+1 (2011)", "5+1 (2011)")
    expected = {"White": by_letter["W"], "Mixed": by_letter["M"], "Black": by_letter["B"],
                "Asian": by_letter["A"] + codes["O1"], "Other": codes["O9"]}  # fmt: skip
    assert {group: row(found, group)["count"] for group in expected} == expected
    assert codes["NS"] + codes[""] == 1_132
    vehicles = [each for each in rows() if each["Type"] == "Vehicle search"]
    alone = sum(not each[SELF] or "(NS)" in each[SELF] for each in vehicles)
    assert (alone, row(found, "not applicable")["count"], row(found, "not stated")["count"]) == (103, 103, 1_029)
    assert sum(each["count"] for each in found.rows()) == len(rows()) == 10_490


@pytest.mark.parametrize(
    ("target", "chinese"), [("5+1 (2011)", "Asian"), ("5+1 (2001)", "Other")], ids=["2011", "2001"]
)
def test_self_defined_rates_and_ratios_by_hand(target, chinese):
    codes = Counter(each[SELF].rpartition("(")[2].rstrip(")") for each in rows())
    people, n_chinese = residents()
    people["Asian"] -= n_chinese
    people[chinese] += n_chinese
    letters = {"Asian": "A", "Black": "B", "Mixed": "M", "White": "W", "Other": "O"}
    counts = {group: sum(n for code, n in codes.items() if code[:1] == letter) for group, letter in letters.items()}
    counts["Other"] -= codes["O1"]
    counts[chinese] += codes["O1"]
    found = asked(SELF, f"16+1 to {target}", target)
    for group in counts:
        rate, white = counts[group] / people[group], counts["White"] / people["White"]
        each = row(found, group)
        assert (each["count"], each["nobs"]) == (counts[group], people[group])
        assert each["value"] == pytest.approx(1000 * rate, rel=1e-12)
        if group != "White":
            expected = dr.compare_rates(counts[group], people[group], counts["White"], people["White"])
            assert [each[name] for name in ("estimate", "low", "high")] == pytest.approx(list(expected[:3]), rel=1e-12)
            low = rate / ((counts["White"] + 1029) / people["White"])
            high = (counts[group] + 1029) / people[group] / white
            assert [each["bound_low"], each["bound_high"]] == pytest.approx([low, high], rel=1e-12)
        assert each["mapping"] == f"events: 16+1 to {target}; population: census 2011 to {target}"
        assert (each["period"], each["months"], each["population_date"]) == ("June 2016", 1, "2011")


def test_officer_defined_by_hand_with_mixed_and_other_apart():
    counts = Counter(each[OFFICER] for each in rows())
    assert counts == {"White": 4474, "Black": 4205, "Asian": 1382, "Other": 305, "": 124}
    blank = [each for each in rows() if not each[OFFICER]]
    assert Counter(each["Type"] == "Vehicle search" for each in blank) == {True: 94, False: 30}
    found = asked(OFFICER, "officer-defined to 5+1 (2001)", "5+1 (2001)")
    black = row(found, "Black")
    people, n_chinese = residents()
    assert black["estimate"] == pytest.approx((4205 / people["Black"]) / (4474 / people["White"]), rel=1e-12)
    assert black["unknown_events"] == 30, "the 94 that are of a vehicle alone have left the base"
    other = row(found, "Other")
    assert (other["count"], other["nobs"]) == (305, people["Other"] + n_chinese)
    mixed = row(found, "Mixed")
    assert mixed["count"] is None and mixed["value"] != mixed["value"] and mixed["nobs"] == people["Mixed"]
    assert Flag.NOT_RECORDED in mixed["flag"]


def test_the_vehicle_searches_are_noted_and_none_is_lost():
    notes = " ".join(asked(SELF, "16+1 to 5+1 (2011)", "5+1 (2011)").notes)
    assert "nothing stated in 1,132 of 10,490 searches" in notes and "103 of a vehicle alone, outside the base" in notes
    assert "The group is not known for 1,029 of 10,490 searches" in notes


def test_targets_that_differ_are_refused():
    with pytest.raises(ValueError, match=r"events are in the groups of '5\+1 \(2001\)'"):
        asked(SELF, "16+1 to 5+1 (2001)", "5+1 (2011)")


def test_the_find_rate_is_not_available_and_the_arrest_rate_is_called_one():
    assert not any(each["Outcome linked to object of search"] for each in rows())
    found = dr.outcome_test(SEARCHES, group=OFFICER, reference="White", by="Legislation")
    find = [each for each in found.rows() if each["measure"] == "find rate of searches"]
    assert find and all(each["count"] is None and Flag.NOT_RECORDED in each["flag"] for each in find)
    arrests = sum(each["Outcome"] == "Suspect arrested" and each[OFFICER] == "Black" for each in rows())
    arrested = next(found.filter(group="Black", measure="arrest rate of searches", Legislation=None).rows())
    assert (arrested["count"], arrested["nobs"]) == (arrests, 4205)


def test_a_defensible_paragraph_chart_and_table_in_ten_lines(tmp_path):
    census = dr.population(
        CENSUS, group="ethnic_group", count="population", date="2011", mapping="census 2011 to 5+1 (2011)"
    )
    ask = {"group": SELF, "reference": "White", "mapping": "16+1 to 5+1 (2011)"}
    found = dr.proportionality(SEARCHES, census, **ask)
    paragraph = next(text for text in found.sentences() if "Black" in text)
    found.plot().savefig(tmp_path / "chart.png")
    table = found.save(tmp_path / "table.csv")
    assert "3.71 times the rate (95% interval 3.54 to 3.88)" in paragraph
    assert "the ratio is 2.96 to 4.84, and the direction is the same" in paragraph
    assert "does not measure discrimination" in paragraph
    assert "Internal: not checked for disclosure" in table.read_text()
