#include "iopsched/json.h"

#include <jansson.h>
#include <string.h>

#include "iopsched/memory.h"

__extension__ typedef __int128 wide;

/* struct json_doc is jansson's value under our name. */
static json_t *value_of(const struct json_doc *doc) {
  return (json_t *)(uintptr_t)doc;
}

static struct json_doc *doc_of(json_t *value) {
  return (struct json_doc *)value;
}

/* jansson reports a lack of memory by NULL, everywhere: no other failure is possible where keys and
 * texts are valid UTF-8. */
static void set(struct json_doc *object, const char *key, json_t *value) {
  if (!value || json_object_set_new(value_of(object), key, value) != 0) die_out_of_memory();
}

struct json_doc *json_doc_new(void) {
  json_t *object = json_object();
  if (!object) die_out_of_memory();
  return doc_of(object);
}

struct json_doc *json_doc_parse(const char *data, size_t length) {
  json_error_t error;
  json_t *value = json_loadb(data, length, JSON_REJECT_DUPLICATES, &error);
  if (value && json_is_object(value)) return doc_of(value);
  json_decref(value);
  return NULL;
}

void json_doc_free(struct json_doc *doc) {
  if (doc) json_decref(value_of(doc));
}

static json_t *string_of(const char *value) {
  json_t *text = json_string(value);
  if (!text) { /* a folder's name may be any bytes; JSON is UTF-8 */
    struct text plain = {0};
    for (const char *c = value; *c; c++)
      text_add_bytes(&plain, (unsigned char)*c < 0x80 ? c : "?", 1);
    text = json_string(plain.data);
    text_free(&plain);
  }
  return text;
}

void json_set_text(struct json_doc *object, const char *key, const char *value) {
  set(object, key, string_of(value));
}

void json_set_whole(struct json_doc *object, const char *key, int64_t value) {
  set(object, key, json_integer(value));
}

void json_set_ratio(struct json_doc *object, const char *key, int64_t units, int64_t scale) {
  /* Rounded exactly first: a quotient of whole numbers is then the same double everywhere. */
  wide billionths = (wide)(units < 0 ? -units : units) * 2 * 1000000000 + scale;
  double magnitude = (double)(int64_t)(billionths / ((wide)2 * scale)) / 1e9;
  set(object, key, json_real(units < 0 ? -magnitude : magnitude));
}

void json_set_null(struct json_doc *object, const char *key) {
  set(object, key, json_null());
}

struct json_doc *json_set_object(struct json_doc *object, const char *key) {
  json_t *child = json_object();
  set(object, key, child);
  return doc_of(child);
}

static void append(struct json_doc *list, json_t *value) {
  if (!value || json_array_append_new(value_of(list), value) != 0) die_out_of_memory();
}

struct json_doc *json_set_list(struct json_doc *object, const char *key) {
  json_t *list = json_array();
  set(object, key, list);
  return doc_of(list);
}

struct json_doc *json_append_object(struct json_doc *list) {
  json_t *child = json_object();
  append(list, child);
  return doc_of(child);
}

void json_append_text(struct json_doc *list, const char *value) {
  append(list, string_of(value));
}

void json_set_truth(struct json_doc *object, const char *key, bool value) {
  set(object, key, json_boolean(value));
}

bool json_get_text(const struct json_doc *object, const char *key, const char **value) {
  const json_t *found = json_object_get(value_of(object), key);
  if (!json_is_string(found)) return false;
  *value = json_string_value(found);
  return true;
}

bool json_get_whole(const struct json_doc *object, const char *key, int64_t *value) {
  const json_t *found = json_object_get(value_of(object), key);
  if (!json_is_integer(found)) return false;
  *value = json_integer_value(found);
  return true;
}

bool json_get_units(const struct json_doc *object, const char *key, int64_t scale, int64_t *units) {
  const json_t *found = json_object_get(value_of(object), key);
  if (!json_is_number(found)) return false;
  double value = json_number_value(found) * (double)scale;
  if (!(value > -1e15 && value < 1e15)) return false;
  *units = (int64_t)(value < 0 ? value - 0.5 : value + 0.5);
  return true;
}

const struct json_doc *json_get_object(const struct json_doc *object, const char *key) {
  json_t *found = json_object_get(value_of(object), key);
  return json_is_object(found) ? doc_of(found) : NULL;
}

const struct json_doc *json_get_item(const struct json_doc *object, const char *key, size_t i) {
  json_t *found = json_array_get(json_object_get(value_of(object), key), i);
  return json_is_object(found) ? doc_of(found) : NULL;
}

static int add_piece(const char *piece, size_t length, void *to) {
  text_add_bytes(to, piece, length);
  return 0;
}

void json_doc_write(const struct json_doc *doc, struct text *to) {
  int failed =
      json_dump_callback(value_of(doc), add_piece, to, JSON_INDENT(2) | JSON_REAL_PRECISION(15));
  if (failed) die_out_of_memory();
  text_add(to, "\n");
}
