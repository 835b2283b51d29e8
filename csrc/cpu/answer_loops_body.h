/* The loop over answers: see loops_body.h, which includes this. A file that has vectors of bytes defines BYTES and what is
 * done with them; one that has a way of its own defines COUNT_ANSWERS and SHORTEST_RUN. */
#ifndef COUNT_ANSWERS
#define SHORTEST_RUN 16

#ifdef BYTES
#define VECTOR_BYTES sizeof(BYTES)
#define LONGEST_VECTORS (DG_LONGEST_RUN / VECTOR_BYTES)

/* As many zeros as a vector can have, then as many bytes with all bits set. */
static const uint8_t none_then_all[64] = {[32 ... 63] = 0xff};

/* What is left of a row, and a vector whose bytes behind that have all bits set. */
TARGET static inline BYTES
load_tail(const uint8_t *bytes, const uint8_t *end, size_t n, BYTES *behind)
{
    uint8_t copy[VECTOR_BYTES];
    *behind = LOAD_BYTES(none_then_all + 32 - n);
    if ((size_t)(end - bytes) >= VECTOR_BYTES) {
        return LOAD_BYTES(bytes);
    }
    memset(copy, 0, sizeof(copy));
    memcpy(copy, bytes, n);
    return LOAD_BYTES(copy);
}

/* The bytes of one row in vectors: how many. Those behind its last one are no answer. */
TARGET static inline size_t
load_row(const uint8_t *bytes, const dg_answer_run *run, BYTES *row, BYTES *highest)
{
    const size_t n_whole = run->n_indicators / VECTOR_BYTES, left = run->n_indicators % VECTOR_BYTES;
    for (size_t i = 0; i < n_whole; i++) {
        row[i] = LOAD_BYTES(bytes + i * VECTOR_BYTES);
        *highest = HIGHER_BYTES(*highest, row[i]);
    }
    if (left == 0) {
        return n_whole;
    }
    BYTES behind;
    const BYTES tail = load_tail(bytes + n_whole * VECTOR_BYTES, run->end, left, &behind);
    *highest = HIGHER_BYTES(*highest, WITHOUT_BYTES(behind, tail));
    row[n_whole] = EITHER_BYTES(behind, tail);
    return n_whole + 1;
}

TARGET static inline int32_t
count_one(const BYTES *row, size_t n_vectors, size_t answer)
{
    const BYTES wanted = SPLAT_BYTE(answer);
    BYTES counts = SPLAT_BYTE(0);
    for (size_t i = 0; i < n_vectors; i++) {
        counts = COUNT_EQUAL(counts, row[i], wanted);
    }
    return (int32_t)sum_bytes(counts);
}

TARGET static uint8_t
count_answers(const dg_answer_run *run, size_t n, int32_t *counts)
{
    BYTES row[LONGEST_VECTORS], highest = SPLAT_BYTE(0);
    for (size_t r = 0; r < n; r++, counts += run->row_counts) {
        const size_t n_vectors = load_row(run->answers + r * run->row_bytes, run, row, &highest);
        for (size_t a = 0; a < run->n_answers; a++) {
            counts[a] = count_one(row, n_vectors, a) + (run->add ? counts[a] : 0);
        }
    }
    uint8_t bytes[VECTOR_BYTES], high = 0;
    memcpy(bytes, &highest, sizeof(bytes));
    for (size_t i = 0; i < VECTOR_BYTES; i++) {
        high = bytes[i] > high ? bytes[i] : high;
    }
    return high;
}
#else
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
#endif
