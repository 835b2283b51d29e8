/* How a caller ends a long kernel early. A kernel asks often; what it costs to find out is the caller's business. */
#ifndef DG_STOP_H
#define DG_STOP_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    bool (*asked)(void *context); /* true: return DG_STOPPED as soon as possible */
    void *context;
} dg_stop;

/* `stop` may be NULL: nobody asks. */
static inline bool
dg_stop_asked(const dg_stop *stop)
{
    return stop != NULL && stop->asked(stop->context);
}

#endif
