#include "kernels/coding/text_column.h"

#include <stdbool.h>
#include <string.h>

#define BLOCK_ROWS ((size_t)1024) /* 16 KB of spans: half the first-level cache */
#define LONGEST INT32_MAX
#define VIEW_BYTES ((size_t)16)
#define INLINE_BYTES 12
#define MISSING ((struct dg_span){.bytes = NULL})

static inline bool
is_present(const struct dg_text_column *column, size_t row)
{
    size_t bit = column->valid_offset + row;
    return column->valid == NULL || (column->valid[bit >> 3] >> (bit & 7) & 1) != 0;
}

/* A span that has been found to lie inside `size` bytes that start at `data`. */
static inline struct dg_span
make_span(const uint8_t *data, size_t size, size_t start, size_t length)
{
    return (struct dg_span){.bytes = data + start,
                            .length = (uint32_t)length,
                            .has_room = size - start >= DG_HEAD_BYTES};
}

static inline void
read_offset_pair(const uint8_t *offsets, bool is_wide, size_t row, int64_t pair[2])
{
    if (is_wide) {
        memcpy(pair, offsets + 8 * row, 2 * sizeof *pair);
        return;
    }
    int32_t narrow[2];
    memcpy(narrow, offsets + 4 * row, sizeof narrow);
    pair[0] = narrow[0];
    pair[1] = narrow[1];
}

/* Inlined once for each layout, with and without missing values, so that the loop decides neither. */
static inline dg_status
locate_offsets(const struct dg_text_column *column, bool is_wide, bool has_missing, size_t first, size_t n,
               struct dg_span *spans, size_t *bad_row)
{
    static const uint8_t nothing[1] = {0}; /* an empty text in a buffer without an address is not a missing one */
    const uint8_t *offsets = column->index;
    const uint8_t *data = column->buffers[0].data == NULL ? nothing : column->buffers[0].data;
    const size_t size = column->buffers[0].size;
    for (size_t i = 0; i < n; i++) {
        if (has_missing && !is_present(column, first + i)) {
            spans[i] = MISSING;
            continue;
        }
        int64_t pair[2];
        read_offset_pair(offsets, is_wide, first + i, pair);
        if (pair[0] < 0 || pair[1] < pair[0] || (uint64_t)pair[1] > size || pair[1] - pair[0] > LONGEST) {
            *bad_row = first + i;
            return DG_CORRUPT;
        }
        spans[i] = make_span(data, size, (size_t)pair[0], (size_t)(pair[1] - pair[0]));
    }
    return DG_OK;
}

static dg_status
locate_narrow(const struct dg_text_column *column, size_t first, size_t n, struct dg_span *spans, size_t *bad_row)
{
    return column->valid == NULL ? locate_offsets(column, false, false, first, n, spans, bad_row)
                                 : locate_offsets(column, false, true, first, n, spans, bad_row);
}

static dg_status
locate_wide(const struct dg_text_column *column, size_t first, size_t n, struct dg_span *spans, size_t *bad_row)
{
    return column->valid == NULL ? locate_offsets(column, true, false, first, n, spans, bad_row)
                                 : locate_offsets(column, true, true, first, n, spans, bad_row);
}

static inline uint32_t
read_uint32(const uint8_t *bytes)
{
    uint32_t number;
    memcpy(&number, bytes, sizeof number);
    return number;
}

/* One of two numbers, without the branch that a conditional expression may become. */
static inline size_t
choose(bool second, size_t a, size_t b)
{
    return a ^ ((a ^ b) & (0 - (size_t)second));
}

/* A view: its length, then 12 bytes of text if it is no longer, else a prefix, the number of its buffer and its offset
 * there. A short text lies in its own view, 4 bytes in; the views up to the last row, `own`, serve as its buffer. Which
 * of the two it is, is chosen without a branch: texts are short or long at random. Numbers are read as unsigned, so that
 * a negative one becomes too large. Returns false for a view that points outside its buffer. */
