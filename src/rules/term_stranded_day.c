/* weight_stranded_day: stranded days: care given that nobody pays for.
 *
 *   sum over patients p with a payer of
 *     |{d: p has a counted session on d, and counted_pd < day_min_minutes or
 *          |{service_s: s of p on d, counted}| < day_min_services}| */
#include "modules.h"
#include "sums.h"

/* Different counted services of the patient on a day; sessions: by start. */
static int services_on(const struct clinic *clinic, const struct schedule *schedule,
                       const struct ints *sessions, int day) {
  int n = 0;
  for (int i = 0; i < sessions->n; i++) {
    const struct session *session = &schedule->sessions[sessions->list[i]];
    if (session_day(session) != day || !clinic->services[session->service].counts_hours) continue;
    bool again = false;
    for (int j = 0; j < i && !again; j++) {
      const struct session *before = &schedule->sessions[sessions->list[j]];
      again = before->service == session->service && session_day(before) == day;
    }
    if (!again) n++;
  }
  return n;
}

static int64_t of_patient(const struct clinic *clinic, const struct schedule *schedule, int patient,
                          const struct ints *sessions) {
  if (clinic->patients[patient].payer == NONE) return 0;
  const struct payer *payer = &clinic->payers[clinic->patients[patient].payer];
  struct attended_week week = attended_week_of(clinic, schedule, sessions);
  int stranded = 0;
  for (int day = 0; day < N_DAYS; day++) {
    if (week.days[day].counted_minutes == 0) continue;
    if (week.days[day].counted_minutes < payer->day_min_minutes ||
        services_on(clinic, schedule, sessions, day) < payer->day_min_services)
      stranded++;
  }
  return stranded * AMOUNT_ONE;
}

static int64_t amount(const struct clinic *clinic, const struct schedule *schedule,
                      const struct previous *previous) {
  (void)previous;
  return sum_over_patients(clinic, schedule, of_patient);
}

const struct cost_term term_stranded_day = {
    .term = TERM_STRANDED_DAY,
    .title = "days of care that nobody pays for",
    .amount = amount,
};
