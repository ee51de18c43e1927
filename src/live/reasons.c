#include "reasons.h"

#include <stdlib.h>

#include "hurdles.h"
#include "iopsched/text.h"
#include "trial.h"
#include "words.h"

/* A sentence in the making, and what it is about. */
struct reason {
  struct occupancy *occupancy;
  const struct clinic *clinic;
  int patient; /* or NONE */
  struct text text;
  bool tells_ids; /* patients' ids stand in it */
};

/* "Tue 09:00, Wed 10:00 and 5 more" */
static void add_starts(struct text *text, const struct finding *finding) {
  for (int i = 0; i < finding->n_kept; i++) {
    if (i > 0) text_add(text, ", ");
    add_time(text, finding->starts[i]);
  }
  if (finding->n_starts > finding->n_kept)
    text_printf(text, " and %d more", finding->n_starts - finding->n_kept);
}

static const struct service *service_of(const struct reason *reason,
                                        const struct finding *finding) {
  return &reason->clinic->services[finding->service];
}

static void say_no_start(struct reason *reason, const struct finding *finding) {
  text_printf(&reason->text, "no start of '%s' lies within the opening hours%s",
              service_of(reason, finding)->id,
              reason->patient == NONE ? "" : " of a day that is left");
}

static void say_unavailable(struct reason *reason, const struct finding *finding) {
  const struct service *service = service_of(reason, finding);
  if (service->n_starts > 0) {
    text_printf(&reason->text, "'%s' starts only at ", service->id);
    add_starts(&reason->text, finding);
    text_add(&reason->text, ", when the patient is not available");
    return;
  }
  text_printf(&reason->text,
              "no %d minutes for '%s' fit into the patient's hours: ", service->minutes,
              service->id);
  add_windows(&reason->text, &reason->clinic->patients[reason->patient].available);
}

static void say_same_day(struct reason *reason, const struct finding *finding) {
  text_printf(&reason->text, "'%s' is possible only on days on which the patient has it already",
              service_of(reason, finding)->id);
}

static void say_week_hours(struct reason *reason, const struct finding *finding) {
  const struct attended_week *week = &reason->occupancy->weeks[reason->patient];
  text_printf(&reason->text, "'%s' would take the patient from ", service_of(reason, finding)->id);
  text_add_hours(&reason->text, week->counted_minutes);
  text_add(&reason->text, " past max_hours ");
  text_add_ratio(&reason->text, reason->clinic->patients[reason->patient].max_minutes, 60, 2);
}

static void say_week_days(struct reason *reason, const struct finding *finding) {
  text_printf(&reason->text,
              "'%s' fits only on another day, and the patient attends %d of at most %d days",
              service_of(reason, finding)->id, reason->occupancy->weeks[reason->patient].n_days,
              reason->clinic->patients[reason->patient].max_days);
}

static void say_day_hours(struct reason *reason, const struct finding *finding) {
  text_printf(&reason->text, "'%s' would pass day_max_hours ", service_of(reason, finding)->id);
  text_add_ratio(&reason->text, reason->clinic->day_max_minutes, 60, 2);
  text_add(&reason->text, " on each day on which the patient could come");
}

static void say_busy(struct reason *reason, const struct finding *finding) {
  text_printf(&reason->text, "wherever '%s' would fit into the patient's hours (",
              service_of(reason, finding)->id);
  add_starts(&reason->text, finding);
  text_add(&reason->text, ") they are in another session");
}

static void say_offered(struct reason *reason, const struct finding *finding) {
  text_printf(&reason->text, "'%s' is offered as often as its sessions_max, %d, allows",
              service_of(reason, finding)->id, service_of(reason, finding)->sessions_max);
}

