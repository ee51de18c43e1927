/* A sheet, which is a printed page, for each room, therapist and patient. */
#include <stdlib.h>
#include <string.h>

#include "html_page.h"
#include "iopsched/memory.h"

void html_patient(struct page *page, int patient) {
  const struct patient *who = &page->clinic->patients[patient];
  const char *label = patient_label(who, page->report->with_names);
  html_add(&page->text, "<bdi>%s</bdi>", label);
  if (label != who->id) html_add(&page->text, " <small>%s</small>", who->id);
}

void html_therapist(struct page *page, int therapist) {
  const struct therapist *who = &page->clinic->therapists[therapist];
  html_add(&page->text, "<bdi>%s</bdi>", who->name ? who->name : who->id);
}

void html_leaders(struct page *page, const struct session *session) {
  for (int i = 0; i < session->leaders.n; i++) {
    if (i > 0) html_add(&page->text, ", ");
    html_therapist(page, session->leaders.list[i]);
  }
}

void html_sheet_begin(struct page *page, const char *kind, const char *id, const char *title) {
  struct text *to = &page->text;
  char week[WEEK_TEXT];
  week_format(page->clinic->monday, week);
  html_add(
      to,
      "<article class=\"sheet %s\" id=\"%s-%s\" aria-labelledby=\"%s-%s-h\" data-who=\"%s %s\">"
      "<div class=\"masthead\"><p>%s</p><p>Week of ",
      kind, kind, id, kind, id, id, title ? title : "", page->clinic->program_name);
  html_date(to, page->clinic->monday);
  html_add(to, " · %s</p></div>\n<h3 id=\"%s-%s-h\">", week, kind, id);
  if (title && !text_equal_nocase(title, id))
    html_add(to, "<bdi>%s</bdi> <small>%s</small>", title, id);
  else
    html_add(to, "%s", title ? title : id);
  html_add(to, "</h3>\n");
}

void html_sheet_end(struct page *page, bool confidential) {
  if (confidential)
    html_add(&page->text,
             "<p class=\"notice\">Confidential: 42 CFR part 2 prohibits unauthorized use or "
             "disclosure of these records.</p>");
  html_add(&page->text, "</article>\n");
}

void html_directory(struct page *page, const char *kind, const char *const *ids, int n) {
  struct text *to = &page->text;
  html_add(to, "<details class=\"directory\"><summary>Go to one of %d</summary><ul>", n);
  for (int i = 0; i < n; i++)
    html_add(to, "<li><a href=\"#%s-%s\">%s</a></li>", kind, ids[i], ids[i]);
  html_add(to, "</ul></details>\n");
}

/* What the short ids in a grid stand for. */
static void add_key(struct page *page, const struct ints *sessions) {
  struct text *to = &page->text;
  const struct clinic *clinic = page->clinic;
  bool *used = mem_new((size_t)clinic->n_services, sizeof *used);
  for (int i = 0; i < sessions->n; i++)
    used[page->schedule->sessions[sessions->list[i]].service] = true;
  html_add(to, "<ul class=\"key\">");
  for (int s = 0; s < clinic->n_services; s++) {
    if (!used[s]) continue;
    html_add(to, "<li class=\"");
    html_colour(page, s);
    html_add(
        to, "\"><b>%s</b> %s</li>", clinic->services[s].id,
        strcmp(clinic->services[s].name, clinic->services[s].id) ? clinic->services[s].name : "");
  }
  html_add(to, "</ul>\n");
  free(used);
}

static void add_session_count(struct page *page, const struct ints *sessions) {
  html_add(&page->text, "%d session%s, ", sessions->n, sessions->n == 1 ? "" : "s");
  html_hours(&page->text, html_minutes(page, sessions));
  html_add(&page->text, " hours");
}

static unsigned seats_told(const struct page *page, enum view view) {
  return profile_tells_seats(page->report->profile, view) ? TELL_SEATS : 0;
}

static void add_room(struct page *page, int index) {
  const struct room *room = &page->clinic->rooms[index];
  const struct ints *sessions = &page->rooms.of[index];
  html_sheet_begin(page, "room", room->id, room->name);
  html_add(&page->text, "<p class=\"facts\">Room for %d · ", room->capacity);
  add_session_count(page, sessions);
  html_add(&page->text, "</p>\n");
  html_grid(page, room->id, sessions, VIEW_ROOM, TELL_LEADERS | seats_told(page, VIEW_ROOM));
  if (sessions->n) add_key(page, sessions);
  html_sheet_end(page, false);
}

