"""Use of force by force, tactic and ethnic group: totals set aside once they agree, blanks not made zeros."""

import csv

import pytest

import dueregard as dr

TABLE = """\ufeffPolice Force,Type of force,Tactic,White,Black,Not reported,Number of times tactic reported
Total England and Wales,Total (excluding not reported and tactical communication),*Total Tactics,"1,240",50,11,1301
Total England and Wales,Restraint,*Total Restraint,"1,230",46,10,1286
Total England and Wales,Restraint,"Handcuffing, of which","1,020",32,2,1054
Total England and Wales,Restraint,Compliant handcuffing,900,20,0,920
Total England and Wales,Restraint,Handcuffing not stated,120,12,2,134
Total England and Wales,Restraint,Ground restraint,210,14,8,232
Total England and Wales,Firearms,*Total Firearms,10,4,1,15
Total England and Wales,Not reported,*Total Not reported,3,0,0,3
Kent,Total (excluding not reported and tactical communication),*Total Tactics,"1,110",34,5,1149
Kent,Restraint,*Total Restraint,"1,100",30,5,1135
Kent,Restraint,"Handcuffing, of which",900,20,0,920
Kent,Restraint,Compliant handcuffing,900,20,0,920
Kent,Restraint,Handcuffing not stated,0.0,0.0,0.0,0.0
Kent,Restraint,Ground restraint,200,10,5,215
Kent,Firearms,*Total Firearms,10,4,0,14
Kent,Not reported,*Total Not reported,2,0,0,2
Essex,Total (excluding not reported and tactical communication),*Total Tactics,130,16,6,152
Essex,Restraint,*Total Restraint,130,16,5,151
Essex,Restraint,"Handcuffing, of which",120,12,2,134
Essex,Restraint,Compliant handcuffing,,,,
Essex,Restraint,Handcuffing not stated,120,12,2,134
Essex,Restraint,Ground restraint,10,4,3,17
Essex,Firearms,*Total Firearms,N/A,N/A,1,1
Essex,Not reported,*Total Not reported,1,0,0,1
"""


def read(tmp_path, text=TABLE):
    path = tmp_path / "force.csv"
    path.write_text(text, encoding="utf-8")
    return dr.read_use_of_force(path)


def counts(table, *names):
    cells = zip(*(table[name].tolist() for name in names), strict=True)
    return dict(zip(cells, table["count"].tolist(), strict=True))


def test_the_rows_that_are_no_totals(tmp_path):
    table = read(tmp_path)
    assert table.columns == ("force", "type_of_force", "tactic", "ethnic_group", "count")
    found = counts(table, "force", "tactic", "ethnic_group")
    assert {key: n for key, n in found.items() if key[0] == "Kent" and key[2] == "White"} == {
        ("Kent", "Compliant handcuffing", "White"): 900,
        ("Kent", "Handcuffing not stated", "White"): 0,
        ("Kent", "Ground restraint", "White"): 200,
        ("Kent", "Firearms", "White"): 10,
        ("Kent", "Not reported", "White"): 2,
    }
    assert found["Essex", "Handcuffing not stated", "not stated"] == 2
    assert table["count"].sum() == 1301 + 3


def test_what_is_not_given_has_no_row(tmp_path):
    found = counts(read(tmp_path), "force", "tactic", "ethnic_group")
    assert not any(key[:2] == ("Essex", "Compliant handcuffing") for key in found)
    assert [key[2] for key in found if key[:2] == ("Essex", "Firearms")] == ["not stated"]


def test_notes(tmp_path):
    assert read(tmp_path).notes == (
        "Counts are of tactics: one use of force may have several, and they are not people.",
        'Totals set aside, which agree with their parts: 2 rows that are split further ("..., of which"); 2 rows of a '
        'type of force ("*Total ..."); 2 rows of all types of force; 8 rows of Total England and Wales; the column '
        "'Number of times tactic reported'.",
        "Without tactics of their own, their total stands for them: Firearms, Not reported.",
        "Rows without a figure, not collected and not zero: 1 (Essex, Compliant handcuffing).",
        "Figures not given beside others of their row, not collected and not zero: 2 (Essex, Firearms).",
        'The ethnic group "Not reported" is "not stated".',
        '"Total England and Wales" agrees with the sum of the 2 forces.',
    )


def test_a_split_tactic_without_any_part_keeps_its_total(tmp_path):
    lines = TABLE.splitlines()
    text = "\n".join(line for line in lines if not line.startswith("Total England"))
    text = text.replace(
        "Essex,Restraint,Handcuffing not stated,120,12,2,134", "Essex,Restraint,Handcuffing not stated,,,,"
    )
    table = read(tmp_path, text)
    assert counts(table, "force", "tactic", "ethnic_group")["Essex", "Handcuffing", "Black"] == 12
    assert table["count"].sum() == 1301 + 3


