/* Readers of texts, ids and words. Those of amounts and times are in amounts.c. */
#include "cells.h"

#include <string.h>

#include "iopsched/text.h"

/* Line breaks and other control characters in a name would break calendars and tables. */
bool read_text(const struct cell *cell, void *field) {
  char *text = *cell->text ? arena_strdup(&cell->loading->clinic->arena, cell->text) : NULL;
  for (char *c = text; c && *c; c++)
    if ((unsigned char)*c < ' ' || *c == 0x7f) *c = ' ';
  *(const char **)field = text;
  return true;
}

bool read_raw(const struct cell *cell, void *field) {
  *(const char **)field = cell->text;
  return true;
}

/* The first part of *rest that is not empty, trimmed; NULL at the end. Cuts *rest up. */
static char *next_part(char **rest, const char *separators) {
  while (*rest) {
    char *part = strsep(rest, separators);
    part += strspn(part, " \t\r\n");
    size_t length = strlen(part);
    while (length > 0 && strchr(" \t\r\n", part[length - 1])) length--;
    part[length] = '\0';
    if (length > 0) return part;
  }
  return NULL;
}

struct parts split_list(const struct cell *cell, const char *text) {
  struct arena *arena = &cell->loading->scratch;
  char *rest = arena_strdup(arena, text);
  size_t most = 1;
  for (const char *c = rest; *c; c++) most += *c == ';' || *c == '|';
  struct parts parts = {arena_alloc(arena, most, sizeof *parts.list), 0};
  for (char *part; (part = next_part(&rest, ";|"));) parts.list[parts.n++] = part;
  return parts;
}

/* Ids. */

static bool is_id_letter(char c, bool is_first) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
  return !is_first && (c == '.' || c == '_' || c == '-');
}

static bool is_id(const char *text) {
  size_t length = 0;
  for (; text[length]; length++)
    if (!is_id_letter(text[length], length == 0)) return false;
  return length >= 1 && length <= MAX_WORD;
}

static bool report_taken(const struct cell *cell, const struct id *taken) {
  if (taken->lost) return false;
  const struct id_kind_info *info = &id_kind_infos[taken->kind];
  if (taken->kind != cell->column->kind)
    return cell_fault(cell, cell->text, "is already the id of a %s (%s, line %d)", info->noun,
                      info->file, taken->line);
  if (strcmp(taken->text, cell->text) == 0)
    return cell_fault(cell, cell->text, "is already on line %d", taken->line);
  return cell_fault(cell, cell->text,
                    "is already on line %d as '%s': case does not tell them apart", taken->line,
                    shown(cell->loading, taken->text));
}

void lose_id(struct loading *loading, enum id_kind kind, const char *text) {
  struct id id = {.text = arena_strdup(&loading->scratch, text), .kind = kind, .lost = true};
  ids_add(&loading->ids, &id);
}

bool read_new_name(const struct cell *cell, void *field) {
  const char *text = arena_strdup(&cell->loading->clinic->arena, cell->text);
  *(const char **)field = text;
  struct id id = {text, cell->column->kind, cell->row, cell->line, false};
  const struct id *taken = ids_add(&cell->loading->ids, &id);
  return !taken || report_taken(cell, taken);
}

bool read_new_id(const struct cell *cell, void *field) {
  bool is_all = text_equal_nocase(cell->text, "all");
  if (!is_all && is_id(cell->text)) return read_new_name(cell, field);
  *(const char **)field = arena_strdup(&cell->loading->clinic->arena, cell->text);
  lose_id(cell->loading, cell->column->kind, cell->text);
  if (is_all) return cell_fault(cell, cell->text, "cannot be an id: it means everyone");
  return cell_fault(cell, cell->text,
                    "is not an id (letters, digits, '.', '_' and '-', a letter or digit first, at "
                    "most %d)",
                    MAX_WORD);
}

bool unknown_reference(const struct cell *cell, enum id_kind kind, const char *text) {
  const struct id_kind_info *info = &id_kind_infos[kind];
  struct loading *loading = cell->loading;
  if (loading->ids.incomplete[kind]) return false;
  const char *suggestion = ids_suggest(&loading->ids, kind, text);
  if (suggestion)
    return cell_report(cell, "no %s '%s' in %s: did you mean '%s'?", info->noun,
                       shown(loading, text), info->file, shown(loading, suggestion));
  return cell_report(cell, "no %s '%s' in %s", info->noun, shown(loading, text), info->file);
}

