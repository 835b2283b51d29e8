"""``dueregard check``: hold the rules of a file against the findings they name."""

from pathlib import Path
from typing import Annotated

import typer


def check(
    rules: Annotated[
        Path | None,
        typer.Argument(metavar="RULES", help="File of rules (TOML). Without it, the embedded example rules."),
    ] = None,
    junit: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write JUnit XML for a pipeline.", show_default=False)
    ] = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Name every row that failed or cannot be decided.")
    ] = False,
) -> int:
    """Hold rules against findings, a line each.

    Every rule passes, fails, or cannot be decided. Exit status: 0 all
    passed, 1 a rule failed (which beats cannot tell), 2 bad input, 3 cannot
    tell. Relative paths of data in the file start at its own folder. A rule
    on a limit of an interval (low, high), with min_nobs, says more than one
    on an estimate, which chance alone may carry over a line.

    \b
    A file of rules:
      [[rule]]
      name = "Minority ethnic users are at most 10 points less satisfied"
      findings = "gap"               # or trend, share, key drivers,
                                     # compared drivers, gap parts, gap
                                     # change parts, assess, plan, audit
      data = "example:satisfaction"  # or a file
      outcome = "satisfaction"
      positive = ["Completely satisfied", "Very satisfied", "Fairly satisfied"]
      exclude = ["Don't know"]
      group = "ethnic_group_broad"
      reference = "White"
      rule = "low > -10"
      min_nobs = 30

    \b
      [[rule]]                       # held against what remains:
      name = "The gap would be at most 10 points were users alike"
      findings = "gap parts"         # or gap change parts
      data = "example:explained_gap"
      outcome = "satisfaction"
      positive = ["Completely satisfied", "Very satisfied", "Fairly satisfied"]
      exclude = ["Don't know"]
      group = "ethnic_group_broad"
      reference = "White"
      factors = ["age_band", "prior_opinion"]
      where = { part = "what remains" }  # by any method; or "gap", ...
      rule = "low > -10"

    \b
    Examples:
      $ dueregard check
      $ dueregard check --verbose --junit checks.xml
    """
    from dueregard.cli.output import check_writable, print_out
    from dueregard.publish.checks.check import exit_status_of
    from dueregard.publish.checks.junit import junit_xml
    from dueregard.publish.checks.rule_files import embedded_rules, load_rules
    from dueregard.whole_files import write_whole

    if junit is not None:
        check_writable(junit)
    loaded = embedded_rules() if rules is None else load_rules(rules)
    checks = [rule.check() for rule in loaded]  # all of them before anything is printed
    lines = [line for done in checks for line in (done.sentences() if verbose else [done.sentence()])]
    lines += dict.fromkeys(notice for done in checks for notice in done.notices())
    if junit is not None:
        write_whole(junit, junit_xml(checks, suite=rules.name if rules else "embedded example rules"))
    print_out("".join(f"{line}\n" for line in lines))
    return exit_status_of(checks)