static void say_staff(struct reason *reason, const struct finding *finding) {
  const struct clinic *clinic = reason->clinic;
  const struct service *service = service_of(reason, finding);
  const char **ids = mem_new((size_t)clinic->n_therapists, sizeof *ids);
  int n = 0;
  for (int t = 0; t < clinic->n_therapists; t++)
    if (clinic_qualified(clinic, finding->service, finding->role, t))
      ids[n++] = clinic->therapists[t].id;
  if (n == 0) {
    text_printf(&reason->text, "nobody is qualified to lead '%s'", service->id);
  } else {
    text_printf(&reason->text, "of those who may lead '%s' (", service->id);
    add_ids(&reason->text, ids, n);
    text_printf(&reason->text, ") %s free at ", service->leaders > 1 ? "too few are" : "nobody is");
    add_starts(&reason->text, finding);
    if (reason->patient != NONE) text_add(&reason->text, ", when the patient could come");
  }
  free(ids);
}

static void say_room(struct reason *reason, const struct finding *finding) {
  const struct clinic *clinic = reason->clinic;
  const char **ids = mem_new((size_t)clinic->n_rooms, sizeof *ids);
  int n = 0;
  for (int room = 0; room < clinic->n_rooms; room++)
    if (clinic_room_fits(clinic, finding->service, room)) ids[n++] = clinic->rooms[room].id;
  if (n == 0) {
    text_printf(&reason->text, "no room has what '%s' needs", service_of(reason, finding)->id);
  } else {
    text_printf(&reason->text, "no room for '%s' (", service_of(reason, finding)->id);
    add_ids(&reason->text, ids, n);
    text_add(&reason->text, ") is free at ");
    add_starts(&reason->text, finding);
    if (reason->patient != NONE) text_add(&reason->text, ", when the patient could come");
  }
  free(ids);
}

static void say_size(struct reason *reason, const struct finding *finding) {
  text_printf(
      &reason->text, "'%s' needs %d patients, and at most %d who may still take it are free ",
      service_of(reason, finding)->id, service_of(reason, finding)->min_size, finding->n_could);
  text_add(&reason->text, "together (");
  add_time(&reason->text, finding->starts[0]);
  text_add(&reason->text, ")");
}

static void say_apart(struct reason *reason, const struct finding *finding) {
  text_printf(&reason->text, "in the sessions of '%s' at ", service_of(reason, finding)->id);
  add_starts(&reason->text, finding);
  text_add(&reason->text, " is somebody kept apart from the patient");
}

static void say_seats(struct reason *reason, const struct finding *finding) {
  const struct session *session = &reason->occupancy->schedule->sessions[finding->session];
  text_printf(&reason->text, "all %d seats of '%s' are taken at ", session->patients.n,
              service_of(reason, finding)->id);
  add_starts(&reason->text, finding);
  text_add(&reason->text, ", when the patient could come");
}

/* Nothing that was looked at stands in the way: what happens if it is tried? */
static void say_nothing(struct reason *reason, const struct finding *finding) {
  struct arena arena = {0};
  const char *breach = "";
  enum trial best = TRIAL_NONE;
  int at = finding->starts[0];
  for (int i = 0; i < finding->n_kept && best < TRIAL_DEARER; i++) {
    const char *found;
    enum trial trial = try_session(reason->occupancy, reason->patient, finding->service,
                                   finding->starts[i], &arena, &found);
    if (trial <= best) continue;
    best = trial;
    at = finding->starts[i];
    if (trial == TRIAL_BROKEN) breach = found;
  }
  static const char *const words[] = {[TRIAL_NONE] = ", as far as was looked at",
                                      [TRIAL_BROKEN] = ", but then ",
                                      [TRIAL_DEARER] = ", but would cost more than it brings",
                                      [TRIAL_BETTER] = ": a longer search may find it"};
  text_printf(&reason->text, "'%s' would be possible at ", service_of(reason, finding)->id);
  add_time(&reason->text, at);
  text_add(&reason->text, words[best]);
  if (best == TRIAL_BROKEN) text_add(&reason->text, breach);
  reason->tells_ids = best == TRIAL_BROKEN;
  arena_free(&arena);
}

