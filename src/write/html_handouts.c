/* The patients' handouts: nobody else's name or id, no room for guesses about others, and nothing
 * of the sessions that are to surprise. */
#include <stdlib.h>
#include <string.h>

#include "html_page.h"
#include "iopsched/memory.h"

static bool is_told(const struct page *page, const struct session *session) {
  return view_has_service(VIEW_PATIENT, &page->clinic->services[session->service]);
}

static const struct session *told_at(const struct page *page, const struct ints *sessions, int i) {
  const struct session *session = &page->schedule->sessions[sessions->list[i]];
  return is_told(page, session) ? session : NULL;
}

/* Counted hours and days of what is told, so that their sum gives nothing away. */
static void add_facts(struct page *page, const struct ints *sessions) {
  int minutes = 0, n_days = 0, last = NONE;
  for (int i = 0; i < sessions->n; i++) {
    const struct session *session = told_at(page, sessions, i);
    if (!session) continue;
    minutes += counted_minutes(&page->clinic->services[session->service]);
    n_days += session_day(session) != last;
    last = session_day(session);
  }
  html_add(&page->text, "<p class=\"facts\">");
  html_hours(&page->text, minutes);
  html_add(&page->text, " hours of treatment on %d day%s</p>\n", n_days, n_days == 1 ? "" : "s");
}

static int told_on(const struct page *page, const struct ints *sessions, int day) {
  int n = 0;
  for (int i = 0; i < sessions->n; i++) {
    const struct session *session = told_at(page, sessions, i);
    n += session && session_day(session) == day;
  }
  return n;
}

static void add_place(struct page *page, const struct session *session) {
  const struct room *room = session->room == NONE ? NULL : &page->clinic->rooms[session->room];
  if (!room)
    html_add(&page->text, "online");
  else if (room->name && strcmp(room->name, room->id) != 0)
    html_add(&page->text, "%s <small>%s</small>", room->name, room->id);
  else
    html_add(&page->text, "%s", room->id);
}

static void add_row(struct page *page, const struct session *session, int rows_of_day) {
  struct text *to = &page->text;
  html_add(to, "<tr>");
  if (rows_of_day > 0) {
    int year, month, day;
    date_to_civil(page->clinic->monday + session_day(session), &year, &month, &day);
    html_add(to, "<th scope=\"rowgroup\" rowspan=\"%d\">%s <span>%d/%d</span></th>", rows_of_day,
             day_names[session_day(session)], month, day);
  }
  html_add(to, "<td>");
  html_span_of_time(to, session->start_min, session_end(page->clinic, session));
  html_add(to, "</td><td>%s</td><td>", page->clinic->services[session->service].name);
  html_leaders(page, session);
  html_add(to, "</td><td>");
  add_place(page, session);
  html_add(to, "</td></tr>\n");
}

static void add_list(struct page *page, const char *id, const struct ints *sessions) {
  struct text *to = &page->text;
  int last = NONE;
  html_add(to,
           "<table class=\"list\"><caption>Sessions of %s</caption><thead><tr>"
           "<th scope=\"col\">Day</th><th scope=\"col\">Time</th><th scope=\"col\">Session</th>"
           "<th scope=\"col\">With</th><th scope=\"col\">Where</th></tr></thead>\n",
           id);
  for (int i = 0; i < sessions->n; i++) {
    const struct session *session = told_at(page, sessions, i);
    if (!session) continue;
    int day = session_day(session);
    bool is_first = day != last;
    if (is_first) text_add(to, last == NONE ? "<tbody>" : "</tbody><tbody>");
    add_row(page, session, is_first ? told_on(page, sessions, day) : 0);
    last = day;
  }
  html_add(to, "</tbody></table>\n");
}

void html_handout(struct page *page, int index) {
  const struct patient *patient = &page->clinic->patients[index];
  const struct ints *sessions = &page->patients.of[index];
  bool any = false;
  for (int i = 0; i < sessions->n && !any; i++) any = told_at(page, sessions, i) != NULL;
  html_sheet_begin(page, "patient", patient->id, patient_label(patient, page->report->with_names));
  if (any) {
    add_facts(page, sessions);
    add_list(page, patient->id, sessions);
    html_grid(page, patient->id, sessions, VIEW_PATIENT, TELL_ROOM | TELL_LEADERS);
  } else {
    html_add(&page->text, "<p class=\"facts\">Nothing is planned for this week.</p>\n");
  }
  html_sheet_end(page, true);
}

void html_patients(struct page *page) {
  const struct clinic *clinic = page->clinic;
  const char **ids = mem_new((size_t)clinic->n_patients, sizeof *ids);
  int n = 0;
  for (int i = 0; i < clinic->n_patients; i++)
    if (clinic->patients[i].takes_part) ids[n++] = clinic->patients[i].id;
  html_add(&page->text,
           "<section id=\"patients\" class=\"sheets\" aria-labelledby=\"patients-h\">"
           "<h2 id=\"patients-h\">By patient</h2>\n");
  html_directory(page, "patient", ids, n);
  free(ids);
  for (int i = 0; i < clinic->n_patients; i++)
    if (clinic->patients[i].takes_part) html_handout(page, i);
  html_add(&page->text, "</section>\n");
}
