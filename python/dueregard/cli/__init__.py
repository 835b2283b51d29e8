"""The command ``dueregard``: the verbs of the library, for people and for scripts.

Exit status: 0 done or passed, 1 a check failed, 2 used wrongly or bad input, 3 cannot tell, 130 interrupted.
"""

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status.

    Parameters
    ----------
    arguments : sequence of str, optional
        The words after ``dueregard``; those of this process unless given.
    """
    from dueregard.cli.running import run

    return run(arguments)
