#include "harness.h"
#include "kernels/surveys/large_memory.h"

#include <stdint.h>
#include <stdlib.h>

static void
memory_can_be_written(void)
{
    const size_t sizes[6] = {0, 1, 4095, (size_t)1 << 22, ((size_t)1 << 22) + 1, (size_t)9 << 20};
    for (size_t i = 0; i < 6; i++) {
        unsigned char *memory = dg_take_memory(sizes[i], 1);
        CHECK(memory != NULL && (uintptr_t)memory % 16 == 0);
        for (size_t k = 0; k < sizes[i]; k += 1024) {
            memory[k] = 1;
        }
        if (sizes[i] > 0) {
            memory[sizes[i] - 1] = 2;
        }
        free(memory);
    }
}

static void
more_than_memory(void)
{
    CHECK(dg_take_memory(SIZE_MAX, 2) == NULL && dg_take_memory(SIZE_MAX, 1) == NULL);
}

void test_large_memory(void);
void
test_large_memory(void)
{
    RUN(memory_can_be_written);
    RUN(more_than_memory);
}
