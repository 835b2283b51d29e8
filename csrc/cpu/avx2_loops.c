/* The loops in 256-bit vectors, for x86-64 processors from about 2013 on. */
#include "cpu/loops.h"

#ifdef DG_HAVE_AVX2_LOOPS
#define LOOPS dg_avx2_loops
#define LOOPS_NAME "avx2"
#define TARGET __attribute__((target("avx2")))
#include "cpu/loops_body.h"
#endif
