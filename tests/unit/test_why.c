/* "Why is this not so?": what is forbidden for good, what stands in the way in the plan that is. */
#include <string.h>

#include "clinic_builder.h"
#include "iopsched/explain.h"
#include "unit.h"

/* Patients P1, P2 and P3; a room for each of the two services that take one. */
static struct clinic *small_clinic(void) {
  struct clinic *clinic =
      clinic_build(&(struct clinic_shape){"SKL IND TEL", "P1 P2 P3", "T1 T2", "G1 C1"});
  clinic_make_individual(clinic, "IND");
  clinic_make_telehealth(clinic, "TEL");
  clinic_set_room_fits(clinic, "SKL", "C1", false);
  clinic_set_room_fits(clinic, "IND", "G1", false);
  service_of(clinic, "SKL")->min_size = 2;
  return clinic;
}

static void starts_at_six(struct clinic *clinic) {
  static struct start_rule starts[] = {{NONE, 18 * 60}, {4, 17 * 60 + 30}};
  service_of(clinic, "SKL")->starts = starts;
  service_of(clinic, "SKL")->n_starts = 2;
}
static void starts_often(struct clinic *clinic) {
  static struct start_rule starts[12];
  for (int i = 0; i < 12; i++) starts[i] = (struct start_rule){NONE, 10 * 60 + i * 30};
  service_of(clinic, "SKL")->starts = starts;
  service_of(clinic, "SKL")->n_starts = 12;
}
static void not_here(struct clinic *clinic) {
  patient_of(clinic, "P1")->takes_part = false;
}
static void never_online(struct clinic *clinic) {
  patient_of(clinic, "P1")->telehealth = TELEHEALTH_NO;
  clinic_set_eligible(clinic, "P1", "TEL", false);
}
static void online_only(struct clinic *clinic) {
  patient_of(clinic, "P1")->telehealth = TELEHEALTH_ONLY;
  clinic_set_eligible(clinic, "P1", "SKL", false);
}
static void without_tags(struct clinic *clinic) {
  clinic_set_eligible(clinic, "P1", "SKL", false);
}
static void none_allowed(struct clinic *clinic) {
  clinic_set_weekly_max(clinic, "P1", "SKL", 0);
}
static void away(struct clinic *clinic) {
  patient_of(clinic, "P1")->available = windows_of(clinic, "Tue 09:00-12:00");
}
static void nobody_qualified(struct clinic *clinic) {
  clinic_set_qualified(clinic, "IND", 0, "T1", false);
  clinic_set_qualified(clinic, "IND", 0, "T2", false);
}
static void no_room_fits(struct clinic *clinic) {
  clinic_set_room_fits(clinic, "IND", "C1", false);
}
static void room_closed(struct clinic *clinic) {
  room_of(clinic, "C1")->available = windows_of(clinic, "Tue 09:00-12:00");
}
static void all_leaders_elsewhere(struct clinic *clinic) {
  therapist_of(clinic, "T1")->available = windows_of(clinic, "Tue 09:00-12:00");
  clinic_keep_apart(clinic, "P1", "T2");
}
static void few_come(struct clinic *clinic) {
  patient_of(clinic, "P2")->available = windows_of(clinic, "Tue 09:00-12:00");
  patient_of(clinic, "P3")->available = windows_of(clinic, "Tue 09:00-12:00");
}
static void short_week(struct clinic *clinic) {
  patient_of(clinic, "P1")->max_minutes = 60;
}
static void two_days(struct clinic *clinic) {
  patient_of(clinic, "P1")->max_days = 2;
}
static void short_day(struct clinic *clinic) {
  clinic->day_max_minutes = 60;
}
static void offered_once(struct clinic *clinic) {
  service_of(clinic, "IND")->sessions_max = 1;
}
static void hours_used_up(struct clinic *clinic) {
  therapist_of(clinic, "T1")->max_minutes_week = 60;
  therapist_of(clinic, "T2")->max_minutes_day = 60;
}
static void two_leaders(struct clinic *clinic) {
  clinic_set_leaders(clinic, "SKL", 2);
}
static void apart(struct clinic *clinic) {
  clinic_keep_apart(clinic, "P1", "P2");
}
static void two_seats(struct clinic *clinic) {
  room_of(clinic, "G1")->capacity = 2;
}

