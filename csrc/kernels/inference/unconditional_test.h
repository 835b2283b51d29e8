/* Exact unconditional tests of a difference of two proportions. */
#ifndef DG_UNCONDITIONAL_TEST_H
#define DG_UNCONDITIONAL_TEST_H

#include "kernels/inference/unconditional_side.h"

/* How two sides make one p. Chan and Zhang (1999): twice the smaller of the two one-sided p, so
 * that the interval inverts two one-sided tests. Agresti and Min (2001): one test, of the tables
 * whose statistic is at least as far from 0. One-sided, they are the same. */
typedef enum {
    DG_CHAN_ZHANG,
    DG_AGRESTI_MIN
} dg_unconditional_method;

/* The p-value at a null from -1 to 1: the supremum, over the share that the null leaves open, of
 * the probability of tables at least as extreme. DG_OK or DG_STOPPED. */
dg_status
dg_unconditional_pvalue(const dg_unconditional_side *side, double null,
                        dg_unconditional_method method, dg_alternative alternative, double *pvalue);

#endif
