"""Findings of drivers and of the parts of gaps made by hand, with the columns that the measures give."""

from dueregard.findings import Findings

NAN = float("nan")
NAMES = ("Engagement", "Fair treatment", "Effectiveness in dealing with crime", "Worry about disorder")
SHARES, HALF = (36.2, 31.4, 22.1, 10.3), (4.1, 4.0, 3.6, 2.5)
RANKS = ((1, 1, 2), (2, 1, 2), (3, 3, 3), (4, 4, 4))
GAINS = ((1.9, 1.6, 2.2), (1.7, 1.4, 2.0), (1.2, 0.9, 1.5), (0.1, -0.2, 0.4))
LEVELS = (58.3, 66.4, 61.0, 54.2)
EXPLAINED = (31.2, 29.1, 33.4)


def of_rows(rows, *, by=(), kind, **options):
    names = list(dict.fromkeys(name for row in rows for name in row))
    return Findings({name: [row.get(name) for row in rows] for name in names}, by=by, kind=kind, **options)


def driver_rows(
    names=NAMES, shares=SHARES, half=HALF, ranks=RANKS, gains=GAINS, levels=LEVELS, explained=EXPLAINED, nobs=20102,
    **where,
):  # fmt: skip
    """The row of all drivers together and one for each."""
    base = {
        "measure": "good job", "characteristic": None, "group": None, "period": "2011-12", "nobs": nobs,
        "outcome_missing": 378, "unit_of_measure": "percent", "confidence_level": 0.95, "points": 10,
        "gain_unit": "percentage points", "method": "Shapley share of R squared (linear), 1,000 replicates",
    } | where  # fmt: skip
    whole = {"row_type": "overall", "driver": None, "value": 100.0, "low": NAN, "high": NAN}
    whole |= dict(zip(("explained", "explained_low", "explained_high"), explained, strict=True))
    rows = [base | whole]
    for name, share, wide, rank, gain, level in zip(names, shares, half, ranks, gains, levels, strict=True):
        own = {
            "row_type": "driver", "driver": name, "value": share, "low": share - wide, "high": share + wide,
            "explained": share * explained[0] / 100, "explained_low": (share - wide) * explained[0] / 100,
            "explained_high": (share + wide) * explained[0] / 100, "relative_weight": share + 0.4,
            "standardised": share / 100, "alone": share / 3, "added_last": share / 9, "performance": level,
            "best": NAN if level != level else 100.0,
        }  # fmt: skip
        own |= dict(zip(("rank", "rank_low", "rank_high"), map(float, rank), strict=True))
        own |= dict(zip(("gain", "gain_low", "gain_high"), gain, strict=True))
        rows.append(base | own)
    return rows


def key_drivers(**options):
    """Four drivers; one cannot be told from none."""
    return of_rows(driver_rows(**options), kind="key drivers")


def many_drivers():
    """Twelve drivers with long names, gains below 0 among them, whose ranks are not told apart."""
    topics = ("being treated with respect", "the police listening to the concerns of local people", "visible patrols",
              "dealing with drugs", "worry about antisocial behaviour in the neighbourhood", "speed", "contact", "news",
              "local information about what is being done", "complaints", "victims kept informed", "trust")  # fmt: skip
    n = len(topics)
    shares = [22.0, 17.5, 13.0, 11.2, 9.0, 7.6, 6.0, 4.9, 3.8, 2.6, 1.6, 0.8]
    ranks = [(i + 1, max(1, i - 2), min(n, i + 5)) for i in range(n)]
    ranks[5] = (6, 1, n)
    gains = [(v, v - 0.5, v + 0.5) for v in (2.4, 1.9, 1.5, 1.2, -1.4, 0.9, 0.7, 0.4, 0.2, -0.1, -0.8, 0.0)]
    levels = [70.0, 52.0, 55.0, 61.0, 40.0, 66.0, 71.0, 58.0, 44.0, 47.0, 50.0, 49.5]
    return key_drivers(names=[f"Agrees about {topic}" for topic in topics], shares=shares, half=[2.2] * n,
                       ranks=ranks, gains=gains, levels=levels)  # fmt: skip


