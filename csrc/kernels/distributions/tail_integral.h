/* The integral of a density far from where series and continued fractions are quick: from a point beyond its peak outwards. */
#ifndef DG_TAIL_INTEGRAL_H
#define DG_TAIL_INTEGRAL_H

/* The density at a distance w from the point is its value there times exp(-slope w - sum of power (t w - log(1 + t w))) over two terms
 * (power, t): all densities made of powers and an exponential have this form. A power is 0 or large. `slope` may be negative only by
 * so little that the peak, still ahead, is near compared with the spread. */
typedef struct {
    double slope;
    double power[2];
    double per[2]; /* t of each term; negative towards an end of the range */
} dg_tail_shape;

/* Integral over w from 0 to infinity, relative to the density at the point: right to about 1e-14 if the powers other than 0 are
 * above 300. Always the same 64 points of Gauss and Legendre, so the time does not depend on the arguments. */
double dg_tail_integral(const dg_tail_shape *shape);

#endif
