"""The sheets of a return: what it is, who returns it, the answers, who is exempt, the choices, and what made it."""

from typing import Any

from dueregard.assessment.frameworks import Framework
from dueregard.assessment.returns import form
from dueregard.assessment.returns.cell_values import AnswerWords
from dueregard.assessment.returns.cover import with_article, write_cover
from dueregard.assessment.returns.fingerprints import contents_mark, fingerprint
from dueregard.assessment.returns.issues import Issue
from dueregard.assessment.returns.sheet_tables import Looks, finish, open_to_fill, put_table, put_title
from dueregard.version import __version__

DATE_FORMAT = "dd/mm/yyyy"


def make_workbook(issue: Issue) -> Any:
    """The openpyxl workbook of a return."""
    from openpyxl import Workbook
    from openpyxl.workbook.protection import WorkbookProtection

    workbook, looks = Workbook(), Looks()
    exempt = issue.framework.exempt.get(issue.recipient.kind)
    named = {name: workbook.create_sheet(name) for name in form.SHEETS if exempt or name != form.EXEMPT}
    workbook.remove(workbook.worksheets[0])
    write_cover(named[form.COVER], issue, list(named), looks)
    _write_return(named[form.RETURN], issue, looks)
    _write_answers(named[form.ANSWERS], issue, looks)
    if exempt:
        _write_exempt(named[form.EXEMPT], issue, looks)
    _write_choices(named[form.CHOICES], issue.framework, looks)
    _write_about(named[form.ABOUT], issue, looks)
    for sheet in named.values():
        finish(sheet)
    workbook.security = WorkbookProtection(lockStructure=True)
    about = workbook.properties
    about.title, about.subject = f"Self-assessment return: {issue.recipient.unit}", issue.framework.name
    about.creator, about.language = f"dueregard {__version__}", "en-GB"
    return workbook


def _write_return(sheet: Any, issue: Issue, looks: Looks) -> None:
    who = issue.recipient
    given = {
        "unit": who.unit,
        "kind": who.kind,
        "area": who.area,
        "round": issue.round,
        "channel": issue.channel,
        "due": who.due,
        "contact": who.contact,
    }
    rows: list[list[Any]] = [[label, given[name] or form.NONE] for name, label in form.DETAILS.items()]
    rows += [[label, None] for label in form.FILLED_DETAILS.values()]
    put_title(sheet, f"{who.unit}{form.TITLE_ENDS[form.RETURN]}", "Fill in the last two rows.", looks)
    put_table(sheet, form.DETAIL_HEADER, rows, [26, 70], looks)
    names = [*form.DETAILS, *form.FILLED_DETAILS]
    for n, name in enumerate(names, form.FIRST_ROW):
        cell = sheet.cell(n, 2)
        if name in form.FILLED_DETAILS:
            open_to_fill(cell, looks)
        if name in ("due", "returned"):
            cell.number_format = DATE_FORMAT
        if name == "returned":
            _ask_for_dates(sheet, cell.coordinate, "Date returned")


def _write_answers(sheet: Any, issue: Issue, looks: Looks) -> None:
    framework = issue.framework
    asked = framework.assessable(issue.recipient.kind)
    rows = []
    for indicator in asked:
        given = issue.filled.get(indicator.id, {})
        known = [indicator.id, framework.sections[indicator.section], indicator.text]
        rows.append([*known, *(given.get(name) for name in form.FILLED)])
    title = f"{issue.recipient.unit}{form.TITLE_ENDS[form.ANSWERS]}"
    put_title(sheet, title, "Fill in columns D to G: Answer, Evidence, Owner and Date for action.", looks)
    put_table(sheet, form.ANSWER_HEADER, rows, [12, 25, 50, 26, 44, 20, 20], looks, least=2)
    last = form.HEADER_ROW + len(rows)
    for row in sheet.iter_rows(min_row=form.FIRST_ROW, max_row=last, min_col=len(form.ASKED) + 1):
        for cell in row:
            open_to_fill(cell, looks)
        row[-1].number_format = DATE_FORMAT
    _ask_for_choices(sheet, f"D{form.FIRST_ROW}:D{last}", len(framework.answers))
    _ask_for_dates(sheet, f"G{form.FIRST_ROW}:G{last}", "Date for action")


def _sent(issue: Issue) -> list[dict[str, Any]]:
    """The answers that the workbook is sent out with, as they will be read back."""
    words = AnswerWords(issue.framework)
    rows = []
    for indicator in issue.framework.assessable(issue.recipient.kind):
        given = issue.filled.get(indicator.id, {})
        rows.append({**given, "indicator": indicator.id, "answer": words.id_of(given.get("answer"))})
    return rows


def _ask_for_choices(sheet: Any, cells: str, n_answers: int) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    choices = f"{form.CHOICES}!$A${form.FIRST_ROW}:$A${form.HEADER_ROW + n_answers}"
    rule = DataValidation(type="list", formula1=choices, allow_blank=True)
    rule.promptTitle, rule.prompt = "Answer", "Choose one answer from the list, or leave the cell empty."
    rule.errorTitle, rule.error = "Not an answer", "Choose one of the answers on the sheet Choices."
    _add(sheet, rule, cells)


def _ask_for_dates(sheet: Any, cells: str, title: str) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="date", operator="between", formula1="32874", formula2="73415", allow_blank=True)
    rule.promptTitle, rule.prompt = title, "A date, such as 31/03/2011."
    rule.errorTitle, rule.error = "Not a date", "Give a date as day, month and year, such as 31/03/2011."
    _add(sheet, rule, cells)


def _add(sheet: Any, rule: Any, cells: str) -> None:
    rule.showInputMessage = rule.showErrorMessage = True
    sheet.add_data_validation(rule)
    rule.add(cells)


def _write_exempt(sheet: Any, issue: Issue, looks: Looks) -> None:
    framework, kind = issue.framework, issue.recipient.kind
    left_out = [indicator for indicator in framework.indicators if indicator.id in framework.exempt[kind]]
    rows = [[indicator.id, framework.sections[indicator.section], indicator.text] for indicator in left_out]
    put_title(sheet, "Exempt indicators", f"Not asked of {with_article(kind)}; there is nothing to fill in.", looks)
    put_table(sheet, [*form.ASKED.values()], rows, [12, 26, 80], looks)


def _write_choices(sheet: Any, framework: Framework, looks: Looks) -> None:
    n = len(framework.answers)
    ends = {1: "1 (lowest)", n: f"{n} (highest)"}
    rows = [[answer.label, ends.get(place, str(place))] for place, answer in enumerate(framework.answers, 1)]
    put_title(sheet, "Choices", "The answers there are, lowest first; there is nothing to fill in.", looks)
    put_table(sheet, ["Answer", "Place on the scale"], rows, [50, 24], looks)


def _write_about(sheet: Any, issue: Issue, looks: Looks) -> None:
    facts = {
        "framework": issue.framework.name,
        "fingerprint": fingerprint(issue.framework),
        "sent": contents_mark(_sent(issue)),
        "indicators": str(len(issue.framework.assessable(issue.recipient.kind))),
        "provenance": issue.provenance,
        "made_with": f"dueregard {__version__}",
    }
    rows = [[label, facts[name] or form.NONE] for name, label in form.FACTS.items()]
    put_title(sheet, "About this workbook", "By this a return is read; there is nothing to fill in.", looks)
    put_table(sheet, form.DETAIL_HEADER, rows, [36, 70], looks)
