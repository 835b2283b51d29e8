"""Ranks in sentences: only where areas differ, with where each may stand, and nobody last by chance."""

import dueregard as dr
from dueregard.publish.numbers import unsupported_numbers
from dueregard.publish.sentences.rank_sentences import ordinal

TABLE = {"borough": ["A", "B", "C", "D"], "met": [300, 320, 250, 340], "asked": [400] * 4}
ALIKE = TABLE | {"met": [30, 32, 29, 31], "asked": [40] * 4}
ASKED = {"by": "borough", "count": "met", "nobs": "asked", "higher_is_better": True, "name": "satisfied"}


def said(findings):
    texts = findings.sentences()
    for text in texts:
        assert unsupported_numbers(text, findings) == [], text
        assert "None" not in text and "nan" not in text
    return texts


def test_areas_that_differ():
    texts = said(dr.rank(TABLE, **ASKED))
    assert texts[0].startswith(
        "Satisfied: boroughs differ beyond chance (standard deviation 9.4 percentage points with"
    )
    assert texts[1] == "Beyond chance C is last of the 4 boroughs."
    assert texts[2] == (
        "The range of each rank (95% interval) is right for one that was chosen beforehand, and for all "
        "of them together."
    )
    assert texts[3] == (
        "A (75%) ranks 3rd of 4 and could be anywhere from 2nd to 3rd; it is almost certainly not in the "
        "bottom quarter."
    )
    assert texts[5] == "C (62%) ranks 4th of 4, beyond chance; it is almost certainly in the bottom quarter."
    assert len(texts) == 7


def test_areas_that_are_not_shown_to_differ_are_not_ranked():
    (text,) = said(dr.rank(ALIKE, **ASKED))
    assert text.startswith(
        "Satisfied: boroughs are not shown to differ beyond chance (standard deviation 0.0 percentage"
    )
    assert text.endswith("so no ranks are shown.")


def test_ranks_that_are_insisted_on():
    texts = said(dr.rank(ALIKE, **ASKED, insist="the board asked"))
    assert texts[0].endswith("so ranks are shown all the same, as was insisted, and may say nothing but chance.")
    assert texts[1] == "Any of A, B, C and D could be last, so none of them can be called the last one."
    assert (
        "ranks 3rd of 4 and could be anywhere from 1st to 4th; the chance that it is in the bottom quarter is "
        in texts[3]
    )


def test_equal_figures_share_a_rank_and_two_that_could_be_last_are_either():
    texts = said(dr.rank(TABLE | {"met": [300, 300, 251, 250]}, **ASKED))
    assert texts[1] == "Either of C and D could be last, so neither of them can be called the last one."
    assert [text.partition(" of 4")[0] for text in texts[3:]] == [
        "A (75%) ranks joint 1st", "B (75%) ranks joint 1st", "C (63%) ranks 3rd", "D (62%) ranks 4th"]  # fmt: skip


def test_joint_ranges_are_said_once():
    table = {"borough": [f"B{i:02}" for i in range(12)], "met": [300 + 6 * i for i in range(12)], "asked": [400] * 12}
    texts = said(dr.rank(table, **ASKED))
    (joint,) = [text for text in texts if "chosen beforehand" in text]
    assert "whoever looks through all 12 and picks one out needs a wider one, such as " in joint
    (last,) = [text for text in texts if "could be last" in text]
    assert "of the 12 boroughs could be last" in last or last.startswith("Any of B")


def test_each_group_and_each_family_is_ranked_by_itself():
    table = {name: values * 2 for name, values in TABLE.items()} | {
        "borough": list("ABCDEFGH"),
        "family": ["x"] * 4 + ["y"] * 4,
    }
    texts = said(dr.rank(table, **ASKED, among="family"))
    assert [text for text in texts if text.startswith("Satisfied")] == [
        texts[0], texts[0].replace("family is x", "family is y")]  # fmt: skip
    assert "boroughs where family is x differ beyond chance" in texts[0]
    like = said(dr.rank(TABLE, **ASKED, among=dict.fromkeys("ABCD", "inner")))
    assert "boroughs among those like inner differ" in like[0]


