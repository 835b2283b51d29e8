/* Long calls without the GIL that Ctrl-C, or another thread, can end. */
#ifndef DG_STOPPING_H
#define DG_STOPPING_H

#include "binding/numpy_api.h"
#include "kernels/status.h"
#include "kernels/stop.h"

#include <time.h>

/* The flag another thread sets to stop a call: NULL for None, else a pointer to the one byte. Returns -1 on error. */
int dg_as_interrupt(PyObject *object, const npy_uint8 **flag);

/* Called with the GIL held between slices of a long call: -1 with KeyboardInterrupt (or whatever a signal handler
 * raised) or InterruptedError set when the call must stop. */
int dg_check_interrupt(const npy_uint8 *flag);

/* A kernel call without the GIL. Between begin and end no Python object may be touched:
 *
 *     dg_long_call call;
 *     const dg_stop stop = dg_begin_long_call(&call, flag);
 *     dg_status status = dg_some_kernel(..., &stop);
 *     dg_end_long_call(&call);
 *
 * However often the kernel asks, the GIL is taken back to look at signals only every few milliseconds. If `status` is
 * DG_STOPPED the exception is set already. */
typedef struct {
    PyThreadState *thread;
    const npy_uint8 *flag;
    struct timespec next;
} dg_long_call;

dg_stop dg_begin_long_call(dg_long_call *call, const npy_uint8 *flag);
void dg_end_long_call(dg_long_call *call);

#endif
