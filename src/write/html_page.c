/* week.html: one file that needs neither network nor script. It has the overview, where the
 * profile tells it, then a sheet for each room, therapist and patient. For the patients' profile it
 * is a file each instead, in handouts/. */
#include "html_page.h"

#include <stdlib.h>
#include <string.h>

#include "exporters.h"
#include "iopsched/memory.h"
#include "iopsched/version.h"

/* The style and the script, as they lie beside this file; the build makes them arrays. */
extern const char week_css[], week_js[];

static void page_init(struct page *page, const struct report *report) {
  const struct schedule *schedule = report->schedule;
  *page = (struct page){.report = report, .clinic = report->clinic, .schedule = schedule};
  roster_init(&page->rooms, ROSTER_ROOMS, report->clinic, schedule);
  roster_init(&page->therapists, ROSTER_THERAPISTS, report->clinic, schedule);
  roster_init(&page->patients, ROSTER_PATIENTS, report->clinic, schedule);
  page->all.list = mem_new((size_t)schedule->n_sessions, sizeof *page->all.list);
  page->no_room.list = mem_new((size_t)schedule->n_sessions, sizeof *page->no_room.list);
  memcpy(page->day_shown, report->clinic->operates, sizeof page->day_shown);
  for (int i = 0; i < schedule->n_sessions; i++) {
    const struct session *session = &schedule->sessions[i];
    page->day_shown[session_day(session)] = true;
    page->all.list[page->all.n++] = i;
    if (session->room == NONE) page->no_room.list[page->no_room.n++] = i;
  }
  html_find_range(page, &page->all, VIEW_PROGRAM, &page->open_min, &page->close_min);
}

static void page_release(struct page *page) {
  roster_release(&page->rooms);
  roster_release(&page->therapists);
  roster_release(&page->patients);
  free(page->all.list);
  free(page->no_room.list);
  text_free(&page->text);
}

/* The parts of the page, in order, each with its link. */
struct part {
  const char *id, *title;
  bool is_account; /* for those who may see the account; else of a view */
  bool is_change;
  enum view view;
  void (*add)(struct page *page);
};
static const struct part parts[] = {
    {.id = "summary", .title = "Summary", .is_account = true, .add = html_summary},
    {.id = "changes",
     .title = "Changes",
     .is_account = true,
     .is_change = true,
     .add = html_changes},
    {.id = "load", .title = "Load", .is_account = true, .add = html_load},
    {.id = "hours", .title = "Hours", .is_account = true, .add = html_hours_table},
    {.id = "legend", .title = "Services", .view = VIEW_PROGRAM, .add = html_legend},
    {.id = "rooms", .title = "Rooms", .view = VIEW_ROOM, .add = html_rooms},
    {.id = "therapists", .title = "Therapists", .view = VIEW_THERAPIST, .add = html_therapists},
    {.id = "patients", .title = "Patients", .view = VIEW_PATIENT, .add = html_patients},
};
enum { N_PARTS = sizeof parts / sizeof *parts };

static bool is_shown(const struct page *page, const struct part *part) {
  enum profile profile = page->report->profile;
  if (part->is_change && !page->report->changes) return false;
  return part->is_account ? profile_tells_account(profile) : profile_has_view(profile, part->view);
}

static void add_head(struct page *page) {
  struct text *to = &page->text;
  char week[WEEK_TEXT];
  week_format(page->clinic->monday, week);
  html_add(to,
           "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<meta name=\"generator\" content=\"iopsched %s\">\n"
           "<meta name=\"robots\" content=\"noindex\">\n"
           "<title>%s, week %s</title>\n<style>\n",
           IOPSCHED_VERSION, page->clinic->program_name, week);
  text_add(to, week_css);
  html_add(to, "</style>\n</head>\n");
}

static void add_banner(struct page *page) {
  struct text *to = &page->text;
  char week[WEEK_TEXT];
  week_format(page->clinic->monday, week);
  html_add(to,
           "<body class=\"%s\">\n<a class=\"skip\" href=\"#main\">Skip to the "
           "week</a>\n<header><p>The week of</p><h1><bdi>%s</bdi></h1><p>%s: ",
           profile_tells_account(page->report->profile) ? "whole" : "sheets-only",
           page->clinic->program_name, week);
  html_date(to, page->clinic->monday);
  html_add(to, " to ");
  html_date(to, page->clinic->monday + N_DAYS - 1);
  if (page->report->revision > 0) html_add(to, ", revision %d", page->report->revision);
  html_add(to, "</p></header>\n");
}

