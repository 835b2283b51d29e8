"""The keys of a rule in a file: what each kind of findings takes, and what each key may hold."""

import datetime as dt

Kinds = tuple[type, ...]

TEXT: Kinds = (str,)
TEXTS: Kinds = (str, list)
NUMBER: Kinds = (int, float)
WHOLE: Kinds = (int,)
YES_NO: Kinds = (bool,)
TABLE: Kinds = (dict,)

COMMON: dict[str, Kinds] = {"name": TEXT, "findings": TEXT, "rule": TEXT, "min_nobs": WHOLE, "where": TABLE}
_RECORDS: dict[str, Kinds] = {
    "data": TEXT, "by": TEXTS, "exclude": TEXTS, "missing": TABLE, "weight": TEXT, "confidence_level": NUMBER,
    "period": TEXT, "inference": TEXT, "stratum": TEXT, "psu": TEXTS, "fpc": TEXTS, "nest": YES_NO,
    "lonely": TEXT, "replicate_weights": TEXTS, "replicates": TEXT, "fay": NUMBER,
}  # fmt: skip
_DRIVERS: dict[str, Kinds] = {key: kinds for key, kinds in _RECORDS.items() if key != "inference"} | {
    "outcome": TEXT, "positive": TEXTS, "scores": TABLE, "drivers": (list, dict), "controls": TEXTS, "group": TEXT,
    "model": TEXT, "points": NUMBER, "collinear": TEXT, "unit": TEXT, "higher_is_better": YES_NO, "rng": WHOLE,
}  # fmt: skip
_PARTS: dict[str, Kinds] = {key: kinds for key, kinds in _RECORDS.items() if key != "period"} | {
    "outcome": TEXT, "positive": TEXTS, "group": TEXT, "reference": TEXT, "factors": TEXTS, "method": TEXT,
    "parts": WHOLE, "empty": TEXT, "interval": TEXT, "adjust": TEXT, "threshold": NUMBER,
    "unit": TEXT, "higher_is_better": YES_NO, "rng": WHOLE,
}  # fmt: skip
KINDS: dict[str, dict[str, Kinds]] = {
    "gap": _RECORDS
    | {
        "outcome": TEXT, "positive": TEXTS, "group": TEXT, "reference": TEXT, "measure": TEXT, "method": TEXT,
        "adjust": TEXT, "threshold": NUMBER, "higher_is_better": YES_NO, "pool": TEXT,
    },
    "trend": {key: kinds for key, kinds in _RECORDS.items() if key != "period"}
    | {
        "outcome": TEXT, "positive": TEXTS, "time": TEXT, "window": (int, str), "before": TEXT, "after": TEXT,
        "breaks": TEXTS, "step": WHOLE, "group": TEXT, "reference": TEXT, "measure": TEXT, "method": TEXT,
        "adjust": TEXT, "threshold": NUMBER, "higher_is_better": YES_NO, "pool": TEXT,
    },
    "share": _RECORDS | {"of": TEXT},
    "key drivers": _DRIVERS,
    "compared drivers": _DRIVERS | {"reference": TEXT, "measure": TEXT, "adjust": TEXT, "threshold": NUMBER},
    "gap parts": _PARTS
    | {
        "coefficients": (str, int, float), "scores": TABLE, "model": TEXT, "detail": TEXT, "towards": TEXT,
        "trim": NUMBER, "imbalance": NUMBER, "period": TEXT,
    },
    "gap change parts": _PARTS
    | {"time": TEXT, "before": TEXT, "after": TEXT, "window": (int, str), "breaks": TEXTS},
    "assess": {
        "data": TEXT, "framework": TEXT, "unit": TEXT, "indicator": TEXT, "answer": TEXT, "kind": TEXT, "area": TEXT,
        "phase": TEXT, "missing": TABLE, "show": TEXT, "by": TEXT, "level": TEXT, "percent": NUMBER,
        "percents": NUMBER, "target": NUMBER,
    },
    "plan": {
        "data": TEXT, "show": TEXT, "on": (str, dt.date), "year": (str, int), "within": WHOLE, "by": TEXT,
        "readings": TEXT, "strict": YES_NO,
    },
    "audit": {
        "data": TEXT, "against": (str, dict), "framework": TEXT, "label": TEXT, "parts": TEXTS, "total": (str, int),
        "count": TEXTS, "of": (str, int, dict), "percent": TEXT, "first": TEXT, "second": TEXT, "gap": TEXT,
        "total_row": TEXT, "average_row": TEXT, "exhaustive": YES_NO, "decimals": WHOLE, "rounding": TEXT,
        "sheet": TEXT, "strict": YES_NO,
    },
}  # fmt: skip
"""What each kind of findings takes, beside the keys that all rules have."""

REQUIRED: dict[str, tuple[str, ...]] = {
    "gap": ("data", "outcome", "positive", "group", "reference"),
    "trend": ("data", "outcome", "positive", "time", "window"),
    "share": ("data", "of"),
    "key drivers": ("data", "outcome", "drivers"),
    "compared drivers": ("data", "outcome", "drivers", "group", "reference"),
    "gap parts": ("data", "outcome", "group", "reference", "factors"),
    "gap change parts": ("data", "outcome", "positive", "group", "reference", "factors", "time", "before", "after"),
    "plan": ("show",),
}
WORDS: dict[type, str] = {
    str: "text",
    list: "a list of texts",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    dict: "a table",
    dt.date: "a date",
}
