/* CSV texts as files of a temporary folder, and the clinic that they make. */
#ifndef IOPSCHED_TESTS_CLINIC_FILES_H
#define IOPSCHED_TESTS_CLINIC_FILES_H

#include "iopsched/load.h"

/* A file: name and text. A list of them ends with {NULL, NULL}. */
typedef const char *file_text[2];

/* The Monday of 2026-W49 (30 November 2026), the week of the clinics below. */
int test_monday(void);

/* Writes the files into a new temporary folder, whose path (on the heap) is the caller's. */
char *folder_from_texts(const file_text *files);
/* The same, with a small clinic's file in place of each required one that is not in the list:
 * services 'Grp' (group, 3 to 12) and 'Ind' (individual), patients 'P1', 'P2', 'P3' (9 to 20 h over
 * 3 to 5 days), therapists 'T1', 'T2', room 'R1' (12). */
char *clinic_folder_from_texts(const file_text *files);
/* Adds or replaces one file of `length` bytes. */
void folder_write(const char *folder, const char *name, const void *bytes, size_t length);
/* Removes the folder with its files and frees the path. */
void folder_remove(char *folder);

/* The clinic of clinic_folder_from_texts(), loaded for test_monday(); the test fails, with the
 * diagnostics, if there is any error. */
struct clinic *clinic_from_texts(const file_text *files);
/* What loading them prints (on the heap), and how it ends. */
char *faults_of_texts(const file_text *files, enum load_status *status);

/* A file of the clinic of clinic_folder_from_texts(), and what loading it prints, line by line
 * without the file's name (as it is where another file is meant). */
struct fault_case {
  const char *text;
  const char *printed; /* "2: minutes: error: ..." */
};
/* Fails for the first case that prints something else, or whose status does not go with its errors.
 */
void check_faults(const char *file, const struct fault_case *cases, size_t n);

/* What is printed of them (on the heap). */
char *diagnostics_text(const struct diagnostics *diagnostics);

#endif
