/* Memory of many megabytes that is written once and given back: in large pages where the system has them, because being
 * handed thousands of small ones takes longer than the work that is done in them. */
#ifndef DG_LARGE_MEMORY_H
#define DG_LARGE_MEMORY_H

#include <stddef.h>

/* n elements of size bytes each, not zeroed, at least one byte, aligned for any type; NULL when there is no such memory or
 * the product overflows. To be released by free. */
void *dg_take_memory(size_t n, size_t size);

#endif
