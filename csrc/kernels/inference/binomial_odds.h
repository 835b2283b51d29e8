/* Cases and others out of a number that is given, x and y of x + y: tests and limits of the odds between them. */
#ifndef DG_BINOMIAL_ODDS_H
#define DG_BINOMIAL_ODDS_H

#include "kernels/inference/comparison.h"

/* `own` is how much of the probability of x itself counts to each tail: 1 for an exact test, 1/2 for mid-p. Not both are 0. */
typedef struct {
    double x, y, own;
} dg_binomial_split;

/* The p-value of these odds, above 0 and finite: two-sided, twice the smaller tail, at most 1. */
double dg_binomial_odds_pvalue(const dg_binomial_split *seen, double odds, dg_alternative alternative);

/* The odds at which the tail towards the other limit is `tail`. The lower one is 0 where x is 0, the upper one infinite where y is 0. */
double dg_binomial_odds_low(const dg_binomial_split *seen, double tail);
double dg_binomial_odds_high(const dg_binomial_split *seen, double tail);

#endif
