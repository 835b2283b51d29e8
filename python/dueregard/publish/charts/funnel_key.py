"""What the shapes of a funnel chart mean."""

from __future__ import annotations

from collections.abc import Callable

from dueregard.publish.charts import canvas
from dueregard.publish.charts.funnel_points import Funnel, Point
from dueregard.publish.charts.key import Shape


def shapes_of(funnel: Funnel) -> list[Shape]:
    """The shapes that are drawn, with their words."""
    widest = f"{100 * funnel.levels[-1]:.10g}%"
    narrower = f"{100 * funnel.levels[0]:.10g}% only" if len(funnel.levels) == 2 else "the narrower limits only"
    between = [point for point in funnel.points if point.outside and not point.beyond_all]
    marker = "^" if any(point.above for point in between) else "v"
    pink, white = canvas.DARK_PINK, "white"
    every: list[tuple[Callable[[Point], bool], Shape]] = [
        (lambda p: p.beyond_all and p.above, ("^", pink, pink, f"above {widest}")),
        (lambda p: p.beyond_all and not p.above, ("v", pink, pink, f"below {widest}")),
        (lambda p: p.outside and not p.beyond_all, (marker, white, pink, f"outside {narrower}")),
        (lambda p: not p.outside, ("o", white, canvas.QUIET, "within the limits")),
    ]
    return [shape for holds, shape in every if any(map(holds, funnel.points))]
