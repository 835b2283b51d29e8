"""The 43 police forces as the generated stop and search files have them: how much they search, and whom."""

from typing import NamedTuple


class Force(NamedTuple):
    """A force of the generated files; plausible only."""

    searches: float
    """Relative number of searches."""
    minorities: float
    """Share of people who are not White among those searched, relative to the Metropolitan Police's."""
    links: bool = True
    """Whether the force records if the outcome is linked to the object of the search."""


FORCES = {
    "metropolitan": Force(210, 1.0, links=False),
    "merseyside": Force(38, 0.16),
    "kent": Force(27, 0.22),
    "west-midlands": Force(25, 0.85),
    "thames-valley": Force(24, 0.48),
    "essex": Force(23, 0.28),
    "greater-manchester": Force(22, 0.46),
    "west-yorkshire": Force(21, 0.48),
    "hertfordshire": Force(20, 0.40),
    "lancashire": Force(17, 0.24),
    "hampshire": Force(16, 0.18),
    "avon-and-somerset": Force(15, 0.26),
    "south-yorkshire": Force(15, 0.26),
    "northumbria": Force(14, 0.10),
    "sussex": Force(14, 0.18),
    "leicestershire": Force(13, 0.46),
    "south-wales": Force(13, 0.16),
    "west-mercia": Force(12, 0.14, links=False),
    "staffordshire": Force(11, 0.18),
    "surrey": Force(11, 0.26),
    "devon-and-cornwall": Force(11, 0.08),
    "humberside": Force(10, 0.08),
    "nottinghamshire": Force(10, 0.42),
    "cheshire": Force(10, 0.10),
    "norfolk": Force(9, 0.12),
    "suffolk": Force(9, 0.22),
    "northamptonshire": Force(9, 0.32, links=False),
    "north-wales": Force(9, 0.06),
    "bedfordshire": Force(8, 0.70),
    "cambridgeshire": Force(8, 0.28),
    "north-yorkshire": Force(8, 0.10),
    "lincolnshire": Force(7, 0.10),
    "cleveland": Force(7, 0.14),
    "derbyshire": Force(7, 0.26),
    "dorset": Force(6, 0.12),
    "gwent": Force(6, 0.10),
    "dyfed-powys": Force(6, 0.05),
    "durham": Force(5, 0.05),
    "wiltshire": Force(5, 0.14),
    "warwickshire": Force(5, 0.24),
    "gloucestershire": Force(5, 0.16),
    "cumbria": Force(5, 0.04, links=False),
    "city-of-london": Force(4, 0.80),
}
"""By the name that files have, the busiest first."""
