"""Messages of the library are told in options, by the names of a command's parameters."""

import inspect
from typing import Any

import pytest
import typer

import dueregard as dr
from dueregard.cli.commands import app
from dueregard.cli.option_names import OptionName, in_options, options_of, reworded

OPTIONS = {
    "drivers": OptionName("--driver", "NAME=COLUMN,..."),
    "scores": OptionName("--scale", "COLUMN=WORST|...|BEST"),
    "positive": OptionName("--positive", "LABEL"),
    "replicates": OptionName("--replicates", "NAME"),
    "empty": OptionName("--empty", "RULE"),
    "confidence_level": OptionName("--confidence-level", "FRACTION"),
}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("drivers: 'a' is there twice", "--driver: 'a' is there twice"),
        ("drivers['Fair treatment']: 3 is not a list", "--driver: 3 is not a list"),
        ("scores of 'fair': 'low' is not a number", "--scale of 'fair': 'low' is not a number"),
        ("positive and scores: 'good' has both", "--positive and --scale: 'good' has both"),
        ("positive and reference: 'good' has both", "positive and reference: 'good' has both"),
        ("confidence_level: 2 is not between 0 and 1", "--confidence-level: 2 is not between 0 and 1"),
        ("collinear='pool' or scores={'a': ['x', 'y']}", "collinear='pool' or --scale COLUMN=WORST|...|BEST"),
        ("say which counts, such as positive=True", "say which counts, such as --positive True"),
        ("pass empty='borrow' or 'apart'", "pass --empty 'borrow' or 'apart'"),
        ("leave it out with empty=, or name it (scores=)", "leave it out with --empty, or name it (--scale)"),
        ("needs empty=: dr.REST or dr.OVERALL", "needs --empty: REST or OVERALL"),
        ("have replicates (dr.survey_design(replicates='bootstrap'))", "have replicates (--replicates 'bootstrap')"),
        ("or use Oaxaca-Blinder (dr.oaxaca_blinder), which", "or use Oaxaca-Blinder, which"),
        ("'positive=yes' is not of the form NAME=VALUE", "'positive=yes' is not of the form NAME=VALUE"),
        ("survey.csv, line 3: positive: 'x'", "survey.csv, line 3: positive: 'x'"),
        ("a=scores=1 and drivers", "a=scores=1 and drivers"),
    ],
)
def test_arguments_become_options(text: str, told: str) -> None:
    assert reworded(text, OPTIONS) == told


@pytest.mark.parametrize(
    ("command", "function", "others"),
    [
        (
            "drivers",
            "key_drivers",
            {"rng": "--seed", "drivers": "--driver", "controls": "--control", "scores": "--scale"},
        ),
        ("decompose", "decompose_gap", {"rng": "--seed", "factors": "--factor"}),
        ("decompose", "oaxaca_blinder", {"rng": "--seed", "factors": "--factor", "scores": "--scale"}),
        ("gap", "gap", {}),
    ],
)
def test_parameters_are_called_as_the_arguments_of_the_library(
    command: str, function: str, others: dict[str, str]
) -> None:
    group: Any = typer.main.get_command(app)
    options = options_of(group.commands[command])
    arguments = set(inspect.signature(getattr(dr, function)).parameters)
    for name, option in options.items():
        if name in arguments:
            assert option.option == others.get(name, f"--{name.replace('_', '-')}")
    assert others.keys() <= options.keys() & arguments


def test_without_a_command_messages_are_as_they_are(run: Any) -> None:
    assert run("--version").status == 0
    assert in_options("drivers: there is none") == "drivers: there is none"


ASK = ("drivers", "people.csv", "--outcome", "ok", "--driver", "fair", "--driver", "age")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "--outcome: 'ok' is not a column of numbers; say which answers count with --positive, or order them with "
             "--scale COLUMN=WORST|...|BEST"),
        (("--positive", "yes", "--scale", "fair=poor|god"),
         "--scale: 'good' is an answer to 'fair' but has no score (did you mean 'god'?); give it one, or leave it out "
         "with --exclude"),
        (("--positive", "yes", "--where", "age=200"), "--where: none of the 60 rows is left"),
        (("--positive", "yes", "--control", "empty"), "--control: 'empty' has no answer in any row"),
        (("--positive", "yes", "--driver", "copy"),
         "--driver: 'copy' is made of 'age', so that nobody can tell them apart; leave one of them out, or join such "
         "drivers with --collinear 'pool'"),
        (("--positive", "yes", "--seed", "-1"), "--seed: "),
    ],
)  # fmt: skip
def test_a_command_speaks_of_its_options(run: Any, tmp_path: Any, words: tuple[str, ...], said: str) -> None:
    rows = [
        f"{'yes' if i % 3 else 'no'},{('poor', 'good')[i * i % 7 % 2]},{20 + i % 37},{41 + 2 * (i % 37)},"
        for i in range(60)
    ]
    (tmp_path / "people.csv").write_text("\n".join(["ok,fair,age,copy,empty", *rows]) + "\n")
    done = run(*ASK, *words)
    assert done.status == 2 and done.out == ""
    assert done.err.startswith(f"dueregard: {said}"), done.err


@pytest.mark.filterwarnings("always")
def test_notes_speak_of_options_too(run: Any, tmp_path: Any) -> None:
    rows = [f"{'yes' if i % 3 else 'no'},{('poor', 'good')[i * i % 7 % 2]},{20 + i % 37}" for i in range(60)]
    (tmp_path / "people.csv").write_text("\n".join(["ok,fair,age", *rows]) + "\n")
    done = run(*ASK, "--positive", "yes", "--missing", "gone=refused")
    assert done.status == 0
    assert "dueregard: note: --missing: no row has the label 'gone'" in done.err
