#include "judge.h"

#include "iopsched/text.h"

static struct breach *add_text(const struct judge *judge, const char *text) {
  return breach_add(judge->breaches, judge->rule, "%s", text);
}

struct breach *judge_add(const struct judge *judge, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const char *text = arena_vprintf(&judge->breaches->arena, format, arguments);
  va_end(arguments);
  return add_text(judge, text);
}

struct breach *judge_session(const struct judge *judge, int session, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const char *text = arena_vprintf(&judge->breaches->arena, format, arguments);
  va_end(arguments);
  struct breach *breach = judge_add(judge, "%s: %s", session_words(judge, session), text);
  breach->session = session;
  breach->service = judged_session(judge, session)->service;
  judge_involve(judge, breach, session);
  return breach;
}

void judge_involve(const struct judge *judge, struct breach *breach, int session) {
  breach_involve(judge->breaches, breach, session);
}

void judge_involve_all(const struct judge *judge, struct breach *breach,
                       const struct ints *sessions) {
  for (int i = 0; i < sessions->n; i++) judge_involve(judge, breach, sessions->list[i]);
}

void judge_involve_day(const struct judge *judge, struct breach *breach,
                       const struct ints *sessions, int day) {
  for (int i = 0; i < sessions->n; i++)
    if (session_day(judged_session(judge, sessions->list[i])) == day)
      judge_involve(judge, breach, sessions->list[i]);
}

const char *clock_words(const struct judge *judge, int minute) {
  char clock[CLOCK_TEXT];
  clock_format(minute, false, clock);
  return arena_strdup(&judge->breaches->arena, clock);
}

const char *session_words(const struct judge *judge, int session) {
  const struct session *it = judged_session(judge, session);
  if (it->id) return arena_printf(&judge->breaches->arena, "session '%s'", it->id);
  return arena_printf(&judge->breaches->arena, "the session of '%s' on %s at %s",
                      judged_service(judge, session)->id, day_names[session_day(it)],
                      clock_words(judge, it->start_min));
}

const char *time_words(const struct judge *judge, int session) {
  const struct session *it = judged_session(judge, session);
  char end[CLOCK_TEXT];
  clock_format(judged_end(judge, session), true, end);
  return arena_printf(&judge->breaches->arena, "%s %s-%s", day_names[session_day(it)],
                      clock_words(judge, it->start_min), end);
}

const char *hours_words(const struct judge *judge, int minutes) {
  struct text hours = {0};
  text_add_ratio(&hours, minutes, 60, 2);
  const char *words =
      arena_printf(&judge->breaches->arena, "%s hour%s", hours.data, minutes == 60 ? "" : "s");
  text_free(&hours);
  return words;
}

const char *count_words(const struct judge *judge, int n, const char *one) {
  return arena_printf(&judge->breaches->arena, "%d %s%s", n, one, n == 1 ? "" : "s");
}
