/* CSV texts as files of a temporary folder, and the clinic that they make. */
#ifndef IOPSCHED_TESTS_CLINIC_FILES_H
#define IOPSCHED_TESTS_CLINIC_FILES_H

#include "iopsched/load.h"

/* A file: name and text. A list of them ends with {NULL, NULL}. */
typedef const char *file_text[2];

/* Writes the files into a new temporary folder, whose path (on the heap) is the caller's. A later
 * file of the same name replaces the earlier. */
char *folder_from_texts(const file_text *files);
/* Adds or replaces one file of `length` bytes. */
void folder_write(const char *folder, const char *name, const void *bytes, size_t length);
/* Removes the folder with its files and frees the path. */
void folder_remove(char *folder);

#endif
