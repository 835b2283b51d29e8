/* A table with every margin: each axis gets one more position, the total over it.
 *
 * One axis at a time, from the last to the first, each adding whole runs of the axes after it that are already complete.
 * So every margin costs one addition per cell it is made of, whichever axes it is a total over.
 */
#ifndef DG_CUBE_MARGINS_H
#define DG_CUBE_MARGINS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether any margin could overflow: the absolute values add up to more than 2**63 - 1. */
bool dg_margins_overflow(const int64_t *counts, size_t n_cells);

/* counts: C order, shape[n_axes]. cube: C order, shape + 1 on each axis. No margin may overflow. */
void dg_cube_margins(const int64_t *counts, const size_t *shape, size_t n_axes, int64_t *cube);

#endif