static inline bool
locate_view(const struct dg_bytes own, const struct dg_bytes *buffers, size_t n_buffers, size_t row,
            struct dg_span *span)
{
    const uint8_t *view = own.data + VIEW_BYTES * row;
    size_t length = read_uint32(view);
    bool is_long = length > INLINE_BYTES;
    size_t number = choose(is_long, 0, read_uint32(view + 8));
    if ((number >= n_buffers) | (length > LONGEST)) {
        return false;
    }
    size_t start = choose(is_long, VIEW_BYTES * row + 4, read_uint32(view + 12));
    size_t size = choose(is_long, own.size, buffers[number].size);
    size_t data = choose(is_long, (size_t)(uintptr_t)own.data, (size_t)(uintptr_t)buffers[number].data);
    if ((start > size) | (length > size - start)) {
        return false;
    }
    *span = make_span((const uint8_t *)(uintptr_t)data, size, start, length);
    return true;
}

static inline dg_status
locate_all_views(const struct dg_text_column *column, bool has_missing, size_t first, size_t n, struct dg_span *spans,
                 size_t *bad_row)
{
    static const struct dg_bytes nothing = {NULL, 0}; /* so that there is a buffer 0 to look at */
    const struct dg_bytes own = {column->index, VIEW_BYTES * column->n_rows};
    const struct dg_bytes *buffers = column->n_buffers == 0 ? &nothing : column->buffers;
    const size_t n_buffers = column->n_buffers == 0 ? 1 : column->n_buffers;
    for (size_t i = 0; i < n; i++) {
        if (has_missing && !is_present(column, first + i)) {
            spans[i] = MISSING;
        }
        else if (!locate_view(own, buffers, n_buffers, first + i, spans + i)) {
            *bad_row = first + i;
            return DG_CORRUPT;
        }
    }
    return DG_OK;
}

static dg_status
locate_views(const struct dg_text_column *column, size_t first, size_t n, struct dg_span *spans, size_t *bad_row)
{
    return column->valid == NULL ? locate_all_views(column, false, first, n, spans, bad_row)
                                 : locate_all_views(column, true, first, n, spans, bad_row);
}

static dg_status
locate_records(const struct dg_text_column *column, size_t first, size_t n, struct dg_span *spans)
{
    bool has_room = column->width >= DG_HEAD_BYTES;
    for (size_t i = 0; i < n; i++) {
        const uint8_t *record = column->index + column->stride * (ptrdiff_t)(first + i);
        spans[i] = is_present(column, first + i)
                           ? (struct dg_span){.bytes = record, .length = column->width, .has_room = has_room}
                           : MISSING;
    }
    return DG_OK;
}

dg_status
dg_text_column_locate(const struct dg_text_column *column, size_t first, size_t n, struct dg_span *spans,
                      size_t *bad_row)
{
    switch (column->layout) {
        case DG_TEXT_VIEWS:
            return locate_views(column, first, n, spans, bad_row);
        case DG_TEXT_RECORDS:
            return locate_records(column, first, n, spans);
        case DG_TEXT_OFFSETS64:
            return locate_wide(column, first, n, spans, bad_row);
        case DG_TEXT_OFFSETS32:
            break;
    }
    return locate_narrow(column, first, n, spans, bad_row);
}

dg_status
dg_text_column_code(const struct dg_text_column *column, struct dg_label_table *table, size_t first, size_t n,
                    int32_t *codes, size_t *bad_row)
{
    struct dg_span spans[BLOCK_ROWS];
    for (size_t done = 0; done < n;) {
        size_t rows = n - done < BLOCK_ROWS ? n - done : BLOCK_ROWS;
        dg_status status = dg_text_column_locate(column, first + done, rows, spans, bad_row);
        if (status == DG_OK) {
            status = dg_label_table_code(table, spans, rows, codes + done);
        }
        if (status != DG_OK) {
            return status;
        }
        done += rows;
    }
    return DG_OK;
}
