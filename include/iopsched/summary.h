/* What a later plan needs of an earlier one's summary.json. */
#ifndef IOPSCHED_SUMMARY_H
#define IOPSCHED_SUMMARY_H

#include <stdbool.h>

struct summary {
  int monday;   /* date of the planned week's Monday */
  int revision; /* >= 0 */
};

/* False if the folder holds no summary.json, or one that no plan wrote. */
bool summary_read(const char *folder, struct summary *summary);

#endif
