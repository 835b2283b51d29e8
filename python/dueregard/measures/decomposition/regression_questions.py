"""What is asked of a decomposition by regression."""

from dataclasses import dataclass

from dueregard.inference.decomposition.common_slopes import COEFFICIENTS
from dueregard.inference.decomposition.oaxaca_blinder import NAMES

MODELS = ("linear", "logit")
DETAILS = ("yun", "fairlie")


@dataclass(frozen=True)
class RegressionQuestion:
    """The arguments of `oaxaca_blinder` that say what is computed and how it is called."""

    coefficients: str | float
    parts: int
    model: str
    detail: str
    level: float

    @property
    def part_names(self) -> tuple[str, ...]:
        return NAMES[self.parts]

    @property
    def detailed(self) -> dict[int, str]:
        """By number, the parts that are known by factor, and how far down."""
        return {0: "factor"} if self.detail == "fairlie" else dict.fromkeys(range(self.parts), "level")

    @property
    def words(self) -> str:
        """The method, in words."""
        fold = "two-fold" if self.parts == 2 else "three-fold"
        common = "" if self.parts == 3 else f", {_coefficient_words(self.coefficients)}"
        model = "linear" if self.model == "linear" else f"logit, {self.detail.capitalize()}"
        return f"Oaxaca-Blinder {fold}{common}; {model}"


def _coefficient_words(coefficients: str | float) -> str:
    if coefficients == "pooled":
        return "coefficients of both groups with an indicator of the group"
    if coefficients == "neumark":
        return "coefficients of both groups without an indicator (Neumark)"
    if coefficients in COEFFICIENTS:
        return {
            "reference": "coefficients of the reference",
            "group": "coefficients of the group",
            "cotton": "mean coefficients by numbers (Cotton)",
            "reimers": "mean coefficients (Reimers)",
        }[str(coefficients)]
    return f"coefficients {coefficients:g} those of the group"
