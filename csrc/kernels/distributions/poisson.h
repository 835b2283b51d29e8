/* The Poisson distribution: x events where `mean` are expected. */
#ifndef DG_POISSON_H
#define DG_POISSON_H

/* All take x and a mean >= 0 that may be fractions and are right to about 1e-12 of themselves up to a million. A mean of 0 and x = 0 are
 * exact; x below 0 has probability 0. NaN stays NaN. */

/* P(X = x), by Loader's saddle point; for fractions the factorial is a gamma function. */
double dg_poisson_probability(double x, double mean);

/* P(X <= x) and P(X >= x): for fractions, the incomplete gamma functions that these are for whole numbers. */
double dg_poisson_lower_tail(double x, double mean);
double dg_poisson_upper_tail(double x, double mean);

/* The same with only half of P(X = x), so that the two add up to 1. */
double dg_poisson_lower_mid_tail(double x, double mean);
double dg_poisson_upper_mid_tail(double x, double mean);

#endif