static void say_hurdle(struct reason *reason, const struct finding *finding) {
  static void (*const words[])(struct reason *, const struct finding *) = {
      [HURDLE_NO_START] = say_no_start,   [HURDLE_UNAVAILABLE] = say_unavailable,
      [HURDLE_SAME_DAY] = say_same_day,   [HURDLE_WEEK_HOURS] = say_week_hours,
      [HURDLE_WEEK_DAYS] = say_week_days, [HURDLE_DAY_HOURS] = say_day_hours,
      [HURDLE_BUSY] = say_busy,           [HURDLE_OFFERED] = say_offered,
      [HURDLE_STAFF] = say_staff,         [HURDLE_ROOM] = say_room,
      [HURDLE_SIZE] = say_size,           [HURDLE_APART] = say_apart,
      [HURDLE_SEATS] = say_seats,         [HURDLE_NONE] = say_nothing};
  words[finding->hurdle](reason, finding);
}

/* A closed service is all or nothing: the first of its sessions that the patient cannot attend.
 * False if there is none such. */
static bool say_closed(struct reason *reason, int service) {
  const struct schedule *schedule = reason->occupancy->schedule;
  const struct patient *patient = &reason->clinic->patients[reason->patient];
  const struct service *what = &reason->clinic->services[service];
  if (!what->closed) return false;
  for (int s = 0; s < schedule->n_sessions; s++) {
    int start = schedule->sessions[s].start_min, end = start + what->minutes;
    if (schedule->sessions[s].service != service) continue;
    bool available = windows_cover(&patient->available, start, end);
    if (available && patient_is_free(reason->occupancy, reason->patient, start, end)) continue;
    text_printf(&reason->text, "'%s' is closed, all of its sessions or none, and at ", what->id);
    add_time(&reason->text, start);
    text_add(&reason->text,
             available ? " the patient is in another session" : " the patient is not available");
    return true;
  }
  return false;
}

/* The service that gets furthest among those that would help and that the patient may have more of.
 */
static struct finding furthest(const struct reason *reason, const struct unmet *unmet) {
  const struct clinic *clinic = reason->clinic;
  struct finding best = {.service = NONE};
  for (int service = 0; service < clinic->n_services; service++) {
    bool hours = unmet->kind == NEED_HOURS, of_category = unmet->kind == NEED_CATEGORY;
    if (!clinic_eligible(clinic, unmet->patient, service)) continue;
    if (hours && !clinic->services[service].counts_hours) continue;
    if (of_category && clinic->services[service].category != unmet->category) continue;
    if (patient_sessions_of(reason->occupancy, unmet->patient, service) >=
        clinic_weekly_max(clinic, unmet->patient, service))
      continue;
    struct finding finding =
        find_hurdle(reason->occupancy, unmet->patient, service, unmet->kind == NEED_DAYS);
    if (best.service == NONE || finding.hurdle > best.hurdle) best = finding;
  }
  return best;
}

static void say_furthest(struct reason *reason, const struct unmet *unmet) {
  struct finding finding = furthest(reason, unmet);
  if (finding.service == NONE)
    text_add(&reason->text, "the patient has every service open to them as often as it may be");
  else
    say_hurdle(reason, &finding);
}

/* Minutes of each day on which the patient could be in session; [N_DAYS], largest first. */
static void minutes_by_day(const struct reason *reason, int minutes[N_DAYS]) {
  const struct patient *patient = &reason->clinic->patients[reason->patient];
  for (int day = 0; day < N_DAYS; day++) {
    int within = windows_overlap(&patient->available, day * DAY_MIN, (day + 1) * DAY_MIN);
    int most = reason->clinic->day_max_minutes;
    int value = within < most ? within : most, place = day;
    for (; place > 0 && minutes[place - 1] < value; place--) minutes[place] = minutes[place - 1];
    minutes[place] = value;
  }
}

/* True if the patient cannot come at all this week. */
static bool say_never_there(struct reason *reason) {
  if (reason->clinic->patients[reason->patient].available.n > 0) return false;
  text_add(&reason->text, reason->clinic->opening.n == 0 ? "the program is closed all week"
                                                         : "not available at any time this week");
  return true;
}

