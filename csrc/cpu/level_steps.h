/* What the steps of the loop over levels work on: see level_loops_body.h. */
#ifndef DG_LEVEL_STEPS_H
#define DG_LEVEL_STEPS_H

#include "cpu/loops.h"

/* What a level asks of one group, or of all it asks together: a number for each row. */
typedef struct {
    _Alignas(64) uint32_t met[DG_LEVEL_ROWS];
    uint32_t missing[DG_LEVEL_ROWS];
    uint32_t assessable[DG_LEVEL_ROWS];
} dg_level_sums;

/* One for each row of which it is so, otherwise zero. */
typedef struct {
    _Alignas(64) uint8_t low[DG_LEVEL_ROWS]; /* the threshold is reached, missing answers not being met */
    uint8_t high[DG_LEVEL_ROWS];             /* and with all of them met */
    uint8_t some[DG_LEVEL_ROWS];             /* something can be assessed */
    uint8_t seen[DG_LEVEL_ROWS];             /* a stated answer counts as met */
} dg_level_rows;

#endif
