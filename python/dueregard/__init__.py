"""Equality statistics for the public sector: records to counts, counts to gaps, gaps to findings that can be published.

The way through: `tally` counts records, `gap` and the other measures turn counts into `Findings`, and findings show,
draw, say and save themselves. Each public name is loaded when it is first used, so importing costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from dueregard.version import __version__ as __version__

if TYPE_CHECKING:
    from dueregard import data as data
    from dueregard.assessment import AnswerScores as AnswerScores
    from dueregard.assessment import Assessment as Assessment
    from dueregard.assessment import Framework as Framework
    from dueregard.assessment import Rounds as Rounds
    from dueregard.assessment import assess as assess
    from dueregard.assessment import assess_rounds as assess_rounds
    from dueregard.assessment import frameworks as frameworks
    from dueregard.assessment import progress as progress
    from dueregard.assessment import score_answers as score_answers
    from dueregard.assessment.returns import ResponseRate as ResponseRate
    from dueregard.assessment.returns import Returns as Returns
    from dueregard.assessment.returns import merge_returns as merge_returns
    from dueregard.assessment.returns import read_return as read_return
    from dueregard.assessment.returns import response_rate as response_rate
    from dueregard.assessment.returns import write_return as write_return
    from dueregard.assessment.returns import write_returns as write_returns
    from dueregard.assessment.verification.agreement import agreement as agreement
    from dueregard.assessment.verification.dip_samples import dip_sample as dip_sample
    from dueregard.assessment.verification.pairings import pair_units as pair_units
    from dueregard.assessment.verification.verified_scores import verified_score as verified_score
    from dueregard.audits.auditing import audit as audit
    from dueregard.audits.possible_counts import Consistent as Consistent
    from dueregard.audits.possible_counts import consistent as consistent
    from dueregard.counting import tally as tally
    from dueregard.designs.survey_design import SurveyDesign as SurveyDesign
    from dueregard.designs.survey_design import survey_design as survey_design
    from dueregard.findings import Findings as Findings
    from dueregard.flags import Flag as Flag
    from dueregard.inference.areas.funnel_limits import funnel_limits as funnel_limits
    from dueregard.inference.areas.funnel_limits import funnel_scores as funnel_scores
    from dueregard.inference.areas.overdispersion import overdispersion as overdispersion
    from dueregard.inference.areas.rank_intervals import rank_intervals as rank_intervals
    from dueregard.inference.areas.shrinkage import beta_binomial as beta_binomial
    from dueregard.inference.areas.shrinkage import gamma_poisson as gamma_poisson
    from dueregard.inference.decomposition.rates.das_gupta import das_gupta as das_gupta
    from dueregard.inference.decomposition.rates.kitagawa import kitagawa as kitagawa
    from dueregard.inference.decomposition.unmeasured import EValue as EValue
    from dueregard.inference.decomposition.unmeasured import e_value as e_value
    from dueregard.inference.distributions.event_times import log_rank as log_rank
    from dueregard.inference.distributions.event_times import median_time as median_time
    from dueregard.inference.distributions.event_times import share_within as share_within
    from dueregard.inference.distributions.medians import compare_medians as compare_medians
    from dueregard.inference.distributions.medians import median_interval as median_interval
    from dueregard.inference.distributions.ordinal import compare_ordinal as compare_ordinal
    from dueregard.inference.distributions.ordinal import ridits as ridits
    from dueregard.inference.distributions.resampling import Bootstrap as Bootstrap
    from dueregard.inference.distributions.resampling import PermutationTest as PermutationTest
    from dueregard.inference.finite_populations.check_sizes import DipSampleSize as DipSampleSize
    from dueregard.inference.finite_populations.check_sizes import dip_sample_size as dip_sample_size
    from dueregard.inference.importance.relative_importance import relative_importance as relative_importance
    from dueregard.inference.importance.shapley_values import shapley_values as shapley_values
    from dueregard.inference.indices.between_group_variance import between_group_variance as between_group_variance
    from dueregard.inference.indices.concentration import concentration as concentration
    from dueregard.inference.indices.disparity_index import disparity_index as disparity_index
    from dueregard.inference.indices.dissimilarity import dissimilarity as dissimilarity
    from dueregard.inference.indices.group_inequality import group_inequality as group_inequality
    from dueregard.inference.indices.slope_index import slope_index as slope_index
    from dueregard.inference.intervals import proportion_interval as proportion_interval
    from dueregard.inference.intervals import rate_interval as rate_interval
    from dueregard.inference.references import BEST as BEST
    from dueregard.inference.references import LARGEST as LARGEST
    from dueregard.inference.references import OVERALL as OVERALL
    from dueregard.inference.references import REST as REST
    from dueregard.inference.references import target as target
    from dueregard.inference.staff.share_ratio import compare_share as compare_share
    from dueregard.inference.strata.indirect import expected_events as expected_events
    from dueregard.inference.strata.indirect import indirect_ratio as indirect_ratio
    from dueregard.inference.strata.standardised import standardised_rate as standardised_rate
    from dueregard.inference.strata.standardised_comparisons import (
        compare_standardised_rates as compare_standardised_rates,
    )
    from dueregard.inference.strata.stratified import Homogeneity as Homogeneity
    from dueregard.inference.strata.stratified import Stratified as Stratified
    from dueregard.inference.strata.stratified import compare_stratified as compare_stratified
    from dueregard.inference.strata.stratified_rates import compare_stratified_rates as compare_stratified_rates
    from dueregard.inference.trends.windows import RollingIntervals as RollingIntervals
    from dueregard.inference.trends.windows import rolling_intervals as rolling_intervals
    from dueregard.inference.two_groups.attributable import attributable as attributable
    from dueregard.inference.two_groups.comparisons import Comparison as Comparison
    from dueregard.inference.two_groups.comparisons import compare_proportions as compare_proportions
    from dueregard.inference.two_groups.detectable_gaps import detectable_gap as detectable_gap
    from dueregard.inference.two_groups.group_comparisons import compare_groups as compare_groups
    from dueregard.inference.two_groups.implied_design_effects import cluster_design_effect as cluster_design_effect
    from dueregard.inference.two_groups.implied_design_effects import implied_design_effect as implied_design_effect
    from dueregard.inference.two_groups.multiplicity import adjust_pvalues as adjust_pvalues
    from dueregard.inference.two_groups.paired import compare_paired as compare_paired
    from dueregard.inference.two_groups.planning import SampleSize as SampleSize
    from dueregard.inference.two_groups.planning import comparison_power as comparison_power
    from dueregard.inference.two_groups.planning import comparison_sample_size as comparison_sample_size
    from dueregard.inference.two_groups.precision import gap_precision as gap_precision
    from dueregard.inference.two_groups.precision import share_precision as share_precision
    from dueregard.inference.two_groups.precision_sizes import precision_sample_size as precision_sample_size
    from dueregard.inference.two_groups.rates import compare_rates as compare_rates
    from dueregard.inference.two_groups.shortfall import Shortfall as Shortfall
    from dueregard.inference.two_groups.shortfall import shortfall as shortfall
    from dueregard.inference.unknowns.answer_bounds import bound_answers as bound_answers
    from dueregard.inference.unknowns.unknown_bounds import UnknownBounds as UnknownBounds
    from dueregard.inference.unknowns.unknown_bounds import bound_proportions as bound_proportions
    from dueregard.inference.unknowns.unknown_bounds import bound_rates as bound_rates
    from dueregard.measures.areas.funnels import funnel as funnel
    from dueregard.measures.areas.ranks import rank as rank
    from dueregard.measures.areas.shrunken import shrink as shrink
    from dueregard.measures.crossings.crossings import crossings as crossings
    from dueregard.measures.decomposition.changes.gap_change_decompositions import (
        decompose_gap_change as decompose_gap_change,
    )
    from dueregard.measures.decomposition.rates.gap_decompositions import decompose_gap as decompose_gap
    from dueregard.measures.decomposition.regression.oaxaca_blinders import oaxaca_blinder as oaxaca_blinder
    from dueregard.measures.decomposition.reweighting.reweighted_gaps import reweighted_gap as reweighted_gap
    from dueregard.measures.drivers.compared_drivers import compare_drivers as compare_drivers
    from dueregard.measures.drivers.key_drivers import key_drivers as key_drivers
    from dueregard.measures.gaps.gaps import gap as gap
    from dueregard.measures.gaps.ordinal_gaps import ordinal_gap as ordinal_gap
    from dueregard.measures.gaps.pay_gaps import pay_gap as pay_gap
    from dueregard.measures.gaps.pay_quarters import pay_quarters as pay_quarters
    from dueregard.measures.gaps.time_gaps import time_gap as time_gap
    from dueregard.measures.indices.inequalities import inequality as inequality
    from dueregard.measures.populations.populations import Population as Population
    from dueregard.measures.populations.populations import population as population
    from dueregard.measures.rates.outcome_tests import outcome_test as outcome_test
    from dueregard.measures.rates.proportionality import proportionality as proportionality
    from dueregard.measures.rates.standardised import standardise as standardise
    from dueregard.measures.repeats.repeats import repeats as repeats
    from dueregard.measures.resampled import bootstrap as bootstrap
    from dueregard.measures.resampled import permutation_test as permutation_test
    from dueregard.measures.shares import share as share
    from dueregard.measures.surveys.choices.multiple_responses import multiple_responses as multiple_responses
    from dueregard.measures.surveys.hypotheses.survey_tests import survey_test as survey_test
    from dueregard.measures.surveys.minimum_groups import minimum_group as minimum_group
    from dueregard.measures.surveys.nonresponse.nonresponse_bounds import bound_nonresponse as bound_nonresponse
    from dueregard.measures.surveys.nonresponse.survey_responses import survey_response as survey_response
    from dueregard.measures.surveys.nonresponse.weighting_checks import weighting_classes as weighting_classes
    from dueregard.measures.surveys.sample_precision import precision as precision
    from dueregard.measures.surveys.survey_estimates import survey_estimate as survey_estimate
    from dueregard.measures.trends.breaks import Break as Break
    from dueregard.measures.trends.gap_changes import change as change
    from dueregard.measures.trends.gap_changes import gap_change as gap_change
    from dueregard.measures.trends.rate_rollings import rolling_rates as rolling_rates
    from dueregard.measures.trends.rollings import rolling as rolling
    from dueregard.measures.unknowns.declarations import declaration as declaration
    from dueregard.measures.unknowns.unknowns import unknowns as unknowns
    from dueregard.measures.workforce.parities import parity as parity
    from dueregard.measures.workforce.relative_likelihoods import relative_likelihood as relative_likelihood
    from dueregard.measures.workforce.representations import representation as representation
    from dueregard.measures.workforce.share_changes import share_change as share_change
    from dueregard.measures.workforce.stage_catalogue import Stage as Stage
    from dueregard.measures.workforce.stage_catalogue import stages as stages
    from dueregard.measures.workforce.stage_tables import workforce_stages as workforce_stages
    from dueregard.plans.equality_objectives import objectives_2012 as objectives_2012
    from dueregard.plans.plans import Plan as Plan
    from dueregard.plans.plans import plan as plan
    from dueregard.plans.scorecards import scorecard as scorecard
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
    "AnswerScores": "assessment",
    "Assessment": "assessment",
    "BEST": "inference.references",
    "Bootstrap": "inference.distributions.resampling",
    "Break": "measures.trends.breaks",
    "Check": "publish.checks.check",
    "Comparison": "inference.two_groups.comparisons",
    "Consistent": "audits.possible_counts",
    "Cube": "tallies",
    "das_gupta": "inference.decomposition.rates.das_gupta",
    "decompose_gap": "measures.decomposition.rates.gap_decompositions",
    "decompose_gap_change": "measures.decomposition.changes.gap_change_decompositions",
    "DipSampleSize": "inference.finite_populations.check_sizes",
    "EValue": "inference.decomposition.unmeasured",
    "Findings": "findings",
    "Flag": "flags",
    "Framework": "assessment",
    "Homogeneity": "inference.strata.stratified",
    "kitagawa": "inference.decomposition.rates.kitagawa",
    "LARGEST": "inference.references",
    "OVERALL": "inference.references",
    "PermutationTest": "inference.distributions.resampling",
    "Plan": "plans.plans",
    "Population": "measures.populations.populations",
    "REST": "inference.references",
    "ResponseRate": "assessment.returns",
    "Returns": "assessment.returns",
    "RollingIntervals": "inference.trends.windows",
    "Rounds": "assessment",
    "SampleSize": "inference.two_groups.planning",
    "Shortfall": "inference.two_groups.shortfall",
    "Stage": "measures.workforce.stage_catalogue",
    "Stratified": "inference.strata.stratified",
    "SurveyDesign": "designs.survey_design",
    "Tally": "tallies",
    "UnknownBounds": "inference.unknowns.unknown_bounds",
    "adjust_pvalues": "inference.two_groups.multiplicity",
    "age_band": "records.classifications",
    "agreement": "assessment.verification.agreement",
    "assess": "assessment",
    "assess_rounds": "assessment",
    "audit": "audits.auditing",
    "between_group_variance": "inference.indices.between_group_variance",
    "attributable": "inference.two_groups.attributable",
    "beta_binomial": "inference.areas.shrinkage",
    "bootstrap": "measures.resampled",
    "bound_answers": "inference.unknowns.answer_bounds",
    "bound_proportions": "inference.unknowns.unknown_bounds",
    "bound_nonresponse": "measures.surveys.nonresponse.nonresponse_bounds",
    "bound_rates": "inference.unknowns.unknown_bounds",
    "change": "measures.trends.gap_changes",
    "check": "publish.checks.check",
    "classify": "records.classifications",
    "cluster_design_effect": "inference.two_groups.implied_design_effects",
    "compare_drivers": "measures.drivers.compared_drivers",
    "compare_groups": "inference.two_groups.group_comparisons",
    "compare_medians": "inference.distributions.medians",
    "compare_ordinal": "inference.distributions.ordinal",
    "compare_paired": "inference.two_groups.paired",
    "compare_proportions": "inference.two_groups.comparisons",
    "compare_rates": "inference.two_groups.rates",
    "compare_share": "inference.staff.share_ratio",
    "compare_standardised_rates": "inference.strata.standardised_comparisons",
    "compare_stratified": "inference.strata.stratified",
    "compare_stratified_rates": "inference.strata.stratified_rates",
    "comparison_power": "inference.two_groups.planning",
    "comparison_sample_size": "inference.two_groups.planning",
    "concentration": "inference.indices.concentration",
    "consistent": "audits.possible_counts",
    "crossings": "measures.crossings.crossings",
    "data": "",
    "detectable_gap": "inference.two_groups.detectable_gaps",
    "dip_sample": "assessment.verification.dip_samples",
    "dip_sample_size": "inference.finite_populations.check_sizes",
    "disparity_index": "inference.indices.disparity_index",
    "dissimilarity": "inference.indices.dissimilarity",
    "declaration": "measures.unknowns.declarations",
    "e_value": "inference.decomposition.unmeasured",
    "expected_events": "inference.strata.indirect",
    "frameworks": "assessment",
    "funnel": "measures.areas.funnels",
    "funnel_limits": "inference.areas.funnel_limits",
    "funnel_scores": "inference.areas.funnel_limits",
    "gamma_poisson": "inference.areas.shrinkage",
    "gap": "measures.gaps.gaps",
    "gap_change": "measures.trends.gap_changes",
    "gap_precision": "inference.two_groups.precision",
    "group_inequality": "inference.indices.group_inequality",
    "implied_design_effect": "inference.two_groups.implied_design_effects",
    "indirect_ratio": "inference.strata.indirect",
    "inequality": "measures.indices.inequalities",
    "key_drivers": "measures.drivers.key_drivers",
    "load_tally": "tallies",
    "log_rank": "inference.distributions.event_times",
    "mapping": "records.classifications",
    "mappings": "records.classifications",
    "median_interval": "inference.distributions.medians",
    "median_time": "inference.distributions.event_times",
    "minimum_group": "measures.surveys.minimum_groups",
    "multiple_responses": "measures.surveys.choices.multiple_responses",
    "objectives_2012": "plans.equality_objectives",
    "merge_returns": "assessment.returns",
    "oaxaca_blinder": "measures.decomposition.regression.oaxaca_blinders",
    "ordinal_gap": "measures.gaps.ordinal_gaps",
    "outcome_test": "measures.rates.outcome_tests",
    "overdispersion": "inference.areas.overdispersion",
    "pair_units": "assessment.verification.pairings",
    "parity": "measures.workforce.parities",
    "pay_gap": "measures.gaps.pay_gaps",
    "pay_quarters": "measures.gaps.pay_quarters",
    "permutation_test": "measures.resampled",
    "plan": "plans.plans",
    "population": "measures.populations.populations",
    "precision": "measures.surveys.sample_precision",
    "precision_sample_size": "inference.two_groups.precision_sizes",
    "progress": "assessment",
    "proportion_interval": "inference.intervals",
    "proportionality": "measures.rates.proportionality",
    "rank": "measures.areas.ranks",
    "rank_intervals": "inference.areas.rank_intervals",
    "repeats": "measures.repeats.repeats",
    "ridits": "inference.distributions.ordinal",
    "rate_interval": "inference.intervals",
    "read_perceptions": "records.known_files.perceptions",
    "read_return": "assessment.returns",
    "read_stop_search": "records.known_files.stop_search",
    "read_use_of_force": "records.known_files.use_of_force",
    "relative_importance": "inference.importance.relative_importance",
    "relative_likelihood": "measures.workforce.relative_likelihoods",
    "representation": "measures.workforce.representations",
    "scorecard": "plans.scorecards",
    "response_rate": "assessment.returns",
    "reweighted_gap": "measures.decomposition.reweighting.reweighted_gaps",
    "rolling": "measures.trends.rollings",
    "rolling_intervals": "inference.trends.windows",
    "rolling_rates": "measures.trends.rate_rollings",
    "score_answers": "assessment",
    "shapley_values": "inference.importance.shapley_values",
    "share": "measures.shares",
    "share_change": "measures.workforce.share_changes",
    "share_precision": "inference.two_groups.precision",
    "share_within": "inference.distributions.event_times",
    "shortfall": "inference.two_groups.shortfall",
    "shrink": "measures.areas.shrunken",
    "slope_index": "inference.indices.slope_index",
    "stages": "measures.workforce.stage_catalogue",
    "standardise": "measures.rates.standardised",
    "standardised_rate": "inference.strata.standardised",
    "survey_design": "designs.survey_design",
    "survey_estimate": "measures.surveys.survey_estimates",
    "survey_response": "measures.surveys.nonresponse.survey_responses",
    "survey_test": "measures.surveys.hypotheses.survey_tests",
    "tally": "counting",
    "target": "inference.references",
    "time_gap": "measures.gaps.time_gaps",
    "unknowns": "measures.unknowns.unknowns",
    "verified_score": "assessment.verification.verified_scores",
    "weighting_classes": "measures.surveys.nonresponse.weighting_checks",
    "workforce_stages": "measures.workforce.stage_tables",
    "write_report": "publish.report.report",
    "write_return": "assessment.returns",
    "write_returns": "assessment.returns",
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
