#include "week.h"

#include <stdlib.h>

#include "iopsched/calendar.h"
#include "iopsched/memory.h"

static void set_zone(const char *zone) {
  int failed = zone ? setenv("TZ", zone, 1) : unsetenv("TZ");
  if (failed) die_out_of_memory();
  tzset();
}

int week_after(time_t now, const char *zone) {
  struct arena arena = {0};
  const char *own = getenv("TZ");
  if (own) own = arena_strdup(&arena, own);
  /* The colon keeps a name such as EST5EDT from being read as a rule. */
  if (zone) set_zone(arena_printf(&arena, ":%s", zone));
  struct tm local;
  bool known = localtime_r(&now, &local) != NULL;
  if (zone) set_zone(own);
  arena_free(&arena);
  if (!known) die_internal("the clock shows no date");
  int today = date_from_civil(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
  return today + N_DAYS - date_weekday(today);
}
