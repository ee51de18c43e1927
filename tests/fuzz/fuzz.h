/* What the fuzz targets share. A target reads any bytes whatever as one of the program's readers
 * would, and aborts where what it got back cannot be; the sanitizers see to the rest. Built with
 * libFuzzer by scripts/fuzz.sh, and with driver.c for the short pass of the tests. */
#ifndef IOPSCHED_TESTS_FUZZ_H
#define IOPSCHED_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "iopsched/clinic.h"
#include "iopsched/schedule.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Aborts, and says what could not be. */
#define REQUIRE(condition)                                       \
  do {                                                           \
    if (!(condition)) fuzz_fail(#condition, __FILE__, __LINE__); \
  } while (0)
_Noreturn void fuzz_fail(const char *condition, const char *file, int line);

/* A private folder, in memory if the machine has a file system there, that holds a copy of the
 * small sample clinic; gone at exit. */
const char *fuzz_clinic_folder(void);
/* Another private folder; at first it holds a plan's sessions.csv and attendance.csv, with rows of
 * their header alone, and a summary.json. */
const char *fuzz_plan_folder(void);
/* Makes folder/name hold these bytes. */
void fuzz_write(const char *folder, const char *name, const uint8_t *data, size_t size);
/* Writes the files that the bytes hold, each after a line "%%% NAME"; only those
 * of names[n], and what stands above the first such line is passed over. All other files of the
 * folder are as they were at first. */
void fuzz_write_sections(const char *folder, const char *const *names, size_t n,
                         const uint8_t *data, size_t size);
/* Loads the folder for the sample's week as `check` does; NULL if it is faulty. */
struct clinic *fuzz_load(const char *folder);
/* What is printed to standard error from here on is lost, but for the sanitizers' words. */
void fuzz_silence(void);

#endif
