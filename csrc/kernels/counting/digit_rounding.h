/* Long numbers rounded to doubles, once: to the nearest, ties to even, as math.fsum rounds. */
#ifndef DG_DIGIT_ROUNDING_H
#define DG_DIGIT_ROUNDING_H

#include <stddef.h>
#include <stdint.h>

/* The double nearest to the sum of digits[k] * 2**(32 * k + low), k < n, every digit below 2**32. Subnormals are rounded
 * at their own last bit; what is nearer to 2**1024 than to the largest double is infinite. */
double dg_round_digits(const uint64_t *digits, size_t n, int64_t low);

#endif