/* The tools are shown by the script, which makes them work. */
static void add_navigation(struct page *page) {
  struct text *to = &page->text;
  html_add(to, "<nav aria-label=\"Parts of the page\"><ul>");
  for (int i = 0; i < N_PARTS; i++)
    if (is_shown(page, &parts[i]))
      html_add(to, "<li><a href=\"#%s\">%s</a></li>", parts[i].id, parts[i].title);
  html_add(
      to,
      "</ul>\n<form id=\"tools\" hidden>"
      "<label for=\"who\">Only</label> "
      "<input id=\"who\" type=\"search\" autocomplete=\"off\" placeholder=\"id or name\"> "
      "<label for=\"kind\">of</label> <select id=\"kind\"><option value=\"\">everything</option>");
  for (int i = 0; i < N_PARTS; i++)
    if (is_shown(page, &parts[i]) && parts[i].view != VIEW_PROGRAM)
      html_add(to, "<option value=\"%s\">%s</option>", parts[i].id, parts[i].title);
  html_add(to,
           "</select> <button type=\"submit\">Print these</button>"
           "<output id=\"found\"></output></form></nav>\n");
}

void html_legend(struct page *page) {
  struct text *to = &page->text;
  const struct clinic *clinic = page->clinic;
  html_add(to,
           "<section id=\"legend\" aria-labelledby=\"legend-h\"><h2 id=\"legend-h\">Services</h2>\n"
           "<ul class=\"legend\">\n");
  for (int s = 0; s < clinic->n_services; s++) {
    const struct service *service = &clinic->services[s];
    html_add(to, "<li class=\"");
    html_colour(page, s);
    html_add(to, "\"><b>%s</b> <span>%s</span> <small>%s%s, %d min</small></li>\n", service->id,
             strcmp(service->name, service->id) ? service->name : "",
             service->telehealth ? "online " : "", format_names[service->format], service->minutes);
  }
  html_add(to, "</ul>\n</section>\n");
}

static void add_end(struct page *page, bool with_script) {
  struct text *to = &page->text;
  html_add(to, "</main>\n<footer><p>Made by iopsched %s.</p></footer>\n", IOPSCHED_VERSION);
  if (with_script) html_add(to, "<script>\n");
  if (with_script) text_add(to, week_js);
  html_add(to, with_script ? "</script>\n</body>\n</html>\n" : "</body>\n</html>\n");
}

static void write_week(struct page *page, struct folder *folder) {
  add_head(page);
  add_banner(page);
  add_navigation(page);
  html_add(&page->text, "<main id=\"main\">\n");
  for (int i = 0; i < N_PARTS; i++)
    if (is_shown(page, &parts[i])) parts[i].add(page);
  add_end(page, true);
  folder_put(folder, week_html.name, page->text.data, page->text.length);
}

/* Where a reader is to see nobody but themselves, each patient has a file of their own. */
static void write_handout(struct page *page, int patient, struct folder *folder) {
  struct text name = {0};
  text_clear(&page->text);
  add_head(page);
  add_banner(page);
  html_add(&page->text, "<main id=\"main\">\n<h2>Your week</h2>\n");
  html_handout(page, patient);
  add_end(page, false);
  text_printf(&name, "handouts/%s.html", page->clinic->patients[patient].id);
  folder_put(folder, name.data, page->text.data, page->text.length);
  text_free(&name);
}

static void write_html(const struct report *report, struct folder *folder) {
  struct page page;
  page_init(&page, report);
  if (profile_has_view(report->profile, VIEW_PROGRAM)) {
    write_week(&page, folder);
  } else {
    for (int i = 0; i < report->clinic->n_patients; i++)
      if (report->clinic->patients[i].takes_part) write_handout(&page, i, folder);
  }
  page_release(&page);
}

const struct exporter week_html = {.format = "html", .name = "week.html", .write = write_html};

int html_minutes(const struct page *page, const struct ints *sessions) {
  int sum = 0;
  for (int i = 0; i < sessions->n; i++)
    sum += page->clinic->services[page->schedule->sessions[sessions->list[i]].service].minutes;
  return sum;
}
