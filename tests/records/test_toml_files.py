"""Files read key by key, with the line of what is wrong."""

import datetime

import pytest

from dueregard.records.toml_files import parse_toml, read_toml

TEXT = '''# what it is
name = "Plan"

[exempt]
borough = [
  "15B",
  # also
  "17B",
]

[[actions]]
id = "1"
text = """
id = 5
"""

[[actions]]

id = 2
due = 2012-03-31
'''


@pytest.fixture
def root():
    return parse_toml(TEXT, "plan.toml")


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ((), None),
        (("name",), 2),
        (("exempt",), 4),
        (("exempt", "borough"), 5),
        (("exempt", "borough", 1), 8),
        (("actions", 0), 11),
        (("actions", 0, "text"), 13),
        (("actions", 1), 17),
        (("actions", 1, "id"), 19),
        (("actions", 2), None),
        (("nothing",), None),
    ],
)
def test_every_place_has_its_line(root, place, line):
    assert root.file.line_of(place) == line


def test_the_line_holds_in_long_files():
    rows = "".join(f'[[rows]]\nid = "{i}"\nlist = [\n"a{i}",\n"b{i}"]\n\n' for i in range(300))
    file = parse_toml(rows, "long.toml").file
    for i in (0, 1, 137, 299):
        assert file.line_of(("rows", i)) == 6 * i + 1
        assert file.line_of(("rows", i, "list", 1)) == 6 * i + 5


def test_values_of_every_kind(root):
    first, second = root.tables("actions")
    assert root.text("name") == "Plan"
    assert root.table("exempt").texts("borough") == ("15B", "17B")
    assert second.whole("id", low=0) == 2
    assert second.number("id") == 2.0
    assert second.date("due") == datetime.date(2012, 3, 31)
    assert first.date("due", None) is None
    assert first.text("owner", "nobody") == "nobody"
    assert root.table("absent").keys() == []
    assert "id" in first
    assert "owner" not in first


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda root: root.text("title"), "plan.toml: there is no 'title'"),
        (lambda root: root.tables("actions")[1].text("id"), "plan.toml, line 19: actions 2: 'id' is 2, not text"),
        (lambda root: root.tables("actions")[1].text("owner"), "plan.toml, line 17: actions 2: there is no 'owner'"),
        (
            lambda root: root.tables("actions")[1].only("id", "text"),
            "plan.toml, line 20: actions 2: unknown key 'due'; the keys are id, text",
        ),
        (lambda root: root.only("names", "exempt", "actions"), r"line 2: unknown key 'name' \(did you mean 'names'"),
        (lambda root: root.tables("actions")[1].whole("id", low=3, high=9), "'id' is 2, not a number from 3 to 9"),
        (lambda root: root.tables("actions")[1].number("id", low=3), "'id' is 2, not a number of 3 or more"),
        (lambda root: root.tables("actions")[0].whole("id"), "line 12: actions 1: 'id' is '1', not a whole number"),
        (lambda root: root.tables("actions")[0].flag("id"), "'id' is '1', not true or false"),
        (lambda root: root.tables("actions")[0].date("id"), "'id' is '1', not a date such as 2011-03-31"),
        (lambda root: root.tables("exempt"), "line 4: 'exempt' is .*, not a list of tables; write"),
        (lambda root: root.table("exempt").tables("borough"), "line 6: exempt: 'borough' holds '15B'; write"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(root, ask, message):
    with pytest.raises(ValueError, match=message):
        ask(root)


@pytest.mark.parametrize("text", ["x = nan", "x = inf", "x = -inf"])
def test_numbers_are_finite(text):
    with pytest.raises(ValueError, match="not a number that is finite"):
        parse_toml(text, "f.toml").number("x")


def test_true_is_not_a_number_and_a_time_is_not_a_date():
    root = parse_toml('x = true\nt = 2012-03-31T10:00:00\nb = "  "\nl = ["a", 3]', "f.toml")
    with pytest.raises(ValueError, match="line 1: 'x' is True, not a number"):
        root.number("x")
    with pytest.raises(ValueError, match="line 2: 't' is 2012-03-31 10:00:00, a time of day"):
        root.date("t")
    with pytest.raises(ValueError, match="line 3: 'b' is blank"):
        root.text("b")
    with pytest.raises(ValueError, match="line 4: 'l' holds 3, which is not text"):
        root.texts("l")


def test_what_is_not_toml_or_not_there(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"there is no file .*absent\.toml"):
        read_toml(tmp_path / "absent.toml")
    path = tmp_path / "bad.toml"
    path.write_bytes(b"x = 1\ny = \xff")
    with pytest.raises(ValueError, match=r"bad\.toml: not UTF-8 text \(byte 10\)"):
        read_toml(path)
    path.write_text("x = 1\ny = z\n")
    with pytest.raises(ValueError, match=r"bad\.toml: not TOML: .*line 2"):
        read_toml(path)
