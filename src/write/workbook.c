/* week.xlsx. Files named xlsx*.c are built only where libxlsxwriter is. */
#include "exporters.h"

#ifdef IOPSCHED_LIBXLSXWRITER
#include "xlsx_week.h"

const struct exporter week_xlsx = {.format = "xlsx", .name = "week.xlsx", .write = xlsx_write_week};
#else
const struct exporter week_xlsx = {
    .format = "xlsx", .name = "week.xlsx", .lacks = "libxlsxwriter-dev"};
#endif
