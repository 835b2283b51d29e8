#include "harness.h"
#include "kernels/weight_window.h"

#include <float.h>
#include <math.h>

static dg_status
scan(const double *weights, size_t n, dg_weight_window *window, size_t *row, double *bad)
{
    const dg_strided_values values = {(const unsigned char *)weights, 8, 8, false};
    *window = DG_EMPTY_WINDOW;
    return dg_widen_window(&values, 0, n, window, row, bad);
}

static void
windows(void)
{
    dg_weight_window window;
    size_t row;
    double bad;
    CHECK(scan((double[]){6.0, 1.0}, 2, &window, &row, &bad) == DG_OK && window.low == 0 && window.high == 3);
    CHECK(scan((double[]){8.0}, 1, &window, &row, &bad) == DG_OK && window.low == 3 && window.high == 4);
    CHECK(scan((double[]){0.1}, 1, &window, &row, &bad) == DG_OK && window.low == -55 && window.high == -3);
    CHECK(scan((double[]){0.0, -0.0, 2.0}, 3, &window, &row, &bad) == DG_OK && window.low == 1 && window.high == 2);
    CHECK(scan((double[]){0.0, -0.0}, 2, &window, &row, &bad) == DG_OK && window.low > window.high);
    CHECK(scan((double[]){0x1p-1074, DBL_MAX}, 2, &window, &row, &bad) == DG_OK && window.low == -1074 &&
          window.high == 1024);
    CHECK(scan((double[]){0x1p1023}, 1, &window, &row, &bad) == DG_OK && window.low == 1023 && window.high == 1024);
    CHECK(scan((double[]){0x3p-1074}, 1, &window, &row, &bad) == DG_OK && window.low == -1074 && window.high == -1072);
    CHECK(scan((double[]){DBL_MIN}, 1, &window, &row, &bad) == DG_OK && window.low == -1022 && window.high == -1021);
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
    RUN(refusals_name_the_first);
}