def test_gaps_are_ranked_as_gaps():
    data = {"borough": [], "group": [], "met": []}
    for borough, asian in zip("ABCD", (90, 70, 50, 30), strict=True):
        for group, n in (("Asian", asian), ("White", 80)):
            for name, values in (
                ("borough", [borough] * 100),
                ("group", [group] * 100),
                ("met", [i < n for i in range(100)]),
            ):
                data[name] += values
    found = dr.gap(data, outcome="met", positive=True, group="group", reference="White", by="borough", name="satisfied")
    texts = said(dr.rank(found, higher_is_better=True))
    assert texts[0].startswith("Satisfied, the Asian group against the White group: boroughs differ")
    assert any(text.startswith("A (10 percentage points higher than the White group) ranks 1st of 4") for text in texts)
    ratio = dr.gap(data, outcome="met", positive=True, group="group", reference="White", by="borough", measure="ratio")
    assert any("as high as the White group) ranks" in text for text in said(dr.rank(ratio, higher_is_better=True)))


def test_changes_are_ranked_as_changes():
    """That boroughs are not shown to have changed differently is not that they are not shown to differ."""
    rows = [("2010", b, 0.5 + 0.1 * i) for i, b in enumerate("ABCD")] + [
        ("2011", b, 0.52 + 0.1 * i) for i, b in enumerate("ABCD")
    ]
    data = {"month": [], "borough": [], "group": [], "met": []}
    for year, borough, share in rows:
        for group, less in (("Asian", 20), ("White", 0)):
            data["month"] += [f"{year}-01"] * 200
            data["borough"] += [borough] * 200
            data["group"] += [group] * 200
            data["met"] += [i < 200 * share - less for i in range(200)]
    ask = {"outcome": "met", "positive": True, "time": "month", "window": 1, "by": "borough", "name": "satisfied"}
    counted = dr.tally(data, ["month", "borough", "group", "met"])  # of two months of two years
    moved = {"before": "2010-01", "after": "2011-01"}
    share = dr.rank(dr.change(counted, **ask, **moved), higher_is_better=True)
    gap = dr.gap_change(counted, **ask, **moved, group="group", reference="White")
    assert said(share)[0].startswith("Change in satisfied: boroughs vary even less than chance alone would make them")
    texts = said(dr.rank(gap, higher_is_better=True, insist="asked"))
    assert texts[0].startswith("Change of the gap in satisfied, the Asian group against the White group: boroughs")
    assert any(text.startswith("A (0 percentage points) ranks") for text in texts)


def test_percentages_without_cases():
    table = {"borough": list("ABCD"), "pc": [30, 32, 29, 31]}
    (text,) = said(dr.rank(table, by="borough", percent="pc", higher_is_better=True, name="satisfied"))
    assert text.endswith("it is not known how much of what boroughs differ by is chance, so they are not ranked.")
    texts = said(dr.rank(table, by="borough", percent="pc", higher_is_better=True, name="satisfied", insist="asked"))
    assert texts[1] == "A (30%) ranks 3rd of 4 by its figure as it is."


def test_areas_that_are_left_out():
    table = {name: [*values, last] for (name, values), last in zip(TABLE.items(), ("E", 0, 0), strict=True)}
    assert said(dr.rank(table, **ASKED))[-1] == "E is not ranked: no figure, or none with an interval."


def test_ordinals():
    assert [ordinal(n) for n in (1, 2, 3, 12, 22, 113)] == ["1st", "2nd", "3rd", "12th", "22nd", "113th"]


def test_areas_with_equal_figures_are_not_said_to_differ_by_nothing_for_sure():
    table = {"borough": ["A", "B", "C"], "met": [30, 30, 30], "asked": [40, 40, 40]}
    found = dr.rank(table, by="borough", count="met", nobs="asked", higher_is_better=True)
    (text,) = found.sentences()
    assert text == "Met of asked: boroughs vary even less than chance alone would make them, so no ranks are shown."
    assert "0.0 to 0.0" not in str(found)
