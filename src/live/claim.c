#include "iopsched/claim.h"

#include "iopsched/roster.h"
#include "words.h"

/* True if the row makes sure of the session already: for the patient, or NONE, for whomever. */
static bool is_sure_of(const struct fixed_session *row, int patient) {
  return patient == NONE || ints_contain(&row->patients, patient);
}

/* The row that the session carries out and that the patient may be added to, or is in; or NONE.
 * Each row of a service that is no group is a session of its own. */
static int row_of_session(const struct clinic *clinic, const struct session *session, int patient) {
  bool is_group = clinic->services[session->service].format == FORMAT_GROUP;
  for (int row = 0; row < clinic->n_fixed; row++)
    if (session_carries_out(session, &clinic->fixed[row]) &&
        (is_group || is_sure_of(&clinic->fixed[row], patient)))
      return row;
  return NONE;
}

/* What the session adds to what the need asks for; 0: it does not count. A day counts by its first
 * session. */
static int counts_for(const struct clinic *clinic, const struct session *session,
                      const struct unmet *need, bool *day_counts) {
  const struct service *service = &clinic->services[session->service];
  int day = session_day(session);
  if (need->patient != NONE && !ints_contain(&session->patients, need->patient)) return 0;
  switch (need->kind) {
    case NEED_HOURS:
      return service->counts_hours ? service->minutes : 0;
    case NEED_DAYS:
      if (day_counts[day]) return 0;
      day_counts[day] = true;
      return 1;
    case NEED_CATEGORY:
      return service->category == need->category;
    default:
      return session->service == need->service;
  }
}

/* Rows of two sessions of a service at one start that name nobody would be one. */
static bool is_like_the_last(const struct schedule *week, int session) {
  const struct session *own = &week->sessions[session];
  return session > 0 && own->service == own[-1].service && own->start_min == own[-1].start_min;
}

bool claims_find(struct claims *claims, const struct clinic *clinic, const struct schedule *week,
                 const struct unmet *need, struct arena *arena) {
  bool day_counts[N_DAYS] = {false};
  int given = 0;
  *claims = (struct claims){arena_alloc(arena, (size_t)week->n_sessions, sizeof *claims->list), 0};
  for (int s = 0; s < week->n_sessions && given < need->required; s++) {
    const struct session *session = &week->sessions[s];
    int counts = counts_for(clinic, session, need, day_counts);
    if (counts == 0 || (need->patient == NONE && is_like_the_last(week, s))) continue;
    struct claim claim = {need->patient, session->service, session->start_min,
                          row_of_session(clinic, session, need->patient)};
    given += counts;
    if (claim.row == NONE || !is_sure_of(&clinic->fixed[claim.row], need->patient))
      claims->list[claims->n++] = claim;
  }
  return given >= need->required && claims->n > 0;
}

static void fix(struct clinic *changed, const struct claim *claim) {
  int n = changed->n_fixed, place = 0;
  bool joins = claim->row != NONE;
  struct fixed_session *fixed = arena_alloc(&changed->arena, (size_t)n + 1, sizeof *fixed);
  while (place < n && (changed->fixed[place].start_min < claim->start_min ||
                       (changed->fixed[place].start_min == claim->start_min &&
                        changed->fixed[place].service < claim->service)))
    place++;
  if (joins) place = claim->row;
  for (int i = 0; i < n; i++) fixed[i + (!joins && i >= place)] = changed->fixed[i];
  struct fixed_session *row = &fixed[place];
  if (!joins)
    *row = (struct fixed_session){
        .service = claim->service, .start_min = claim->start_min, .room = NONE};
  if (claim->patient != NONE)
    row->patients = ints_with(&changed->arena, &row->patients, claim->patient);
  changed->fixed = fixed;
  changed->n_fixed = n + !joins;
}

/* The last first: a new row leaves the numbers of those before it as they are. */
void claims_apply(struct clinic *changed, const struct claims *claims) {
  for (int i = claims->n - 1; i >= 0; i--) fix(changed, &claims->list[i]);
}

void claims_add_words(struct text *text, const struct clinic *clinic, const struct claims *claims) {
  for (int i = 0; i < claims->n && i < MOST_LISTED; i++) {
    if (i > 0) text_add(text, ", ");
    add_service(text, clinic, claims->list[i].service);
    text_add(text, " ");
    add_time(text, claims->list[i].start_min);
  }
  if (claims->n > MOST_LISTED)
    text_printf(text, " and %d more, which --format csv and json list", claims->n - MOST_LISTED);
}

/* ---- as a row of fixed.csv ---- */

static void add_cell(struct edit_row *row, const char *column, const char *value) {
  row->cells[row->n++] = (struct edit_cell){column, value};
}

static const char *therapists_cell(const struct clinic *clinic, const struct fixed_session *joined,
                                   struct arena *arena) {
  const char *cell = "";
  for (int i = 0; joined && i < joined->therapists.n; i++)
    cell = arena_printf(arena, "%s%s%s", cell, i > 0 ? ";" : "",
                        clinic->therapists[joined->therapists.list[i]].id);
  return cell;
}

/* With the therapists and the room of the row that it joins: then they are one session. */
struct edit_row claim_as_row(const struct clinic *clinic, const struct claim *claim,
                             struct arena *arena) {
  const struct fixed_session *joined = claim->row == NONE ? NULL : &clinic->fixed[claim->row];
  struct edit_row row = {.file = "fixed.csv"};
  char clock[CLOCK_TEXT], week[WEEK_TEXT];
  clock_format(claim->start_min, false, clock);
  week_format(clinic->monday, week);
  add_cell(&row, "service_id", clinic->services[claim->service].id);
  add_cell(&row, "day", day_names[day_of(claim->start_min)]);
  add_cell(&row, "start", arena_strdup(arena, clock));
  add_cell(&row, "therapist_id", therapists_cell(clinic, joined, arena));
  add_cell(&row, "room_id", joined && joined->room != NONE ? clinic->rooms[joined->room].id : "");
  add_cell(&row, "patient_id", claim->patient == NONE ? "" : clinic->patients[claim->patient].id);
  add_cell(&row, "week", arena_strdup(arena, week));
  return row;
}
