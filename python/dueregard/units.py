"""The units of measure that say how findings are read, besides percentage points."""

from typing import Final

LOWER_THAN_REFERENCE: Final = "% lower than the reference"
"""Of pay gaps: values are amounts, and above 0 the group has less, which is the sign of the UK regulations."""

FROM_EVEN_CHANCE: Final = "percentage points from an even chance"
"""Of the chance of a higher answer: it is held against 50%, which is no group's own value."""

RATE_RATIO: Final = "rate ratio"
"""Of rates: values are events per ``per`` units of exposure, estimates one rate over another."""

OBSERVED_OVER_EXPECTED: Final = "observed over expected"
"""Of observed events over those expected: values are bare ratios."""

COUNT_OVER_COUNT: Final = "one count over the other"
"""Of two counts of the same area: values are bare ratios."""

KAPPA: Final = "kappa"
"""Of agreement beyond chance: 1 where all agree, 0 where no more do than by chance."""

STEPS: Final = "steps of the scale"
"""Of answers on a scale: how many answers apart they are."""
