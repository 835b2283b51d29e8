#include "kernels/text_column.h"

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

static inline bool
read_offset_pair(const struct dg_text_column *column, size_t row, int64_t pair[2])
{
    if (column->layout == DG_TEXT_OFFSETS64) {
        memcpy(pair, column->index + 8 * row, 2 * sizeof *pair);
    }
    else {
        int32_t narrow[2];
        memcpy(narrow, column->index + 4 * row, sizeof narrow);
        pair[0] = narrow[0];
        pair[1] = narrow[1];
    }
    return 0 <= pair[0] && pair[0] <= pair[1] && (uint64_t)pair[1] <= column->buffers[0].size &&
           pair[1] - pair[0] <= LONGEST;
}

static dg_status
locate_offsets(const struct dg_text_column *column, size_t first, size_t n, struct dg_span *spans, size_t *bad_row)
{
    static const uint8_t nothing[1] = {0}; /* an empty text in a buffer without an address is not a missing one */
    const struct dg_bytes buffer = column->buffers[0];
    const uint8_t *data = buffer.data == NULL ? nothing : buffer.data;
    for (size_t i = 0; i < n; i++) {
        if (!is_present(column, first + i)) {
            spans[i] = MISSING;
            continue;
        }
        int64_t pair[2];
        if (!read_offset_pair(column, first + i, pair)) {
            *bad_row = first + i;
            return DG_CORRUPT;
        }
        spans[i] = make_span(data, buffer.size, (size_t)pair[0], (size_t)(pair[1] - pair[0]));
    }
    return DG_OK;
}

struct view {
    int32_t length;
    int32_t prefix;
    int32_t buffer;
    int32_t offset;
};

/* A short text lies in its own view, 4 bytes in; the views up to the last row serve as its buffer. */
static inline bool
locate_view(const struct dg_text_column *column, size_t row, struct dg_span *span)
{
    struct view view;
    memcpy(&view, column->index + VIEW_BYTES * row, sizeof view);
    struct dg_bytes buffer = {column->index, VIEW_BYTES * column->n_rows};
    size_t start = VIEW_BYTES * row + 4;
    if (view.length > INLINE_BYTES) {
        if (view.buffer < 0 || (size_t)view.buffer >= column->n_buffers || view.offset < 0) {
            return false;
        }
        buffer = column->buffers[view.buffer];
        start = (size_t)view.offset;
    }
    if (view.length < 0 || start > buffer.size || (size_t)view.length > buffer.size - start) {
        return false;
    }
    *span = make_span(buffer.data, buffer.size, start, (size_t)view.length);
    return true;
}

static dg_status
locate_views(const struct dg_text_column *column, size_t first, size_t n, struct dg_span *spans, size_t *bad_row)
{
    for (size_t i = 0; i < n; i++) {
        spans[i] = MISSING;
        if (is_present(column, first + i) && !locate_view(column, first + i, spans + i)) {
            *bad_row = first + i;
            return DG_CORRUPT;
        }
    }
    return DG_OK;
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
        case DG_TEXT_OFFSETS32:
        case DG_TEXT_OFFSETS64:
            break;
    }
    return locate_offsets(column, first, n, spans, bad_row);
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
