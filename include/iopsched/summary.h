/* What a later plan needs of an earlier one's summary.json. */
#ifndef IOPSCHED_SUMMARY_H
#define IOPSCHED_SUMMARY_H

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

#endif
