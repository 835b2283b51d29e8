#include "kernels/distributions/tail_integral.h"

#include "kernels/distributions/saddle_point.h"

#include <math.h>

#define PANELS 4
#define HALF_POINTS 8

static const double FURTHEST = 50.0; /* the density is followed until it has fallen by about exp(-50) */

/* Gauss-Legendre rule of 16 points on (-1, 1): the positive half of its nodes, and their weights. */
static const double NODES[HALF_POINTS] = {
        0.09501250983763744019, 0.28160355077925891323, 0.45801677765722738634, 0.61787624440264374845,
        0.75540440835500303390, 0.86563120238783174388, 0.94457502307323257608, 0.98940093499164993260,
};
static const double WEIGHTS[HALF_POINTS] = {
        0.18945061045506849629, 0.18260341504492358887, 0.16915651939500253819, 0.14959598881657673208,
        0.12462897125553387205, 0.09515851168249278481, 0.06225352393864789286, 0.02715245941175409485,
};

static double
density(const dg_tail_shape *shape, double w)
{
    double fall = shape->slope * w;
    for (int i = 0; i < 2; i++) {
        if (shape->power[i] > 0.0) {
            fall += shape->power[i] * dg_log_shortfall(shape->per[i] * w);
        }
    }
    return exp(-fall);
}

/* Where slope w + curvature w^2 / 2 reaches FURTHEST. */
static double
reach(const dg_tail_shape *shape)
{
    double curvature = 0.0;
    for (int i = 0; i < 2; i++) {
        curvature += shape->power[i] * shape->per[i] * shape->per[i];
    }
    return 2.0 * FURTHEST / (shape->slope + sqrt(shape->slope * shape->slope + 2.0 * FURTHEST * curvature));
}

double
dg_tail_integral(const dg_tail_shape *shape)
{
    const double half = 0.5 * reach(shape) / PANELS;
    double sum = 0.0;
    for (int panel = PANELS - 1; panel >= 0; panel--) { /* the smallest first */
        const double middle = (2 * panel + 1) * half;
        for (int i = HALF_POINTS - 1; i >= 0; i--) {
            const double step = half * NODES[i];
            sum += WEIGHTS[i] * (density(shape, middle - step) + density(shape, middle + step));
        }
    }
    return half * sum;
}
