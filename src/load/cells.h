/* Readers of cells, for the columns of tables: each turns a text into a field, or reports why it
 * cannot. The field's type is named with each. */
#ifndef IOPSCHED_LOAD_CELLS_H
#define IOPSCHED_LOAD_CELLS_H

#include "table.h"

/* Most bytes of a tag, credential, feature, category or phase. */
enum { MAX_WORD = 64 };
/* An absent date (int field). */
enum { NO_DATE = INT_MIN };

/* Parts of a list, in the arena that the reader names. */
struct parts {
  const char **list; /* [n] */
  int n;
};

/* const char *, in the clinic's arena: any text, on one line; NULL where empty. */
bool read_text(const struct cell *cell, void *field);
/* const char *: the cell's text itself, until the table is closed. */
bool read_raw(const struct cell *cell, void *field);
/* const char *, in the clinic's arena: the id of this row's patient, service, ... (column->kind),
 * which from now on is known. */
bool read_new_id(const struct cell *cell, void *field);
/* The same for payers and phases, which may have any name. */
bool read_new_name(const struct cell *cell, void *field);
/* int: the index of the one named (column->kind), NONE where empty. */
bool read_reference(const struct cell *cell, void *field);
/* struct ints: indices of all named, ascending, each once (loading's scratch arena). */
bool read_references(const struct cell *cell, void *field);
/* struct ints: numbers of the words in loading->tags, credentials, features; ascending, each once,
 * in the clinic's arena. */
bool read_tags(const struct cell *cell, void *field);
bool read_credentials(const struct cell *cell, void *field);
bool read_features(const struct cell *cell, void *field);
/* int: number of the word in loading->categories, NONE where empty. */
bool read_category(const struct cell *cell, void *field);

/* int: a whole number from low to high; `absent` where empty. */
bool read_count(const struct cell *cell, void *field);
/* int: minutes, from a decimal number of hours; low and high are in minutes, `step` the minutes of
 * which it is a multiple (0: 1); `absent` where empty. */
bool read_hours(const struct cell *cell, void *field);
/* int64_t or int: thousandths, from low to high; `absent` where empty. */
bool read_weight(const struct cell *cell, void *field);
bool read_priority(const struct cell *cell, void *field);
/* int: whole minutes from low to high, on the clinic's grid. */
bool read_grid_minutes(const struct cell *cell, void *field);

/* int or enum: the value of one of column->words. */
bool read_word(const struct cell *cell, void *field);
/* bool: the same. */
bool read_flag(const struct cell *cell, void *field);
extern const struct fixed_word yes_no[];

/* int: minutes of the day; `absent` where empty. */
bool read_clock(const struct cell *cell, void *field);
/* int: the day of the week. */
bool read_day(const struct cell *cell, void *field);
/* int: bit d for day d of a list, or all seven for `all`. */
bool read_days(const struct cell *cell, void *field);
/* int: a date; NO_DATE where empty. */
bool read_date(const struct cell *cell, void *field);
/* int: the Monday (a date) of an ISO week; NO_DATE where empty. */
bool read_week(const struct cell *cell, void *field);

/* For readers of single tables. */
/* The parts of a list: separated by ';' or '|', trimmed, empty ones left out. In loading's scratch
 * arena. A cell of a file separated by semicolons can hold one only in quotes: it came from a file
 * that was separated by commas, so it separates here too. */
struct parts split_list(const struct cell *cell, const char *text);
/* The one of that kind called `text`: NULL, with a diagnostic, if there is none, or if a fault
 * hides it (then without). */
const struct id *find_reference(const struct cell *cell, enum id_kind kind, const char *text);
/* Reports that there is none of that kind, unless a fault may hide it. Returns false. */
bool unknown_reference(const struct cell *cell, enum id_kind kind, const char *text);
/* Notes an id whose row could not be read. */
void lose_id(struct loading *loading, enum id_kind kind, const char *text);
/* Adds the words of a list to a set; see read_tags(). */
bool read_words(const struct cell *cell, const char *text, struct words *words, struct ints *field);

#endif
