/* The standard normal distribution. */
#ifndef DG_NORMAL_H
#define DG_NORMAL_H

/* P(Z > z), accurate in the far tail; NaN stays NaN. */
double dg_normal_upper_tail(double z);

/* The z with P(Z > z) = tail, for a tail from 0 (infinity) to 1 (minus infinity); NaN outside. */
double dg_normal_upper_quantile(double tail);

#endif
