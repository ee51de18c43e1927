#include "random_clinics.h"

#include <stdio.h>

#include "clinic_builder.h"
#include "iopsched/random.h"

static bool in_hundred(uint64_t *random, int chances) {
  return random_below(random, 100) < chances;
}

static const char *ids(char *out, const char *letter, int n) {
  int length = 0;
  out[0] = '\0';
  for (int i = 1; i <= n; i++) length += sprintf(out + length, "%s%d ", letter, i);
  return out;
}

struct clinic *plain_clinic(int services, int patients, int therapists, int rooms) {
  char text[4][400];
  struct clinic_shape shape = {ids(text[0], "S", services), ids(text[1], "P", patients),
                               ids(text[2], "T", therapists), ids(text[3], "R", rooms)};
  return clinic_build(&shape);
}

static void vary_program(struct clinic *clinic, uint64_t *random) {
  clinic->visit_min_minutes = random_below(random, 3) * 60;
  clinic->travel_minutes = random_below(random, 3) * 30;
  if (in_hundred(random, 50)) {
    clinic->break_after_minutes = 120 + 60 * random_below(random, 2);
    clinic->break_minutes = 30;
  }
  clinic->cushion_sessions = random_below(random, 2);
  clinic->weight_milli[TERM_CUSHION] = 1000 * random_below(random, 3);
  clinic->weight_milli[TERM_STAFF_IDLE_HOUR] = 500 * random_below(random, 3);
  clinic->payers[0] = (struct payer){.id = "PAY", .day_min_minutes = 120, .day_min_services = 2};
  clinic->n_payers = 1;
}

static void vary_service(struct clinic *clinic, int index, uint64_t *random) {
  struct service *service = &clinic->services[index];
  service->minutes = 30 * (1 + random_below(random, 4));
  service->notes_minutes = 30 * (random_below(random, 4) == 0);
  service->min_size = 1 + random_below(random, 3);
  service->max_size = service->min_size + 2 + random_below(random, 6);
  if (index % 4 == 3) clinic_make_individual(clinic, service->id);
  if (in_hundred(random, 20)) clinic_make_telehealth(clinic, service->id);
  if (in_hundred(random, 20) && clinic->n_therapists > 2) {
    clinic_set_leaders(clinic, service->id, 2);
    service->roles_named = in_hundred(random, 50);
  }
  service->closed = service->format == FORMAT_GROUP && in_hundred(random, 10);
  service->counts_hours = in_hundred(random, 90);
  service->sessions_min = in_hundred(random, 30);
  if (in_hundred(random, 20)) service->sessions_max = 1 + random_below(random, 6);
  if (in_hundred(random, 50)) clinic_set_category(clinic, service->id, "skills");
}

/* Some cannot lead some services; roles that are not named ask the same of everybody. */
static void vary_staff(struct clinic *clinic, uint64_t *random) {
  for (int k = 0; k < clinic->n_therapists; k++) {
    clinic->therapists[k].max_minutes_day = 60 * (3 + random_below(random, 6));
    clinic->therapists[k].max_minutes_week = 60 * (8 + random_below(random, 30));
    if (in_hundred(random, 40))
      clinic->therapists[k].available =
          windows_of(clinic,
                     "Mon 08:00-12:00, Mon 13:00-17:00, Tue 09:00-17:00, Wed 12:00-21:00,"
                     "Thu 08:00-16:00, Fri 09:00-12:30");
    for (int s = 0; s < clinic->n_services; s++)
      for (int role = 0; role < clinic->max_leaders; role++)
        if (in_hundred(random, 25) && (role == 0 || clinic->services[s].roles_named))
          for (int r = role; r < (clinic->services[s].roles_named ? role + 1 : clinic->max_leaders);
               r++)
            clinic_set_qualified(clinic, clinic->services[s].id, r, clinic->therapists[k].id,
                                 false);
  }
  for (int room = 0; room < clinic->n_rooms; room++)
    clinic->rooms[room].capacity = 3 + random_below(random, 8);
}

static const char *const patient_hours[] = {
    "Mon 09:00-15:00, Tue 09:00-15:00, Wed 09:00-15:00, Thu 09:00-15:00",
    "Mon 12:00-21:00, Wed 12:00-21:00, Fri 12:00-21:00",
    "Tue 08:00-12:30, Wed 08:00-12:30, Thu 08:00-12:30, Fri 08:00-12:30",
};

static void vary_patient(struct clinic *clinic, int index, uint64_t *random) {
  struct patient *who = &clinic->patients[index];
  who->takes_part = in_hundred(random, 95);
  who->min_minutes = 60 * random_below(random, 10);
  who->max_minutes = who->min_minutes + 60 * random_below(random, 6);
  who->min_days = random_below(random, 4);
  who->max_days = who->min_days + 1 + random_below(random, 2);
  who->priority_milli = 500 + 500 * random_below(random, 4);
  if (in_hundred(random, 60)) who->primary = random_below(random, clinic->n_therapists);
  if (in_hundred(random, 50)) who->payer = 0;
  if (in_hundred(random, 60))
    who->available = windows_of(clinic, patient_hours[random_below(random, 3)]);
  if (in_hundred(random, 30)) who->preferred = windows_of(clinic, patient_hours[1]);
  for (int s = 0; s < clinic->n_services; s++) {
    if (in_hundred(random, 10))
      clinic_set_eligible(clinic, who->id, clinic->services[s].id, false);
    else if (in_hundred(random, 40))
      clinic_add_need(clinic, who->id, clinic->services[s].id, random_below(random, 3),
                      2 + random_below(random, 2));
  }
  if (clinic->n_categories > 0 && in_hundred(random, 30))
    clinic_add_need(clinic, who->id, "category:skills", 2, 4);
  if (index > 0 && in_hundred(random, 20))
    clinic_keep_apart(clinic, who->id, clinic->patients[random_below(random, index)].id);
  if (in_hundred(random, 20))
    clinic_keep_apart(clinic, who->id,
                      clinic->therapists[random_below(random, clinic->n_therapists)].id);
}

struct clinic *random_clinic(uint64_t seed) {
  uint64_t random = seed;
  struct clinic *clinic = plain_clinic(4 + random_below(&random, 4), 8 + random_below(&random, 10),
                                       3 + random_below(&random, 3), 2 + random_below(&random, 3));
  vary_program(clinic, &random);
  for (int s = 0; s < clinic->n_services; s++) vary_service(clinic, s, &random);
  vary_staff(clinic, &random);
  for (int p = 0; p < clinic->n_patients; p++) vary_patient(clinic, p, &random);
  return clinic;
}

struct clinic *easy_clinic(uint64_t seed, int n_patients) {
  uint64_t random = seed;
  struct clinic *clinic = plain_clinic(4, n_patients, 4, 4);
  clinic_make_individual(clinic, "S4");
  for (int p = 0; p < clinic->n_patients; p++) {
    clinic->patients[p].min_minutes = 60 * (3 + random_below(&random, 4));
    clinic->patients[p].min_days = 2;
    clinic_add_need(clinic, clinic->patients[p].id, "S4", 1, 1);
  }
  return clinic;
}
