/* The names that the clinic's files give to things: ids, which are told apart without case, and
 * words (tags, credentials, features, categories), which are compared exactly. */
#ifndef IOPSCHED_LOAD_NAMES_H
#define IOPSCHED_LOAD_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "iopsched/memory.h"

/* What an id can be the id of. Patients, therapists and rooms share one space of ids. */
enum id_kind { ID_PATIENT, ID_THERAPIST, ID_ROOM, ID_SERVICE, ID_PAYER, ID_PHASE, N_ID_KINDS };

struct id_kind_info {
  const char *noun; /* "patient" */
  const char *file; /* "patients.csv" */
  enum id_kind space;
};
extern const struct id_kind_info id_kind_infos[N_ID_KINDS];

/* Only so many times is the nearest name looked for: so many unknown ones are no slips of the pen,
 * and looking through all names for each would take too long. */
enum { MOST_SUGGESTIONS = 1000 };

struct id_entry;
struct id {
  const char *text; /* as its own file writes it */
  enum id_kind kind;
  int index; /* of the patient, therapist, ... */
  int line;  /* of its own file */
  bool lost; /* its row could not be read: known, but of no use */
};

/* All ids of a clinic; {0} is none. */
struct ids {
  struct arena arena;
  struct id_entry *spaces[N_ID_KINDS];
  bool incomplete[N_ID_KINDS];    /* a fault hid some: who is not found may well exist */
  const char **texts[N_ID_KINDS]; /* [n_texts]: not lost */
  size_t n_texts[N_ID_KINDS], capacity[N_ID_KINDS];
  int n_suggestions;
};
/* Adds an id, unless it is taken in its space: then that one is returned, else NULL. Texts are
 * borrowed. */
const struct id *ids_add(struct ids *ids, const struct id *id);
/* The id of that space which is equal but for case, or NULL. */
const struct id *ids_find(const struct ids *ids, enum id_kind kind, const char *text);
/* The id of that kind which may have been meant, or NULL. */
const char *ids_suggest(struct ids *ids, enum id_kind kind, const char *text);
void ids_free(struct ids *ids);

struct word_entry;
/* A set of words, numbered in the order of their first use; {0} is empty. */
struct words {
  struct arena arena;
  struct word_entry *table;
  const char **list; /* [n] */
  int n;
  size_t capacity;
};
/* The number of the word, which is added if it is new (and then copied). */
int words_add(struct words *words, const char *word);
/* The number of the word, or -1. */
int words_find(const struct words *words, const char *word);
void words_free(struct words *words);
/* True for words such as cohort1 and cohort2: alike, but neither is a misspelling of the other. */
bool differ_in_digits_only(const char *a, const char *b);

#endif
