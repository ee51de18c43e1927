#include "iopsched/profile.h"

#include "iopsched/text.h"

const char *const profile_names[N_PROFILES] = {"director", "therapist", "door", "patient"};

/* A therapist needs to know whom they see, not who sits in other rooms; the sheet on a door tells
 * strangers nothing of patients, not even how many; a patient gets what is theirs. */
static const struct profile_rules {
  bool has_view[N_VIEWS];
  bool tells_patients[N_VIEWS];
  bool tells_seats[N_VIEWS];
  bool tells_account;
} profile_rules[N_PROFILES] = {
    [PROFILE_DIRECTOR] =
        {.has_view = {true, true, true, true},
         .tells_patients = {[VIEW_PROGRAM] = true, [VIEW_ROOM] = true, [VIEW_THERAPIST] = true},
         .tells_seats = {[VIEW_PROGRAM] = true, [VIEW_ROOM] = true, [VIEW_THERAPIST] = true},
         .tells_account = true},
    [PROFILE_THERAPIST] =
        {.has_view = {[VIEW_PROGRAM] = true, [VIEW_ROOM] = true, [VIEW_THERAPIST] = true},
         .tells_patients = {[VIEW_THERAPIST] = true},
         .tells_seats = {[VIEW_PROGRAM] = true, [VIEW_ROOM] = true, [VIEW_THERAPIST] = true}},
    [PROFILE_DOOR] = {.has_view = {[VIEW_PROGRAM] = true, [VIEW_ROOM] = true}},
    [PROFILE_PATIENT] = {.has_view = {[VIEW_PATIENT] = true}},
};

bool profile_find(const char *name, enum profile *profile) {
  for (int i = 0; i < N_PROFILES; i++) {
    if (!text_equal_nocase(profile_names[i], name)) continue;
    *profile = (enum profile)i;
    return true;
  }
  return false;
}

bool profile_has_view(enum profile profile, enum view view) {
  return profile_rules[profile].has_view[view];
}

bool profile_tells_patients(enum profile profile, enum view view) {
  return profile_rules[profile].tells_patients[view];
}

bool profile_tells_seats(enum profile profile, enum view view) {
  return profile_rules[profile].tells_seats[view];
}

bool profile_tells_account(enum profile profile) {
  return profile_rules[profile].tells_account;
}

bool view_has_service(enum view view, const struct service *service) {
  return view != VIEW_PATIENT || !service->surprise;
}

const char *patient_label(const struct patient *patient, bool with_names) {
  return with_names && patient->name ? patient->name : patient->id;
}
