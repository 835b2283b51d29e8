/* One draw from a law of a count by inversion: chances are taken off a uniform number, from the mode outwards. It takes about
 * as many steps as the law has standard deviations of width, and one random word. */
#ifndef DG_INVERSION_DRAWS_H
#define DG_INVERSION_DRAWS_H

#include "kernels/resampling/count_law.h"
#include "kernels/resampling/philox.h"

/* `mode_chance` is the probability of law->mode. */
int64_t dg_draw_by_inversion(const dg_count_law *law, double mode_chance, dg_philox *stream);

/* Marked people among `drawn` of `total` people, of whom `marked` are marked. */
int64_t dg_draw_hypergeometric(int64_t drawn, int64_t marked, int64_t total, dg_philox *stream);

#endif
