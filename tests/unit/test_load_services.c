/* services.csv: every column, and who may attend, lead and house what. */
#include <stdlib.h>

#include "clinic_files.h"
#include "iopsched/text.h"
#include "unit.h"

static void every_column_is_read(void **state) {
  (void)state;
  struct clinic *clinic = clinic_from_texts((const file_text[]){
      {"services.csv",
       "service_id,name,format,category,minutes,min_size,max_size,leaders,notes_minutes,"
       "credentials,"
       "room_features,mode,tags,membership,counts_hours,surprise,weekly_max,sessions_min,"
       "sessions_max,starts,x_note\n"
       "G,Relapse Prevention,GROUP,skills,90,4,10,2,30,LCSW;LMHC,sink|sofa,OnSite,women,Closed,no,"
       "y,2,1,4,09:00;Thu 6:00 PM|monday 10:30,free\n"
       "F,,Family,skills,60,,,,,,,telehealth,,,TRUE,0,,,,,\n"},
      {NULL, NULL}});
  const struct service *group = &clinic->services[0], *family = &clinic->services[1];
  assert_string_equal(group->name, "Relapse Prevention");
  assert_int_equal(group->format, FORMAT_GROUP);
  assert_string_equal(clinic->categories[group->category], "skills");
  assert_int_equal(clinic->n_categories, 1);
  assert_int_equal(group->minutes, 90);
  assert_int_equal(group->min_size, 4);
  assert_int_equal(group->max_size, 10);
  assert_int_equal(group->leaders, 2);
  assert_int_equal(group->notes_minutes, 30);
  assert_false(group->telehealth || group->counts_hours || group->roles_named);
  assert_true(group->closed && group->surprise);
  assert_int_equal(group->sessions_min, 1);
  assert_int_equal(group->sessions_max, 4);
  assert_int_equal(group->n_starts, 3);
  assert_int_equal(group->starts[0].day, NONE);
  assert_int_equal(group->starts[0].minute_of_day, 540);
  assert_int_equal(group->starts[1].day, 3);
  assert_int_equal(group->starts[1].minute_of_day, 1080);
  assert_int_equal(group->starts[2].day, 0);
  assert_string_equal(family->name, "F");
  assert_int_equal(family->format, FORMAT_FAMILY);
  assert_int_equal(family->max_size, 1);
  assert_int_equal(family->leaders, 1);
  assert_true(family->telehealth && family->counts_hours);
  assert_false(family->surprise || family->closed);
  assert_int_equal(clinic->max_leaders, 2);
  clinic_free(clinic);
}

static const file_text matched[] = {
    {"services.csv",
     "service_id,credentials,room_features,tags,mode,leaders\n"
     "Any,,,,,\n"
     "One,LCSW;LMHC,sink,women;dual,,2\n"
     "Two,LCSW;LMHC + PEER,sink;sofa,,,\n"
     "Tele,PEER,,,telehealth,\n"
     "Same,PEER+PEER,,,,2\n"},
    {"patients.csv",
     "patient_id,min_hours,max_hours,min_days,max_days,tags,telehealth\n"
     "P1,9,20,3,5,women;evening,yes\nP2,9,20,3,5,Women,no\nP3,9,20,3,5,dual,only\n"},
    {"therapists.csv", "therapist_id,credentials\nT1,LCSW\nT2,PEER;LMHC\nT3,lcsw\n"},
    {"rooms.csv", "room_id,capacity,features\nR1,5,sink\nR2,5,sofa;sink\nR3,5,\n"},
    {NULL, NULL}};

static void patients_attend_by_tags_and_telehealth(void **state) {
  (void)state;
  static const bool eligible[3][5] = {{true, true, true, true, true},
                                      {true, false, true, false, true},
                                      {false, false, false, true, false}};
  struct clinic *clinic = clinic_from_texts(matched);
  for (int patient = 0; patient < 3; patient++)
    for (int service = 0; service < 5; service++) {
      assert_int_equal(clinic_eligible(clinic, patient, service), eligible[patient][service]);
      assert_int_equal(clinic_weekly_max(clinic, patient, service),
                       eligible[patient][service] ? 5 : 0);
    }
  clinic_free(clinic);
}