static void add_online(struct page *page) {
  html_sheet_begin(page, "room", "telehealth", "Telehealth");
  html_add(&page->text, "<p class=\"facts\">No room · ");
  add_session_count(page, &page->no_room);
  html_add(&page->text, "</p>\n");
  html_grid(page, "telehealth", &page->no_room, VIEW_ROOM,
            TELL_LEADERS | seats_told(page, VIEW_ROOM));
  add_key(page, &page->no_room);
  html_sheet_end(page, false);
}

void html_rooms(struct page *page) {
  const struct clinic *clinic = page->clinic;
  const char **ids = mem_new((size_t)clinic->n_rooms + 1, sizeof *ids);
  int n = 0;
  for (int i = 0; i < clinic->n_rooms; i++) ids[n++] = clinic->rooms[i].id;
  if (page->no_room.n) ids[n++] = "telehealth";
  html_add(&page->text,
           "<section id=\"rooms\" class=\"sheets\" aria-labelledby=\"rooms-h\">"
           "<h2 id=\"rooms-h\">By room</h2>\n");
  html_directory(page, "room", ids, n);
  free(ids);
  for (int i = 0; i < clinic->n_rooms; i++) add_room(page, i);
  if (page->no_room.n) add_online(page);
  html_add(&page->text, "</section>\n");
}

static void add_roster_row(struct page *page, const struct session *session) {
  struct text *to = &page->text;
  const struct service *service = &page->clinic->services[session->service];
  html_add(to, "<tr><th scope=\"row\">%s ", day_names[session_day(session)]);
  html_span_of_time(to, session->start_min, session_end(page->clinic, session));
  html_add(to, "</th><td>%s</td><td>%s</td><td>", service->id,
           session->room == NONE ? "online" : page->clinic->rooms[session->room].id);
  for (int i = 0; i < session->patients.n; i++) {
    if (i > 0) html_add(to, ", ");
    html_patient(page, session->patients.list[i]);
  }
  html_add(to, "</td></tr>\n");
}

static void add_rosters(struct page *page, const struct therapist *therapist,
                        const struct ints *sessions) {
  html_add(&page->text,
           "<table class=\"roster\"><caption>Who comes to %s</caption><thead><tr>"
           "<th scope=\"col\">When</th><th scope=\"col\">Service</th><th scope=\"col\">Room</th>"
           "<th scope=\"col\">Patients</th></tr></thead><tbody>\n",
           therapist->id);
  for (int i = 0; i < sessions->n; i++)
    add_roster_row(page, &page->schedule->sessions[sessions->list[i]]);
  html_add(&page->text, "</tbody></table>\n");
}

static void add_therapist(struct page *page, int index) {
  const struct therapist *therapist = &page->clinic->therapists[index];
  const struct ints *sessions = &page->therapists.of[index];
  bool tells_patients = profile_tells_patients(page->report->profile, VIEW_THERAPIST);
  html_sheet_begin(page, "therapist", therapist->id, therapist->name);
  html_add(&page->text, "<p class=\"facts\">");
  add_session_count(page, sessions);
  html_add(&page->text, " of at most ");
  html_hours(&page->text, therapist->max_minutes_week);
  html_add(&page->text, "</p>\n");
  html_grid(page, therapist->id, sessions, VIEW_THERAPIST,
            TELL_ROOM | seats_told(page, VIEW_THERAPIST) | (tells_patients ? TELL_PATIENT : 0));
  if (sessions->n) add_key(page, sessions);
  if (sessions->n && tells_patients) add_rosters(page, therapist, sessions);
  html_sheet_end(page, tells_patients);
}

void html_therapists(struct page *page) {
  const struct clinic *clinic = page->clinic;
  const char **ids = mem_new((size_t)clinic->n_therapists, sizeof *ids);
  for (int i = 0; i < clinic->n_therapists; i++) ids[i] = clinic->therapists[i].id;
  html_add(&page->text,
           "<section id=\"therapists\" class=\"sheets\" aria-labelledby=\"therapists-h\">"
           "<h2 id=\"therapists-h\">By therapist</h2>\n");
  html_directory(page, "therapist", ids, clinic->n_therapists);
  free(ids);
  for (int i = 0; i < clinic->n_therapists; i++) add_therapist(page, i);
  html_add(&page->text, "</section>\n");
}
