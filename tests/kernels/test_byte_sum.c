#include "harness.h"
#include "kernels/counting/byte_sum.h"

static void
every_length(void)
{
    static uint8_t bytes[300];
    uint64_t sum = 0;
    for (size_t n = 0; n < 300; n++) {
        CHECK(dg_byte_sum(bytes, n) == sum);
        bytes[n] = (uint8_t)(n * 37 % 256);
        sum += bytes[n];
    }
}

void test_byte_sum(void);
void
test_byte_sum(void)
{
    RUN(every_length);
}