static void therapists_lead_by_the_credentials_of_a_role(void **state) {
  (void)state;
  static const bool qualified[5][2][3] = {{{true, true, true}, {false, false, false}},
                                          {{true, true, false}, {true, true, false}},
                                          {{true, true, false}, {false, true, false}},
                                          {{false, true, false}, {false, false, false}},
                                          {{false, true, false}, {false, true, false}}};
  static const bool named[] = {false, false, true, false, false};
  static const int leaders[] = {1, 2, 2, 1, 2};
  struct clinic *clinic = clinic_from_texts(matched);
  assert_int_equal(clinic->max_leaders, 2);
  for (int service = 0; service < 5; service++) {
    assert_int_equal(clinic->services[service].leaders, leaders[service]);
    assert_int_equal(clinic->services[service].roles_named, named[service]);
    for (int role = 0; role < 2; role++)
      for (int therapist = 0; therapist < 3; therapist++)
        if (clinic_qualified(clinic, service, role, therapist) !=
            qualified[service][role][therapist])
          fail_msg("service %d, role %d, therapist %d", service, role, therapist);
  }
  clinic_free(clinic);
}

static void rooms_fit_by_features(void **state) {
  (void)state;
  static const bool fits[5][3] = {{true, true, true},
                                  {true, true, false},
                                  {false, true, false},
                                  {false, false, false},
                                  {true, true, true}};
  struct clinic *clinic = clinic_from_texts(matched);
  for (int service = 0; service < 5; service++)
    for (int room = 0; room < 3; room++)
      assert_int_equal(clinic_room_fits(clinic, service, room), fits[service][room]);
  clinic_free(clinic);
}

/* "LCSW;LMHC" */
static void check_words(const struct ints *words, const char *const *list, const char *expected) {
  struct text text = {0};
  text_add(&text, "");
  for (int i = 0; i < words->n; i++)
    text_printf(&text, "%s%s", i > 0 ? ";" : "", list[words->list[i]]);
  assert_string_equal(text.data, expected);
  text_free(&text);
}

static void the_clinic_keeps_credentials_and_features(void **state) {
  (void)state;
  struct clinic *clinic = clinic_from_texts(matched);
  const struct service *two = &clinic->services[2];
  assert_int_equal(clinic->services[0].n_roles, 1);
  assert_int_equal(clinic->services[0].roles[0].n, 0);
  assert_int_equal(two->n_roles, 2);
  check_words(&two->roles[0], clinic->credentials, "LCSW;LMHC");
  check_words(&two->roles[1], clinic->credentials, "PEER");
  check_words(&two->room_features, clinic->features, "sink;sofa");
  check_words(&clinic->therapists[1].credentials, clinic->credentials, "LMHC;PEER");
  check_words(&clinic->rooms[1].features, clinic->features, "sink;sofa");
  assert_int_equal(clinic->hours_floor, 9 * 60);
  assert_int_equal(clinic->hours_ceiling, 20 * 60);
  assert_int_equal(clinic->days_floor, 3);
  assert_int_equal(clinic->days_ceiling, 5);
  clinic_free(clinic);
}

static void the_week_holds_a_group_as_often_as_the_program_operates(void **state) {
  (void)state;
  struct clinic *clinic = clinic_from_texts((const file_text[]){
      {"program.csv", "setting,value\ndays,Mon;Wed\n"},
      {"services.csv",
       "service_id,format,weekly_max\nG,group,\nH,group,1\nI,individual,\nJ,family,2\n"},
      {NULL, NULL}});
  assert_int_equal(clinic_weekly_max(clinic, 0, 0), 2);
  assert_int_equal(clinic_weekly_max(clinic, 0, 1), 1);
  assert_int_equal(clinic_weekly_max(clinic, 0, 2), 0);
  assert_int_equal(clinic_weekly_max(clinic, 0, 3), 2);
  clinic_free(clinic);
}

