#include "binding/label_list.h"

#include <string.h>

#define LAST_CHARACTER 0x10ffff

/* The row number of the first row with this code: the coder wrote it, so there is one. */
static npy_intp
row_of(const struct dg_column_place *place, size_t code)
{
    npy_intp i = 0;
    while (i < place->n_rows && place->codes[i] != (npy_int32)code) {
        i++;
    }
    return place->first_row + i;
}

/* Replaces a UnicodeDecodeError, which would not say where, by a ValueError that does. */
static void
raise_not_utf8(const struct dg_column_place *place, size_t code)
{
    if (PyErr_ExceptionMatches(PyExc_UnicodeDecodeError)) {
        PyErr_Clear();
        PyErr_Format(PyExc_ValueError, "column '%s': the text in row %zd is not UTF-8", place->name,
                     row_of(place, code));
    }
}

PyObject *
dg_list_utf8(const struct dg_label_table *table, const struct dg_column_place *place)
{
    PyObject *list = PyList_New((Py_ssize_t)table->n_labels);
    if (list == NULL) {
        return NULL;
    }
    for (size_t code = 0; code < table->n_labels; code++) {
        PyObject *label = PyUnicode_DecodeUTF8((const char *)dg_label_table_bytes(table, code),
                                               (Py_ssize_t)table->labels[code].length, "strict");
        if (label == NULL) {
            raise_not_utf8(place, code);
            Py_DECREF(list);
            return NULL;
        }
        PyList_SET_ITEM(list, (Py_ssize_t)code, label);
    }
    return list;
}

static Py_UCS4
read_character(const uint8_t *bytes, bool swapped)
{
    Py_UCS4 character;
    memcpy(&character, bytes, sizeof character);
    if (swapped) {
        character = character >> 24 | (character >> 8 & 0xff00) | (character << 8 & 0xff0000) | character << 24;
    }
    return character;
}

static size_t
length_without_padding(const uint8_t *bytes, size_t length, bool swapped)
{
    while (length > 0 && read_character(bytes + 4 * (length - 1), swapped) == 0) {
        length--;
    }
    return length;
}

static Py_UCS4
highest_character(const uint8_t *bytes, size_t length, bool swapped)
{
    Py_UCS4 highest = 0;
    for (size_t i = 0; i < length; i++) {
        Py_UCS4 character = read_character(bytes + 4 * i, swapped);
        highest = character > highest ? character : highest;
    }
    return highest;
}

static PyObject *
decode_ucs4(const uint8_t *bytes, size_t length, bool swapped)
{
    length = length_without_padding(bytes, length, swapped);
    Py_UCS4 highest = highest_character(bytes, length, swapped);
    if (highest > LAST_CHARACTER) {
        PyErr_SetString(PyExc_UnicodeError, "not a character");
        return NULL;
    }
    PyObject *text = PyUnicode_New((Py_ssize_t)length, highest);
    for (size_t i = 0; text != NULL && i < length; i++) {
        PyUnicode_WRITE(PyUnicode_KIND(text), PyUnicode_DATA(text), i, read_character(bytes + 4 * i, swapped));
    }
    return text;
}

PyObject *
dg_list_ucs4(const struct dg_label_table *table, bool swapped, const struct dg_column_place *place)
{
    PyObject *list = PyList_New((Py_ssize_t)table->n_labels);
    if (list == NULL) {
        return NULL;
    }
    for (size_t code = 0; code < table->n_labels; code++) {
        PyObject *label = decode_ucs4(dg_label_table_bytes(table, code), table->labels[code].length / 4, swapped);
        if (label == NULL) {
            if (PyErr_ExceptionMatches(PyExc_UnicodeError)) {
                PyErr_Format(PyExc_ValueError, "column '%s': row %zd holds a number that is not a character",
                             place->name, row_of(place, code));
            }
            Py_DECREF(list);
            return NULL;
        }
        PyList_SET_ITEM(list, (Py_ssize_t)code, label);
    }
    return list;
}
