/* The binomial distribution: x cases among n, each with probability p. */
#ifndef DG_BINOMIAL_H
#define DG_BINOMIAL_H

/* All take x and n that may be fractions (effective numbers), 0 <= p <= 1, and are right to about 1e-12 of themselves for n up to a
 * million. At p = 0 and 1 and at the ends of the range they are exact; x outside 0 to n has probability 0. NaN stays NaN. */

/* P(X = x), by Loader's saddle point; for fractions the factorials are gamma functions. */
double dg_binomial_probability(double x, double n, double p);

/* P(X <= x) and P(X >= x): for fractions, the incomplete beta functions that these are for whole numbers. */
double dg_binomial_lower_tail(double x, double n, double p);
double dg_binomial_upper_tail(double x, double n, double p);

/* The same with only half of P(X = x), so that the two add up to 1. */
double dg_binomial_lower_mid_tail(double x, double n, double p);
double dg_binomial_upper_mid_tail(double x, double n, double p);

#endif
