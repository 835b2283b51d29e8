#include <string.h>

#include "cpu/loops.h"

const dg_loops *
dg_best_loops(void)
{
#ifdef DG_HAVE_AVX2_LOOPS
    if (__builtin_cpu_supports("avx2")) { /* asks the operating system too */
        return &dg_avx2_loops;
    }
#endif
    return &dg_baseline_loops;
}

const dg_loops *
dg_named_loops(const char *name)
{
    const dg_loops *best = dg_best_loops();
    if (strcmp(name, best->name) == 0) {
        return best;
    }
    return strcmp(name, dg_baseline_loops.name) == 0 ? &dg_baseline_loops : NULL;
}
