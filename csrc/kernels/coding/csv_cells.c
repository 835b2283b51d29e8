#include "kernels/coding/csv_cells.h"

#include "cpu/csv_marks.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK ((size_t)64)

static uint64_t
marks_of_block(const struct dg_csv_reader *reader)
{
    const uint8_t *text = reader->text + reader->block;
    size_t left = reader->size - reader->block;
    if (left >= BLOCK) {
        return dg_csv_marks(text);
    }
    uint8_t padded[BLOCK] = {0};
    memcpy(padded, text, left);
    return dg_csv_marks(padded);
}

void
dg_csv_start(struct dg_csv_reader *reader, const uint8_t *text, size_t size, size_t start, bool is_last,
             size_t n_columns, const int32_t *slots)
{
    *reader = (struct dg_csv_reader){.text = text,
                                     .size = size,
                                     .n_columns = n_columns,
                                     .slots = slots,
                                     .is_last = is_last,
                                     .at = start,
                                     .block = start};
    reader->marks = start < size ? marks_of_block(reader) : 0;
}

void
dg_csv_end(struct dg_csv_reader *reader)
{
    free(reader->unescaped);
    reader->unescaped = NULL;
}

/* Where the next comma, quote, line feed or carriage return stands; the size of the text when there is none. */
static inline size_t
next_mark(struct dg_csv_reader *reader)
{
    while (reader->marks == 0) {
        if (reader->size - reader->block <= BLOCK) {
            return reader->size;
        }
        reader->block += BLOCK;
        reader->marks = marks_of_block(reader);
    }
    size_t at = reader->block + (size_t)__builtin_ctzll(reader->marks);
    reader->marks &= reader->marks - 1;
    return at;
}

static inline bool
is_at(const struct dg_csv_reader *reader, size_t at, uint8_t byte)
{
    return at < reader->size && reader->text[at] == byte;
}

/* A carriage return at `end` takes the line feed after it along. */
static inline enum dg_csv_fault
check_end(struct dg_csv_reader *reader, size_t end)
{
    if (!is_at(reader, end, '\r')) {
        return DG_CSV_NONE;
    }
    if (!is_at(reader, end + 1, '\n')) {
        return DG_CSV_RETURN;
    }
    next_mark(reader);
    return DG_CSV_NONE;
}

static inline enum dg_csv_fault
read_plain(struct dg_csv_reader *reader, size_t start, struct dg_span *span, size_t *end)
{
    do {
        *end = next_mark(reader);
    } while (is_at(reader, *end, '"'));
    *span = (struct dg_span){reader->text + start, (uint32_t)(*end - start), 0,
                             reader->size - start >= DG_HEAD_BYTES};
    return check_end(reader, *end);
}

/* The cell between its quotes, each pair of quotes in it made one. */
static bool
unescape(struct dg_csv_reader *reader, struct dg_span *span)
{
    if (reader->unescaped == NULL) {
        reader->unescaped = malloc(reader->size);
    }
    if (reader->unescaped == NULL) {
        return false;
    }
    uint8_t *to = reader->unescaped + reader->n_unescaped;
    uint32_t n = 0;
    for (uint32_t i = 0; i < span->length; i++) {
        to[n++] = span->bytes[i];
        i += span->bytes[i] == '"';
    }
    reader->n_unescaped += n;
    *span = (struct dg_span){to, n, 0, 0};
    return true;
}

/* The quote that ends the cell which begins with the next mark; *pairs when there are two quotes for one before it. */
static size_t
closing_quote(struct dg_csv_reader *reader, bool *pairs)
{
    next_mark(reader);
    for (;;) {
        size_t at = next_mark(reader);
        if (at == reader->size) {
            return at;
        }
        if (reader->text[at] != '"') {
            continue;
        }
        if (!is_at(reader, at + 1, '"')) {
            return at;
        }
        next_mark(reader);
        *pairs = true;
    }
}

__attribute__((noinline)) static dg_status
read_quoted(struct dg_csv_reader *reader, size_t start, struct dg_span *span, size_t *end, enum dg_csv_fault *fault)
{
    bool pairs = false;
    size_t close = closing_quote(reader, &pairs);
    if (close == reader->size) {
        *fault = DG_CSV_OPEN_QUOTE;
        return DG_CORRUPT;
    }
    *end = next_mark(reader);
    *fault = *end == close + 1 ? check_end(reader, *end) : DG_CSV_AFTER_QUOTE;
    *span = (struct dg_span){reader->text + start + 1, (uint32_t)(close - start - 1), 0,
                             reader->size - start - 1 >= DG_HEAD_BYTES};
    if (*fault != DG_CSV_NONE) {
        return DG_CORRUPT;
    }
    return pairs && !unescape(reader, span) ? DG_NO_MEMORY : DG_OK;
}

/* A carriage return that ends the text: what follows may begin with the line feed. */
static inline bool
is_cut_return(const struct dg_csv_reader *reader, enum dg_csv_fault fault, size_t end)
{
    return fault == DG_CSV_RETURN && end + 1 == reader->size;
}

/* One row, which begins at reader->at, before the end of the text; *goes_on when it may not end in this text. */
static inline dg_status
read_row(struct dg_csv_reader *reader, struct dg_span *spans, size_t stride, enum dg_csv_fault *fault, bool *goes_on)
{
    size_t start = reader->at, end = start, column = 0;
    bool more = true;
    while (more) {
        struct dg_span span;
        if (is_at(reader, start, '"')) {
            dg_status status = read_quoted(reader, start, &span, &end, fault);
            if (status != DG_OK) {
                *goes_on = *fault == DG_CSV_OPEN_QUOTE || is_cut_return(reader, *fault, end);
                return status;
            }
        }
        else if ((*fault = read_plain(reader, start, &span, &end)) != DG_CSV_NONE) {
            *goes_on = is_cut_return(reader, *fault, end);
            return DG_CORRUPT;
        }
        if (column < reader->n_columns && reader->slots[column] >= 0) {
            spans[(size_t)reader->slots[column] * stride] = span;
        }
        column++;
        more = is_at(reader, end, ',');
        start = end + 1;
    }
    *goes_on = end == reader->size;
    bool is_blank = end == reader->at && reader->n_columns > 1;
    if (is_blank || column != reader->n_columns) {
        reader->n_cells = column;
        *fault = is_blank ? DG_CSV_BLANK : DG_CSV_CELLS;
        return DG_CORRUPT;
    }
    end += is_at(reader, end, '\r');
    reader->at = end < reader->size ? end + 1 : reader->size;
    return DG_OK;
}

dg_status
dg_csv_locate(struct dg_csv_reader *reader, size_t most_rows, struct dg_span *spans, size_t *n_rows,
              enum dg_csv_fault *fault)
{
    *fault = DG_CSV_NONE;
    for (*n_rows = 0; *n_rows < most_rows && reader->at < reader->size; (*n_rows)++) {
        bool goes_on = false;
        size_t start = reader->at;
        dg_status status = read_row(reader, spans + *n_rows, most_rows, fault, &goes_on);
        if (goes_on && !reader->is_last && status != DG_NO_MEMORY) {
            reader->at = start;
            *fault = DG_CSV_NONE;
            return DG_OK;
        }
        if (status != DG_OK) {
            return status;
        }
    }
    return DG_OK;
}