/* True if the patient's windows hold too few hours on as many days as they may come. */
static bool say_too_few_hours(struct reason *reason) {
  const struct patient *patient = &reason->clinic->patients[reason->patient];
  int minutes[N_DAYS] = {0}, sum = 0, total = 0;
  minutes_by_day(reason, minutes);
  for (int day = 0; day < N_DAYS; day++) {
    if (day < patient->max_days) sum += minutes[day];
    total += minutes[day];
  }
  if (sum >= patient->min_minutes) return false;
  if (say_never_there(reason)) return true;
  text_add(&reason->text, "available for only ");
  text_add_hours(&reason->text, sum);
  text_add(&reason->text, " this week");
  if (sum < total) text_printf(&reason->text, " on the %d days allowed", patient->max_days);
  text_add(&reason->text, ": ");
  add_windows(&reason->text, &patient->available);
  return true;
}

static int days_of_operation(const struct clinic *clinic) {
  int n = 0;
  for (int day = 0; day < N_DAYS; day++)
    n += windows_overlap(&clinic->opening, day * DAY_MIN, (day + 1) * DAY_MIN) > 0;
  return n;
}

/* True if all that the patient may have does not add up to the hours. */
static bool say_too_few_services(struct reason *reason) {
  const struct clinic *clinic = reason->clinic;
  int days = days_of_operation(clinic);
  int64_t minutes = 0;
  for (int service = 0; service < clinic->n_services; service++) {
    if (!clinic_eligible(clinic, reason->patient, service)) continue;
    int most = clinic_weekly_max(clinic, reason->patient, service);
    minutes += (int64_t)counted_minutes(&clinic->services[service]) * (most < days ? most : days);
  }
  if (minutes >= clinic->patients[reason->patient].min_minutes) return false;
  text_add(&reason->text, "the services open to the patient add up to at most ");
  text_add_hours(&reason->text, minutes);
  text_add(&reason->text, " a week");
  return true;
}

static void say_hours(struct reason *reason, const struct unmet *unmet) {
  if (!say_too_few_hours(reason) && !say_too_few_services(reason)) say_furthest(reason, unmet);
}

static void say_days(struct reason *reason, const struct unmet *unmet) {
  const struct patient *patient = &reason->clinic->patients[reason->patient];
  struct text days = {0};
  int n = 0;
  for (int day = 0; day < N_DAYS; day++) {
    if (windows_overlap(&patient->available, day * DAY_MIN, (day + 1) * DAY_MIN) == 0) continue;
    text_printf(&days, "%s%s", n++ > 0 ? ", " : "", day_names[day]);
  }
  if (n == 0)
    say_never_there(reason);
  else if (n < unmet->required)
    text_printf(&reason->text, "available on only %d day%s (%s)", n, n == 1 ? "" : "s", days.data);
  else
    say_furthest(reason, unmet);
  text_free(&days);
}

static void say_service(struct reason *reason, const struct unmet *unmet) {
  if (unmet->patient != NONE && say_closed(reason, unmet->service)) return;
  struct finding finding = find_hurdle(reason->occupancy, unmet->patient, unmet->service, false);
  say_hurdle(reason, &finding);
}

void set_reason(struct occupancy *occupancy, struct unmet *unmet, struct arena *arena) {
  static void (*const words[])(struct reason *, const struct unmet *) = {
      [NEED_HOURS] = say_hours,
      [NEED_DAYS] = say_days,
      [NEED_SERVICE] = say_service,
      [NEED_CATEGORY] = say_furthest,
      [NEED_OFFER] = say_service};
  struct reason reason = {
      .occupancy = occupancy, .clinic = occupancy->clinic, .patient = unmet->patient};
  words[unmet->kind](&reason, unmet);
  unmet->reason = arena_strdup(arena, reason.text.data);
  unmet->reason_tells_ids = reason.tells_ids;
  text_free(&reason.text);
}
