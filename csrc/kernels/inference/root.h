/* Where a function crosses zero, for limits that have no formula. */
#ifndef DG_ROOT_H
#define DG_ROOT_H

typedef double (*dg_function)(double at, const void *context);

/* Two ends and the function's values there, which may be infinite. */
typedef struct {
    double low, high;
    double at_low, at_high;
} dg_bracket;

/* A point in the bracket where the function changes sign, to within `tolerance` or a few neighbouring doubles, whichever is
 * more. Where both ends have the same sign the answer is the end that is nearer to zero; where either is NaN, NaN.
 *
 * Chandrupatla's method: inverse quadratic interpolation where three points show that it will converge, the middle of the
 * bracket elsewhere. Chandrupatla, T. R. (1997), Advances in Engineering Software 28: 145-149. */
double dg_find_root(dg_function function, const void *context, dg_bracket bracket, double tolerance);

#endif
