#include "kernels/surveys/bootstrap_multipliers.h"

#include <math.h>

/* Replicates drawn side by side, so that a cluster's multipliers fill a cache line or two while they are there. */
#define TILE ((size_t)16)

/* Draws of a replicate between two looks whether to stop. */
#define DRAWS_PER_LOOK ((size_t)1 << 12)

static inline uint32_t
next_half(dg_halves *stream)
{
    if (stream->has_upper) {
        stream->has_upper = false;
        return (uint32_t)(stream->word >> 32);
    }
    stream->word = dg_philox_next(&stream->words);
    stream->has_upper = true;
    return (uint32_t)stream->word;
}

uint32_t
dg_draw_below(dg_halves *stream, uint32_t n)
{
    uint64_t product = (uint64_t)next_half(stream) * n;
    if ((uint32_t)product < n) {
        const uint32_t refused = (0 - n) % n; /* so many of the 2^32 halves would favour small numbers */
        while ((uint32_t)product < refused) {
            product = (uint64_t)next_half(stream) * n;
        }
    }
    return (uint32_t)(product >> 32);
}

static void
fill(double *multipliers, size_t row, size_t n_clusters, size_t n, double value)
{
    for (size_t cluster = 0; cluster < n_clusters; cluster++) {
        for (size_t i = 0; i < n; i++) {
            multipliers[cluster * row + i] = value;
        }
    }
}

/* One stratum in up to TILE replicates: counts first, then what they are worth. False when asked to stop. */
static bool
draw_stratum(dg_halves *streams, size_t n_clusters, double fraction, double *multipliers, size_t row, size_t n,
             const dg_stop *stop)
{
    if (n_clusters < 2) {
        fill(multipliers, row, n_clusters, n, 1.0);
        return true;
    }
    fill(multipliers, row, n_clusters, n, 0.0);
    for (size_t draw = 0; draw + 1 < n_clusters; draw++) {
        if (draw % DRAWS_PER_LOOK == 0 && dg_stop_asked(stop)) {
            return false;
        }
        for (size_t i = 0; i < n; i++) {
            multipliers[dg_draw_below(&streams[i], (uint32_t)n_clusters) * row + i] += 1.0;
        }
    }
    const double reach = sqrt(1.0 - fraction);
    const double each = reach * ((double)n_clusters / (double)(n_clusters - 1)), start = 1.0 - reach;
    for (size_t cluster = 0; cluster < n_clusters; cluster++) {
        for (size_t i = 0; i < n; i++) {
            multipliers[cluster * row + i] = start + each * multipliers[cluster * row + i];
        }
    }
    return true;
}

static dg_status
draw_tile(const dg_sampled_strata *strata, dg_halves *streams, double *multipliers, size_t row, size_t n,
          const dg_stop *stop)
{
    for (size_t stratum = 0; stratum < strata->n_strata; stratum++) {
        const size_t n_clusters = (size_t)strata->sizes[stratum];
        if (!draw_stratum(streams, n_clusters, strata->fractions[stratum], multipliers, row, n, stop)) {
            return DG_STOPPED;
        }
        multipliers += n_clusters * row;
    }
    return DG_OK;
}

dg_status
dg_bootstrap_multipliers(const dg_sampled_strata *strata, dg_philox_key key, uint64_t first, size_t n, double *multipliers,
                         const dg_stop *stop)
{
    for (size_t done = 0; done < n; done += TILE) {
        const size_t tile = n - done < TILE ? n - done : TILE;
        dg_halves streams[TILE];
        for (size_t i = 0; i < tile; i++) {
            streams[i] = (dg_halves){.words = dg_philox_start(key, first + done + i)};
        }
        const dg_status status = draw_tile(strata, streams, multipliers + done, n, tile, stop);
        if (status != DG_OK) {
            return status;
        }
    }
    return DG_OK;
}
