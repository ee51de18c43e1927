/* program.csv: every setting, its spellings and its faults. */
#include <stdlib.h>

#include "clinic_files.h"
#include "iopsched/text.h"
#include "unit.h"

#define HEADER "setting,value\n"

static void every_setting_is_read(void **state) {
  (void)state;
  struct clinic *clinic = clinic_from_texts((const file_text[]){
      {"program.csv",
       "Value;SETTING\n"
       "Harbor;program_name\nEurope/Berlin;TimeZone\nMonday|tue|SAT;days\n7:00 AM;open\n"
       "15:00:00;close\n15;slot_minutes\n2,25;visit_min_hours\n4.1;day_max_hours\n"
       "90;break_after_minutes\n15;break_minutes\n45;travel_minutes\n8;hours_floor\n"
       "24,00;hours_ceiling\n2;days_floor\n6;days_ceiling\n2;cushion_sessions\n"
       "FULL;calendar_detail\n0,125;weight_idle_hour\n100000;weight_hour_short\n;weight_change\n"
       "whatever;x_mine\n"},
      {"services.csv", "service_id\nG\n"},
      {NULL, NULL}});
  assert_string_equal(clinic->program_name, "Harbor");
  assert_string_equal(clinic->timezone, "Europe/Berlin");
  for (int day = 0; day < N_DAYS; day++)
    assert_int_equal(clinic->operates[day], day == 0 || day == 1 || day == 5);
  assert_int_equal(clinic->opening.n, 3);
  assert_int_equal(clinic->opening.list[2].start_min, 5 * DAY_MIN + 7 * 60);
  assert_int_equal(clinic->opening.list[2].end_min, 5 * DAY_MIN + 15 * 60);
  assert_int_equal(clinic->slot_minutes, 15);
  assert_int_equal(clinic->visit_min_minutes, 135);
  assert_int_equal(clinic->day_max_minutes, 246);
  assert_int_equal(clinic->break_after_minutes, 90);
  assert_int_equal(clinic->break_minutes, 15);
  assert_int_equal(clinic->travel_minutes, 45);
  assert_int_equal(clinic->cushion_sessions, 2);
  assert_true(clinic->calendar_detail_full);
  assert_int_equal(clinic->weight_milli[TERM_IDLE_HOUR], 125);
  assert_int_equal(clinic->weight_milli[TERM_HOUR_SHORT], 100000000);
  assert_int_equal(clinic->weight_milli[TERM_CHANGE], 2000);
  clinic_free(clinic);
}

static void a_name_is_kept_on_one_line(void **state) {
  (void)state;
  struct clinic *clinic = clinic_from_texts((const file_text[]){
      {"program.csv", HEADER "program_name,\"North\nShore\t\"\"IOP\"\"\"\n"}, {NULL, NULL}});
  assert_string_equal(clinic->program_name, "North Shore \"IOP\"");
  clinic_free(clinic);
}

static void each_day_may_be_open_until_midnight(void **state) {
  (void)state;
  struct clinic *clinic = clinic_from_texts((const file_text[]){
      {"program.csv", HEADER "open,00:00\nclose,24:00\ndays,all\n"}, {NULL, NULL}});
  assert_int_equal(clinic->opening.n, 1);
  assert_int_equal(clinic->opening.list[0].end_min, WEEK_MIN);
  clinic_free(clinic);
}

static void faults_of_values(void **state) {
  (void)state;
  static const struct fault_case cases[] = {
      {HEADER "slot_minutes,7\n",
       "2: value: error: slot_minutes '7' is not 5, 10, 15, 20, 30 or 60\n"},
      {HEADER "slot_minutes,thirty\n",
       "2: value: error: slot_minutes 'thirty' is not 5, 10, 15, 20, 30 or 60\n"},
      {HEADER "timezone,America/New_Yrok\ntimezone,UTC\n",
       "2: value: error: timezone 'America/New_Yrok' is not an IANA time zone such as "
       "'America/New_York'\n3: setting: error: 'timezone' is already on line 2\n"},
      {HEADER "timezone,../../etc/passwd\n",
       "2: value: error: timezone '../../etc/passwd' is not an IANA time zone such as "
       "'America/New_York'\n"},
      {HEADER "days,Mon;Tues\n",
       "2: value: error: days 'Tues' is not a day (Mon, Tue, Wed, Thu, Fri, Sat, Sun or all)\n"},
      {HEADER "days,|\n", "2: value: error: days '|' names no day\n"},
      {HEADER "open,25:00\nclose,noon\n",
       "2: value: error: open '25:00' is not a time of day from 00:00 to 24:00\n"
       "3: value: error: close 'noon' is not a time of day from 00:00 to 24:00\n"},
      {HEADER "visit_min_hours,two\nday_max_hours,25\n",
       "2: value: error: visit_min_hours 'two' is not a number of hours from 0 to 24, in whole "
       "minutes\n"
       "3: value: error: day_max_hours '25' is not a number of hours from 0 to 24, in whole "
       "minutes\n"},
      {HEADER "visit_min_hours,2.3333\nday_max_hours,-1\n",
       "2: value: error: visit_min_hours '2.3333' is not a number of hours from 0 to 24, in whole "
       "minutes\n"
       "3: value: error: day_max_hours '-1' is not a number of hours from 0 to 24, in whole "
       "minutes\n"},
      {HEADER "visit_min_hours,\"2,5\"\n",
       "2: value: error: visit_min_hours '2,5' is not a number of hours from 0 to 24, in whole "
       "minutes\n"},
      {HEADER "break_after_minutes,1441\nbreak_minutes,1.5\ntravel_minutes,0x10\n",
       "2: value: error: break_after_minutes '1441' is not a whole number from 0 to 1440\n"
       "3: value: error: break_minutes '1.5' is not a whole number from 0 to 1440\n"
       "4: value: error: travel_minutes '0x10' is not a whole number from 0 to 1440\n"},
      {HEADER "hours_floor,1e400\nhours_ceiling,nan\n",
       "2: value: error: hours_floor '1e400' is not a number of hours from 0 to 168, in whole "
       "minutes\n"
       "3: value: error: hours_ceiling 'nan' is not a number of hours from 0 to 168, in whole "
       "minutes\n"},
      {HEADER "days_floor,8\ndays_ceiling,99999999999999999999\n",
       "2: value: error: days_floor '8' is not a whole number from 0 to 7\n"
       "3: value: error: days_ceiling '99999999999999999999' is not a whole number from 0 to 7\n"},
      {HEADER "cushion_sessions,-1\ncalendar_detail,fully\n",
       "2: value: error: cushion_sessions '-1' is not a whole number from 0 to 1000\n"
       "3: value: error: calendar_detail 'fully' is not 'neutral' or 'full'\n"},
      {HEADER "weight_change,0.0005\nweight_idle_hour,100001\nweight_cushion,-1\n"
              "weight_day_short,inf\n",
       "2: value: error: weight_change '0.0005' is not a number from 0 to 100000 with at most "
       "three decimals\n"
       "3: value: error: weight_idle_hour '100001' is not a number from 0 to 100000 with at most "
       "three decimals\n"
       "4: value: error: weight_cushion '-1' is not a number from 0 to 100000 with at most three "
       "decimals\n"
       "5: value: error: weight_day_short 'inf' is not a number from 0 to 100000 with at most "
       "three decimals\n"},
  };
  check_faults("program.csv", cases, COUNT(cases));
}

