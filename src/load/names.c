#include "names.h"

#include <stdlib.h>
#include <string.h>

#include "iopsched/text.h"

/* uthash gets its memory where everyone does, so that running out of it is noticed. */
#define uthash_malloc(size) mem_new(1, size)
#define uthash_free(pointer, size) free(pointer)
#include <uthash.h>

const struct id_kind_info id_kind_infos[N_ID_KINDS] = {
    [ID_PATIENT] = {"patient", "patients.csv", ID_PATIENT},
    [ID_THERAPIST] = {"therapist", "therapists.csv", ID_PATIENT},
    [ID_ROOM] = {"room", "rooms.csv", ID_PATIENT},
    [ID_SERVICE] = {"service", "services.csv", ID_SERVICE},
    [ID_PAYER] = {"payer", "payers.csv", ID_PAYER},
    [ID_PHASE] = {"phase", "phases.csv", ID_PHASE},
};

struct id_entry {
  struct id id;
  const char *key; /* lower case */
  UT_hash_handle hh;
};

static char *lower_case(char *text) {
  for (char *c = text; *c; c++)
    if (*c >= 'A' && *c <= 'Z') *c = (char)(*c - 'A' + 'a');
  return text;
}

const struct id *ids_add(struct ids *ids, const struct id *id) {
  const struct id *taken = ids_find(ids, id->kind, id->text);
  if (taken) return taken;
  struct id_entry *entry = arena_alloc(&ids->arena, 1, sizeof *entry);
  entry->id = *id;
  entry->key = lower_case(arena_strdup(&ids->arena, id->text));
  struct id_entry **space = &ids->spaces[id_kind_infos[id->kind].space];
  HASH_ADD_KEYPTR(hh, *space, entry->key, strlen(entry->key), entry);
  if (id->lost) return NULL;
  size_t *n = &ids->n_texts[id->kind];
  ids->texts[id->kind] = mem_room_for_one(ids->texts[id->kind], *n, &ids->capacity[id->kind],
                                          sizeof *ids->texts[id->kind]);
  ids->texts[id->kind][(*n)++] = id->text;
  return NULL;
}

const struct id *ids_find(const struct ids *ids, enum id_kind kind, const char *text) {
  struct text key = {0};
  text_add(&key, text);
  lower_case(key.data);
  struct id_entry *entry;
  HASH_FIND(hh, ids->spaces[id_kind_infos[kind].space], key.data, key.length, entry);
  text_free(&key);
  return entry ? &entry->id : NULL;
}

const char *ids_suggest(struct ids *ids, enum id_kind kind, const char *text) {
  if (ids->n_suggestions++ >= MOST_SUGGESTIONS) return NULL;
  return text_suggest(text, ids->texts[kind], ids->n_texts[kind]);
}

void ids_free(struct ids *ids) {
  for (int kind = 0; kind < N_ID_KINDS; kind++) {
    HASH_CLEAR(hh, ids->spaces[kind]);
    free(ids->texts[kind]);
  }
  arena_free(&ids->arena);
  *ids = (struct ids){0};
}

struct word_entry {
  const char *word;
  int number;
  UT_hash_handle hh;
};

static struct word_entry *find_word(const struct words *words, const char *word) {
  struct word_entry *entry;
  HASH_FIND(hh, words->table, word, strlen(word), entry);
  return entry;
}

int words_add(struct words *words, const char *word) {
  struct word_entry *entry = find_word(words, word);
  if (entry) return entry->number;
  entry = arena_alloc(&words->arena, 1, sizeof *entry);
  entry->word = arena_strdup(&words->arena, word);
  entry->number = words->n;
  HASH_ADD_KEYPTR(hh, words->table, entry->word, strlen(entry->word), entry);
  words->list =
      mem_room_for_one(words->list, (size_t)words->n, &words->capacity, sizeof *words->list);
  words->list[words->n++] = entry->word;
  return entry->number;
}

int words_find(const struct words *words, const char *word) {
  const struct word_entry *entry = find_word(words, word);
  return entry ? entry->number : -1;
}

void words_free(struct words *words) {
  HASH_CLEAR(hh, words->table);
  free(words->list);
  arena_free(&words->arena);
  *words = (struct words){0};
}

bool differ_in_digits_only(const char *a, const char *b) {
  static const char digits[] = "0123456789";
  while (*a && *b) {
    a += strspn(a, digits);
    b += strspn(b, digits);
    if (*a != *b) return false;
    if (*a) a++, b++;
  }
  return *(a + strspn(a, digits)) == *(b + strspn(b, digits));
}
