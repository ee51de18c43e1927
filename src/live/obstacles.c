#include "obstacles.h"

#include <stdlib.h>

#include "hurdles.h"
#include "proposals.h"
#include "words.h"

enum { MOST_SHOWN = 4 };

/* Starts at which one thing stands in the way. */
struct count {
  int n_starts;
  int starts[MOST_SHOWN], services[MOST_SHOWN], sessions[MOST_SHOWN]; /* the first few */
  int n_services, last_service;
  int n_could; /* HURDLE_SIZE: the most */
  int at_most; /* index of the start with that many */
};

/* Why a therapist, or a room, is not to be had, in starts. */
struct lack {
  int away, busy, day_full, week_full, apart;
};

struct census {
  const struct occupancy *occupancy;
  const struct clinic *clinic;
  int patient; /* or NONE */
  int n_starts;
  struct count counts[HURDLE_NONE + 1];
  struct lack *therapists; /* [n_therapists], where there is no staff */
  struct lack *rooms;      /* [n_rooms], where there is no room */
  bool nobody_qualified, no_room_fits;
};

static void note_therapists(struct census *census, int service, int role, int start_min) {
  const struct clinic *clinic = census->clinic;
  const struct service *what = &clinic->services[service];
  int end = start_min + what->minutes + what->notes_minutes, n = 0;
  for (int t = 0; t < clinic->n_therapists; t++) {
    const struct therapist *who = &clinic->therapists[t];
    struct lack *lack = &census->therapists[t];
    if (!clinic_qualified(clinic, service, role, t)) continue;
    n++;
    if (census->patient != NONE && clinic_apart_therapist(clinic, census->patient, t))
      lack->apart++;
    else if (!windows_cover(&who->available, start_min, end))
      lack->away++;
    else if (!therapist_is_free(census->occupancy, t, start_min, end))
      lack->busy++;
    else if (therapist_week_minutes(census->occupancy, t) + what->minutes > who->max_minutes_week)
      lack->week_full++;
    else
      lack->day_full += !therapist_can_lead(census->occupancy, t, service, start_min);
  }
  census->nobody_qualified |= n == 0;
}

static void note_rooms(struct census *census, int service, int start_min) {
  const struct clinic *clinic = census->clinic;
  int end = start_min + clinic->services[service].minutes, n = 0;
  for (int room = 0; room < clinic->n_rooms; room++) {
    if (!clinic_room_fits(clinic, service, room)) continue;
    n++;
    if (!windows_cover(&clinic->rooms[room].available, start_min, end))
      census->rooms[room].away++;
    else
      census->rooms[room].busy++;
  }
  census->no_room_fits |= n == 0;
}

static void count_start(struct census *census, int service, int n_offered, int start_min) {
  struct start_finding found =
      find_hurdle_at(census->occupancy, census->patient, service, n_offered, start_min);
  struct count *count = &census->counts[found.hurdle];
  if (count->n_starts < MOST_SHOWN) {
    count->starts[count->n_starts] = start_min;
    count->services[count->n_starts] = service;
    count->sessions[count->n_starts] = found.session;
  }
  if (count->n_services == 0 || count->last_service != service) count->n_services++;
  count->last_service = service;
  if (found.n_could > count->n_could) {
    count->n_could = found.n_could;
    count->at_most = start_min;
  }
  count->n_starts++;
  census->n_starts++;
  if (found.hurdle == HURDLE_STAFF) note_therapists(census, service, found.role, start_min);
  if (found.hurdle == HURDLE_ROOM) note_rooms(census, service, start_min);
}

static void census_init(struct census *census, const struct occupancy *occupancy, int patient) {
  const struct clinic *clinic = occupancy->clinic;
  *census = (struct census){.occupancy = occupancy, .clinic = clinic, .patient = patient};
  census->therapists = mem_new((size_t)clinic->n_therapists, sizeof *census->therapists);
  census->rooms = mem_new((size_t)clinic->n_rooms, sizeof *census->rooms);
}

