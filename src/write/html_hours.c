/* Hours and days of each patient against what is asked, of each therapist against the most. */
#include "html_page.h"

/* A bar of the hours, on a scale to the maximum, with a mark at the minimum; the end of it that a
 * few missed groups would cost is shaded. */
static void add_bar(struct page *page, int minutes, int missed, int least, int most) {
  struct text *to = &page->text;
  int scale = most > minutes ? most : minutes;
  html_add(to, "<td class=\"bar\"><i style=\"width:");
  html_percent(to, minutes, scale, 1);
  html_add(to, "\"></i>");
  if (missed > 0) {
    html_add(to, "<b style=\"left:");
    html_percent(to, minutes - missed, scale, 1);
    html_add(to, ";width:");
    html_percent(to, missed, scale, 1);
    html_add(to, "\"></b>");
  }
  if (least > 0) {
    html_add(to, "<u style=\"left:");
    html_percent(to, least, scale, 1);
    html_add(to, "\"></u>");
  }
  html_add(to, "</td>");
}

/* Hours that would be left. */
static void add_cushion(struct page *page, const struct patient_outcome *has) {
  html_add(&page->text, has->fragile ? "<td class=\"fragile\">" : "<td>");
  html_hours(&page->text, has->cushioned_minutes);
  html_add(&page->text, has->fragile ? " ◇ fragile</td>" : "</td>");
}

static void add_patient(struct page *page, int index) {
  struct text *to = &page->text;
  const struct patient *patient = &page->clinic->patients[index];
  const struct patient_outcome *has = &page->report->outcome->patients[index];
  html_add(to, "<tr data-who=\"%s %s\"", patient->id,
           patient_label(patient, page->report->with_names));
  html_add(to, has->met ? ">" : " class=\"short\">");
  html_add(to, "<th scope=\"row\"><a href=\"#patient-%s\">", patient->id);
  html_patient(page, index);
  html_add(to, "</a></th><td>");
  html_hours(to, has->minutes);
  html_add(to, "</td><td>");
  html_hours(to, patient->min_minutes);
  html_add(to, "–");
  html_hours(to, patient->max_minutes);
  html_add(to, "</td>");
  int missed = has->minutes - has->cushioned_minutes;
  add_bar(page, has->minutes, missed, patient->min_minutes, patient->max_minutes);
  html_add(to, "<td>%d</td><td>%d–%d</td><td>", has->days, patient->min_days, patient->max_days);
  html_hours(to, has->idle_minutes);
  html_add(to, "</td>");
  if (page->clinic->cushion_sessions > 0) add_cushion(page, has);
  html_add(to, "<td>%s</td></tr>\n", has->met ? "✓ met" : "▲ short");
}

static void add_therapist(struct page *page, int index) {
  struct text *to = &page->text;
  const struct therapist *therapist = &page->clinic->therapists[index];
  const struct ints *sessions = &page->therapists.of[index];
  int minutes = html_minutes(page, sessions);
  html_add(to, "<tr><th scope=\"row\"><a href=\"#therapist-%s\">", therapist->id);
  html_therapist(page, index);
  html_add(to, "</a></th><td>%d</td><td>", sessions->n);
  html_hours(to, minutes);
  html_add(to, "</td><td>");
  html_hours(to, therapist->max_minutes_week);
  html_add(to, "</td>");
  add_bar(page, minutes, 0, 0, therapist->max_minutes_week);
  html_add(to, "</tr>\n");
}

void html_hours_table(struct page *page) {
  struct text *to = &page->text;
  html_add(to,
           "<section id=\"hours\" aria-labelledby=\"hours-h\"><h2 id=\"hours-h\">Hours</h2>\n"
           "<table class=\"figures hours\"><caption>Patients: hours and days planned against those "
           "asked; a line marks the least hours</caption><thead><tr>"
           "<th scope=\"col\">Patient</th><th scope=\"col\">Hours</th><th scope=\"col\">Asked</th>"
           "<th scope=\"col\" class=\"bar\">Of the most</th><th scope=\"col\">Days</th>"
           "<th scope=\"col\">Asked</th><th scope=\"col\">Idle</th>");
  if (page->clinic->cushion_sessions > 0)
    html_add(to, "<th scope=\"col\">If %d group%s missed</th>", page->clinic->cushion_sessions,
             page->clinic->cushion_sessions == 1 ? " is" : "s are");
  html_add(to, "<th scope=\"col\">Status</th></tr></thead><tbody>\n");
  for (int i = 0; i < page->clinic->n_patients; i++)
    if (page->clinic->patients[i].takes_part) add_patient(page, i);
  html_add(
      to,
      "</tbody></table>\n<table class=\"figures\"><caption>Therapists: hours in session against "
      "the most</caption><thead><tr><th scope=\"col\">Therapist</th>"
      "<th scope=\"col\">Sessions</th><th scope=\"col\">Hours</th><th scope=\"col\">Most</th>"
      "<th scope=\"col\" class=\"bar\">Of the most</th></tr></thead><tbody>\n");
  for (int i = 0; i < page->clinic->n_therapists; i++) add_therapist(page, i);
  html_add(to, "</tbody></table>\n</section>\n");
}
