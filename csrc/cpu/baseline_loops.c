/* The loops in the instructions that every processor of this kind has. */
#define LOOPS dg_baseline_loops
#define LOOPS_NAME "baseline"
#define TARGET
#include "cpu/loops_body.h"
