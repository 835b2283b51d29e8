/* The restricted estimates of two proportions for every null value below the estimate, with no equation to solve.
 *
 * At the restricted estimates x1 - n1 p1 = u w(p1) and x2 - n2 p2 = -u w(p2), where u is the score (the slope of the
 * log likelihood) and w(p) is p q for a difference, q for a ratio and 1 for an odds ratio. Given the null value u is
 * the root of a cubic or a quadratic; given u, each proportion follows from its own group alone, and the null value
 * from the two. So limits are looked for among values of u, where every step is cheap and nothing cancels. */
#ifndef DG_SCORE_PATH_H
#define DG_SCORE_PATH_H

#include "kernels/inference/restricted_proportions.h"

#include <stdbool.h>

/* False where there is no null value below the estimate, or none that the data speak against. */
bool dg_has_path(const dg_two_samples *samples, dg_measure measure);

/* Positions go from 0, the estimate, to infinity, the lower end of the measure's range; both the score and the null
 * value's distance from the estimate grow. n1, n2 > 0 and there is a path. `bend`, 0 or one from dg_bend, is added to
 * the position without rounding. */
dg_restricted dg_restricted_at(const dg_two_samples *samples, dg_measure measure, double bend, double position);

/* The score statistic there, its variance not multiplied by any factor: the score times the standard error of the
 * estimate of the measure. The same as dg_statistic_of at dg_restricted_at, in a third of the time: searches spend
 * theirs here. */
double dg_statistic_on_path(const dg_two_samples *samples, dg_measure measure, double bend, double position);

/* Where a group has no cases, or only cases, its proportion stays on the path of a difference until the score is n, and
 * leaves 0 or 1 only there, at first by less than doubles near n can tell. The first such position, 0 if there is none;
 * and the second. */
double dg_first_bend(const dg_two_samples *samples, dg_measure measure);
double dg_second_bend(const dg_two_samples *samples, dg_measure measure);

/* A position where the score statistic, its variance not multiplied by any factor, is near to z > 0. */
double dg_position_near(const dg_two_samples *samples, dg_measure measure, double z);

/* The null value under which these are the restricted estimates. */
double dg_null_of(const dg_restricted *restricted, dg_measure measure);

#endif