static void census_release(struct census *census) {
  free(census->therapists);
  free(census->rooms);
}

static void count_service(struct census *census, const struct unmet *need, int service) {
  const struct clinic *clinic = census->clinic;
  const struct service *what = &clinic->services[service];
  int n_offered = sessions_offered(census->occupancy, service);
  for (int start = first_start(clinic); start + what->minutes <= WEEK_MIN;
       start += clinic->slot_minutes) {
    if (!service_allows_start(what, start) ||
        !windows_cover(&clinic->opening, start, start + what->minutes))
      continue;
    if (need->kind == NEED_DAYS &&
        census->occupancy->weeks[need->patient].days[day_of(start)].n_sessions > 0)
      continue;
    count_start(census, service, n_offered, start);
  }
}

/* ---- words ---- */

static const char *patient_id(const struct census *census) {
  return census->patient == NONE ? "" : census->clinic->patients[census->patient].id;
}

/* "at 12 of 40 starts (Mon 09:00, Tue 10:00 ...)" */
static void add_starts(struct text *text, const struct census *census, const struct count *count) {
  if (census->n_starts == 1) {
    text_add(text, "at ");
    add_time(text, count->starts[0]);
    return;
  }
  text_printf(text, "at %d of %d starts (", count->n_starts, census->n_starts);
  int n = 0, last = NONE;
  for (int i = 0; i < count->n_starts && i < MOST_SHOWN; i++) {
    if (count->starts[i] == last) continue;
    bool same_day = last != NONE && day_of(last) == day_of(count->starts[i]);
    last = count->starts[i];
    if (n++ > 0) text_add(text, ", ");
    if (same_day)
      add_clock(text, last);
    else
      add_time(text, last);
  }
  text_add(text, count->n_starts > n ? " ...)" : ")");
}

/* "'Skills' (SKL)", or "any of 4 services" */
static void add_services(struct text *text, const struct census *census,
                         const struct count *count) {
  if (count->n_services == 1)
    add_service(text, census->clinic, count->services[0]);
  else
    text_printf(text, "any of %d services", count->n_services);
}

/* "is not there at 4" */
static void add_part(struct text *text, int n, const char *words, int *n_parts, bool counted) {
  if (n == 0) return;
  text_printf(text, "%s%s", *n_parts > 0 ? ", " : " ", words);
  if (counted) text_printf(text, " at %d", n);
  ++*n_parts;
}

/* "Ana Ortiz (T01) is in session at 8, is not there at 4; ..." for those who were missed most. */
static void add_lacks(struct text *text, const struct census *census, bool of_rooms) {
  const struct lack *lacks = of_rooms ? census->rooms : census->therapists;
  int n = of_rooms ? census->clinic->n_rooms : census->clinic->n_therapists, shown = 0, left = 0;
  for (int i = 0; i < n; i++) {
    const struct lack *a = &lacks[i];
    if (a->away + a->busy + a->day_full + a->week_full + a->apart == 0) continue;
    if (shown == MOST_LISTED) {
      left++;
      continue;
    }
    text_add(text, shown++ > 0 ? "; " : ": ");
    (of_rooms ? add_room : add_therapist)(text, census->clinic, i);
    int parts = 0;
    bool counted = census->n_starts > 1;
    add_part(text, a->busy, of_rooms ? "is taken" : "is in session or writes notes", &parts,
             counted);
    add_part(text, a->away, of_rooms ? "is closed" : "is not there", &parts, counted);
    add_part(text, a->week_full, "has had max_hours_week", &parts, counted);
    add_part(text, a->day_full, "has had max_hours_day", &parts, counted);
    add_part(text, a->apart, "is kept apart", &parts, counted);
  }
  if (left > 0) text_printf(text, "; and %d more", left);
}

static void say_unavailable(struct text *text, const struct census *census,
                            const struct count *count) {
  const struct patient *who = &census->clinic->patients[census->patient];
  text_printf(text, "%s is not available ", patient_id(census));
  add_starts(text, census, count);
  struct windows left = who->available; /* of those in the past nobody asks */
  for (; left.n > 0 && left.list[0].end_min <= census->clinic->past_min; left.n--) left.list++;
  text_add(text, "; their hours are ");
  add_windows(text, &left);
}

