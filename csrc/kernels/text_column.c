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

struct view {
    int32_t length;
    int32_t prefix;
    int32_t buffer;
    int32_t offset;
};

/* A short text lies in its own view, 4 bytes in; the views up to the last row, `own`, serve as its buffer. Which of the
 * two it is, is chosen without a branch: texts are short or long at random. Returns false for a view that points
 * outside its buffer. */
static inline bool
locate_view(const struct dg_text_column *column, const struct dg_bytes *own, size_t row, struct dg_span *span)
{
    struct view view;
    memcpy(&view, own->data + VIEW_BYTES * row, sizeof view);
    bool is_long = view.length > INLINE_BYTES;
    size_t number = is_long ? (uint32_t)view.buffer : 0; /* a negative one becomes too large */
    if (view.length < 0 || (is_long & (number >= column->n_buffers))) {
        return false;
    }
    const struct dg_bytes *choices[2] = {own, column->buffers + number};
    size_t starts[2] = {VIEW_BYTES * row + 4, (uint32_t)view.offset};
    const struct dg_bytes *buffer = choices[is_long];
    size_t start = starts[is_long];
    if (start > buffer->size || (size_t)view.length > buffer->size - start) {
        return false;
    }
    *span = make_span(buffer->data, buffer->size, start, (size_t)view.length);
    return true;
}

static dg_status
locate_views(const struct dg_text_column *column, size_t first, size_t n, struct dg_span *spans, size_t *bad_row)
{
    const struct dg_bytes own = {column->index, VIEW_BYTES * column->n_rows};
    for (size_t i = 0; i < n; i++) {
        spans[i] = MISSING;
        if (is_present(column, first + i) && !locate_view(column, &own, first + i, spans + i)) {
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
