#include "harness.h"
#include "kernels/scoring/answer_counts.h"

#include <string.h>

#define ROWS ((size_t)37)
#define MOST_INDICATORS ((size_t)400)
#define MOST_GROUPS ((size_t)3)

static uint8_t answers[ROWS * MOST_INDICATORS];
static int32_t groups[MOST_INDICATORS];
static int32_t counts[ROWS * MOST_GROUPS * DG_MOST_ANSWERS], plain[ROWS * MOST_GROUPS * DG_MOST_ANSWERS];
static dg_group_run runs[MOST_INDICATORS];

static dg_answer_sheet
fill(size_t n_indicators, size_t n_answers, size_t run)
{
    unsigned int state = (unsigned int)(n_indicators * 7 + n_answers);
    for (size_t i = 0; i < ROWS * n_indicators; i++) {
        state = state * 1103515245u + 12345u;
        answers[i] = (uint8_t)((state >> 16) % n_answers);
    }
    for (size_t i = 0; i < n_indicators; i++) {
        groups[i] = (int32_t)(i / run % (MOST_GROUPS + 1)) - 1;
    }
    return (dg_answer_sheet){ROWS, n_indicators, MOST_GROUPS, n_answers, answers, groups};
}

static void
count_plainly(const dg_answer_sheet *sheet)
{
    memset(plain, 0, sizeof(plain));
    for (size_t i = 0; i < ROWS * sheet->n_indicators; i++) {
        const int32_t group = groups[i % sheet->n_indicators];
        if (group != DG_LEFT_OUT) {
            plain[(i / sheet->n_indicators * MOST_GROUPS + (size_t)group) * sheet->n_answers + answers[i]]++;
        }
    }
}

static void
compare(const dg_answer_sheet *sheet)
{
    const dg_loops *loops[DG_MOST_LOOPS];
    dg_bad_answer bad;
    count_plainly(sheet);
    for (size_t i = dg_available_loops(loops); i-- > 0;) {
        memset(counts, 0xff, sizeof(counts));
        CHECK(dg_count_answers(sheet, loops[i], runs, counts, NULL, &bad) == DG_OK);
        CHECK(memcmp(counts, plain, ROWS * MOST_GROUPS * sheet->n_answers * sizeof(int32_t)) == 0);
    }
}

static void
every_set_of_instructions_counts_the_same(void)
{
    for (size_t n = 1; n <= MOST_INDICATORS; n += n < 140 ? 3 : 37) {
        for (size_t run = 1; run < 300; run = 3 * run + 1) {
            const dg_answer_sheet few = fill(n, 10, run);
            compare(&few);
            const dg_answer_sheet many = fill(n, 200, run);
            compare(&many);
        }
    }
}

static void
the_first_bad_code(void)
{
    const dg_loops *loops[DG_MOST_LOOPS];
    const dg_answer_sheet sheet = fill(142, 10, 60);
    answers[5 * 142 + 141] = 10;
    answers[6 * 142] = 255;
    for (size_t i = dg_available_loops(loops); i-- > 0;) {
        dg_bad_answer bad = {0, 0, 0};
        CHECK(dg_count_answers(&sheet, loops[i], runs, counts, NULL, &bad) == DG_CODE_OUT_OF_RANGE);
        CHECK(bad.row == 5 && bad.indicator == 141 && bad.code == 10);
    }
}

static bool
always(void *context)
{
    (void)context;
    return true;
}

static void
it_stops(void)
{
    const dg_stop stop = {always, NULL};
    const dg_answer_sheet sheet = fill(20, 4, 5);
    dg_bad_answer bad;
    CHECK(dg_count_answers(&sheet, dg_best_loops(), runs, counts, &stop, &bad) == DG_STOPPED);
}

void test_answer_counts(void);
void
test_answer_counts(void)
{
    RUN(every_set_of_instructions_counts_the_same);
    RUN(the_first_bad_code);
    RUN(it_stops);
}
