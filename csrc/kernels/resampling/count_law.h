/* The law of one count, binomial or hypergeometric: its range, its mode, and how chances change from one value to the next.
 * All numbers of people are at most DG_LARGEST_TOTAL, so that products of two fit 64 bits. */
#ifndef DG_COUNT_LAW_H
#define DG_COUNT_LAW_H

#include <stdbool.h>
#include <stdint.h>

#define DG_LARGEST_TOTAL INT64_C(2147483647)

typedef struct {
    int64_t lowest, highest, mode;
    double odds;               /* of a success, for the binomial */
    double marked, drawn, gap; /* for the hypergeometric: marked people, people drawn, neither of the two less both */
    bool is_binomial;
} dg_count_law;

/* Successes in n trials that succeed with probability hits / of; 0 <= hits <= of, of > 0. */
dg_count_law dg_binomial_law(int64_t n, int64_t hits, int64_t of);

/* Marked people among `drawn` of `total` people, of whom `marked` are marked. */
dg_count_law dg_hypergeometric_law(int64_t drawn, int64_t marked, int64_t total);

/* P(x + 1) / P(x), for lowest <= x < highest. */
double dg_law_step(const dg_count_law *law, int64_t x);

/* The probabilities of single values; 0 outside the range. */
double dg_binomial_chance(int64_t x, int64_t n, int64_t hits, int64_t of);
double dg_hypergeometric_chance(int64_t x, int64_t drawn, int64_t marked, int64_t total);

#endif
