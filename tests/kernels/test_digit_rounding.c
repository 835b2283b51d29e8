#include "harness.h"
#include "kernels/counting/digit_rounding.h"

#include <float.h>
#include <math.h>

static double
rounded(uint64_t low_digit, uint64_t middle, uint64_t high, int64_t low)
{
    return dg_round_digits((uint64_t[]){low_digit, middle, high}, 3, low);
}

static void
exact_values(void)
{
    CHECK(rounded(0, 0, 0, 0) == 0.0 && dg_round_digits(NULL, 0, 0) == 0.0);
    CHECK(rounded(5, 0, 0, -1) == 2.5);
    CHECK(rounded(0xffffffff, 0x1fffff, 0, 0) == 9007199254740991.0);
    CHECK(rounded(1, 0, 0, -1074) == 0x1p-1074);
    CHECK(rounded(0xffffffff, 0x1fffff, 0, 971) == DBL_MAX);
}

static void
ties_go_to_even(void)
{
    CHECK(rounded(1, 0x200000, 0, 0) == 0x1p53);            /* 2**53 + 1 */
    CHECK(rounded(3, 0x200000, 0, 0) == 0x1p53 + 4);        /* 2**53 + 3 */
    CHECK(rounded(3, 0x400000, 0, 0) == 0x1p54 + 4);        /* 2**54 + 3, no tie */
    CHECK(rounded(0xffffffff, 0x3fffff, 0, 0) == 0x1p54);   /* carries into the next power */
}

/* A sticky bit far below decides a tie. */
static void
far_bits_count(void)
{
    CHECK(dg_round_digits((uint64_t[]){0, 1u << 31, 0x100000, 0}, 4, 0) == 0x1p84 + 0x1p63);
    CHECK(dg_round_digits((uint64_t[]){0, 1, 0x200000}, 3, 0) == 0x1p85);
    CHECK(dg_round_digits((uint64_t[]){1, 1, 0x200000}, 3, 0) == 0x1p85 + 0x1p33);
}

static void
subnormals(void)
{
    CHECK(rounded(1, 0, 0, -1075) == 0.0);            /* half of the smallest: even is 0 */
    CHECK(rounded(3, 0, 0, -1076) == 0x1p-1074);      /* three quarters */
    CHECK(rounded(3, 0, 0, -1075) == 0x2p-1074);      /* one and a half */
    CHECK(rounded(1, 0, 0, -1076) == 0.0 && rounded(1, 0, 0, -2148) == 0.0);
    CHECK(rounded(0xffffffff, 0xfffff, 0, -1074) == DBL_MIN - 0x1p-1074);
    CHECK(rounded(0xffffffff, 0x1fffff, 0, -1075) == DBL_MIN);
}

static void
too_large(void)
{
    CHECK(isinf(rounded(1, 0, 0, 1024)));
    CHECK(isinf(rounded(0xffffffff, 0x3fffff, 0, 970))); /* half a unit above the largest double */
    CHECK(rounded(0xfffffffe, 0x3fffff, 0, 970) == DBL_MAX);
}

void test_digit_rounding(void);
void
test_digit_rounding(void)
{
    RUN(exact_values);
    RUN(ties_go_to_even);
    RUN(far_bits_count);
    RUN(subnormals);
    RUN(too_large);
}