def drivers_of_groups(boroughs=(None,)):
    """Two groups in which other drivers come first, of areas too."""
    rows = []
    for borough in boroughs:
        where = {"characteristic": "ethnic_group_broad", **({"borough": borough} if boroughs != (None,) else {})}
        rows += driver_rows(group="White", nobs=14211, **where)
        rows += driver_rows(group="Minority ethnic", nobs=5891, shares=(28.0, 44.5, 18.0, 9.5),
                            ranks=((2, 2, 2), (1, 1, 1), (3, 3, 4), (4, 3, 4)), explained=(34.4, 30.8, 38.1),
                            gains=((1.4, 1.0, 1.8), (2.6, 2.1, 3.1), (1.0, 0.5, 1.5), (0.3, -0.2, 0.8)),
                            levels=(55.2, 57.8, 59.9, 50.3), **where)  # fmt: skip
    return of_rows(rows, by=() if boroughs == (None,) else ["borough"], kind="key drivers")


def compared_drivers(compares="gain", boroughs=()):
    """What a driver goes with in one group against the other: one differs, three do not; of areas too, alike."""
    rows = [row | {"borough": place} for place in (None, *boroughs) for row in _compared_rows(compares)]
    return of_rows(rows, by=["borough"] if boroughs else (), kind="compared drivers")


def compared_drivers_of_areas():
    return compared_drivers(boroughs=("Barnet", "Brent", "Kensington and Chelsea"))


def _compared_rows(compares):
    estimates = ((-0.5, -1.0, 0.0, 0.12), (0.9, 0.4, 1.4, 0.0008), (-0.2, -0.8, 0.4, 1.0), (0.2, -0.3, 0.7, 1.0))
    rows = []
    for name, gain, (estimate, low, high, pvalue) in zip(NAMES, GAINS, estimates, strict=True):
        verdict = "higher" if pvalue < 0.05 else "too few to tell: 3.1 times the present numbers needed"
        rows.append({
            "measure": "good job", "characteristic": "ethnic_group_broad", "group": "Minority ethnic",
            "period": "2011-12", "row_type": "group", "nobs": 5891, "value": gain[0] + estimate, "reference": "White",
            "reference_nobs": 14211, "reference_value": gain[0], "estimate": estimate, "se": 0.25,
            "unit_of_measure": "percentage points", "confidence_level": 0.95, "low": low, "high": high,
            "pvalue": pvalue / 4, "adjusted_pvalue": pvalue, "verdict": verdict, "driver": name, "points": 10,
            "best": 100.0, "gain_unit": "percentage points", "compares": compares,
            "method": "difference of gains; Holm over 4",
        })  # fmt: skip
    return rows


def _part(part, factor, level, estimate, half, **more):
    low, high = (NAN, NAN) if half is None else (estimate - half, estimate + half)
    return {"part": part, "factor": factor, "level": level, "estimate": estimate, "low": low, "high": high} | more


AGE = (("16 to 34", -0.8, 46.0, 27.0, 69.9, 76.0), ("55 and over", -0.3, 15.0, 34.0, 84.0, 88.0))
DEPRIVATION = (("Most deprived fifth", -0.9, 35.0, 19.0, 71.0, 76.5),)
OPINION = (("Negative", -2.1, 31.0, 17.0, 51.0, 55.5), ("Positive", -0.7, 38.0, 55.0, 86.0, 89.0))
FACTORS = (
    ("age_band", -1.1, 0.4, AGE),
    ("deprivation", -1.2, 0.5, DEPRIVATION),
    ("prior_opinion", -2.8, 0.6, OPINION),
)


