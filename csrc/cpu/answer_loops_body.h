/* The loop over answers: see loops_body.h, which includes this. A file that has vectors of bytes has a way of its own, and
 * defines COUNT_ANSWERS and SHORTEST_RUN. */
#ifndef COUNT_ANSWERS
#define SHORTEST_RUN 16

/* A code that is no answer is counted as the first, so that nothing is written elsewhere. */
static uint8_t
count_answers(const dg_answer_run *run, size_t n, int32_t *counts)
{
    uint8_t high = 0;
    for (size_t r = 0; r < n; r++, counts += run->row_counts) {
        const uint8_t *answers = run->answers + r * run->row_bytes;
        if (!run->add) {
            memset(counts, 0, run->n_answers * sizeof(int32_t));
        }
        for (size_t i = 0; i < run->n_indicators; i++) {
            const uint8_t code = answers[i];
            high = code > high ? code : high;
            counts[code < run->n_answers ? code : 0]++;
        }
    }
    return high;
}
#endif
