/* The difference of two plans as a table and as JSON. */
#include "csv_out.h"
#include "iopsched/difference.h"
#include "iopsched/json.h"

enum { MILLION = 1000000 };

static const char *const plan_names[2] = {"was", "now"};

static const struct session *session_at(const struct difference *difference, int plan,
                                        int session) {
  return session == NONE ? NULL : &difference->plans[plan]->sessions[session];
}

/* Fields of a row, the same in both: what it is about, then the session before and after. */
struct row {
  const char *about, *kind, *id;
  int service;
  const struct session *sessions[2];
  const struct ints *gained, *lost; /* or NULL */
};

static struct row person_row(const struct difference *difference, enum roster_kind people,
                             const struct change *change) {
  const struct clinic *clinic = difference->clinic;
  bool patients = people == ROSTER_PATIENTS;
  return (struct row){
      .about = patients ? "patient" : "therapist",
      .kind = change_names[change->kind],
      .id = patients ? clinic->patients[change->person].id : clinic->therapists[change->person].id,
      .service = change->service,
      .sessions = {session_at(difference, 0, change->was_session),
                   session_at(difference, 1, change->session)}};
}

static struct row session_row(const struct difference *difference,
                              const struct session_change *change) {
  struct row row = {
      .about = "session",
      .kind = session_change_names[change->kind],
      .sessions = {session_at(difference, 0, change->was), session_at(difference, 1, change->now)},
      .gained = &change->gained,
      .lost = &change->lost};
  const struct session *any = row.sessions[1] ? row.sessions[1] : row.sessions[0];
  if (any) { /* a change has a session before it or after it */
    row.id = any->id;
    row.service = any->service;
  }
  return row;
}

/* ---- CSV ---- */

static void add_place(struct csv_out *out, const struct difference *difference, int plan,
                      const struct session *session) {
  if (!session) {
    csv_empty(out, 4);
    return;
  }
  csv_date(out, difference->mondays[plan], session->start_min);
  csv_clock(out, session->start_min, false);
  csv_leaders_and_room(out, difference->clinic, session);
}

static void add_patients(struct csv_out *out, const struct difference *difference,
                         const struct ints *patients) {
  struct text ids = {0};
  for (int i = 0; patients && i < patients->n; i++)
    text_printf(&ids, "%s%s", i > 0 ? ";" : "", difference->clinic->patients[patients->list[i]].id);
  csv_cell(out, ids.data);
  text_free(&ids);
}

static void add_csv_row(struct csv_out *out, const struct difference *difference,
                        const struct row *row) {
  csv_cell(out, row->about);
  csv_cell(out, row->kind);
  csv_cell(out, row->id);
  csv_cell(out, difference->clinic->services[row->service].id);
  for (int i = 0; i < 2; i++) add_place(out, difference, i, row->sessions[i]);
  add_patients(out, difference, row->gained);
  add_patients(out, difference, row->lost);
  csv_empty(out, 2);
  csv_end_row(out);
}

static void add_csv_cost(struct csv_out *out, const char *name, int64_t was, int64_t now) {
  csv_cell(out, "cost");
  csv_cell(out, was < now ? "dearer" : was > now ? "cheaper" : "same");
  csv_cell(out, name);
  csv_empty(out, 11);
  csv_ratio(out, was, MILLION, 6);
  csv_ratio(out, now, MILLION, 6);
  csv_end_row(out);
}

void difference_add_csv(const struct difference *difference, struct text *text) {
  struct csv_out out = {0};
  csv_header(&out,
             "about,kind,id,service_id,was_date,was_start,was_therapist_ids,was_room_id,date,start,"
             "therapist_ids,room_id,gained,lost,was_cost,cost",
             false);
  const struct changes *changes[] = {&difference->patients, &difference->therapists};
  static const enum roster_kind people[] = {ROSTER_PATIENTS, ROSTER_THERAPISTS};
  for (int k = 0; k < 2; k++)
    for (int i = 0; i < changes[k]->n; i++) {
      struct row row = person_row(difference, people[k], &changes[k]->list[i]);
      add_csv_row(&out, difference, &row);
    }
  for (int i = 0; i < difference->n_sessions; i++) {
    struct row row = session_row(difference, &difference->sessions[i]);
    add_csv_row(&out, difference, &row);
  }
  const struct summary_costs *was = &difference->costs[0], *now = &difference->costs[1];
  if (was->known && now->known) {
    for (int t = 0; t < N_TERMS; t++)
      add_csv_cost(&out, term_infos[t].setting, was->term[t], now->term[t]);
    add_csv_cost(&out, "cost", was->total, now->total);
  }
  text_add_bytes(text, out.text.data, out.text.length);
  text_free(&out.text);
}

