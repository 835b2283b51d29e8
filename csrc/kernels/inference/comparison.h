/* Two independent samples, what is asked of them, and the answer: the terms every comparison of two groups is put in. */
#ifndef DG_COMPARISON_H
#define DG_COMPARISON_H

#include "kernels/status.h"
#include "kernels/stop.h"

#include <stddef.h>

/* How the first group is held against the second. Rates have no upper end, so their differences have no ends. */
typedef enum { DG_DIFFERENCE, DG_RATIO, DG_ODDS_RATIO, DG_RATE_DIFFERENCE } dg_measure;

/* What the null value is held against: anything else, only less, only greater. */
typedef enum { DG_TWO_SIDED, DG_LESS, DG_GREATER } dg_alternative;

/* x of n in each group: cases among observations, or events in an exposure. Fractions stand for effective numbers. */
typedef struct {
    double x1, n1, x2, n2;
} dg_two_samples;

/* `tail` is the probability outside each limit: (1 - level) / 2 for two sides, 1 - level for one; `z` is its normal quantile.
 * With one side the other limit is the end of the measure's range. */
typedef struct {
    dg_measure measure;
    dg_alternative alternative;
    double null;
    double tail;
    double z;
} dg_question;

/* `statistic` is NaN for methods that have none. */
typedef struct {
    double estimate, low, high, statistic, pvalue;
} dg_comparison;

/* One method of comparison: the whole answer for one table. Never fails: what is undefined is NaN. `question->measure` is the
 * one it was listed under. */
typedef dg_comparison (*dg_compare)(const dg_two_samples *samples, const dg_question *question);

/* A method under the name users know it by. Between two tables of a long call it is asked whether to stop: every
 * `tables_per_look` tables, which is 1 for methods that enumerate and many for formulas. */
typedef struct {
    dg_measure measure;
    const char *name;
    dg_compare compare;
    size_t tables_per_look;
} dg_comparison_method;

/* The tables of one call: arrays of n values, and one null value for each table. */
typedef struct {
    const double *x1, *n1, *x2, *n2, *null;
    size_t n;
} dg_comparison_tables;

/* Where the answers go: arrays of n values. */
typedef struct {
    double *estimate, *low, *high, *statistic, *pvalue;
} dg_comparison_columns;

/* Writes the answer for the i-th table. */
void dg_put_answer(const dg_comparison_columns *answers, size_t i, const dg_comparison *answer);

/* Answers the question for every table; question->null is replaced by each table's own. DG_OK or DG_STOPPED. */
dg_status dg_compare_tables(const dg_comparison_method *method, const dg_question *question, const dg_comparison_tables *tables,
                            const dg_comparison_columns *answers, const dg_stop *stop);

/* A question of this level; level must lie between 0 and 1. */
dg_question dg_ask(dg_measure measure, dg_alternative alternative, double confidence_level);

/* The ends of a measure's range: -1 to 1 for a difference of proportions, 0 to infinity for ratios, none for a difference of
 * rates (minus infinity and infinity). */
double dg_lowest(dg_measure measure);
double dg_highest(dg_measure measure);

/* First against second: a difference, a ratio of shares or rates, or a ratio of odds. NaN where a group is empty or for 0 against 0. */
double dg_estimate(const dg_two_samples *samples, dg_measure measure);

/* The p-value of a signed statistic that is standard normal if the null value is true. Two-sided: twice the smaller tail. */
double dg_normal_pvalue(double statistic, dg_alternative alternative);

/* Puts the end of the range in place of the limit that a one-sided question does not ask for. */
void dg_open_other_side(dg_comparison *answer, const dg_question *question);

/* A limit that coincides with the null value but for rounding is put on the side of it that the p-value says: one story, to
 * the last bit. Limits further than a millionth of a millionth away stay as they are. */
void dg_settle_rounding(dg_comparison *answer, const dg_question *question);

#endif
