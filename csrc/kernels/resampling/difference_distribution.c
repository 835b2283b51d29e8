#include "kernels/resampling/difference_distribution.h"

#include "kernels/resampling/law_tails.h"

#include <stdbool.h>

typedef struct {
    int64_t nobs1, nobs2;
    dg_law_tails first, second;
    double tail;
} two_laws;

/* ceil(a / b) in quotient; quotient b - a in remainder. */
typedef struct {
    int64_t quotient, remainder;
} ceiling;

static ceiling
ceiling_of(int64_t a, int64_t b)
{
    ceiling at = {a / b, 0};
    at.remainder = at.quotient * b - a;
    if (at.remainder < 0) {
        at.quotient++;
        at.remainder += b;
    }
    return at;
}

/* P(D <= k), or P(D > k): for each X1, D <= k when X2 is at least ceil((X1 nobs2 - k) / nobs1), which is carried along
 * without another division. */
static double
chance_of(const two_laws *laws, int64_t k, bool above)
{
    const int64_t whole = laws->nobs2 / laws->nobs1, rest = laws->nobs2 % laws->nobs1;
    ceiling at = ceiling_of(laws->first.first * laws->nobs2 - k, laws->nobs1);
    double sum = 0.0;
    for (int64_t i = 0; i <= laws->first.last - laws->first.first; i++) {
        const double chance = above ? dg_at_most(&laws->second, at.quotient - 1) : dg_at_least(&laws->second, at.quotient);
        sum += laws->first.chance[i] * chance;
        at.quotient += whole;
        at.remainder -= rest;
        if (at.remainder < 0) {
            at.quotient++;
            at.remainder += laws->nobs1;
        }
    }
    return sum;
}

static bool
is_reached(const two_laws *laws, int64_t k, bool upper)
{
    return upper ? chance_of(laws, k, true) <= laws->tail * (1.0 + DG_SAME_CHANCE)
                 : chance_of(laws, k, false) >= laws->tail * (1.0 - DG_SAME_CHANCE);
}

/* The smallest k at which the quantile is reached, by halving: there the distribution function jumps, so k is a value of D. */
static dg_status
find_quantile(const two_laws *laws, bool upper, int64_t *quantile, const dg_stop *stop)
{
    int64_t below = laws->first.first * laws->nobs2 - laws->second.last * laws->nobs1 - 1;
    int64_t reached = laws->first.last * laws->nobs2 - laws->second.first * laws->nobs1;
    while (reached - below > 1) {
        if (dg_stop_asked(stop)) {
            return DG_STOPPED;
        }
        const int64_t middle = below + (reached - below) / 2;
        if (is_reached(laws, middle, upper)) {
            reached = middle;
        }
        else {
            below = middle;
        }
    }
    *quantile = reached;
    return DG_OK;
}

dg_status
dg_difference_quantiles(const dg_two_shares *shares, double tail, int64_t *low, int64_t *high, const dg_stop *stop)
{
    const dg_count_law first = dg_binomial_law(shares->nobs1, shares->count1, shares->nobs1);
    const dg_count_law second = dg_binomial_law(shares->nobs2, shares->count2, shares->nobs2);
    two_laws laws = {.nobs1 = shares->nobs1, .nobs2 = shares->nobs2, .tail = tail};
    dg_status status = dg_open_law_tails(&first, &laws.first, stop);
    if (status == DG_OK) {
        status = dg_open_law_tails(&second, &laws.second, stop);
    }
    if (status == DG_OK) {
        status = find_quantile(&laws, false, low, stop);
    }
    if (status == DG_OK) {
        status = find_quantile(&laws, true, high, stop);
    }
    dg_close_law_tails(&laws.second);
    dg_close_law_tails(&laws.first);
    return status;
}

dg_status
dg_permutation_tails(const dg_two_shares *shares, double *at_most, double *at_least)
{
    const int64_t marked = shares->count1 + shares->count2, total = shares->nobs1 + shares->nobs2;
    const dg_count_law law = dg_hypergeometric_law(shares->nobs1, marked, total);
    dg_law_tails tails;
    const dg_status status = dg_open_law_tails(&law, &tails, NULL);
    if (status != DG_OK) {
        return status;
    }
    *at_most = dg_at_most(&tails, shares->count1);
    *at_least = dg_at_least(&tails, shares->count1);
    dg_close_law_tails(&tails);
    return DG_OK;
}
