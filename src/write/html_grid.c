/* The time grid: a table with one row, whose cells hold a day's sessions as a list. Style puts the
 * blocks at their times on screens and paper; on phones, and to screen readers, it is an agenda. */
#include <stdlib.h>
#include <string.h>

#include "html_page.h"
#include "iopsched/memory.h"

enum {
  SHORT_MIN = 45, /* blocks below it have room for one line */
  MOST_LANES = 2, /* side by side in one column; more becomes a list */
  N_HUES = 12,
  N_EDGES = 4
};

void html_colour(struct page *page, int service) {
  html_add(&page->text, "c%d k%d", service % N_HUES, service / N_HUES % N_EDGES);
}

/* What the blocks of one grid share. */
struct grid {
  enum view view;
  unsigned tells;
  int open_min, close_min; /* minutes of the day that it spans, whole hours */
  bool timed;              /* else a list under each day */
};

/* lane[i]: where sessions[i] stands among those at the same time. Returns how many lanes it takes.
 */
static int find_lanes(const struct page *page, const struct ints *sessions, int *lane) {
  int *free_at = mem_new((size_t)sessions->n, sizeof *free_at);
  int n_lanes = 0;
  for (int i = 0; i < sessions->n; i++) {
    const struct session *session = &page->schedule->sessions[sessions->list[i]];
    int at = 0;
    while (at < n_lanes && free_at[at] > session->start_min) at++;
    if (at == n_lanes) n_lanes++;
    free_at[at] = session_end(page->clinic, session);
    lane[i] = at;
  }
  free(free_at);
  return n_lanes;
}

static void add_place(struct page *page, const struct grid *grid, const struct session *session,
                      int lane, int n_lanes) {
  struct text *to = &page->text;
  int range = grid->close_min - grid->open_min;
  int minutes = page->clinic->services[session->service].minutes;
  html_add(to, " style=\"top:");
  html_percent(to, session->start_min % DAY_MIN - grid->open_min, range, 2);
  html_add(to, ";height:");
  html_percent(to, minutes, range, 2);
  if (n_lanes > 1) {
    html_add(to, ";left:");
    html_percent(to, lane, n_lanes, 2);
    html_add(to, ";width:");
    html_percent(to, 1, n_lanes, 2);
  }
  html_add(to, "\"");
}

static void add_detail(struct page *page, bool *any) {
  html_add(&page->text, *any ? " · " : "<span class=\"m\">");
  *any = true;
}

static void add_details(struct page *page, const struct session *session, unsigned tells) {
  struct text *to = &page->text;
  const struct clinic *clinic = page->clinic;
  bool any = false;
  if ((tells & TELL_PATIENT) && clinic->services[session->service].format != FORMAT_GROUP) {
    for (int i = 0; i < session->patients.n; i++) {
      add_detail(page, &any);
      html_patient(page, session->patients.list[i]);
    }
  }
  if (tells & TELL_ROOM) {
    add_detail(page, &any);
    html_add(to, "%s", session->room == NONE ? "online" : clinic->rooms[session->room].id);
  }
  if (tells & TELL_LEADERS) {
    add_detail(page, &any);
    html_leaders(page, session);
  }
  if ((tells & TELL_SEATS) && clinic->services[session->service].format == FORMAT_GROUP) {
    add_detail(page, &any);
    html_add(to, "%d of %d", session->patients.n, session_seats(clinic, session));
  }
  if (any) html_add(to, "</span>");
}

/* The end apart, for a short block to leave out. */
static void add_times(struct text *to, int start_min, int end_min) {
  char start[CLOCK_TEXT], end[CLOCK_TEXT];
  clock_format(start_min, false, start);
  clock_format(end_min, true, end);
  html_add(to, "%s<span>–%s</span>", start, end);
}

static void add_block(struct page *page, const struct grid *grid, const struct session *session,
                      int lane, int n_lanes) {
  struct text *to = &page->text;
  const struct service *service = &page->clinic->services[session->service];
  html_add(to, "<li class=\"b ");
  html_colour(page, session->service);
  html_add(to, "%s\"", service->minutes < SHORT_MIN ? " s" : "");
  if (grid->timed) add_place(page, grid, session, lane, n_lanes);
  html_add(to, "><b>%s</b> <span class=\"t\">", service->id);
  add_times(to, session->start_min, session_end(page->clinic, session));
  html_add(to, "</span> ");
  if (strcmp(service->name, service->id) != 0)
    html_add(to, "<span class=\"n\">%s</span> ", service->name);
  add_details(page, session, grid->tells);
  html_add(to, "</li>");
}

