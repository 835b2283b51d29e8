"""Messages of the library in the words of the command line: options in place of arguments.

The parameters of a command have the names of the library's arguments, whatever their options are called, so that
``drivers: ...`` is ``--driver: ...`` without a list of what is called how.
"""

import re
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any, NamedTuple

running: ContextVar[Any] = ContextVar("running", default=None)
"""The command that runs, or ran last, as click has it."""

_START = re.compile(r"(\w+(?:(?:, | and )\w+)*)(?:\[[^\]]*\])?((?: of (?:'[^']*'|\"[^\"]*\"))?: )")
_CALL = re.compile(r"\bdr\.\w+\(([^()]*)\)")
_ASIDE = re.compile(r" \(dr\.\w+\)")
_NAMED = re.compile(r"\bdr\.([A-Z]+)\b")
_KEYWORD = re.compile(
    r"(?<![\w'\"=.-])([a-z]\w*)=('[^']*'|\"[^\"]*\"|True|False|-?\d+(?:\.\d+)?|\{[^}]*\}|\[[^\]]*\])?(?=[\s,.;:)?]|$)"
)


class OptionName(NamedTuple):
    """What an argument is called in a shell, and what its values look like."""

    option: str
    values: str


def in_options(text: str) -> str:
    """A message with the arguments of the command that runs as its options; without a command as it is."""
    command = running.get()
    return text if command is None else reworded(text, options_of(command))


def options_of(command: Any) -> dict[str, OptionName]:
    """The options of a command by the names of its parameters."""
    return {
        each.name: OptionName(max(each.opts, key=len), each.metavar or "...")
        for each in command.params
        if each.param_type_name == "option"
    }


def reworded(text: str, options: Mapping[str, OptionName]) -> str:
    """A message about arguments as one about options.

    Examples
    --------
    >>> options = {"drivers": OptionName("--driver", "NAME"), "scores": OptionName("--scale", "COLUMN=WORST|...|BEST")}
    >>> reworded("drivers: 'fair' is a category; order its answers with scores={'fair': [worst, ..., best]}", options)
    "--driver: 'fair' is a category; order its answers with --scale COLUMN=WORST|...|BEST"
    >>> reworded("'scores=1' is not of the form NAME=VALUE", options)
    "'scores=1' is not of the form NAME=VALUE"
    """
    plain = _NAMED.sub(r"\1", _ASIDE.sub("", _CALL.sub(r"\1", text)))

    def keyword(found: re.Match[str]) -> str:
        name, value = found[1], found[2] or ""
        if name not in options:
            return found[0]
        shown = options[name].values if value[:1] in ("{", "[") else value
        return f"{options[name].option} {shown}".rstrip()

    return _KEYWORD.sub(keyword, _started(plain, options))


def _started(text: str, options: Mapping[str, OptionName]) -> str:
    """The arguments that a message begins with as options, if all of them are."""
    found = _START.match(text)
    if found is None:
        return text
    words = re.split(r"(, | and )", found[1])
    if any(word not in options for word in words[::2]):
        return text
    named = [options[word].option if i % 2 == 0 else word for i, word in enumerate(words)]
    return f"{''.join(named)}{found[2]}{text[found.end() :]}"
