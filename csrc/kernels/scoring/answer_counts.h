/* How many indicators of each group each unit answered how.
 *
 * A row is a unit, a column an indicator, a code an answer. Indicators of one group that stand side by side are a run; where
 * runs are long enough and answers few, the vectors of cpu/ count a run at a time, and otherwise each code is looked up. An
 * indicator that is left out is counted too, where nobody looks, so that its codes are checked like all others.
 */
#ifndef DG_ANSWER_COUNTS_H
#define DG_ANSWER_COUNTS_H

#include "cpu/loops.h"
#include "kernels/status.h"
#include "kernels/stop.h"

#define DG_MOST_ANSWERS ((size_t)255)
#define DG_LEFT_OUT (-1)

typedef struct {
    size_t first; /* indicator */
    size_t n;
    int32_t group;
    bool again; /* an earlier run is of the same group */
} dg_group_run;

typedef struct {
    size_t n_rows;
    size_t n_indicators;
    size_t n_groups;
    size_t n_answers;       /* 1 to DG_MOST_ANSWERS */
    const uint8_t *answers; /* n_rows x n_indicators */
    const int32_t *groups;  /* n_indicators: below n_groups, or DG_LEFT_OUT */
} dg_answer_sheet;

typedef struct {
    size_t row;
    size_t indicator;
    uint8_t code;
} dg_bad_answer;

/* counts: n_rows x n_groups x n_answers, whatever they hold. runs: room for n_indicators. DG_CODE_OUT_OF_RANGE fills *bad
 * with the first in order of rows; DG_ANSWERS_CHANGED when another thread has meanwhile made it good. */
dg_status dg_count_answers(const dg_answer_sheet *sheet, const dg_loops *loops, dg_group_run *runs, int32_t *counts,
                           const dg_stop *stop, dg_bad_answer *bad);

#endif