static void faults_across_settings(void **state) {
  (void)state;
  static const struct fault_case cases[] = {
      {HEADER "open,09:10\nclose,20:50\nbreak_after_minutes,100\nbreak_minutes,10\n",
       "2: value: error: open '09:10' does not lie on the grid of slot_minutes (30)\n"
       "3: value: error: close '20:50' does not lie on the grid of slot_minutes (30)\n"
       "4: value: error: break_after_minutes '100' does not lie on the grid of slot_minutes (30)\n"
       "5: value: error: break_minutes '10' does not lie on the grid of slot_minutes (30)\n"},
      {HEADER "open,09:10\nslot_minutes,10\n", ""},
      {HEADER "open,09:10\nslot_minutes,11\n",
       "3: value: error: slot_minutes '11' is not 5, 10, 15, 20, 30 or 60\n"},
      {HEADER "open,18:00\nclose,09:00\n",
       "3: value: error: close '09:00' is not after open '18:00'\n"},
      {HEADER "open,21:00\n", "2: value: error: open '21:00' is not before close '21:00'\n"},
      {HEADER "hours_floor,12\nhours_ceiling,10\n",
       "3: value: error: hours_ceiling '10' is below hours_floor '12'\n"},
      {HEADER "hours_floor,9\nhours_ceiling,20\ndays_floor,6\n",
       "4: value: error: days_floor '6' is above days_ceiling '5'\n"},
  };
  check_faults("program.csv", cases, COUNT(cases));
}

static void faults_of_names(void **state) {
  (void)state;
  static const struct fault_case cases[] = {
      {HEADER "slot_minuts,30\nfoo,1\nX_mine,\n",
       "2: setting: error: no such setting 'slot_minuts': did you mean 'slot_minutes'?\n"
       "3: setting: error: no such setting 'foo' (one of your own starts with 'x_')\n"},
      {HEADER "open,08:00\nOPEN,09:00\n", "3: setting: error: 'OPEN' is already on line 2\n"},
      {HEADER ",5\n", "2: setting: error: an empty cell: a value is required\n"},
      {"", ""},
      {"# only a comment\n", ""},
  };
  check_faults("program.csv", cases, COUNT(cases));
}

/* 800 000 sessions not offered at weight 100 000 are 4.8e18 units of cost; 2^62 is 4.6e18. */
static void weights_too_large_to_count(void **state) {
  (void)state;
  struct text services = {0};
  text_add(&services, "service_id,sessions_min\n");
  for (int i = 0; i < 80; i++) text_printf(&services, "S%d,10000\n", i);
  static const char *const programs[] = {HEADER "weight_offer_short,90000\n",
                                         HEADER "weight_offer_short,100000\n"};
  static const char *const printed[] = {
      "",
      "program.csv: error: the weights are too large for a clinic of this size to count its cost "
      "exactly: lower 'weight_offer_short'\n"};
  for (int i = 0; i < 2; i++) {
    enum load_status status;
    char *faults = faults_of_texts(
        (const file_text[]){
            {"program.csv", programs[i]}, {"services.csv", services.data}, {NULL, NULL}},
        &status);
    assert_string_equal(faults, printed[i]);
    assert_int_equal(status, i == 0 ? LOAD_OK : LOAD_FAULTY);
    free(faults);
  }
  text_free(&services);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_setting_is_read),
      cmocka_unit_test(a_name_is_kept_on_one_line),
      cmocka_unit_test(each_day_may_be_open_until_midnight),
      cmocka_unit_test(faults_of_values),
      cmocka_unit_test(faults_across_settings),
      cmocka_unit_test(faults_of_names),
      cmocka_unit_test(weights_too_large_to_count),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
