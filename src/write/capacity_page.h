/* How many more fit and what would help, as a page for reading and printing. */
#ifndef IOPSCHED_WRITE_CAPACITY_PAGE_H
#define IOPSCHED_WRITE_CAPACITY_PAGE_H

#include "iopsched/capacity.h"

void capacity_page(const struct capacity *capacity, const struct clinic *clinic, struct text *to);

#endif
