/* Where the values of a text column lie, whatever lays them out: Arrow's offsets (32 and 64 bits), Arrow's string views,
 * or NumPy's records of a fixed width.
 *
 * Every offset is checked against its buffer before it is used, and the copy that was checked is the one used, so a
 * corrupt column (or a thread that changes it meanwhile) is reported and never read out of bounds.
 */
#ifndef DG_TEXT_COLUMN_H
#define DG_TEXT_COLUMN_H

#include <stddef.h>
#include <stdint.h>

#include "kernels/coding/label_table.h"
#include "kernels/status.h"

enum dg_text_layout {
    DG_TEXT_OFFSETS32, /* value i lies between offsets i and i + 1 of buffers[0] */
    DG_TEXT_OFFSETS64,
    DG_TEXT_VIEWS, /* 16 bytes a value: its length, then up to 12 bytes, or a prefix, buffer number and offset */
    DG_TEXT_RECORDS
};

struct dg_bytes {
    const uint8_t *data;
    size_t size;
};

struct dg_text_column {
    enum dg_text_layout layout;
    const uint8_t *index; /* the offset, view or record of row 0; any alignment */
    size_t n_rows;
    ptrdiff_t stride;     /* records: bytes from one row to the next */
    uint32_t width;       /* records: bytes of each */
    const struct dg_bytes *buffers;
    size_t n_buffers;
    const uint8_t *valid; /* bit 1 = present, least significant first; NULL: all present */
    size_t valid_offset;  /* the bit of row 0 */
};

/* The spans of rows first .. first + n - 1, which must lie in the column. DG_CORRUPT: row *bad_row points outside its
 * buffer (or is longer than 2**31 - 1 bytes). */
dg_status dg_text_column_locate(const struct dg_text_column *column, size_t first, size_t n, struct dg_span *spans,
                                size_t *bad_row);

/* The codes of rows first .. first + n - 1 (-1 for a missing one), into codes[0 .. n - 1]. */
dg_status dg_text_column_code(const struct dg_text_column *column, struct dg_label_table *table, size_t first, size_t n,
                              int32_t *codes, size_t *bad_row);

#endif