static void faults_of_ids(void **state) {
  (void)state;
  static const struct fault_case cases[] = {
      {"service_id\nG\n\ng\nG\n",
       "4: service_id: error: 'g' is already on line 2 as 'G': case does not tell them apart\n"
       "5: service_id: error: 'G' is already on line 2\n"},
      {"service_id,name\n,x\n", "2: service_id: error: an empty cell: a value is required\n"},
      {"service_id\nAll\n", "2: service_id: error: 'All' cannot be an id: it means everyone\n"},
      {"service_id\nG 1\n-G\nG/..\n\xc3\x84x\n",
       "2: service_id: error: 'G 1' is not an id (letters, digits, '.', '_' and '-', a letter or "
       "digit first, at most 64)\n"
       "3: service_id: error: '-G' is not an id (letters, digits, '.', '_' and '-', a letter or "
       "digit first, at most 64)\n"
       "4: service_id: error: 'G/..' is not an id (letters, digits, '.', '_' and '-', a letter or "
       "digit first, at most 64)\n"
       "5: service_id: error: '\xc3\x84x' is not an id (letters, digits, '.', '_' and '-', a "
       "letter "
       "or digit first, at most 64)\n"},
      {"service_id\nG234567890123456789012345678901234567890123456789012345678901234\n", ""},
      {"service_id\nG2345678901234567890123456789012345678901234567890123456789012345\n",
       "2: service_id: error: 'G23456789012345678901234567890123456789012345678901234567890...' is "
       "not an id (letters, digits, '.', '_' and '-', a letter or digit first, at most 64)\n"},
      {"service_id\nT1\n", ""}, /* services have a space of their own */
  };
  check_faults("services.csv", cases, COUNT(cases));
}

static void faults_of_words_and_amounts(void **state) {
  (void)state;
  static const struct fault_case cases[] = {
      {"service_id,format,mode,membership,counts_hours,surprise\nG,grup,online,shut,maybe,2\n",
       "2: format: error: 'grup' is not 'group', 'individual' or 'family'\n"
       "2: mode: error: 'online' is not 'onsite' or 'telehealth'\n"
       "2: membership: error: 'shut' is not 'open' or 'closed'\n"
       "2: counts_hours: error: 'maybe' is not 'yes' or 'no'\n"
       "2: surprise: error: '2' is not 'yes' or 'no'\n"},
      {"service_id,minutes,notes_minutes\nG,0,-30\nH,50,10\nI,1470,1470\nJ,sixty,x\n",
       "2: minutes: error: '0' is not a whole number from 1 to 1440\n"
       "2: notes_minutes: error: '-30' is not a whole number from 0 to 1440\n"
       "3: minutes: error: '50' is not a multiple of slot_minutes (30)\n"
       "3: notes_minutes: error: '10' is not a multiple of slot_minutes (30)\n"
       "4: minutes: error: '1470' is not a whole number from 1 to 1440\n"
       "4: notes_minutes: error: '1470' is not a whole number from 0 to 1440\n"
       "5: minutes: error: 'sixty' is not a whole number from 1 to 1440\n"
       "5: notes_minutes: error: 'x' is not a whole number from 0 to 1440\n"},
      {"service_id,min_size,max_size,leaders,weekly_max,sessions_min,sessions_max\n"
       "G,0,100001,21,x,-1,1e3\n",
       "2: min_size: error: '0' is not a whole number from 1 to 100000\n"
       "2: max_size: error: '100001' is not a whole number from 1 to 100000\n"
       "2: leaders: error: '21' is not a whole number from 1 to 20\n"
       "2: weekly_max: error: 'x' is not a whole number from 0 to 10000\n"
       "2: sessions_min: error: '-1' is not a whole number from 0 to 10000\n"
       "2: sessions_max: error: '1e3' is not a whole number from 0 to 10000\n"},
      {"service_id,category\nG,a;b\nH,"
       "01234567890123456789012345678901234567890123456789012345678901234\n",
       "2: category: error: 'a;b' is a list: a service has one category\n"
       "3: category: error: '012345678901234567890123456789012345678901234567890123456789...' is "
       "longer than 64 bytes\n"},
      {"service_id,starts\nG,9;Thur 09:00;Thu 09:10;24:00;Thu\nH,09:00 ; ; Fri  10:00\n",
       "2: starts: error: '9' is not a time, or a day and a time ('Thu 18:00')\n"
       "2: starts: error: 'Thur 09:00' is not a time, or a day and a time ('Thu 18:00')\n"
       "2: starts: error: 'Thu 09:10' does not lie on the grid of slot_minutes (30)\n"
       "2: starts: error: '24:00' is the end of a day: nothing can start there\n"
       "2: starts: error: 'Thu' is not a time, or a day and a time ('Thu 18:00')\n"},
  };
  check_faults("services.csv", cases, COUNT(cases));
}

