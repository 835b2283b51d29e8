/* Sizes that are multiplied before memory is asked for: overflow is reported, never wrapped. */
#ifndef DG_CHECKED_SIZE_H
#define DG_CHECKED_SIZE_H

#include <stdbool.h>
#include <stddef.h>

/* *product = a * b; false when it does not fit, with *product unspecified. */
static inline bool
dg_checked_multiply(size_t a, size_t b, size_t *product)
{
    return !__builtin_mul_overflow(a, b, product);
}

/* *sum = a + b; false when it does not fit, with *sum unspecified. */
static inline bool
dg_checked_add(size_t a, size_t b, size_t *sum)
{
    return !__builtin_add_overflow(a, b, sum);
}

#endif
