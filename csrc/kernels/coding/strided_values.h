/* Numbers that lie in memory in any way NumPy or Arrow can lay them out, read a block at a time.
 *
 * A kernel copies a block into scratch of its own, native, aligned and contiguous, and works on that copy: one loop then
 * serves every layout, and a value that was checked cannot change before it is used, whatever other threads do to the
 * array. Values that lie so already may be read in place, but then nothing that indexes memory may rest on a check of them.
 */
#ifndef DG_STRIDED_VALUES_H
#define DG_STRIDED_VALUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Rows in a block: the scratch of a block and a table of counts fit the 32 KiB nearest the processor together. */
#define DG_BLOCK_ROWS ((size_t)2048)

typedef struct {
    const unsigned char *data; /* the value of row 0 */
    ptrdiff_t stride;          /* bytes from one row to the next: any, also 0 and negative */
    uint8_t width;             /* bytes in a value: 1, 2, 4 or 8 */
    bool swapped;              /* the bytes are in the order that is not this machine's */
} dg_strided_values;

/* A block's own copy of the values, seen as unsigned integers of their width. */
typedef union {
    uint8_t u8[DG_BLOCK_ROWS];
    uint16_t u16[DG_BLOCK_ROWS];
    uint32_t u32[DG_BLOCK_ROWS];
    uint64_t u64[DG_BLOCK_ROWS];
} dg_block_values;

/* Copies rows first .. first + n - 1, n <= DG_BLOCK_ROWS. */
void dg_copy_values(const dg_strided_values *values, size_t first, size_t n, dg_block_values *copy);

/* Whether the values are native, aligned and contiguous. */
bool dg_values_in_place(const dg_strided_values *values);

/* Rows first .. first + n - 1 of 8-byte values where they lie if they lie in place, else in *copy. */
const uint64_t *dg_read_u64(const dg_strided_values *values, size_t first, size_t n, dg_block_values *copy);

/* Asks for rows first .. first + n - 1, which may go beyond the last one, to come from memory while something else is
 * worked on. */
void dg_prefetch_values(const dg_strided_values *values, size_t first, size_t n);

/* Copies bits first .. first + n - 1 of a bitmap (least significant bit first) as bytes 0 and 1. */
void dg_copy_bits(const unsigned char *bitmap, size_t first, size_t n, uint8_t *bytes);

#endif