/* ---- JSON ---- */

static void add_json_place(struct json_doc *object, const struct difference *difference, int plan,
                           const struct session *session) {
  if (!session) return;
  struct json_doc *place = json_set_object(object, plan_names[plan]);
  char date[DATE_TEXT], clock[CLOCK_TEXT];
  date_format(difference->mondays[plan] + day_of(session->start_min), date);
  clock_format(session->start_min, false, clock);
  json_set_text(place, "date", date);
  json_set_text(place, "day", day_names[day_of(session->start_min)]);
  json_set_text(place, "start", clock);
  struct json_doc *leaders = json_set_list(place, "therapist_ids");
  for (int i = 0; i < session->leaders.n; i++)
    json_append_text(leaders, difference->clinic->therapists[session->leaders.list[i]].id);
  if (session->room != NONE)
    json_set_text(place, "room_id", session_room_id(difference->clinic, session));
}

static void add_json_patients(struct json_doc *object, const char *key,
                              const struct difference *difference, const struct ints *patients) {
  if (!patients) return;
  struct json_doc *list = json_set_list(object, key);
  for (int i = 0; i < patients->n; i++)
    json_append_text(list, difference->clinic->patients[patients->list[i]].id);
}

static void add_json_row(struct json_doc *list, const struct difference *difference,
                         const struct row *row, const char *id_key) {
  struct json_doc *object = json_append_object(list);
  json_set_text(object, "kind", row->kind);
  json_set_text(object, id_key, row->id);
  json_set_text(object, "service_id", difference->clinic->services[row->service].id);
  for (int i = 0; i < 2; i++) add_json_place(object, difference, i, row->sessions[i]);
  add_json_patients(object, "gained", difference, row->gained);
  add_json_patients(object, "lost", difference, row->lost);
}

static void add_json_costs(struct json_doc *doc, const struct difference *difference) {
  const struct summary_costs *costs = difference->costs;
  if (!costs[0].known || !costs[1].known) return;
  struct json_doc *total = json_set_object(doc, "cost"), *terms = json_set_object(doc, "terms");
  for (int i = 0; i < 2; i++) json_set_ratio(total, plan_names[i], costs[i].total, MILLION);
  for (int t = 0; t < N_TERMS; t++) {
    struct json_doc *term = json_set_object(terms, term_infos[t].setting);
    for (int i = 0; i < 2; i++) json_set_ratio(term, plan_names[i], costs[i].term[t], MILLION);
  }
}

static void add_json_people(struct json_doc *doc, const struct difference *difference,
                            enum roster_kind people) {
  bool patients = people == ROSTER_PATIENTS;
  const struct changes *changes = patients ? &difference->patients : &difference->therapists;
  struct json_doc *list = json_set_list(doc, patients ? "patients" : "therapists");
  for (int i = 0; i < changes->n; i++) {
    struct row row = person_row(difference, people, &changes->list[i]);
    add_json_row(list, difference, &row, patients ? "patient_id" : "therapist_id");
  }
}

void difference_add_json(const struct difference *difference, struct text *text) {
  struct json_doc *doc = json_doc_new();
  struct json_doc *weeks = json_set_object(doc, "week");
  for (int i = 0; i < 2; i++) {
    char week[WEEK_TEXT];
    week_format(difference->mondays[i], week);
    json_set_text(weeks, plan_names[i], week);
  }
  add_json_people(doc, difference, ROSTER_PATIENTS);
  add_json_people(doc, difference, ROSTER_THERAPISTS);
  struct json_doc *sessions = json_set_list(doc, "sessions");
  for (int i = 0; i < difference->n_sessions; i++) {
    struct row row = session_row(difference, &difference->sessions[i]);
    add_json_row(sessions, difference, &row, "session_id");
  }
  add_json_costs(doc, difference);
  json_doc_write(doc, text);
  json_doc_free(doc);
}
