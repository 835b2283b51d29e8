#include "harness.h"
#include "kernels/counting/weight_window.h"

#include <float.h>
#include <math.h>

static dg_status
scan(const double *weights, size_t n, dg_weight_window *window, size_t *row, double *bad)
{
    const dg_strided_values values = {(const unsigned char *)weights, 8, 8, false};
    *window = DG_EMPTY_WINDOW;
    dg_weight_window plain;
    const dg_loops *loops[DG_MOST_LOOPS];
    const dg_status status = dg_widen_window(&values, &dg_baseline_loops, 0, n, window, row, bad);
    for (size_t i = dg_available_loops(loops); i-- > 1;) {
        plain = DG_EMPTY_WINDOW;
        CHECK(dg_widen_window(&values, loops[i], 0, n, &plain, row, bad) == status);
        CHECK(status != DG_OK || (plain.low == window->low && plain.high == window->high));
    }
    return status;
}

static void
windows(void)
{
    dg_weight_window window;
    size_t row;
    double bad;
    CHECK(scan((double[]){6.0, 1.0}, 2, &window, &row, &bad) == DG_OK && window.low == -52 && window.high == 3);
    CHECK(scan((double[]){8.0}, 1, &window, &row, &bad) == DG_OK && window.low == -49 && window.high == 4);
    CHECK(scan((double[]){0.1}, 1, &window, &row, &bad) == DG_OK && window.low == -56 && window.high == -3);
    CHECK(scan((double[]){0.0, -0.0, 2.0}, 3, &window, &row, &bad) == DG_OK && window.low == -51 && window.high == 2);
    CHECK(scan((double[]){0.0, -0.0}, 2, &window, &row, &bad) == DG_OK && window.low > window.high);
    CHECK(scan((double[]){0x1p-1074, DBL_MAX}, 2, &window, &row, &bad) == DG_OK && window.low == -1074 &&
          window.high == 1024);
    CHECK(scan((double[]){0x1p1023}, 1, &window, &row, &bad) == DG_OK && window.low == 971 && window.high == 1024);
    CHECK(scan((double[]){0x3p-1074}, 1, &window, &row, &bad) == DG_OK && window.low == -1074 && window.high == -1021);
    CHECK(scan((double[]){DBL_MIN}, 1, &window, &row, &bad) == DG_OK && window.low == -1074 && window.high == -1021);
}

/* Lengths that the vectors of a loop do not divide, with the ends of the range at every place. */
static void
every_length(void)
{
    double weights[21];
    dg_weight_window window;
    size_t row;
    double bad;
    for (size_t n = 1; n <= 21; n++) {
        for (size_t i = 0; i < n; i++) {
            for (size_t k = 0; k < n; k++) {
                weights[k] = k == i ? 0x1.8p9 : k == (i + 1) % n ? 0x1p-3 : 1.5;
            }
            const int low = n == 1 ? 9 : -3;
            CHECK(scan(weights, n, &window, &row, &bad) == DG_OK && window.low == low - 52 && window.high == 10);
        }
    }
}

static void
refusals_name_the_first(void)
{
    dg_weight_window window;
    size_t row = 0;
    double bad = 0;
    CHECK(scan((double[]){1, 2, -3, NAN}, 4, &window, &row, &bad) == DG_WEIGHT_NEGATIVE && row == 2 && bad == -3);
    CHECK(scan((double[]){1, NAN, -3}, 3, &window, &row, &bad) == DG_WEIGHT_NAN && row == 1 && isnan(bad));
    CHECK(scan((double[]){INFINITY}, 1, &window, &row, &bad) == DG_WEIGHT_INFINITE && row == 0);
    CHECK(scan((double[]){-INFINITY}, 1, &window, &row, &bad) == DG_WEIGHT_NEGATIVE && row == 0);
    CHECK(scan((double[]){-NAN}, 1, &window, &row, &bad) == DG_WEIGHT_NAN);
    CHECK(scan((double[]){-0x1p-1074}, 1, &window, &row, &bad) == DG_WEIGHT_NEGATIVE);
}

void test_weight_window(void);
void
test_weight_window(void)
{
    RUN(windows);
    RUN(every_length);
    RUN(refusals_name_the_first);
}