void html_find_range(const struct page *page, const struct ints *sessions, enum view view,
                     int *open_min, int *close_min) {
  int first = DAY_MIN, last = 0;
  for (int i = 0; i < sessions->n; i++) {
    const struct session *session = &page->schedule->sessions[sessions->list[i]];
    const struct service *service = &page->clinic->services[session->service];
    if (!view_has_service(view, service)) continue;
    int start = session->start_min % DAY_MIN, end = start + service->minutes;
    if (start < first) first = start;
    if (end > last) last = end;
  }
  if (last > DAY_MIN) last = DAY_MIN;
  *open_min = first < last ? first / 60 * 60 : 8 * 60;
  *close_min = first < last ? (last + 59) / 60 * 60 : 18 * 60;
}

/* The day's sessions among those given, without what the view keeps to itself; `day_list` has room
 * for all. */
static struct ints sessions_of_day(const struct page *page, const struct ints *sessions,
                                   enum view view, int day, int *day_list) {
  struct ints found = {day_list, 0};
  for (int i = 0; i < sessions->n; i++) {
    const struct session *session = &page->schedule->sessions[sessions->list[i]];
    if (session_day(session) == day &&
        view_has_service(view, &page->clinic->services[session->service]))
      found.list[found.n++] = sessions->list[i];
  }
  return found;
}

static void add_day(struct page *page, const struct grid *grid, const struct ints *sessions,
                    int day) {
  struct text *to = &page->text;
  int *lanes = mem_new((size_t)sessions->n, sizeof *lanes);
  int n_lanes = find_lanes(page, sessions, lanes);
  html_add(to, "<td data-day=\"%s\"", day_names[day]);
  html_add(to, sessions->n ? "><div class=\"col\"><ul>" : " class=\"none\"><div class=\"col\">");
  for (int i = 0; i < sessions->n; i++)
    add_block(page, grid, &page->schedule->sessions[sessions->list[i]], lanes[i], n_lanes);
  html_add(to, sessions->n ? "</ul></div></td>\n" : "</div></td>\n");
  free(lanes);
}

static void add_head(struct page *page, const struct grid *grid, const char *of) {
  struct text *to = &page->text;
  html_add(to, "<table class=\"grid%s\" style=\"--hours:%d\"><caption>Week of %s</caption>\n",
           grid->timed ? "" : " agenda", (grid->close_min - grid->open_min) / 60, of);
  html_add(to, "<thead><tr>");
  if (grid->timed) html_add(to, "<td class=\"axis\"></td>");
  for (int day = 0; day < N_DAYS; day++) {
    if (!page->day_shown[day]) continue;
    int year, month, of_month;
    date_to_civil(page->clinic->monday + day, &year, &month, &of_month);
    html_add(to, "<th scope=\"col\">%s <span>%d/%d</span></th>", day_names[day], month, of_month);
  }
  html_add(to, "</tr></thead>\n<tbody><tr>");
  if (!grid->timed) return;
  html_add(to, "<td class=\"axis\" aria-hidden=\"true\"><div class=\"col\">");
  for (int hour = grid->open_min / 60; hour < grid->close_min / 60; hour++)
    html_add(to, "<i>%d:00</i>", hour);
  html_add(to, "</div></td>\n");
}

static bool fits_lanes(const struct page *page, const struct ints *sessions) {
  int *lanes = mem_new((size_t)sessions->n, sizeof *lanes);
  bool fits = find_lanes(page, sessions, lanes) <= MOST_LANES;
  free(lanes);
  return fits;
}

void html_grid(struct page *page, const char *of, const struct ints *sessions, enum view view,
               unsigned tells) {
  struct grid grid = {view, tells, page->open_min, page->close_min, true};
  int *day_list = mem_new((size_t)sessions->n, sizeof *day_list);
  for (int day = 0; day < N_DAYS; day++) {
    struct ints of_day = sessions_of_day(page, sessions, view, day, day_list);
    if (!fits_lanes(page, &of_day)) grid.timed = false;
  }
  if (view == VIEW_PATIENT) html_find_range(page, sessions, view, &grid.open_min, &grid.close_min);
  add_head(page, &grid, of);
  for (int day = 0; day < N_DAYS; day++) {
    if (!page->day_shown[day]) continue;
    struct ints of_day = sessions_of_day(page, sessions, view, day, day_list);
    add_day(page, &grid, &of_day, day);
  }
  html_add(&page->text, "</tr></tbody></table>\n");
  free(day_list);
}
