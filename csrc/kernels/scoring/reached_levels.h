/* Which level each unit reaches, from its counts of answers.
 *
 * A level is reached when of its assessable indicators at least the threshold, in percent, is met, and every lower level is
 * reached. A missing answer can turn out as any: the lowest level counts all of them as not met, the highest as met. Where
 * nothing can be assessed, nothing is reached.
 */
#ifndef DG_REACHED_LEVELS_H
#define DG_REACHED_LEVELS_H

#include "cpu/loops.h"
#include "kernels/status.h"
#include "kernels/stop.h"

#define DG_MOST_LEVELS ((size_t)127)

enum { DG_STATED, DG_MISSING, DG_NOT_ASSESSABLE, DG_ANSWER_STATES };

/* Fills the lists of the rules. meets: n_levels x n_answers; states: n_answers. */
void dg_list_answers(dg_level_rules *rules, const uint8_t *meets, const uint8_t *states);

/* *bytes of memory that dg_reached_levels works in; false when no memory can be that big. */
bool dg_level_bytes(const dg_level_rules *rules, size_t *bytes);

typedef struct {
    int8_t *kinds[DG_LEVEL_KINDS]; /* each n_rows: 0 for none, otherwise from 1 */
} dg_levels;

typedef struct {
    size_t row;
    size_t cell; /* of groups x answers */
    int32_t count;
} dg_bad_count;

/* counts: n_rows x n_groups x n_answers; memory: zeroed, aligned to 4 bytes. DG_COUNT_NEGATIVE and
 * DG_TOO_MANY_ANSWERS, more than 2**31 - 1 in one row, fill *bad with the first in order of rows. */
dg_status dg_reached_levels(const dg_level_rules *rules, const dg_loops *loops, const int32_t *counts, size_t n_rows,
                            void *memory, const dg_levels *levels, const dg_stop *stop, dg_bad_count *bad);

#endif
