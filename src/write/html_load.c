/* How full the week is: therapists and rooms in use by the hour, and seats filled. */
#include <stdlib.h>
#include <string.h>

#include "html_page.h"

enum { HOURS_OF_DAY = 24, N_SHADES = 6 };

/* Minutes in use, and minutes there are, of all people or rooms together. */
struct load {
  int64_t busy[N_DAYS][HOURS_OF_DAY], there[N_DAYS][HOURS_OF_DAY];
};

static int overlap(int start, int end, int from, int until) {
  int first = start > from ? start : from, last = end < until ? end : until;
  return last > first ? last - first : 0;
}

static void add_busy(struct load *load, int start, int end, int times) {
  for (int hour = start / 60; hour * 60 < end && hour < N_DAYS * HOURS_OF_DAY; hour++)
    load->busy[hour / HOURS_OF_DAY][hour % HOURS_OF_DAY] +=
        (int64_t)times * overlap(start, end, hour * 60, hour * 60 + 60);
}

static void add_there(struct load *load, const struct windows *windows) {
  for (int i = 0; i < windows->n; i++) {
    const struct window *window = &windows->list[i];
    for (int hour = window->start_min / 60;
         hour * 60 < window->end_min && hour < N_DAYS * HOURS_OF_DAY; hour++)
      load->there[hour / HOURS_OF_DAY][hour % HOURS_OF_DAY] +=
          overlap(window->start_min, window->end_min, hour * 60, hour * 60 + 60);
  }
}

static struct load staff_load(const struct page *page) {
  struct load load = {0};
  for (int t = 0; t < page->clinic->n_therapists; t++)
    add_there(&load, &page->clinic->therapists[t].available);
  for (int i = 0; i < page->schedule->n_sessions; i++) {
    const struct session *session = &page->schedule->sessions[i];
    int notes = page->clinic->services[session->service].notes_minutes;
    add_busy(&load, session->start_min, session_end(page->clinic, session) + notes,
             session->leaders.n);
  }
  return load;
}

static struct load room_load(const struct page *page) {
  struct load load = {0};
  for (int room = 0; room < page->clinic->n_rooms; room++)
    add_there(&load, &page->clinic->rooms[room].available);
  for (int i = 0; i < page->schedule->n_sessions; i++) {
    const struct session *session = &page->schedule->sessions[i];
    if (session->room != NONE)
      add_busy(&load, session->start_min, session_end(page->clinic, session), 1);
  }
  return load;
}

/* 0 for nothing in use, the darkest for all. */
static int shade_of(int64_t busy, int64_t there) {
  if (busy <= 0) return 0;
  if (busy >= there) return N_SHADES - 1;
  return 1 + (int)(busy * (N_SHADES - 2) / there);
}

static void add_cell(struct page *page, int64_t busy, int64_t there) {
  struct text *to = &page->text;
  if (there == 0 && busy == 0) {
    html_add(to, "<td class=\"h\">–</td>");
    return;
  }
  html_add(to, "<td class=\"h h%d\">", shade_of(busy, there));
  text_add_ratio(to, busy, 60, 1);
  html_add(to, "<span>/");
  text_add_ratio(to, there, 60, 1);
  html_add(to, "</span></td>");
}

static void add_heat_map(struct page *page, const char *caption, const struct load *load) {
  struct text *to = &page->text;
  html_add(to, "<table class=\"heat\"><caption>%s</caption><thead><tr><th scope=\"col\">Hour</th>",
           caption);
  for (int day = 0; day < N_DAYS; day++)
    if (page->day_shown[day]) html_add(to, "<th scope=\"col\">%s</th>", day_names[day]);
  html_add(to, "</tr></thead><tbody>\n");
  for (int hour = page->open_min / 60; hour < page->close_min / 60; hour++) {
    html_add(to, "<tr><th scope=\"row\">%d:00</th>", hour);
    for (int day = 0; day < N_DAYS; day++)
      if (page->day_shown[day]) add_cell(page, load->busy[day][hour], load->there[day][hour]);
    html_add(to, "</tr>\n");
  }
  html_add(to, "</tbody></table>\n");
}

/* One bar a session, as high as it is full, with its number of patients. */
static void add_columns(struct page *page, int service) {
  struct text *to = &page->text;
  html_add(to, "<td class=\"fill\"><div>");
  for (int i = 0; i < page->schedule->n_sessions; i++) {
    const struct session *session = &page->schedule->sessions[i];
    if (session->service != service) continue;
    html_add(to, "<span><i style=\"height:");
    html_percent(to, session->patients.n, session_seats(page->clinic, session), 0);
    html_add(to, "\"></i>%d</span>", session->patients.n);
  }
  html_add(to, "</div></td>");
}

static void add_seats_row(struct page *page, int s) {
  struct text *to = &page->text;
  const struct service *service = &page->clinic->services[s];
  int n = 0;
  int64_t taken = 0, seats = 0;
  for (int i = 0; i < page->schedule->n_sessions; i++) {
    const struct session *session = &page->schedule->sessions[i];
    if (session->service != s) continue;
    n++;
    taken += session->patients.n;
    seats += session_seats(page->clinic, session);
  }
  if (n == 0) return;
  html_add(to, "<tr><th scope=\"row\"><b class=\"chip ");
  html_colour(page, s);
  html_add(to, "\">%s</b> <span class=\"n\">%s</span></th><td>%d</td><td>%d of %d</td><td>",
           service->id, strcmp(service->name, service->id) ? service->name : "", n, (int)taken,
           (int)seats);
  html_percent(to, taken, seats, 0);
  html_add(to, "</td>");
  add_columns(page, s);
  html_add(to, "</tr>\n");
}

static void add_seats(struct page *page) {
  html_add(
      &page->text,
      "<h3>Seats filled</h3>\n<table class=\"figures seats\"><caption>Groups, with a column for "
      "each session of the week: its patients, as high as its seats are filled</caption>"
      "<thead><tr><th scope=\"col\">Group</th><th scope=\"col\">Sessions</th>"
      "<th scope=\"col\">Seats</th><th scope=\"col\">Filled</th>"
      "<th scope=\"col\" class=\"fill\">Each session</th></tr></thead><tbody>\n");
  for (int s = 0; s < page->clinic->n_services; s++)
    if (page->clinic->services[s].format == FORMAT_GROUP) add_seats_row(page, s);
  html_add(&page->text, "</tbody></table>\n");
}

void html_load(struct page *page) {
  struct load staff = staff_load(page), rooms = room_load(page);
  html_add(&page->text,
           "<section id=\"load\" aria-labelledby=\"load-h\"><h2 id=\"load-h\">Load</h2>\n"
           "<p>In use, of those there are, on average over the hour; the darker, the fuller.</p>\n"
           "<div class=\"pair\">\n");
  add_heat_map(page, "Therapists in session or writing notes / on duty", &staff);
  add_heat_map(page, "Rooms in use / open", &rooms);
  html_add(&page->text, "</div>\n");
  add_seats(page);
  html_add(&page->text, "</section>\n");
}
