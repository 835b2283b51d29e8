/* Intervals of one proportion, x cases of n. All lie within [0, 1]; the interval of n - x of n is the mirror image, to the last bit
 * but for the rounding of 1 - limit; at x = 0 the lower limit is 0 and at x = n the upper is 1. */
#ifndef DG_PROPORTION_INTERVAL_H
#define DG_PROPORTION_INTERVAL_H

#include "kernels/inference/interval.h"

/* NULL when there is no method of that name. */
dg_interval dg_find_proportion_interval(const char *name);

/* The p at which (x/n - p)^2 n = z^2 p (1 - p). Wilson, E. B. (1927), JASA 22: 209-212. */
dg_limits dg_wilson_interval(double x, double n, const dg_confidence *confidence);

/* Wald's interval after z^2/2 cases and as many others are added, cut at 0 and 1. Agresti, A., Coull, B. A. (1998), The American
 * Statistician 52: 119-126. */
dg_limits dg_agresti_coull_interval(double x, double n, const dg_confidence *confidence);

/* Equal tails of the beta distribution with x + 1/2 and n - x + 1/2, but 0 at x = 0 and 1 at x = n: Brown, L. D., Cai, T. T., DasGupta, A.
 * (2001), Statistical Science 16: 101-133, equations (8) and (9). */
dg_limits dg_jeffreys_interval(double x, double n, const dg_confidence *confidence);

/* The p at which P(X >= x) and P(X <= x) are the tail. Clopper, C. J., Pearson, E. S. (1934), Biometrika 26: 404-413. */
dg_limits dg_clopper_pearson_interval(double x, double n, const dg_confidence *confidence);

/* The same with half of P(X = x). Lancaster, H. O. (1961), JASA 56: 223-234. */
dg_limits dg_mid_p_interval(double x, double n, const dg_confidence *confidence);

/* x/n -+ z sqrt(x/n (1 - x/n) / n), cut at 0 and 1; a point at x = 0 and x = n. */
dg_limits dg_wald_interval(double x, double n, const dg_confidence *confidence);

#endif
