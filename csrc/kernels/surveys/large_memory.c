#define _DEFAULT_SOURCE /* madvise is no part of C11 */

#include "kernels/surveys/large_memory.h"

#include <stdlib.h>

#ifdef __linux__
#include <sys/mman.h>
#endif

#include "kernels/checked_size.h"

#define PAGE ((size_t)1 << 21)
#define LEAST_PAGES 2

/* Whole large pages, at least so many bytes. */
static void *
take_pages(size_t bytes)
{
    size_t rounded;
    if (!dg_checked_add(bytes, PAGE - 1, &rounded)) {
        return NULL;
    }
    rounded -= rounded % PAGE;
    void *memory = aligned_alloc(PAGE, rounded);
#ifdef MADV_HUGEPAGE
    if (memory != NULL) {
        (void)madvise(memory, rounded, MADV_HUGEPAGE); /* a wish: without it the memory is as good */
    }
#endif
    return memory;
}

void *
dg_take_memory(size_t n, size_t size)
{
    size_t bytes;
    if (!dg_checked_multiply(n, size, &bytes)) {
        return NULL;
    }
    return bytes < LEAST_PAGES * PAGE ? malloc(bytes > 0 ? bytes : 1) : take_pages(bytes);
}
