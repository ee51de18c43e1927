/* A calendar of an earlier plan, from which the next one learns what is cancelled. */
#include <string.h>

#include "../../src/write/ics.h"
#include "fuzz.h"

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc;
  (void)argv;
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct arena arena = {0};
  struct text text = {0};
  int monday, n;
  REQUIRE(week_parse("2026-W49", &monday));
  text_add_bytes(&text, (const char *)data, size);
  struct ics_event *events = ics_read(text.data, monday, &arena, &n);
  for (int i = 0; i < n; i++) {
    REQUIRE(strlen(events[i].uid) < UID_TEXT && events[i].summary);
    REQUIRE(events[i].start_min >= 0 && events[i].start_min < WEEK_MIN);
  }
  text_free(&text);
  arena_free(&arena);
  return 0;
}
