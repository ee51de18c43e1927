/* Whose hours a row is about, and what weekly hours and exceptions come to. */
#ifndef IOPSCHED_LOAD_HOURS_H
#define IOPSCHED_LOAD_HOURS_H

#include "table.h"

/* Values of the column `kind`: an enum id_kind, or the program. */
enum { OWNER_PROGRAM = N_ID_KINDS };
extern const struct fixed_word owner_kinds[];

/* The hours of the one that the row's kind and id name; NULL, with a diagnostic, if there is none.
 */
struct hours *find_hours(const struct table_reader *reader, int kind, const char *id);
/* True unless start and end can be read and end is not after start, which is reported. */
bool check_times(const struct table_reader *reader, int start, int end);

#endif
