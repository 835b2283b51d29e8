#include "kernels/resampling/law_tails.h"

#include <stdlib.h>

static const double NEGLIGIBLE = 1e-290;

static void
find_ends(const dg_count_law *law, dg_law_tails *tails)
{
    double relative = 1.0;
    for (tails->last = law->mode; tails->last < law->highest; tails->last++) {
        relative *= dg_law_step(law, tails->last);
        if (relative < NEGLIGIBLE) {
            break;
        }
    }
    relative = 1.0;
    for (tails->first = law->mode; tails->first > law->lowest; tails->first--) {
        relative /= dg_law_step(law, tails->first - 1);
        if (relative < NEGLIGIBLE) {
            break;
        }
    }
}

/* Chances relative to the mode's. */
static void
fill_relative(const dg_count_law *law, dg_law_tails *tails)
{
    const size_t mode = (size_t)(law->mode - tails->first), n = (size_t)(tails->last - tails->first) + 1;
    tails->chance[mode] = 1.0;
    for (size_t i = mode; i + 1 < n; i++) {
        tails->chance[i + 1] = tails->chance[i] * dg_law_step(law, tails->first + (int64_t)i);
    }
    for (size_t i = mode; i > 0; i--) {
        tails->chance[i - 1] = tails->chance[i] / dg_law_step(law, tails->first + (int64_t)i - 1);
    }
}

/* Sums from the outside in, so that small chances are not lost. */
static void
add_up(dg_law_tails *tails)
{
    const size_t n = (size_t)(tails->last - tails->first) + 1;
    double below = 0.0, above = 0.0;
    for (size_t i = 0; i < n; i++) {
        below += tails->chance[i];
        above += tails->chance[n - 1 - i];
        tails->at_most[i] = below;
        tails->at_least[n - 1 - i] = above;
    }
    for (size_t i = 0; i < n; i++) {
        tails->chance[i] /= below;
        tails->at_most[i] /= below;
        tails->at_least[i] /= above;
    }
}

void
dg_close_law_tails(dg_law_tails *tails)
{
    free(tails->chance);
    tails->chance = NULL;
}

dg_status
dg_open_law_tails(const dg_count_law *law, dg_law_tails *tails, const dg_stop *stop)
{
    tails->chance = NULL;
    find_ends(law, tails);
    if (dg_stop_asked(stop)) {
        return DG_STOPPED;
    }
    const size_t n = (size_t)(tails->last - tails->first) + 1;
    tails->chance = malloc(3 * n * sizeof(double));
    if (tails->chance == NULL) {
        return DG_NO_MEMORY;
    }
    tails->at_most = tails->chance + n;
    tails->at_least = tails->at_most + n;
    fill_relative(law, tails);
    if (dg_stop_asked(stop)) {
        dg_close_law_tails(tails);
        return DG_STOPPED;
    }
    add_up(tails);
    return DG_OK;
}

double
dg_at_most(const dg_law_tails *tails, int64_t x)
{
    return x < tails->first ? 0.0 : x >= tails->last ? 1.0 : tails->at_most[x - tails->first];
}

double
dg_at_least(const dg_law_tails *tails, int64_t x)
{
    return x > tails->last ? 0.0 : x <= tails->first ? 1.0 : tails->at_least[x - tails->first];
}
