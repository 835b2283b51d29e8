/* What the steps of the loop over levels work on: see level_loops_body.h. */
#ifndef DG_LEVEL_STEPS_H
#define DG_LEVEL_STEPS_H

#include "cpu/loops.h"

/* What a level asks of one group, or of all it asks together: a number for each row. */
typedef struct {
    const uint32_t *met;
    const uint32_t *missing;
    const uint32_t *assessable;
} dg_level_sums;

#endif
