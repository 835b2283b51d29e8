/* The interval of one sample: x cases of n, or x events in an exposure; what is asked of it and the answer. */
#ifndef DG_INTERVAL_H
#define DG_INTERVAL_H

#include "kernels/status.h"
#include "kernels/stop.h"

#include <stddef.h>

typedef struct {
    double low, high;
} dg_limits;

/* `tail` is the probability outside each limit, (1 - level) / 2; `z` is its normal quantile. */
typedef struct {
    double tail, z;
} dg_confidence;

dg_confidence dg_confidence_of(double level);

/* One method for one sample. Never fails: NaN for what is not a sample, n = 0 among it. Fractions stand for effective numbers. */
typedef dg_limits (*dg_interval)(double x, double n, const dg_confidence *confidence);

/* A method under the name users know it by. */
typedef struct {
    const char *name;
    dg_interval interval;
} dg_interval_method;

/* NULL when there is no method of that name among the `size` methods. */
dg_interval dg_find_interval(const dg_interval_method *methods, size_t size, const char *name);

/* The samples of one call, arrays of `size` values, and where their limits go. */
typedef struct {
    const double *x, *n;
    size_t size;
} dg_samples;

typedef struct {
    double *low, *high;
} dg_limit_columns;

/* The limits of every sample. DG_OK or DG_STOPPED. */
dg_status dg_intervals(dg_interval interval, const dg_confidence *confidence, const dg_samples *samples,
                       const dg_limit_columns *limits, const dg_stop *stop);

#endif
