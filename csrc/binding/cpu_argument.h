/* The instruction set that a call asks for. */
#ifndef DG_CPU_ARGUMENT_H
#define DG_CPU_ARGUMENT_H

#include "binding/numpy_api.h"
#include "cpu/loops.h"

/* The loops of a name, or the best for None; NULL with ValueError set when this machine has none of that name. */
const dg_loops *dg_as_loops(PyObject *name);

#endif