const struct id *find_reference(const struct cell *cell, enum id_kind kind, const char *text) {
  const struct id *id = ids_find(&cell->loading->ids, kind, text);
  if (!id) {
    unknown_reference(cell, kind, text);
    return NULL;
  }
  if (id->lost) return NULL;
  if (id->kind != kind) {
    cell_fault(cell, text, "is a %s, not a %s", id_kind_infos[id->kind].noun,
               id_kind_infos[kind].noun);
    return NULL;
  }
  if (strcmp(id->text, text) == 0) return id;
  cell_fault(cell, text, "is written '%s' in %s", shown(cell->loading, id->text),
             id_kind_infos[kind].file);
  return NULL;
}

bool read_reference(const struct cell *cell, void *field) {
  int *index = field;
  *index = NONE;
  if (!*cell->text) return true;
  const struct id *id = find_reference(cell, cell->column->kind, cell->text);
  if (id) *index = id->index;
  return id != NULL;
}

bool read_references(const struct cell *cell, void *field) {
  struct parts parts = split_list(cell, cell->text);
  struct ints *ints = field;
  *ints =
      (struct ints){arena_alloc(&cell->loading->scratch, (size_t)parts.n, sizeof *ints->list), 0};
  bool is_sound = true;
  for (int i = 0; i < parts.n; i++) {
    const struct id *id = find_reference(cell, cell->column->kind, parts.list[i]);
    if (id) ints->list[ints->n++] = id->index;
    is_sound &= id != NULL;
  }
  ints->n = ints_sort_unique(ints->list, ints->n);
  return is_sound;
}

/* Words. */

static bool check_word(const struct cell *cell, const char *word) {
  return strlen(word) <= MAX_WORD || cell_fault(cell, word, "is longer than %d bytes", MAX_WORD);
}

bool read_words(const struct cell *cell, const char *text, struct words *words,
                struct ints *field) {
  struct parts parts = split_list(cell, text);
  *field = (struct ints){
      arena_alloc(&cell->loading->clinic->arena, (size_t)parts.n, sizeof *field->list), 0};
  bool is_sound = true;
  for (int i = 0; i < parts.n; i++) {
    if (check_word(cell, parts.list[i]))
      field->list[field->n++] = words_add(words, parts.list[i]);
    else
      is_sound = false;
  }
  field->n = ints_sort_unique(field->list, field->n);
  return is_sound;
}

bool read_tags(const struct cell *cell, void *field) {
  return read_words(cell, cell->text, &cell->loading->tags, field);
}

bool read_features(const struct cell *cell, void *field) {
  return read_words(cell, cell->text, &cell->loading->features, field);
}

bool read_credentials(const struct cell *cell, void *field) {
  if (strchr(cell->text, '+'))
    return cell_fault(cell, cell->text, "holds a '+', which joins the roles of a service");
  return read_words(cell, cell->text, &cell->loading->credentials, field);
}

bool read_category(const struct cell *cell, void *field) {
  *(int *)field = NONE;
  if (!*cell->text) return true;
  if (strpbrk(cell->text, ";|"))
    return cell_fault(cell, cell->text, "is a list: a service has one category");
  if (!check_word(cell, cell->text)) return false;
  *(int *)field = words_add(&cell->loading->categories, cell->text);
  return true;
}

/* Fixed words. */

const struct fixed_word yes_no[] = {{"yes", 1},   {"no", 0}, {"y", 1}, {"n", 0}, {"true", 1},
                                    {"false", 0}, {"1", 1},  {"0", 0}, {NULL, 0}};

/* 'a', 'b' or 'c': the first spelling of every value. */
static void list_words(const struct fixed_word *words, struct text *text) {
  int n = 0, last = 0;
  for (int i = 0; words[i].word; i++) {
    int first = 0;
    while (words[first].value != words[i].value) first++;
    if (first == i) last = i;
  }
  for (int i = 0; i <= last; i++) {
    const char *before = n++ == 0 ? "" : i == last ? " or " : ", ";
    text_printf(text, "%s'%s'", before, words[i].word);
  }
}

bool read_word(const struct cell *cell, void *field) {
  const struct fixed_word *words = cell->column->words;
  for (; words->word; words++) {
    if (!text_equal_nocase(cell->text, words->word)) continue;
    *(int *)field = words->value;
    return true;
  }
  struct text known = {0};
  list_words(cell->column->words, &known);
  cell_fault(cell, cell->text, "is not %s", known.data);
  text_free(&known);
  return false;
}

bool read_flag(const struct cell *cell, void *field) {
  int value;
  if (!read_word(cell, &value)) return false;
  *(bool *)field = value != 0;
  return true;
}