def part_rows(gap=-7.1, half=1.5, factors=FACTORS, rates=-2.0, rates_half=1.4, words=("composition", "rates"), **where):
    """The rows of the parts of one gap."""
    base = {
        "measure": "satisfied", "characteristic": "ethnic_group_broad", "group": "Minority ethnic",
        "period": "2010-11", "row_type": "group", "nobs": 5410, "reference": "White", "reference_nobs": 12590,
        "reference_value": 81.2, "value": 81.2 + gap, "unit_of_measure": "percentage points",
        "confidence_level": 0.95, "method": "Shapley average over all orders; percentile intervals",
        "empty_percent": 0.0,
    } | where  # fmt: skip
    told = abs(gap) > half

    def share(value):
        return 100 * value / gap if told else NAN

    total = gap - rates
    rows = [_part("gap", None, None, gap, half, pvalue=1e-9, share_of_gap=100.0 if told else NAN)]
    rows.append(_part(words[0], None, None, total, 0.9, pvalue=1e-9, share_of_gap=share(total)))
    for name, value, wide, levels in factors:
        rows.append(_part(words[0], name, None, value, wide, share_of_gap=share(value)))
        for level, own, group, reference, rate, reference_rate in levels:
            rows.append(_part(words[0], name, level, own, 0.3, group_share=group, reference_share=reference,
                              value=rate, reference_value=reference_rate, share_of_gap=share(own),
                              nobs=900))  # fmt: skip
    last = abs(rates) > rates_half
    rows.append(_part(words[1], None, None, rates, rates_half, pvalue=0.004, share_of_gap=share(rates), e_value=1.19,
                      e_value_low=1.08 if last else 1.0, needed_effect=abs(rates) / 0.2, imbalance=20.0))  # fmt: skip
    white = {"part": None, "row_type": "reference", "group": "White", "value": 81.2, "nobs": 12590, "estimate": NAN}
    return [base | white, *(base | row for row in rows)]


def gap_parts(**options):
    return of_rows(part_rows(**options), kind="gap parts")


def gap_parts_of_areas(boroughs=("Barnet", "Brent", "Kensington and Chelsea")):
    """All areas, then each; the gaps of the second and third cannot be told from none."""
    rows, gaps = part_rows(borough=None), ((-12.4, 5.0, -6.0), (-3.1, 5.2, 0.4), (0.2, 6.0, -0.1))
    for place, borough in enumerate(boroughs):
        gap, half, rates = gaps[place % 3]
        rows += part_rows(gap=gap, half=half, rates=rates, rates_half=4.8, borough=borough, nobs=170,
                          reference_nobs=394, factors=_shrunk(gap - rates))  # fmt: skip
    return of_rows(rows, by=["borough"], kind="gap parts")


def _shrunk(total):
    parts = (0.25, 0.25, 0.5)
    return tuple((name, total * part, 1.5, ()) for (name, *_), part in zip(FACTORS, parts, strict=True))


def gap_change_parts(**options):
    """A gap that narrowed: half of it since other people answered."""
    base = {
        "measure": "satisfied", "characteristic": "ethnic_group_broad", "group": "Minority ethnic",
        "period": "2010-11", "row_type": "group", "nobs": 5410, "reference": "White", "reference_nobs": 12590,
        "unit_of_measure": "percentage points", "confidence_level": 0.95, "before": "2009-10", "after": "2010-11",
        "method": "Shapley average over all orders; percentile intervals", "side": None,
    } | options  # fmt: skip
    white, asian = {"side": "White"}, {"side": "Minority ethnic"}
    rows = [
        _part("gap before", None, None, -10.0, 1.6, value=71.3, reference_value=81.3),
        _part("gap after", None, None, -7.1, 1.5, value=74.1, reference_value=81.2),
        _part("change", None, None, 2.9, 2.2, pvalue=0.009),
        _part("composition", None, None, 1.6, 0.9, share_of_gap=55.2),
        _part("composition", None, None, 1.4, 0.8, **asian),
        _part("composition", None, None, 0.2, 0.4, **white),
        _part("rates", None, None, 1.3, 2.0, share_of_gap=44.8),
        _part("rates", None, None, 1.6, 1.7, **asian),
        _part("rates", None, None, -0.3, 1.1, **white),
    ]  # fmt: skip
    return of_rows([base | row for row in rows], kind="gap change parts")


def awkward_parts():
    """A tiny gap whose parts go both ways, with long names."""
    factors = (("How old people were when they last had contact with the police", 2.6, 0.9, ()),
               ("deprivation_of_the_neighbourhood", -2.2, 0.8, ()), ("prior_opinion", -0.3, 0.7, ()))  # fmt: skip
    return gap_parts(gap=-0.4, half=1.5, rates=-0.5, rates_half=1.4, factors=factors)
