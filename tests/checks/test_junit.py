"""JUnit XML that pipelines can read, whatever the labels hold."""

from xml.etree import ElementTree

from dueregard.findings import Findings
from dueregard.publish.checks.check import check
from dueregard.publish.checks.junit import junit_xml

FINDINGS = Findings(
    {"group": ["A", "B\x00<&\ud800"], "low": [1.0, -9.0], "missing": [None, None]}, provenance="Synthetic: a test"
)


def checks() -> list[object]:
    rules = [("low > -30", "one"), ("low > -5", "t\x01wo"), ("missing > 1", "three")]
    return [check(FINDINGS, rule, name=name) for rule, name in rules]


def test_one_case_a_check() -> None:
    root = ElementTree.fromstring(junit_xml(checks(), suite="rules.toml"))  # type: ignore[arg-type]
    suite = root.find("testsuite")
    assert suite is not None
    for element in (root, suite):
        totals = {name: element.get(name) for name in ("tests", "failures", "errors", "skipped")}
        assert totals == {"tests": "3", "failures": "1", "errors": "0", "skipped": "1"}
    kinds = [[child.tag for child in case] for case in suite.iter("testcase")]
    assert kinds == [["system-out"], ["failure", "system-out"], ["skipped", "system-out"]]
    assert [case.get("name") for case in suite.iter("testcase")] == ["one", "t\ufffdwo", "three"]


def test_a_failure_says_why() -> None:
    root = ElementTree.fromstring(junit_xml(checks(), suite="rules.toml"))  # type: ignore[arg-type]
    failure = next(root.iter("failure"))
    assert failure.get("message") == "Failed: t\ufffdwo: low > -5 fails in 1 of 2 rows."
    assert "B\ufffd<&\ufffd: low is -9." in (failure.text or "")


def test_the_notices_travel() -> None:
    root = ElementTree.fromstring(junit_xml(checks(), suite="rules.toml"))  # type: ignore[arg-type]
    values = [item.get("value") for item in root.iter("property")]
    assert values == ["Internal: not checked for disclosure", "Synthetic: a test"]


def test_no_checks() -> None:
    root = ElementTree.fromstring(junit_xml([], suite="empty"))
    assert root.get("tests") == "0"
