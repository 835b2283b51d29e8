/* What rows reach of a level, as bits, for files whose vectors come to bits fastest: see level_loops_body.h. */
#ifndef DG_LEVEL_BITS_H
#define DG_LEVEL_BITS_H

#include "cpu/level_steps.h"

/* A bit for each row. */
typedef struct {
    uint64_t low;  /* the threshold is reached, missing answers not being met */
    uint64_t high; /* and with all of them met */
    uint64_t some; /* something can be assessed */
    uint64_t seen; /* a stated answer counts as met */
} dg_level_rows;

static inline void
start_rows(dg_level_rows *rows)
{
    *rows = (dg_level_rows){.low = UINT64_MAX, .high = UINT64_MAX, .some = 0, .seen = 0};
}

/* What is asked of another group as well. */
static inline void
ask_also(const dg_level_rows *other, dg_level_rows *rows)
{
    rows->low &= other->low;
    rows->high &= other->high;
    rows->some |= other->some;
    rows->seen |= other->seen;
}

/* Of the rows that have reached all levels before, those that reach this one. */
static inline void
climb(const dg_level_rows *level, dg_level_rows *reached)
{
    reached->low &= level->low & level->some;
    reached->high &= level->high & level->some;
    reached->seen = level->seen;
}

#endif
