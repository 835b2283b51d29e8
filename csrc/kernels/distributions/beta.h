/* The beta distribution: the regularised incomplete beta function and its inverse. */
#ifndef DG_BETA_H
#define DG_BETA_H

/* A number between 0 and 1 with its complement, so that neither loses digits: the smaller one is taken to be exact. */
typedef struct {
    double p, q; /* p + q = 1 */
} dg_fraction;

dg_fraction dg_fraction_of(double p);

/* P(X < p) and P(X > p) for X of the beta distribution with a, b > 0; p below 0 or above 1 is as the end of the range. NaN stays NaN.
 *
 * Both tails are right to about 1e-12 of themselves. The one on the nearer side of the mean is worked out, by the continued fraction
 * of Didonato and Morris or, where both parameters are large, by an integral over a fixed number of points; the other is its
 * complement. Didonato, A. R., Morris, A. H. (1992), ACM Transactions on Mathematical Software 18: 360-373. */
double dg_beta_lower_tail(double p, double a, double b);
double dg_beta_upper_tail(double p, double a, double b);

/* The same for a fraction that is close to 1. */
double dg_beta_lower_tail_at(dg_fraction at, double a, double b);
double dg_beta_upper_tail_at(dg_fraction at, double a, double b);

/* The same where `scale`, p^a q^b / B(a, b), is known already. */
double dg_beta_lower_tail_scaled(dg_fraction at, double a, double b, double scale);
double dg_beta_upper_tail_scaled(dg_fraction at, double a, double b, double scale);

/* The p that has this probability below or above it, with its complement; tail from 0 to 1. */
dg_fraction dg_beta_lower_quantile(double tail, double a, double b);
dg_fraction dg_beta_upper_quantile(double tail, double a, double b);

#endif
