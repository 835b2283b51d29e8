"""``dueregard report``: where it is, and what it holds."""

from pathlib import Path
from typing import Any


def test_report_says_where_it_is(run: Any, tmp_path: Path) -> None:
    done = run("report", "--out", "equality.html", "--author", "Research unit <x>", "--checked-by", "A. Checker")
    assert done.status == 0, done.err
    assert Path(done.out.strip()).resolve() == tmp_path / "equality.html"
    page = (tmp_path / "equality.html").read_text(encoding="utf-8")
    assert "Research unit &lt;x&gt;" in page
    assert "A. Checker" in page
    assert "Synthetic" in page
