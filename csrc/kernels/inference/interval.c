#include "kernels/inference/interval.h"

#include "kernels/distributions/normal.h"

#include <string.h>

static const size_t SAMPLES_PER_LOOK = 64;

dg_confidence
dg_confidence_of(double level)
{
    const double tail = 0.5 * (1.0 - level);
    return (dg_confidence){tail, dg_normal_upper_quantile(tail)};
}

dg_interval
dg_find_interval(const dg_interval_method *methods, size_t size, const char *name)
{
    for (size_t i = 0; i < size; i++) {
        if (strcmp(methods[i].name, name) == 0) {
            return methods[i].interval;
        }
    }
    return NULL;
}

dg_status
dg_intervals(dg_interval interval, const dg_confidence *confidence, const dg_samples *samples, const dg_limit_columns *limits,
             const dg_stop *stop)
{
    for (size_t i = 0; i < samples->size; i++) {
        if (i % SAMPLES_PER_LOOK == 0 && dg_stop_asked(stop)) {
            return DG_STOPPED;
        }
        const dg_limits found = interval(samples->x[i], samples->n[i], confidence);
        limits->low[i] = found.low;
        limits->high[i] = found.high;
    }
    return DG_OK;
}
