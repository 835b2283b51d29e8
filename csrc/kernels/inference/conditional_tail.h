/* An equation for an odds ratio, given both margins: the one at which a tail of Fisher's noncentral
 * hypergeometric distribution has a given probability. */
#ifndef DG_CONDITIONAL_TAIL_H
#define DG_CONDITIONAL_TAIL_H

#include "kernels/distributions/noncentral_hypergeometric.h"
#include "kernels/inference/root.h"

/* The tail of a table: all tables above it, a share of its own probability, and those far below. */
typedef struct {
    dg_fourfold table;
    double own;   /* how much of the table's own probability belongs to its tail: 1, or one half for
                     mid-p */
    double tail;  /* the probability to be reached */
    double steps; /* tables this far below and further belong to the tail too; 0 for none */
} dg_conditional_tail;

/* The probability of the tail at an odds ratio. */
double
dg_conditional_tail_at(const dg_conditional_tail *sought, double odds_ratio);

/* By how much the tail exceeds the probability to be reached, as a difference of logarithms;
 * `context` is a dg_conditional_tail. */
double
dg_conditional_tail_excess(double log_odds, const void *context);

/* Where an increasing function of the log odds ratio, whose context is `sought`, is zero, as an
 * odds ratio: 0 or infinity if it lies beyond what can be looked through. The search starts `z`
 * standard errors below the sample's log odds ratio and goes on by `stride` standard errors. */
double
dg_conditional_root(dg_function function, const dg_conditional_tail *sought, double z,
                    double stride);

/* The smallest odds ratio whose tail, of tables not below, reaches the probability; 0 where every
 * one does. `z` is the normal quantile of that probability, from which the search starts. */
double
dg_smallest_conditional_odds(const dg_conditional_tail *sought, double z);

#endif
