/* Intervals of a rate: x events, taken to be Poisson, over an exposure. At x = 0 every lower limit is 0. */
#ifndef DG_RATE_INTERVAL_H
#define DG_RATE_INTERVAL_H

#include "kernels/inference/interval.h"

/* NULL when there is no method of that name. */
dg_interval dg_find_rate_interval(const char *name);

/* The means at which P(X > x) + P(X = x)/2 and P(X < x) + P(X = x)/2 are the tail. Cohen, G. R., Yang, S.-Y. (1994), Statistics in
 * Medicine 13: 2189-2203. */
dg_limits dg_mid_p_rate(double x, double exposure, const dg_confidence *confidence);

/* The means at which P(X >= x) and P(X <= x) are the tail. Garwood, F. (1936), Biometrika 28: 437-442. */
dg_limits dg_exact_rate(double x, double exposure, const dg_confidence *confidence);

/* x (1 - 1/(9x) - z/(3 sqrt x))^3 and the same above with x + 1: Wilson and Hilferty's approximation of the exact limits; a lower
 * limit below 0 is 0. Breslow, N. E., Day, N. E. (1987), Statistical methods in cancer research II, equation (2.13). */
dg_limits dg_byar_rate(double x, double exposure, const dg_confidence *confidence);

/* Equal tails of the gamma distribution of shape x + 1/2, but 0 at x = 0. */
dg_limits dg_jeffreys_rate(double x, double exposure, const dg_confidence *confidence);

/* The means at which (x - mean)^2 = z^2 mean. */
dg_limits dg_score_rate(double x, double exposure, const dg_confidence *confidence);

#endif