static void fixed_elsewhere(struct clinic *clinic) {
  clinic_add_fixed(clinic, "IND Mon 09:30 C1 T1 P1", "2");
}

struct why_case {
  const char *service, *at;
  void (*narrow)(struct clinic *clinic); /* or NULL */
  const char *sessions;                  /* of the plan */
  enum why_verdict verdict;
  const char *rule, *told; /* the first obstacle; "": none */
};

static const struct why_case cases[] = {
    {"SKL", "Mon 09:00", NULL, "SKL Mon 09:00 G1 T1 P1,P2", WHY_IS_SO, "", ""},
    {"SKL", "Mon 09:10", NULL, "", WHY_FORBIDDEN, "H12",
     "Mon 09:10 does not lie on the grid of slot_minutes 30"},
    {"SKL", "Sat 09:00", NULL, "", WHY_FORBIDDEN, "H12",
     "Sat 09:00-10:00 lies outside the opening hours, Mon 08:00-21:00, Tue 08:00-21:00, Wed "
     "08:00-21:00, Thu 08:00-21:00 and 1 more"},
    {"SKL", "Mon 09:00", starts_at_six, "", WHY_FORBIDDEN, "H12",
     "SKL starts only at 18:00, Fri 17:30"},
    {"SKL", "Mon 09:00", starts_often, "", WHY_FORBIDDEN, "H12",
     "SKL starts only at 10:00, 10:30, 11:00, 11:30 and 8 more"},
    {"SKL", "Mon 09:00", not_here, "", WHY_FORBIDDEN, "H1",
     "P1 is not here on any day of the week"},
    {"TEL", "Mon 09:00", never_online, "", WHY_FORBIDDEN, "H8",
     "TEL is not open to P1, who never takes telehealth"},
    {"SKL", "Mon 09:00", online_only, "", WHY_FORBIDDEN, "H8",
     "SKL is not open to P1, who never comes on site"},
    {"SKL", "Mon 09:00", without_tags, "", WHY_FORBIDDEN, "H8",
     "SKL is not open to P1, who has none of the service's tags"},
    {"SKL", "Mon 09:00", none_allowed, "", WHY_FORBIDDEN, "H7",
     "P1 may have no session of SKL: neither weekly_max nor a requirement allows one"},
    {"SKL", "Mon 09:00", away, "", WHY_FORBIDDEN, "H1",
     "P1 is not available at Mon 09:00; their hours are Tue 09:00-12:00"},
    {"IND", "Mon 09:00", nobody_qualified, "", WHY_FORBIDDEN, "H2",
     "nobody holds a credential to lead IND"},
    {"IND", "Mon 09:00", no_room_fits, "", WHY_FORBIDDEN, "H3", "no room has the features for IND"},
    {"IND", "Mon 09:00", room_closed, "", WHY_FORBIDDEN, "H3",
     "no room that fits IND is free at Mon 09:00: C1 is closed"},
    {"IND", "Mon 09:00", all_leaders_elsewhere, "", WHY_FORBIDDEN, "H2",
     "nobody is free who may lead IND at Mon 09:00: T1 is not there; T2 is kept apart"},
    {"SKL", "Mon 09:00", few_come, "", WHY_FORBIDDEN, "H4",
     "too few patients could come together to SKL at Mon 09:00: at best 1, Mon 09:00, of min_size "
     "2"},
    {"SKL", "Mon 09:00", NULL, "SKL Mon 10:00 G1 T1 P1,P2", WHY_COSTS, "H7",
     "P1 has SKL on that day already at Mon 09:00"},
    {"SKL", "Mon 09:00", short_week, "IND Mon 10:00 C1 T1 P1", WHY_COSTS, "H5",
     "P1 has 1 hour of at most 1: too little is left for SKL"},
    {"SKL", "Wed 09:00", two_days, "IND Mon 10:00 C1 T1 P1; IND Tue 10:00 C1 T1 P1", WHY_COSTS,
     "H5", "P1 comes on 2 of at most 2 days (Mon, Tue): another would be needed at Wed 09:00"},
    {"SKL", "Mon 09:00", short_day, "IND Mon 10:00 C1 T1 P1", WHY_COSTS, "H5",
     "the day of P1 would have more than day_max_hours 1 at Mon 09:00"},
    {"SKL", "Mon 09:00", NULL, "IND Mon 09:30 C1 T1 P1", WHY_COSTS, "H1",
     "P1 is in another session at Mon 09:00: IND, Mon 09:30-10:30"},
    {"IND", "Mon 09:00", offered_once, "IND Tue 09:00 C1 T1 P2", WHY_COSTS, "H12",
     "IND is offered as often as its sessions_max allows, 1"},
    {"IND", "Mon 09:00", NULL, "SKL Mon 09:00 G1 T1 P2,P3; TEL Mon 09:30 - T2 P2", WHY_COSTS, "H2",
     "nobody is free who may lead IND at Mon 09:00: T1 is in session or writes notes; T2 is in "
     "session or writes notes"},
    {"IND", "Mon 09:00", hours_used_up, "SKL Tue 09:00 G1 T1 P2,P3; TEL Mon 12:00 - T2 P2",
     WHY_COSTS, "H2",
     "nobody is free who may lead IND at Mon 09:00: T1 has had max_hours_week; T2 has had "
     "max_hours_day"},
    {"SKL", "Mon 09:00", two_leaders, "IND Mon 09:00 C1 T1 P2", WHY_COSTS, "H2",
     "too few are free who may lead SKL at Mon 09:00: T1 is in session or writes notes"},
    {"IND", "Mon 09:00", NULL, "IND Mon 09:00 C1 T1 P2", WHY_COSTS, "H3",
     "no room that fits IND is free at Mon 09:00: C1 is taken"},
    {"SKL", "Mon 09:00", NULL, "IND Mon 09:00 C1 T1 P2; TEL Mon 09:00 - T2 P3", WHY_COSTS, "H2",
     "nobody is free who may lead SKL at Mon 09:00: T1 is in session or writes notes; T2 is in "
     "session or writes notes"},
    {"SKL", "Mon 09:00", apart, "SKL Mon 09:00 G1 T1 P2,P3", WHY_COSTS, "H10",
     "somebody kept apart from P1 is in SKL at Mon 09:00"},
    {"SKL", "Mon 09:00", two_seats, "SKL Mon 09:00 G1 T1 P2,P3", WHY_COSTS, "H4",
     "every seat is taken at Mon 09:00: SKL, 2 seats in G1"},
    {"SKL", "Mon 09:00", NULL, "", WHY_COSTS, "",
     "taken by itself, SKL would be possible at Mon 09:00"},
    {"SKL", "Mon 09:00", fixed_elsewhere, "IND Mon 09:30 C1 T1 P1", WHY_NOT_FOUND, "H1",
     "P1 is in another session at Mon 09:00: IND, Mon 09:30-10:30"},
};

