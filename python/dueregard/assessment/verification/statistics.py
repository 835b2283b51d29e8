"""What the findings of verification are called."""

SAME_ANSWER = "same answer"
WEIGHTED_KAPPA = "weighted kappa"
STEPS_HIGHER = "steps above"
MORE_GENEROUS = "more generous"
MORE_SEVERE = "more severe"
MET_OWN = "met, own"
MET_CHECK = "met, check"
MET_DIFFERENCE = "met, difference"
SHARES = (SAME_ANSWER, MORE_GENEROUS, MORE_SEVERE, MET_OWN, MET_CHECK)
AGREEMENT = (
    SAME_ANSWER, WEIGHTED_KAPPA, STEPS_HIGHER, MORE_GENEROUS, MORE_SEVERE, MET_OWN, MET_CHECK, MET_DIFFERENCE,
)  # fmt: skip

GENEROUS, SEVERE = "more generous than the check", "more severe than the check"
NO_DIFFERENCE, TOO_FEW = "no difference that matters", "too few to tell"

TO_CHECK = "answer to check"
VERIFIED = "verified score"
PAIRING = "indicators to learn"
PAIRED, NOTHING_TO_LEARN, NO_PARTNER, CANNOT_TELL = "paired", "nothing to learn", "no partner", "cannot tell"
