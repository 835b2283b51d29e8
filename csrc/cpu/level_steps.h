/* What the steps of the loop over levels work on: see level_loops_body.h. */
#ifndef DG_LEVEL_STEPS_H
#define DG_LEVEL_STEPS_H

#include "cpu/loops.h"

/* What a level asks of one group, or of all it asks together: a number for each row. */
typedef struct {
    uint32_t met[DG_LEVEL_ROWS];
    uint32_t missing[DG_LEVEL_ROWS];
    uint32_t assessable[DG_LEVEL_ROWS];
} dg_level_sums;

/* A bit for each row. */
typedef struct {
    uint64_t low;  /* the threshold is reached, missing answers not being met */
    uint64_t high; /* and with all of them met */
    uint64_t some; /* something can be assessed */
    uint64_t seen; /* a stated answer counts as met */
} dg_level_rows;

#endif
