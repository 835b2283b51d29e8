/* Probabilities of one count in Loader's saddle-point form: no factorials, so nothing overflows or cancels.
 * Loader, C. (2000), Fast and accurate computation of binomial probabilities. */
#ifndef DG_SADDLE_POINT_H
#define DG_SADDLE_POINT_H

/* What Stirling's formula leaves out of the logarithm of x!: log(Gamma(x + 1)) - (x + 1/2) log(x) + x - log(2 pi) / 2, for x > 0. */
double dg_stirling_error(double x);

/* t - log(1 + t) for t > -1, without cancellation near 0. */
double dg_log_shortfall(double t);

/* x log(x / mean) - excess for x > 0, where excess = x - mean is given because the caller knows it to more digits than
 * the subtraction of two rounded numbers would leave. */
double dg_deviance(double x, double mean, double excess);

/* p^x q^y Gamma(x + y + 1) / (Gamma(x + 1) Gamma(y + 1)) for x, y >= 0 and q = 1 - p; the smaller of p and q is taken to be exact.
 * For whole x and y: the probability of x cases among x + y. */
double dg_binomial_mass(double x, double y, double p, double q);

/* (x + y) p short of x, to the last digit. */
double dg_binomial_excess(double x, double y, double p, double q);

/* mean^x exp(-mean) / Gamma(x + 1) for x >= 0 and a finite mean > 0. */
double dg_poisson_mass(double x, double mean);

#endif
