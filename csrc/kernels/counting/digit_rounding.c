#include "kernels/counting/digit_rounding.h"

#include <stdbool.h>
#include <string.h>

#define LEAST_EXPONENT (-1022) /* of the leading bit of a normal number */
#define GREATEST_EXPONENT 1023

static double
double_of(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof(value));
    return value;
}

static uint64_t
digit_at(const uint64_t *digits, size_t n, size_t k)
{
    return k < n ? digits[k] : 0;
}

/* Bits position .. position + 63 of the number. */
static uint64_t
bits_at(const uint64_t *digits, size_t n, size_t position)
{
    const size_t k = position / 32, shift = position % 32;
    const uint64_t low = digit_at(digits, n, k) | digit_at(digits, n, k + 1) << 32;
    return shift == 0 ? low : low >> shift | digit_at(digits, n, k + 2) << (64 - shift);
}

/* Whether any bit below `position` is set. */
static bool
any_below(const uint64_t *digits, size_t position)
{
    for (size_t k = 0; k < position / 32; k++) {
        if (digits[k] != 0) {
            return true;
        }
    }
    return position % 32 != 0 && (digits[position / 32] & ((UINT64_C(1) << position % 32) - 1)) != 0;
}

/* The number divided by 2**position, position > 0, rounded to the nearest whole number, ties to even; at most 2**53. */
static uint64_t
rounded_at(const uint64_t *digits, size_t n, size_t position)
{
    const uint64_t two = bits_at(digits, n, position - 1);
    const uint64_t whole = two >> 1;
    const bool up = (two & 1) != 0 && ((whole & 1) != 0 || any_below(digits, position - 1));
    return whole + up;
}

/* whole * 2**unit for whole <= 2**53 where the result is a double or too large: put together from its bits, in which a
 * mantissa that was rounded up to the next power of two carries into the exponent by itself. */
static double
scaled(uint64_t whole, int64_t unit)
{
    if (whole < UINT64_C(1) << 52) { /* subnormal: the unit is the smallest there is */
        return double_of(whole);
    }
    return double_of(((uint64_t)(unit + 1074) << 52) + whole);
}

double
dg_round_digits(const uint64_t *digits, size_t n, int64_t low)
{
    while (n > 0 && digits[n - 1] == 0) {
        n--;
    }
    if (n == 0) {
        return 0.0;
    }
    const int64_t top = 32 * (int64_t)(n - 1) + 63 - __builtin_clzll(digits[n - 1]);
    const int64_t exponent = top + low;
    if (exponent > GREATEST_EXPONENT) {
        return double_of(UINT64_C(0x7ff) << 52);
    }
    const int64_t unit = (exponent < LEAST_EXPONENT ? LEAST_EXPONENT : exponent) - 52; /* of the result's last bit */
    if (unit <= low) {
        const uint64_t whole = bits_at(digits, n, 0); /* no more than 53 bits */
        return scaled(whole << (low - unit), unit);
    }
    if (unit - low > top + 1) {
        return 0.0; /* below half of the smallest double */
    }
    return scaled(rounded_at(digits, n, (size_t)(unit - low)), unit);
}
