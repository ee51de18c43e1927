/* What a later plan needs of an earlier one's summary.json. */
#ifndef IOPSCHED_SUMMARY_H
#define IOPSCHED_SUMMARY_H

#include <stdbool.h>
#include <stdint.h>

#include "iopsched/terms.h"

struct summary {
  int monday;   /* date of the planned week's Monday */
  int revision; /* >= 0 */
};

enum summary_status {
  SUMMARY_READ,
  SUMMARY_NONE,   /* the folder holds no summary.json, or one that no plan wrote */
  SUMMARY_REFUSED /* errno says why it cannot be read */
};

enum summary_status summary_read(const char *folder, struct summary *summary);

struct json_doc;
/* All of it; NULL if there is none that can be read. json_doc_free() ends it. */
struct json_doc *summary_doc(const char *folder);

/* What a plan cost when it was made, as its summary.json says, in millionths. */
struct summary_costs {
  bool known; /* else nothing below counts */
  int64_t total, term[N_TERMS];
};
struct summary_costs summary_read_costs(const char *folder);

#endif