static void faults_across_columns(void **state) {
  (void)state;
  static const struct fault_case cases[] = {
      {"service_id,format,min_size,max_size\nG,group,5,4\nH,group,,2\nI,group,13,\nJ,group,x,2\n",
       "2: max_size: error: '4' is below min_size '5'\n"
       "3: max_size: error: '2' is below min_size '3'\n"
       "4: min_size: error: '13' is above max_size '12'\n"
       "5: min_size: error: 'x' is not a whole number from 1 to 100000\n"},
      {"service_id,format,min_size,max_size\nG,individual,2,3\nH,family,1,1\nI,grup,2,1\n",
       "2: min_size: error: '2' is not 1: a session of format 'individual' has one patient\n"
       "2: max_size: error: '3' is not 1: a session of format 'individual' has one patient\n"
       "4: format: error: 'grup' is not 'group', 'individual' or 'family'\n"},
      {"service_id,leaders,credentials\nG,1,A + B\nH,3,A|B\nI,2,A + B\nJ,,A +\nK,,+\n",
       "2: leaders: error: '1' is not 2, the number of roles in credentials\n"
       "5: credentials: error: 'A +' has a role without a credential beside its '+'\n"
       "6: credentials: error: '+' has a role without a credential beside its '+'\n"},
      {"service_id,credentials\nG,a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a\n",
       "2: credentials: error: 'a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a+a' has more than 20 "
       "roles\n"},
      {"sessions_max,sessions_min,service_id\n2,3,G\n,3,H\n0,0,I\n",
       "2: sessions_max: error: '2' is below sessions_min '3'\n"},
  };
  check_faults("services.csv", cases, COUNT(cases));
}

static void misspelt_words_are_warned_about(void **state) {
  (void)state;
  enum load_status status;
  char *faults = faults_of_texts(
      (const file_text[]){
          {"services.csv",
           "service_id,credentials,room_features,tags\n"
           "G,LCWS,snik,woman\nH,LCWS,piano,cohort1\nI,LCSW,sink,women\n"},
          {"patients.csv",
           "patient_id,min_hours,max_hours,min_days,max_days,tags\nP,9,20,3,5,women;cohort2\n"},
          {"therapists.csv", "therapist_id,credentials\nT,LCSW\n"},
          {"rooms.csv", "room_id,capacity,features\nR,5,sink\n"},
          {NULL, NULL}},
      &status);
  assert_string_equal(
      faults,
      "services.csv:2: credentials: warning: no therapist holds 'LCWS': did you mean 'LCSW'?\n"
      "services.csv:2: room_features: warning: no room has 'snik': did you mean 'sink'?\n"
      "services.csv:2: tags: warning: no patient has 'woman': did you mean 'women'?\n");
  assert_int_equal(status, LOAD_OK);
  free(faults);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_column_is_read),
      cmocka_unit_test(patients_attend_by_tags_and_telehealth),
      cmocka_unit_test(therapists_lead_by_the_credentials_of_a_role),
      cmocka_unit_test(rooms_fit_by_features),
      cmocka_unit_test(the_clinic_keeps_credentials_and_features),
      cmocka_unit_test(the_week_holds_a_group_as_often_as_the_program_operates),
      cmocka_unit_test(faults_of_ids),
      cmocka_unit_test(faults_of_words_and_amounts),
      cmocka_unit_test(faults_across_columns),
      cmocka_unit_test(misspelt_words_are_warned_about),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
