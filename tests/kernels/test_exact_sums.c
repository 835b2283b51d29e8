#include "harness.h"
#include "kernels/counting/digit_rounding.h"
#include "kernels/counting/exact_sums.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

static const uint8_t zero = 0;

typedef struct {
    dg_status status;
    size_t bad_row;
    int64_t count;
    double sum;
    double square;
} total;

/* All rows in one cell; sums begin at the given first digit. */
static total
total_with(const dg_loops *loops, const double *weights, size_t n, int low, size_t sum_digits, size_t square_digits,
           uint64_t first_digit)
{
    dg_code_column column = {.codes = {&zero, 0, 1, false}};
    dg_exact_counter counter;
    dg_bad_row bad = {0};
    total result = {.count = 0};
    size_t bytes = 0;
    dg_set_levels(&column, 0, 1);
    CHECK(dg_exact_bytes(1, sum_digits, square_digits, &bytes));
    void *scratch = calloc(1, bytes);
    uint64_t *sums = calloc(sum_digits + 1, 8), *squares = calloc(square_digits + 1, 8);
    sums[0] = first_digit;
    const dg_strided_values values = {(const unsigned char *)weights, 8, 8, false};
    dg_exact_start(&counter, 1, loops, low, sum_digits, square_digits, scratch);
    result.status = dg_sum_rows(&counter, &column, 1, &values, 0, n, &bad);
    if (result.status == DG_OK) {
        result.status = dg_add_exact(&counter, &result.count, sums, squares);
    }
    result.bad_row = bad.weight_row;
    result.sum = dg_round_digits(sums, sum_digits, low);
    result.square = dg_round_digits(squares, square_digits, 2 * (int64_t)low);
    free(squares);
    free(sums);
    free(scratch);
    return result;
}

/* Every set of instructions gives the same. */
static total
total_of(const double *weights, size_t n, int low, size_t sum_digits, size_t square_digits, uint64_t first_digit)
{
    const total plain = total_with(&dg_baseline_loops, weights, n, low, sum_digits, square_digits, first_digit);
    const dg_loops *loops[DG_MOST_LOOPS];
    for (size_t i = dg_available_loops(loops); i-- > 1;) {
        const total other = total_with(loops[i], weights, n, low, sum_digits, square_digits, first_digit);
        CHECK(plain.status == other.status && plain.bad_row == other.bad_row && plain.count == other.count);
        CHECK(plain.sum == other.sum && plain.square == other.square);
    }
    return plain;
}

static void
narrow_weights(void)
{
    const total result = total_of((double[]){0.5, 3.0, 0.0, -0.0, 2.25}, 5, -2, 3, 4, 0);
    CHECK(result.status == DG_OK && result.count == 5);
    CHECK(result.sum == 5.75 && result.square == 14.3125);
}

/* A sum that doubles cannot make: the small one survives the large one. */
static void
wide_weights(void)
{
    const total result = total_of((double[]){0x1p200, 0x1p-200, 0x1p200}, 3, -200, 14, 27, 0);
    CHECK(result.status == DG_OK && result.sum == 0x1p201 && result.square == 0x1p401);
    const total ends = total_of((double[]){DBL_MAX, 0x1p-1074, DBL_MAX}, 3, -1074, 66, 132, 0);
    CHECK(ends.status == DG_OK && ends.count == 3 && isinf(ends.sum) && isinf(ends.square));
    const total tiny = total_of((double[]){0x1p-1074, 0x5p-1074}, 2, -1074, 1, 1, 0);
    CHECK(tiny.status == DG_OK && tiny.sum == 0x6p-1074 && tiny.square == 0.0);
}