static void say_same_day(struct text *text, const struct census *census,
                         const struct count *count) {
  text_printf(text, "%s has ", patient_id(census));
  add_services(text, census, count);
  text_add(text, " on that day already ");
  add_starts(text, census, count);
}

static void say_week_hours(struct text *text, const struct census *census,
                           const struct count *count) {
  text_printf(text, "%s has ", patient_id(census));
  text_add_hours(text, census->occupancy->weeks[census->patient].counted_minutes);
  text_add(text, " of at most ");
  text_add_ratio(text, census->clinic->patients[census->patient].max_minutes, 60, 2);
  text_add(text, ": too little is left for ");
  add_services(text, census, count);
}

static void say_week_days(struct text *text, const struct census *census,
                          const struct count *count) {
  const struct attended_week *week = &census->occupancy->weeks[census->patient];
  int n = 0;
  text_printf(text, "%s comes on %d of at most ", patient_id(census), week->n_days);
  add_number(text, census->clinic->patients[census->patient].max_days, "day", "days");
  for (int day = 0; day < N_DAYS; day++)
    if (week->days[day].n_sessions > 0)
      text_printf(text, "%s%s", n++ > 0 ? ", " : " (", day_names[day]);
  text_add(text, n > 0 ? "): another would be needed " : ": another would be needed ");
  add_starts(text, census, count);
}

static void say_day_hours(struct text *text, const struct census *census,
                          const struct count *count) {
  text_printf(text, "the day of %s would have more than day_max_hours ", patient_id(census));
  text_add_ratio(text, census->clinic->day_max_minutes, 60, 2);
  text_add(text, " ");
  add_starts(text, census, count);
}

static void say_busy(struct text *text, const struct census *census, const struct count *count) {
  const struct occupancy *occupancy = census->occupancy;
  text_printf(text, "%s is in another session ", patient_id(census));
  add_starts(text, census, count);
  if (census->n_starts > 1) return;
  int start = count->starts[0], end = start + census->clinic->services[count->services[0]].minutes;
  const struct ints *own = &occupancy->patients.of[census->patient];
  int n = 0;
  for (int i = 0; i < own->n; i++) {
    const struct session *session = &occupancy->schedule->sessions[own->list[i]];
    if (session->start_min >= end || session_end(census->clinic, session) <= start) continue;
    text_add(text, n++ > 0 ? "; " : ": ");
    add_service(text, census->clinic, session->service);
    text_add(text, ", ");
    add_span(text, session->start_min, session_end(census->clinic, session));
  }
}

static void say_offered(struct text *text, const struct census *census, const struct count *count) {
  add_services(text, census, count);
  text_add(text, " is offered as often as its sessions_max allows");
  if (count->n_services == 1)
    text_printf(text, ", %d", census->clinic->services[count->services[0]].sessions_max);
}

static void say_staff(struct text *text, const struct census *census, const struct count *count) {
  bool several = census->clinic->services[count->services[0]].leaders > 1;
  if (census->nobody_qualified && count->n_services == 1) {
    text_add(text, "nobody holds a credential to lead ");
    add_services(text, census, count);
    return;
  }
  text_printf(text, "%s who may lead ", several ? "too few are free" : "nobody is free");
  add_services(text, census, count);
  text_add(text, " ");
  add_starts(text, census, count);
  add_lacks(text, census, false);
}

static void say_rooms(struct text *text, const struct census *census, const struct count *count) {
  if (census->no_room_fits && count->n_services == 1) {
    text_add(text, "no room has the features for ");
    add_services(text, census, count);
    return;
  }
  text_add(text, "no room that fits ");
  add_services(text, census, count);
  text_add(text, " is free ");
  add_starts(text, census, count);
  add_lacks(text, census, true);
}