/* What is forbidden says why in its verdict too. */
static bool is_right(const struct why_case *is, const struct why *why) {
  if (why->verdict != is->verdict || !*why->text) return false;
  if (is->verdict == WHY_IS_SO) return why->n_obstacles == 0;
  if (is->verdict == WHY_FORBIDDEN && !strstr(why->text, is->told)) return false;
  return why->n_obstacles == 1 && strcmp(why->obstacles[0].rule, is->rule) == 0 &&
         strcmp(why->obstacles[0].text, is->told) == 0;
}

static void every_answer(void **state) {
  (void)state;
  int n_failed = 0;
  for (size_t i = 0; i < COUNT(cases); i++) {
    const struct why_case *is = &cases[i];
    struct clinic *clinic = small_clinic();
    if (is->narrow) is->narrow(clinic);
    struct schedule *plan = schedule_of(clinic, is->sessions);
    struct attendance_question question = {clinic_find_patient(clinic, "P1"),
                                           clinic_find_service(clinic, is->service),
                                           minute_of(is->at)};
    struct explain_options options = {
        .patient = NONE, .service = NONE, .work = 20, .seed = 1, .threads = 1};
    struct why why;
    explain_why(&why, clinic, plan, &question, &options);
    if (!is_right(is, &why)) {
      n_failed++;
      print_error("case %zu: %s: %s\n  %s %s\n", i, why_verdict_names[why.verdict], why.text,
                  why.n_obstacles ? why.obstacles[0].rule : "-",
                  why.n_obstacles ? why.obstacles[0].text : "-");
    }
    why_release(&why);
    schedule_free(plan);
    clinic_free(clinic);
  }
  assert_int_equal(n_failed, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_answer),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