static void
what_does_not_fit_is_refused(void)
{
    CHECK(total_of((double[]){1, 0.5}, 2, 0, 2, 3, 0).status == DG_WEIGHT_OUTSIDE_WINDOW); /* below the window */
    CHECK(total_of((double[]){1, -1}, 2, 0, 2, 3, 0).bad_row == 1);
    CHECK(total_of((double[]){NAN}, 1, 0, 2, 3, 0).status == DG_WEIGHT_OUTSIDE_WINDOW);
    CHECK(total_of((double[]){INFINITY}, 1, 1000, 2, 3, 0).status == DG_WEIGHT_OUTSIDE_WINDOW);
    CHECK(total_of((double[]){-0x1p63}, 1, 0, 4, 8, 0).status == DG_WEIGHT_OUTSIDE_WINDOW);
    CHECK(total_of((double[]){0x1p100}, 1, 0, 2, 3, 0).status == DG_WEIGHT_OUTSIDE_WINDOW);
    CHECK(total_of((double[]){0x1p32}, 1, 0, 1, 3, 0).status == DG_WEIGHT_OUTSIDE_WINDOW);
    CHECK(total_of((double[]){0x1p31}, 1, 0, 1, 1, 0).status == DG_WEIGHT_OUTSIDE_WINDOW);
    CHECK(total_of((double[]){1}, 1, 0, 1, 1, UINT32_MAX).status == DG_WEIGHT_OUTSIDE_WINDOW);
    CHECK(total_of((double[]){1}, 1, 0, 2, 1, UINT32_MAX).sum == 0x1p32);
    CHECK(total_of((double[]){1}, 1, 0, 1, 1, UINT64_C(1) << 32).status == DG_CORRUPT);
}

/* Weights about where the units of a row no longer fit one word, or begin below the unit, against sums of both kinds. */
static void
about_where_weights_stop_being_narrow(void)
{
    for (int low = -60; low <= 4; low++) {
        for (size_t n = 1; n < 12; n++) {
            double weights[12], sum = 0, square = 0;
            for (size_t i = 0; i < n; i++) {
                weights[i] = i % 5 == 4 ? 0.0 : (double)((i + 3) * 16);
                sum += weights[i];
                square += weights[i] * weights[i];
            }
            const total result = total_of(weights, n, low, 4, 8, 0);
            CHECK(result.status == DG_OK && result.sum == sum && result.square == square);
        }
    }
}

/* The next weight after 2**30 rows of the largest narrow weight: carries were taken care of in time. */
static void
many_rows(void)
{
    dg_code_column column = {.codes = {&zero, 0, 1, false}};
    dg_exact_counter counter;
    dg_bad_row bad;
    size_t bytes = 0;
    uint64_t sums[4] = {0}, squares[6] = {0};
    int64_t count = 0;
    const double weight = 4294967295.0;
    dg_set_levels(&column, 0, 1);
    CHECK(dg_exact_bytes(1, 4, 6, &bytes));
    void *scratch = calloc(1, bytes);
    dg_exact_start(&counter, 1, dg_best_loops(), 0, 4, 6, scratch);
    counter.cells[0].count = UINT64_C(1) << 30; /* as after 2**30 rows of 2**32 - 1 */
    counter.cells[0].sum[0] = UINT64_C(4294967295) << 30;
    counter.uncarried = UINT64_C(1) << 30;
    const dg_strided_values values = {(const unsigned char *)&weight, 0, 8, false};
    CHECK(dg_sum_rows(&counter, &column, 1, &values, 0, 1, &bad) == DG_OK && counter.uncarried == 0);
    CHECK(dg_add_exact(&counter, &count, sums, squares) == DG_OK && count == (1 << 30) + 1);
    CHECK(dg_round_digits(sums, 4, 0) == 4294967295.0 * 0x1p30 + 4294967295.0);
    free(scratch);
}

static void
more_than_memory(void)
{
    size_t bytes;
    CHECK(!dg_exact_bytes(SIZE_MAX / 8, 4, 4, &bytes));
    CHECK(!dg_exact_bytes(1, SIZE_MAX, 4, &bytes));
}

void test_exact_sums(void);
void
test_exact_sums(void)
{
    RUN(narrow_weights);
    RUN(wide_weights);
    RUN(what_does_not_fit_is_refused);
    RUN(about_where_weights_stop_being_narrow);
    RUN(many_rows);
    RUN(more_than_memory);
}
