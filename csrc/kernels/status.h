/* What a kernel can report. Kernels never print and never raise: the binding turns a status into an exception. */
#ifndef DG_STATUS_H
#define DG_STATUS_H

typedef enum {
    DG_OK = 0,
    DG_NO_MEMORY,
    DG_CODE_OUT_OF_RANGE, /* a code lies outside its column's levels */
    DG_WEIGHT_NEGATIVE,
    DG_WEIGHT_NAN,
    DG_WEIGHT_INFINITE,
    DG_WEIGHT_OUTSIDE_WINDOW, /* the weights changed after their exponents were read */
    DG_ANSWERS_CHANGED, /* while they were counted */
    DG_COUNT_NEGATIVE,
    DG_TOO_MANY_ANSWERS, /* a row has more than 2**31 - 1 */
    DG_CORRUPT,               /* offsets or lengths that point outside their buffer */
    DG_STOPPED                /* the caller asked for an end: see stop.h */
} dg_status;

#endif
