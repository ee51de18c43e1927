/* What a rule has before it while it checks a schedule, and the words of what it finds. All strings
 * belong to the breaches' arena. */
#ifndef IOPSCHED_RULES_JUDGE_H
#define IOPSCHED_RULES_JUDGE_H

#include "iopsched/roster.h"
#include "iopsched/rules.h"

struct judge {
  const char *rule; /* "H4" */
  const struct clinic *clinic;
  const struct schedule *schedule;
  struct breaches *breaches;
};

/* Adds a breach of the rule; nothing is set in it but the text. */
__attribute__((format(printf, 2, 3))) struct breach *judge_add(const struct judge *judge,
                                                               const char *format, ...);
/* Adds a breach about one session; its text is "session 'X': " and what is given. */
__attribute__((format(printf, 3, 4))) struct breach *judge_session(const struct judge *judge,
                                                                   int session, const char *format,
                                                                   ...);
void judge_involve(const struct judge *judge, struct breach *breach, int session);
void judge_involve_all(const struct judge *judge, struct breach *breach,
                       const struct ints *sessions);
/* Those of the sessions that are on the day. */
void judge_involve_day(const struct judge *judge, struct breach *breach,
                       const struct ints *sessions, int day);

static inline const struct session *judged_session(const struct judge *judge, int session) {
  return &judge->schedule->sessions[session];
}
static inline const struct service *judged_service(const struct judge *judge, int session) {
  return &judge->clinic->services[judged_session(judge, session)->service];
}
static inline int judged_end(const struct judge *judge, int session) {
  return session_end(judge->clinic, judged_session(judge, session));
}

/* "session 'REL-Mon-0900-G1'", or "the session of 'REL' on Mon at 09:00" where it has no id. */
const char *session_words(const struct judge *judge, int session);
/* "Mon 09:00-10:00", the session's time. */
const char *time_words(const struct judge *judge, int session);
/* "09:00" */
const char *clock_words(const struct judge *judge, int minute);
/* "4.5 hours", "1 hour" */
const char *hours_words(const struct judge *judge, int minutes);
/* "1 patient", "3 patients" */
const char *count_words(const struct judge *judge, int n, const char *one);

#endif
