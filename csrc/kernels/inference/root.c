#include "kernels/inference/root.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

static const int MOST_STEPS = 200;

typedef struct {
    double x, f;
} point;

static point
nearer(point a, point b)
{
    return fabs(a.f) < fabs(b.f) ? a : b;
}

/* How far to go from the latest point `a` towards the other end `b`, as a fraction of the bracket; `c` is the end before. */
static double
next_step(point a, point b, point c)
{
    const double xi = (a.x - b.x) / (c.x - b.x), phi = (a.f - b.f) / (c.f - b.f);
    if (!(phi * phi < xi && (1.0 - phi) * (1.0 - phi) < 1.0 - xi)) {
        return 0.5; /* also where a value is infinite */
    }
    const double step =
            a.f / (b.f - a.f) * c.f / (b.f - c.f) + (c.x - a.x) / (b.x - a.x) * a.f / (c.f - a.f) * b.f / (c.f - b.f);
    return isfinite(step) ? step : 0.5;
}

double
dg_find_root(dg_function function, const void *context, dg_bracket bracket, double tolerance)
{
    point a = {bracket.low, bracket.at_low}, b = {bracket.high, bracket.at_high};
    if (isnan(a.f) || isnan(b.f)) {
        return NAN;
    }
    if (a.f == 0.0 || b.f == 0.0 || (a.f < 0.0) == (b.f < 0.0)) {
        return nearer(a, b).x;
    }
    double step = 0.5;
    for (int i = 0; i < MOST_STEPS; i++) {
        const point latest = {a.x + step * (b.x - a.x), function(a.x + step * (b.x - a.x), context)};
        const bool same_side = (latest.f < 0.0) == (a.f < 0.0);
        const point c = same_side ? a : b;
        b = same_side ? b : a;
        a = latest;
        const double smallest = (2.0 * DBL_EPSILON * fabs(nearer(a, b).x) + 0.5 * tolerance) / fabs(b.x - a.x);
        if (a.f == 0.0 || !(smallest < 0.5)) {
            break;
        }
        step = fmin(fmax(next_step(a, b, c), smallest), 1.0 - smallest);
    }
    return nearer(a, b).x;
}
