"""The example recruitment of a year: one row an application, and how far it got."""

import numpy as np

from dueregard.data import draws
from dueregard.data.example_records import PLAUSIBLE, ExampleRecords

APPLICATIONS = 9_600
ROLES = {"Police officer": 58, "Police staff": 27, "PCSO": 15}
BROAD = {"White": 0.66, "Minority ethnic": 0.34}
NOT_STATED, REFUSED = 0.03, 0.01
SHORTLISTED = {"White": 0.46, "Minority ethnic": 0.35}
APPOINTED = {"White": 0.41, "Minority ethnic": 0.36}
OTHERWISE = 0.4
WOMEN = 0.38
NOTES = (
    "No totals were published: applications and every chance of being shortlisted or appointed are plausible only.",
    "reached is the last stage of each application: Applied, Shortlisted or Appointed.",
)


def recruitment(seed: int) -> ExampleRecords:
    """One row an application of 2010-11; see `dueregard.data.example`."""
    rng = draws.generator("recruitment", seed)
    group = draws.answers(rng, BROAD, APPLICATIONS, not_stated=NOT_STATED, refused=REFUSED)
    gender = np.where(rng.random(APPLICATIONS) < WOMEN, "Female", "Male")
    shortlisted, appointed = (
        rng.random(APPLICATIONS) < np.select([group == name for name in chances], list(chances.values()), OTHERWISE)
        for chances in (SHORTLISTED, APPOINTED)
    )
    reached = np.where(shortlisted & appointed, "Appointed", np.where(shortlisted, "Shortlisted", "Applied"))
    columns = {
        "application_id": np.arange(1, APPLICATIONS + 1),
        "role": draws.answers(rng, ROLES, APPLICATIONS),
        "ethnic_group_broad": group,
        "gender": gender,
        "reached": reached,
    }
    return ExampleRecords(columns, provenance=PLAUSIBLE, notes=NOTES)
