/* How likely one or two rejection regions are, along the line of pairs of shares that a null
 * difference leaves open. */
#ifndef DG_REGION_TAIL_H
#define DG_REGION_TAIL_H

#include "kernels/distributions/binomial_window.h"
#include "kernels/inference/rejection_region.h"

#include <stdbool.h>

/* `upper` holds tables with a high difference. `lower` holds those with a low one, as a region
 * whose first group is the second sample; it may be NULL. The second sample's share is t, the first
 * one's t + null (each region may have its own null: with the two ends of a range of nulls the sum
 * bounds that of every null between). */
typedef struct {
    const dg_rejection_region *upper, *lower;
    double null_upper, null_lower;
    dg_binomial_window *first, *second;
    double *scratch; /* max(n1, n2) + 3 */
} dg_region_tail;

/* The probability at t, its derivative there, and the first group's and second group's Fisher
 * information about t. */
typedef struct {
    double t, value, slope;
} dg_tail_point;

dg_tail_point
dg_tail_at(const dg_region_tail *tail, double t);

/* Not less than the probability anywhere between two values of t: each region at the corner of the
 * box that favours it. */
double
dg_tail_bound(const dg_region_tail *tail, double from, double to);

/* Not less than the fourth derivative, in size, anywhere between two values of t where the
 * probability of each region is at most `most`.
 *
 * The k-th derivative of the probability of a set of tables is its covariance with a polynomial of
 * the counts whose variance is at most k! I^k, I being the Fisher information n1 / (p1 (1 - p1)) +
 * n2 / (p2 (1 - p2)); so it is at most sqrt(P (1 - P) k! I^k), and I, being convex, is largest at
 * an end. It is also at most 2^(k-1) (n1 + n2)^k, a difference of order k of numbers from 0 to 1,
 * which serves where I is infinite. */
double
dg_fourth_derivative_bound(const dg_region_tail *tail, double from, double to, double most);

/* The values of t for which both shares of every region lie between 0 and 1. */
double
dg_tail_start(const dg_region_tail *tail);
double
dg_tail_end(const dg_region_tail *tail);

#endif
