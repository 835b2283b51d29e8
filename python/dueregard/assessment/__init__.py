"""Assessments: units scored against the indicators of a framework."""

from dueregard.assessment import frameworks
from dueregard.assessment.frameworks import Framework
from dueregard.assessment.published import esps_claims
from dueregard.assessment.results import Assessment
from dueregard.assessment.scoring import assess

__all__ = ["Assessment", "Framework", "assess", "esps_claims", "frameworks"]
