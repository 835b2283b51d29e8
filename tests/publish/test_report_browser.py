"""The report and the paper for a committee in headless Chromium: nothing fails, everyone can read them, they fit a
phone and print."""

import shutil

import pytest

pytestmark = pytest.mark.browser

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
NARROWEST = {"width": 320, "height": 640}
MOST_PRINTED = {"report": 50, "paper": 58}
CRITERIA = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture(scope="module")
def browser():
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip(
            "NOT TESTED: no Chromium on this machine (apt-get install chromium), so nobody looked at the report"
        )
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(params=["report", "paper"])
def written(request):
    """The file that is opened."""
    return request.getfixturevalue(request.param)


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def page(request, browser, written):
    """The report or the paper, with all that the browser said while it was opened in ``page.said``."""
    opened = browser.new_page(viewport=request.param)
    opened.said = said = {"console": [], "failed": [], "asked": []}
    opened.on("console", lambda message: said["console"].append(message.text))
    opened.on("pageerror", lambda error: said["console"].append(str(error)))
    opened.on("requestfailed", lambda asked: said["failed"].append(asked.url))
    opened.on("request", lambda asked: said["asked"].append(asked.url))
    opened.goto(written.as_uri())
    yield opened
    opened.close()


def test_nothing_is_asked_for_and_nothing_fails(page, written):
    assert page.said == {"console": [], "failed": [], "asked": [written.as_uri()]}


def test_no_violation_of_wcag_a_or_aa(page):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=CRITERIA)
    assert found.response["passes"], "axe tested nothing"
    assert found.violations_count == 0, found.generate_report()


def test_axe_would_have_noticed(page):
    from axe_playwright_python.sync_playwright import Axe

    page.evaluate("document.querySelector('.about').style.color = '#ddd'")
    assert Axe().run(page, options=CRITERIA).violations_count == 1


def test_the_page_does_not_scroll_sideways(page):
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_nothing_overflows_the_narrowest_phone(browser, written):
    page = browser.new_page(viewport=NARROWEST)
    page.goto(written.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == NARROWEST["width"]
    page.close()


@pytest.mark.parametrize("width", [1000, 360])
def test_no_caption_is_cut_off_by_the_end_of_its_region(browser, written, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(written.as_uri())
    beyond = """[...document.querySelectorAll('caption span')].map(caption => caption.getBoundingClientRect().right
        - caption.closest('.dueregard').getBoundingClientRect().right)"""
    found = page.evaluate(beyond)
    assert len(found) > 10 and max(found) <= 1
    page.close()


def test_one_drawing_of_each_chart_is_shown(page):
    shown = "[...document.querySelectorAll('figure')].map(f => [...f.children].filter(c => c.offsetWidth > 0).length)"
    assert page.evaluate(shown) == [1] * 20


def test_no_text_is_too_small_to_read(page):
    """In pixels on the glass: what the drawing's scale leaves of its letters, and the smallest text of the page."""
    scaled = """[...document.querySelectorAll('svg')].filter(s => s.clientWidth).flatMap(s => {
        const scale = s.getBoundingClientRect().width / s.viewBox.baseVal.width;
        return [...s.querySelectorAll('text')].map(t => parseFloat(getComputedStyle(t).fontSize) * scale); })"""
    sizes = page.evaluate(scaled)
    assert len(sizes) > 100 and min(sizes) >= 10.5
    smallest = """Math.min(...[...document.querySelectorAll('main p, main td, main th, main li')]
        .map(element => parseFloat(getComputedStyle(element).fontSize)))"""
    assert page.evaluate(smallest) >= 13


def test_no_text_of_a_chart_is_cut_off_or_lies_on_another(page):
    boxes = page.evaluate(
        """[...document.querySelectorAll('svg')].filter(s => s.clientWidth).map(s => {
        const o = s.getBoundingClientRect();
        return [o.width, [...s.querySelectorAll('text')].map(t => {
            const b = t.getBoundingClientRect();
            return [t.textContent, b.left - o.left, b.right - o.left, b.top, b.bottom]; })]; })"""
    )
    for width, texts in boxes:
        for i, (text, left, right, top, bottom) in enumerate(texts):
            assert left >= -1 and right <= width + 1, text
            for other, left2, right2, top2, bottom2 in texts[i + 1 :]:
                apart = right <= left2 + 1 or right2 <= left + 1 or bottom <= top2 + 4 or bottom2 <= top + 4
                assert apart, (text, other)


def test_the_keyboard_reaches_the_main_points_first_and_every_table(page):
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    reached = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.getAttribute('aria-labelledby')"))
    tables = page.evaluate(
        "[...document.querySelectorAll('[role=region]')].map(r => r.getAttribute('aria-labelledby'))"
    )
    assert set(tables) <= reached


def test_it_prints(browser, written, tmp_path, request):
    page = browser.new_page(viewport=DESK)
    page.goto(written.as_uri())
    printed = tmp_path / "report.pdf"
    page.pdf(path=str(printed), prefer_css_page_size=True)
    content = printed.read_bytes()
    most = MOST_PRINTED[request.node.callspec.params["written"]]
    assert content.startswith(b"%PDF-") and 5 <= content.count(b"/Type /Page\n") <= most
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('.dueregard')).overflowX") == "visible"
    assert page.evaluate("document.querySelector('.chart-wide').offsetWidth") > 0
    page.close()


def test_what_is_to_be_completed_is_seen_without_colour_and_is_reached_from_the_checklist(browser, paper):
    page = browser.new_page(viewport=DESK)
    page.goto(paper.as_uri())
    marks = page.locator("mark")
    assert marks.count() > 5 and all(text.startswith("[to be completed: ") for text in marks.all_inner_texts())
    page.locator("ol.remaining a").last.click()
    assert page.locator("mark").last.is_visible()
    assert page.evaluate("document.querySelectorAll('mark:target').length") == 1
    page.close()
