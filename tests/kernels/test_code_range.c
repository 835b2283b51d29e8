#include "harness.h"
#include "kernels/counting/code_range.h"

static void
every_width_and_sign(void)
{
    const int64_t values[3] = {5, -7, 3};
    for (uint8_t width = 1; width <= 8; width = (uint8_t)(width * 2)) { /* the low bytes come first */
        const dg_strided_values strided = {(const unsigned char *)values, 8, width, false};
        const uint64_t sign = UINT64_C(1) << (8 * width - 1), mask = UINT64_MAX >> (64 - 8 * width);
        dg_code_range range = DG_EMPTY_RANGE;
        dg_widen_range(&strided, true, 0, 3, &range);
        CHECK(range.low == (((uint64_t)-7 & mask) ^ sign));
        CHECK(range.high == (UINT64_C(5) ^ sign));
        range = DG_EMPTY_RANGE;
        dg_widen_range(&strided, false, 0, 3, &range);
        CHECK(range.low == 3 && range.high == ((uint64_t)-7 & mask));
    }
}

static void
nothing(void)
{
    const dg_strided_values none = {NULL, 1, 1, false};
    dg_code_range range = DG_EMPTY_RANGE;
    dg_widen_range(&none, true, 0, 0, &range);
    CHECK(range.low > range.high);
}

void test_code_range(void);
void
test_code_range(void)
{
    RUN(every_width_and_sign);
    RUN(nothing);
}