static void say_size(struct text *text, const struct census *census, const struct count *count) {
  text_add(text, "too few patients could come together to ");
  add_services(text, census, count);
  text_add(text, " ");
  add_starts(text, census, count);
  text_printf(text, ": at best %d", count->n_could);
  if (count->n_could > 0) {
    text_add(text, ", ");
    add_time(text, count->at_most);
  }
  if (count->n_services == 1)
    text_printf(text, ", of min_size %d", census->clinic->services[count->services[0]].min_size);
}

static void say_apart(struct text *text, const struct census *census, const struct count *count) {
  text_printf(text, "somebody kept apart from %s is in ", patient_id(census));
  add_services(text, census, count);
  text_add(text, " ");
  add_starts(text, census, count);
}

static void say_seats(struct text *text, const struct census *census, const struct count *count) {
  text_printf(text, "every seat is taken ");
  add_starts(text, census, count);
  int n = count->n_starts < MOST_SHOWN ? count->n_starts : MOST_SHOWN;
  for (int i = 0; i < n; i++) {
    const struct session *session = &census->occupancy->schedule->sessions[count->sessions[i]];
    text_add(text, i > 0 ? "; " : ": ");
    add_service(text, census->clinic, session->service);
    text_printf(text, ", %d seats", session->patients.n);
    if (session->room != NONE) {
      text_add(text, " in ");
      add_room(text, census->clinic, session->room);
    }
  }
}

static void say_nothing(struct text *text, const struct census *census, const struct count *count) {
  text_add(text, "taken by itself, ");
  add_services(text, census, count);
  text_add(text, " would be possible ");
  add_starts(text, census, count);
}

static const struct {
  const char *rule;
  void (*say)(struct text *text, const struct census *census, const struct count *count);
} words[] = {[HURDLE_UNAVAILABLE] = {"H1", say_unavailable},
             [HURDLE_SAME_DAY] = {"H7", say_same_day},
             [HURDLE_WEEK_HOURS] = {"H5", say_week_hours},
             [HURDLE_WEEK_DAYS] = {"H5", say_week_days},
             [HURDLE_DAY_HOURS] = {"H5", say_day_hours},
             [HURDLE_BUSY] = {"H1", say_busy},
             [HURDLE_OFFERED] = {"H12", say_offered},
             [HURDLE_STAFF] = {"H2", say_staff},
             [HURDLE_ROOM] = {"H3", say_rooms},
             [HURDLE_SIZE] = {"H4", say_size},
             [HURDLE_APART] = {"H10", say_apart},
             [HURDLE_SEATS] = {"H4", say_seats},
             [HURDLE_NONE] = {"", say_nothing}};

static struct obstacle *tell(const struct census *census, struct arena *arena, int *n) {
  struct obstacle *list = arena_alloc(arena, HURDLE_NONE + 1, sizeof *list);
  *n = 0;
  for (int hurdle = HURDLE_NONE; hurdle > HURDLE_NO_START; hurdle--) {
    if (census->counts[hurdle].n_starts == 0) continue;
    struct text text = {0};
    words[hurdle].say(&text, census, &census->counts[hurdle]);
    list[(*n)++] = (struct obstacle){words[hurdle].rule, arena_strdup(arena, text.data)};
    text_free(&text);
  }
  return list;
}

struct obstacle *obstacles_of_need(const struct occupancy *occupancy, const struct unmet *need,
                                   struct arena *arena, int *n) {
  struct census census;
  census_init(&census, occupancy, need->patient);
  for (int service = 0; service < census.clinic->n_services; service++)
    if (serves_need(occupancy, need, service)) count_service(&census, need, service);
  struct obstacle *list = tell(&census, arena, n);
  census_release(&census);
  return list;
}

struct obstacle *obstacles_of_start(const struct occupancy *occupancy, int patient, int service,
                                    int start_min, struct arena *arena, int *n) {
  struct census census;
  census_init(&census, occupancy, patient);
  count_start(&census, service, sessions_offered(occupancy, service), start_min);
  struct obstacle *list = tell(&census, arena, n);
  census_release(&census);
  return list;
}
