"""Checks as JUnit XML, which build servers and pipelines read."""

import re
from collections.abc import Sequence
from xml.etree import ElementTree

from dueregard.publish.checks.check import Check

# Characters that XML 1.0 cannot hold, even escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(checks: Sequence[Check], *, suite: str) -> bytes:
    """One test case a check: a failed check is a failure, one that cannot tell is skipped.

    Parameters
    ----------
    checks : sequence of Check
        In the order in which they are to be listed.
    suite : str
        Name of the test suite, such as the name of the file of rules.

    Returns
    -------
    bytes
        The XML document, in UTF-8.
    """
    totals = {
        "tests": str(len(checks)),
        "failures": str(sum(check.passed is False for check in checks)),
        "errors": "0",
        "skipped": str(sum(check.passed is None for check in checks)),
    }
    root = ElementTree.Element("testsuites", {"name": "dueregard", **totals})
    element = ElementTree.SubElement(root, "testsuite", {"name": _clean(suite), **totals})
    _add_notices(element, checks)
    for check in checks:
        _add_case(element, check, suite)
    ElementTree.indent(root)
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _add_notices(suite: ElementTree.Element, checks: Sequence[Check]) -> None:
    notices = dict.fromkeys(notice for check in checks for notice in check.notices())
    properties = ElementTree.SubElement(suite, "properties")
    for notice in notices:
        ElementTree.SubElement(properties, "property", {"name": "notice", "value": _clean(notice)})


def _add_case(suite: ElementTree.Element, check: Check, name: str) -> None:
    attributes = {"name": _clean(check.name or check.rule), "classname": _clean(name)}
    case = ElementTree.SubElement(suite, "testcase", attributes)
    message = {"message": _clean(check.sentence())}
    if check.passed is False:
        failure = ElementTree.SubElement(case, "failure", {**message, "type": "rule"})
        failure.text = _clean("\n".join(check.sentences()))
    elif check.passed is None:
        ElementTree.SubElement(case, "skipped", message)
    ElementTree.SubElement(case, "system-out").text = _clean("\n".join(check.sentences()))


def _clean(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
