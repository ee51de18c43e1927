/* JSON documents: an object is filled key by key and written, or read and asked. The only door to
 * jansson. Keys keep their order. */
#ifndef IOPSCHED_JSON_H
#define IOPSCHED_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "iopsched/text.h"

/* An object. A child belongs to the document it was made in; json_doc_free() on the document ends
 * them all. */
struct json_doc;

struct json_doc *json_doc_new(void);
/* Reads a document; NULL if the text is not JSON or no object. */
struct json_doc *json_doc_parse(const char *data, size_t length);
void json_doc_free(struct json_doc *doc);

void json_set_text(struct json_doc *object, const char *key, const char *value);
void json_set_whole(struct json_doc *object, const char *key, int64_t value);
/* The number units/scale, rounded to nine decimals and written with at most 15 digits. scale > 0.
 */
void json_set_ratio(struct json_doc *object, const char *key, int64_t units, int64_t scale);
void json_set_null(struct json_doc *object, const char *key);
/* A new object under the key; borrowed. */
struct json_doc *json_set_object(struct json_doc *object, const char *key);
/* A new list under the key, and what goes to its end; borrowed. */
struct json_doc *json_set_list(struct json_doc *object, const char *key);
struct json_doc *json_append_object(struct json_doc *list);
void json_append_text(struct json_doc *list, const char *value);
void json_set_truth(struct json_doc *object, const char *key, bool value);

/* False (and *value untouched) where the key is missing or holds something else. The text is
 * borrowed from the document. */
bool json_get_text(const struct json_doc *object, const char *key, const char **value);
bool json_get_whole(const struct json_doc *object, const char *key, int64_t *value);
/* A number in units of 1/scale, rounded; false also where it is larger than 10^15 of them. */
bool json_get_units(const struct json_doc *object, const char *key, int64_t scale, int64_t *units);
/* NULL where the key is missing or holds something else; borrowed. */
const struct json_doc *json_get_object(const struct json_doc *object, const char *key);

/* Object number i of a list under a key, from 0; NULL past its end, and where there is no list, or
 * something else in it; borrowed. */
const struct json_doc *json_get_item(const struct json_doc *object, const char *key, size_t i);

/* Adds the document, indented, with a line feed at its end. */
void json_doc_write(const struct json_doc *doc, struct text *to);

#endif
