#include <string.h>

#include "cpu/loops.h"

/* __builtin_cpu_supports asks the operating system too. The first processors with 512-bit vectors slow down when they use
 * them; those that also have VBMI2 do not, and
 * they have GFNI and BITALG as well. */
size_t
dg_available_loops(const dg_loops *loops[DG_MOST_LOOPS])
{
    size_t n = 0;
    loops[n++] = &dg_baseline_loops;
#ifdef DG_HAVE_X86_LOOPS
    if (__builtin_cpu_supports("avx2")) {
        loops[n++] = &dg_avx2_loops;
    }
    if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi2") &&
        __builtin_cpu_supports("avx512bitalg") && __builtin_cpu_supports("gfni")) {
        loops[n++] = &dg_avx512_loops;
    }
#endif
    return n;
}

const dg_loops *
dg_best_loops(void)
{
    const dg_loops *loops[DG_MOST_LOOPS];
    return loops[dg_available_loops(loops) - 1];
}

const dg_loops *
dg_named_loops(const char *name)
{
    const dg_loops *loops[DG_MOST_LOOPS];
    for (size_t i = dg_available_loops(loops); i-- > 0;) {
        if (strcmp(name, loops[i]->name) == 0) {
            return loops[i];
        }
    }
    return NULL;
}