def test_it_is_tallied_by_its_counts(tmp_path):
    tally = dr.tally(read(tmp_path), ["force", "ethnic_group"], count="count")
    assert tally.labels["ethnic_group"] == ["Black", "White", "not stated"]
    assert tally.counts.tolist() == [[16, 131, 6], [34, 1112, 5]]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("Ground restraint,200,10,5,215", "Ground restraint,200,10,5,216"), "line 15: 'Number of times.*' is 216, and "
         "the groups add up to 215"),
        (("Ground restraint,200,10,5,215", "Ground restraint,201,10,5,216"), r"line 11: Kent, \*Total Restraint: 1,100"
         ", and its tactics add up to 1,101"),
        (("*Total Tactics,130,16,6,152", "*Total Tactics,131,16,6,153"), "Essex, .Total Tactics: 131, and the types of "
         "force add up to 130"),
        (("Compliant handcuffing,900,20,0,920\nTotal", "Compliant handcuffing,900,20,1,921\nTotal"), "Handcuffing, of "
         "which: 2, and its parts add up to 3"),
        (("*Total Firearms,10,4,1,15", "*Total Firearms,10,4,2,16"), "line 2: .*Total Tactics: 11, and the types"),
        (("Not reported,3,0,0,3", "Not reported,4,0,0,4"), "line 9: .*Not reported: 4, and the forces add up to 3"),
        (("Ground restraint,200,10,5,215", "Ground restraint,200,x,5,215"), "line 15, 'Black': 'x' is not a number"),
        (("Ground restraint,200,10,5,215", "Ground restraint,200,-10,5,195"), "-10 is not a whole number from 0 on"),
        (("Ground restraint,200,10,5,215", "Ground restraint,200,1.5,5,206.5"), "1.5 is not a whole number"),
        (("Ground restraint,200,10,5,215", "Ground restraint,200,10,5"), "line 15 has 6 cells, the header 7"),
        (("Kent,Restraint,Ground restraint,", "Kent,,Ground restraint,"), "line 15 has no type of force"),
        (("Kent,Restraint,Ground", "Kent,Restraint,Compliant handcuffing"), None),
        (("White,Black", "White,White"), "two columns are named 'White'"),
        (("Tactic,", "Tactics,"), "no column 'Tactic' .* expected a table of use of force"),
        (("Police Force,Type of force", "Type of force,Police Force"), "in this order"),
    ],
)  # fmt: skip
def test_what_is_refused(tmp_path, change, message):
    assert change[0] in TABLE
    text = TABLE.replace(*change, 1)
    if message is None:
        text, message = (
            TABLE.replace("Ground restraint", "Compliant handcuffing"),
            "Compliant handcuffing is there twice",
        )
    with pytest.raises(ValueError, match=message) as error:
        read(tmp_path, text)
    assert "force.csv" in str(error.value)


def test_totals_alone_are_no_counts(tmp_path):
    text = "\n".join(line for line in TABLE.splitlines() if "Police Force" in line or line.startswith("Total England"))
    with pytest.raises(ValueError, match="no row is of a single police force"):
        read(tmp_path, text)
    with pytest.raises(ValueError, match="nothing but blank lines"):
        read(tmp_path, "\n\n")


def test_the_real_file_to_the_row(real):
    path = real("use-of-force-2019-20-by-force-and-ethnic-group.csv")
    table = dr.read_use_of_force(path)
    with open(path, newline="", encoding="utf-8-sig") as file:
        plain = list(csv.DictReader(file))
    every = {
        row["Type of force"]: row for row in plain if row["Police Force"].startswith("Total") and "*" in row["Tactic"]
    }
    groups = [name for name in plain[0] if name not in ("Police Force", "Type of force", "Tactic")][:-1]
    by_type = dr.tally(table, ["type_of_force", "ethnic_group"], count="count")
    for i, kind in enumerate(by_type.labels["type_of_force"]):
        if kind == "Tactical communication":
            continue
        for j, group in enumerate(by_type.labels["ethnic_group"]):
            name = "Not reported" if group == "not stated" else group
            assert by_type.counts[i, j] == float(every[kind][name]), (kind, group)
    leaves = {(row["Police Force"], row["Tactic"]): row for row in plain}
    found = counts(table, "force", "tactic", "ethnic_group")
    for (force, tactic, group), n in found.items():
        row = leaves.get((force, tactic)) or leaves[force, f"*Total {tactic}"]
        assert n == float(row["Not reported" if group == "not stated" else group])
    assert set(groups) == {*by_type.labels["ethnic_group"], "Not reported"} - {"not stated"}
    assert table["count"].sum() == 715_276 + 1_390 + 215_559
    assert len(set(table["force"])) == 43
    assert table.notes[3].startswith("Rows without a figure, not collected and not zero: 32 (Avon & Somerset,")
    assert table.notes[4].startswith(
        "Figures not given beside others of their row, not collected and not zero: 30 (Warw"
    )
