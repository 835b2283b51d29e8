/* Where the cells of some columns of CSV text lie, every row checked to have as many cells as there are columns.
 *
 * Cells stand between commas, rows end in a line feed, which a carriage return may precede, and the last may lack its line
 * feed. A cell that begins with a quote ends at the next single one; in between, commas and line ends are text and two
 * quotes stand for one. A quote inside any other cell is text.
 */
#ifndef DG_CSV_CELLS_H
#define DG_CSV_CELLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernels/coding/label_table.h"
#include "kernels/status.h"

/* What is wrong with a row. */
enum dg_csv_fault {
    DG_CSV_NONE,
    DG_CSV_CELLS,       /* more or fewer cells than columns */
    DG_CSV_BLANK,       /* nothing at all, where there are several columns */
    DG_CSV_RETURN,      /* a carriage return without a line feed */
    DG_CSV_AFTER_QUOTE, /* text after the quote that ends a cell */
    DG_CSV_OPEN_QUOTE   /* the text ends inside quotes */
};

struct dg_csv_reader {
    const uint8_t *text;
    size_t size; /* at most INT32_MAX */
    size_t n_columns;
    const int32_t *slots; /* by column: which cell of a row to locate it as, or -1 */
    bool is_last;         /* no more text follows: a row may end where the text does */
    size_t at;            /* where the next row starts; after a fault, the row at fault */
    size_t n_cells;       /* of the row at fault */
    size_t block;         /* where the 64 bytes begin whose marks not yet read are `marks` */
    uint64_t marks;
    uint8_t *unescaped; /* cells with two quotes made one, or NULL while there are none */
    size_t n_unescaped;
};

/* A reader of `text` from byte `start` on, which is the last there is or a part that more follows. */
void dg_csv_start(struct dg_csv_reader *reader, const uint8_t *text, size_t size, size_t start, bool is_last,
                  size_t n_columns, const int32_t *slots);

/* Releases what the reader owns; spans that it gave are then void. */
void dg_csv_end(struct dg_csv_reader *reader);

/* Locates up to most_rows rows: the cell in slot s of the i-th goes to spans[s * most_rows + i]. *n_rows is how many rows there
 * were; fewer than most_rows mark the end of the text, where reader->at is the end, or the row that goes on in the text that
 * follows. DG_CORRUPT: *fault says what is wrong with the row at reader->at. */
dg_status dg_csv_locate(struct dg_csv_reader *reader, size_t most_rows, struct dg_span *spans, size_t *n_rows,
                        enum dg_csv_fault *fault);

#endif
