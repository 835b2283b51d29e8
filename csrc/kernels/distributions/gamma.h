/* The gamma distribution of scale 1: the regularised incomplete gamma function and its inverse. */
#ifndef DG_GAMMA_H
#define DG_GAMMA_H

/* P(X < x) and P(X > x) for X of the gamma distribution with shape > 0; x below 0 is as 0. NaN stays NaN.
 *
 * Both tails are right to about 1e-12 of themselves: by the series below the mean, Legendre's continued fraction above it, or an integral
 * over a fixed number of points where the shape is large. */
double dg_gamma_lower_tail(double x, double shape);
double dg_gamma_upper_tail(double x, double shape);

/* The same where `scale`, x^shape exp(-x) / Gamma(shape), is known already; x above 0. */
double dg_gamma_lower_tail_scaled(double x, double shape, double scale);
double dg_gamma_upper_tail_scaled(double x, double shape, double scale);

/* The x that has this probability below or above it; tail from 0 to 1. */
double dg_gamma_lower_quantile(double tail, double shape);
double dg_gamma_upper_quantile(double tail, double shape);

#endif
