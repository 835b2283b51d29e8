"""Equality statistics for the public sector: records to counts, counts to gaps, gaps to findings that can be published.

The way through: `tally` counts records, `gap` and the other measures turn counts into `Findings`, and findings show,
draw, say and save themselves. Each public name is loaded when it is first used, so importing costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from dueregard.version import __version__ as __version__

if TYPE_CHECKING:
    from dueregard import data as data
    from dueregard.assessment import Assessment as Assessment
    from dueregard.assessment import Framework as Framework
    from dueregard.assessment import assess as assess
    from dueregard.assessment import frameworks as frameworks
    from dueregard.counting import tally as tally
    from dueregard.findings import Findings as Findings
    from dueregard.flags import Flag as Flag
    from dueregard.inference.answer_bounds import bound_answers as bound_answers
    from dueregard.inference.attributable import attributable as attributable
    from dueregard.inference.between_group_variance import between_group_variance as between_group_variance
    from dueregard.inference.comparisons import Comparison as Comparison
    from dueregard.inference.comparisons import compare_proportions as compare_proportions
    from dueregard.inference.concentration import concentration as concentration
    from dueregard.inference.disparity_index import disparity_index as disparity_index
    from dueregard.inference.dissimilarity import dissimilarity as dissimilarity
    from dueregard.inference.event_times import log_rank as log_rank
    from dueregard.inference.event_times import median_time as median_time
    from dueregard.inference.event_times import share_within as share_within
    from dueregard.inference.funnel_limits import funnel_limits as funnel_limits
    from dueregard.inference.funnel_limits import funnel_scores as funnel_scores
    from dueregard.inference.group_comparisons import compare_groups as compare_groups
    from dueregard.inference.group_inequality import group_inequality as group_inequality
    from dueregard.inference.indirect import expected_events as expected_events
    from dueregard.inference.indirect import indirect_ratio as indirect_ratio
    from dueregard.inference.intervals import proportion_interval as proportion_interval
    from dueregard.inference.intervals import rate_interval as rate_interval
    from dueregard.inference.medians import compare_medians as compare_medians
    from dueregard.inference.medians import median_interval as median_interval
    from dueregard.inference.multiplicity import adjust_pvalues as adjust_pvalues
    from dueregard.inference.ordinal import compare_ordinal as compare_ordinal
    from dueregard.inference.ordinal import ridits as ridits
    from dueregard.inference.overdispersion import overdispersion as overdispersion
    from dueregard.inference.paired import compare_paired as compare_paired
    from dueregard.inference.planning import SampleSize as SampleSize
    from dueregard.inference.planning import comparison_power as comparison_power
    from dueregard.inference.planning import comparison_sample_size as comparison_sample_size
    from dueregard.inference.rates import compare_rates as compare_rates
    from dueregard.inference.references import OVERALL as OVERALL
    from dueregard.inference.references import REST as REST
    from dueregard.inference.resampling import Bootstrap as Bootstrap
    from dueregard.inference.resampling import PermutationTest as PermutationTest
    from dueregard.inference.share_ratio import compare_share as compare_share
    from dueregard.inference.shortfall import Shortfall as Shortfall
    from dueregard.inference.shortfall import shortfall as shortfall
    from dueregard.inference.shrinkage import beta_binomial as beta_binomial
    from dueregard.inference.shrinkage import gamma_poisson as gamma_poisson
    from dueregard.inference.slope_index import slope_index as slope_index
    from dueregard.inference.standardised import standardised_rate as standardised_rate
    from dueregard.inference.standardised_comparisons import compare_standardised_rates as compare_standardised_rates
    from dueregard.inference.stratified import Homogeneity as Homogeneity
    from dueregard.inference.stratified import Stratified as Stratified
    from dueregard.inference.stratified import compare_stratified as compare_stratified
    from dueregard.inference.stratified_rates import compare_stratified_rates as compare_stratified_rates
    from dueregard.inference.unknown_bounds import UnknownBounds as UnknownBounds
    from dueregard.inference.unknown_bounds import bound_proportions as bound_proportions
    from dueregard.inference.unknown_bounds import bound_rates as bound_rates
    from dueregard.measures.crossings import crossings as crossings
    from dueregard.measures.declarations import declaration as declaration
    from dueregard.measures.funnels import funnel as funnel
    from dueregard.measures.gaps import gap as gap
    from dueregard.measures.inequalities import inequality as inequality
    from dueregard.measures.ordinal_gaps import ordinal_gap as ordinal_gap
    from dueregard.measures.outcome_tests import outcome_test as outcome_test
    from dueregard.measures.parities import parity as parity
    from dueregard.measures.pay_gaps import pay_gap as pay_gap
    from dueregard.measures.pay_quarters import pay_quarters as pay_quarters
    from dueregard.measures.populations import Population as Population
    from dueregard.measures.populations import population as population
    from dueregard.measures.proportionality import proportionality as proportionality
    from dueregard.measures.repeats import repeats as repeats
    from dueregard.measures.representations import representation as representation
    from dueregard.measures.resampled import bootstrap as bootstrap
    from dueregard.measures.resampled import permutation_test as permutation_test
    from dueregard.measures.share_changes import share_change as share_change
    from dueregard.measures.shares import share as share
    from dueregard.measures.shrunken import shrink as shrink
    from dueregard.measures.stage_catalogue import Stage as Stage
    from dueregard.measures.stage_catalogue import stages as stages
    from dueregard.measures.stage_tables import workforce_stages as workforce_stages
    from dueregard.measures.stages import relative_likelihood as relative_likelihood
    from dueregard.measures.standardised import standardise as standardise
    from dueregard.measures.time_gaps import time_gap as time_gap
    from dueregard.measures.unknowns import unknowns as unknowns
    from dueregard.publish.checks.check import Check as Check
    from dueregard.publish.checks.check import check as check
    from dueregard.publish.report.report import write_report as write_report
    from dueregard.records.classifications import age_band as age_band
    from dueregard.records.classifications import classify as classify
    from dueregard.records.classifications import mapping as mapping
    from dueregard.records.classifications import mappings as mappings
    from dueregard.records.known_files.perceptions import read_perceptions as read_perceptions
    from dueregard.records.known_files.stop_search import read_stop_search as read_stop_search
    from dueregard.records.known_files.use_of_force import read_use_of_force as read_use_of_force
    from dueregard.tallies import Cube as Cube
    from dueregard.tallies import Tally as Tally
    from dueregard.tallies import load_tally as load_tally

# Where each public name lives; the imports above say the same to type checkers.
_HOMES = {
    "Assessment": "assessment",
    "Bootstrap": "inference.resampling",
    "Check": "publish.checks.check",
    "Comparison": "inference.comparisons",
    "Cube": "tallies",
    "Findings": "findings",
    "Flag": "flags",
    "Framework": "assessment",
    "Homogeneity": "inference.stratified",
    "OVERALL": "inference.references",
    "PermutationTest": "inference.resampling",
    "Population": "measures.populations",
    "REST": "inference.references",
    "SampleSize": "inference.planning",
    "Shortfall": "inference.shortfall",
    "Stage": "measures.stage_catalogue",
    "Stratified": "inference.stratified",
    "Tally": "tallies",
    "UnknownBounds": "inference.unknown_bounds",
    "adjust_pvalues": "inference.multiplicity",
    "age_band": "records.classifications",
    "assess": "assessment",
    "between_group_variance": "inference.between_group_variance",
    "attributable": "inference.attributable",
    "beta_binomial": "inference.shrinkage",
    "bootstrap": "measures.resampled",
    "bound_answers": "inference.answer_bounds",
    "bound_proportions": "inference.unknown_bounds",
    "bound_rates": "inference.unknown_bounds",
    "check": "publish.checks.check",
    "classify": "records.classifications",
    "compare_groups": "inference.group_comparisons",
    "compare_medians": "inference.medians",
    "compare_ordinal": "inference.ordinal",
    "compare_paired": "inference.paired",
    "compare_proportions": "inference.comparisons",
    "compare_rates": "inference.rates",
    "compare_share": "inference.share_ratio",
    "compare_standardised_rates": "inference.standardised_comparisons",
    "compare_stratified": "inference.stratified",
    "compare_stratified_rates": "inference.stratified_rates",
    "comparison_power": "inference.planning",
    "comparison_sample_size": "inference.planning",
    "concentration": "inference.concentration",
    "crossings": "measures.crossings",
    "data": "",
    "disparity_index": "inference.disparity_index",
    "dissimilarity": "inference.dissimilarity",
    "declaration": "measures.declarations",
    "expected_events": "inference.indirect",
    "frameworks": "assessment",
    "funnel": "measures.funnels",
    "funnel_limits": "inference.funnel_limits",
    "funnel_scores": "inference.funnel_limits",
    "gamma_poisson": "inference.shrinkage",
    "gap": "measures.gaps",
    "group_inequality": "inference.group_inequality",
    "indirect_ratio": "inference.indirect",
    "inequality": "measures.inequalities",
    "load_tally": "tallies",
    "log_rank": "inference.event_times",
    "mapping": "records.classifications",
    "mappings": "records.classifications",
    "median_interval": "inference.medians",
    "median_time": "inference.event_times",
    "ordinal_gap": "measures.ordinal_gaps",
    "outcome_test": "measures.outcome_tests",
    "overdispersion": "inference.overdispersion",
    "parity": "measures.parities",
    "pay_gap": "measures.pay_gaps",
    "pay_quarters": "measures.pay_quarters",
    "permutation_test": "measures.resampled",
    "population": "measures.populations",
    "proportion_interval": "inference.intervals",
    "proportionality": "measures.proportionality",
    "repeats": "measures.repeats",
    "ridits": "inference.ordinal",
    "rate_interval": "inference.intervals",
    "read_perceptions": "records.known_files.perceptions",
    "read_stop_search": "records.known_files.stop_search",
    "read_use_of_force": "records.known_files.use_of_force",
    "relative_likelihood": "measures.stages",
    "representation": "measures.representations",
    "share": "measures.shares",
    "share_change": "measures.share_changes",
    "share_within": "inference.event_times",
    "shortfall": "inference.shortfall",
    "shrink": "measures.shrunken",
    "slope_index": "inference.slope_index",
    "stages": "measures.stage_catalogue",
    "standardise": "measures.standardised",
    "standardised_rate": "inference.standardised",
    "tally": "counting",
    "time_gap": "measures.time_gaps",
    "unknowns": "measures.unknowns",
    "workforce_stages": "measures.stage_tables",
    "write_report": "publish.report.report",
}

__all__ = [*_HOMES, "__version__"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'dueregard' has no attribute {name!r}")
    home = _HOMES[name]
    value = getattr(import_module(f"dueregard.{home}"), name) if home else import_module(f"dueregard.{name}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
