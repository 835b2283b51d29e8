"""The example recruitment: every application has a last stage, and the stages one table of likelihoods."""

import numpy as np

import dueregard as dr
from dueregard import data


def test_every_application_got_somewhere():
    records = data.example("recruitment")
    names, counts = np.unique(records["reached"], return_counts=True)
    assert names.tolist() == ["Applied", "Appointed", "Shortlisted"]
    assert counts.sum() == 9_600 and counts.min() > 1_000


def test_both_stages_in_one_table():
    records = data.example("recruitment")

    def past(*stages):
        return {name: column[np.isin(records["reached"], stages)] for name, column in records.items()}

    shortlisted, appointed = past("Shortlisted", "Appointed"), past("Appointed")
    found = dr.workforce_stages(
        {"shortlisting": (shortlisted, records), "appointment": (appointed, shortlisted)},
        group="ethnic_group_broad", reference="White",
    ).filter(group="Minority ethnic")  # fmt: skip
    assert found["stage"] == ["shortlisting", "appointment"]
    assert all(0.6 < ratio < 1 for ratio in found["estimate"])
    assert found["count"][0] == found["nobs"][1]
