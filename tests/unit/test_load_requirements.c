/* requirements.csv: which rows hold for whom, and what they come to. */
#include <stdlib.h>

#include "clinic_files.h"
#include "iopsched/text.h"
#include "unit.h"

#define HEADER "applies_to,service,min_sessions,max_sessions,every_weeks,first_week\n"

/* Services: skills A and B, process C, single D for women only, telehealth E, without category. */
static const char services[] =
    "service_id,format,category,tags,mode,weekly_max\n"
    "A,group,skills,,,\nB,group,skills,,,2\nC,group,process,,,\nD,individual,single,women,,\n"
    "E,individual,,,telehealth,\n";
/* P1 and P2 are women, P2 and P3 have `dual`; P3 never telehealth. */
static const char patients[] =
    "patient_id,min_hours,max_hours,min_days,max_days,tags,telehealth\n"
    "P1,9,20,3,5,women,\nP2,9,20,3,5,women;dual,\nP3,9,20,3,5,dual,no\n";

/* The needs of a patient as "A 1-2; skills 0-*", then ", max A=5 B=2 ...". */
static void describe(const struct clinic *clinic, int index, struct text *text) {
  const struct patient *patient = &clinic->patients[index];
  text_printf(text, "%s:", patient->id);
  for (int i = 0; i < patient->n_needs; i++) {
    const struct need *need = &patient->needs[i];
    assert_int_equal(need->service == NONE, need->category != NONE);
    text_printf(text, " %s %d-",
                need->service != NONE ? clinic->services[need->service].id
                                      : clinic->categories[need->category],
                need->min_sessions);
    if (need->max_sessions == UNLIMITED)
      text_add(text, "*");
    else
      text_printf(text, "%d", need->max_sessions);
  }
  text_add(text, " max");
  for (int service = 0; service < clinic->n_services; service++) {
    int most = clinic_weekly_max(clinic, index, service);
    if (most == UNLIMITED)
      text_add(text, " *");
    else
      text_printf(text, " %d", most);
  }
  text_add(text, "\n");
}

static const struct {
  const char *rows, *described;
} ranks[] = {
    {"", "P1: max 5 2 5 0 0\nP2: max 5 2 5 0 0\nP3: max 5 2 5 0 0\n"},
    /* a service's bound replaces its weekly_max, up or down; no maximum is none */
    {"all,B,1,\nall,A,1,3\n",
     "P1: A 1-3 B 1-* max 3 * 5 0 0\nP2: A 1-3 B 1-* max 3 * 5 0 0\n"
     "P3: A 1-3 B 1-* max 3 * 5 0 0\n"},
    /* patient over tag over all, service by service */
    {"P2,A,0,1\ntag:dual,A,2,2\nall,A,3,4\nall,C,1,1\n",
     "P1: A 3-4 C 1-1 max 4 2 1 0 0\nP2: A 0-1 C 1-1 max 1 2 1 0 0\n"
     "P3: A 2-2 C 1-1 max 2 2 1 0 0\n"},
    /* within a rank the highest minimum and the highest maximum, whichever rows they are in */
    {"tag:women,A,1,4\ntag:dual,A,2,2\nP3,B,1,2\nP3,B,0,5\nall,C,1,\nall,C,2,3\n",
     "P1: A 1-4 C 2-* max 4 2 * 0 0\nP2: A 2-4 C 2-* max 4 2 * 0 0\n"
     "P3: A 2-2 B 1-5 C 2-* max 2 5 * 0 0\n"},
    /* a category bounds the sum and leaves weekly_max alone */
    {"ALL,Category:skills,2,3\nTag: dual,category:process,1,\nP1,category:skills,0,1\n",
     "P1: skills 0-1 max 5 2 5 0 0\nP2: skills 2-3 process 1-* max 5 2 5 0 0\n"
     "P3: skills 2-3 process 1-* max 5 2 5 0 0\n"},
    /* nobody becomes eligible */
    {"all,D,1,1\nall,E,1,1\nall,category:single,1,2\ntag:dual,D,2,\n",
     "P1: D 1-1 E 1-1 single 1-2 max 5 2 5 1 1\nP2: D 2-* E 1-1 single 1-2 max 5 2 5 * 1\n"
     "P3: max 5 2 5 0 0\n"},
    /* every four weeks from a first week on; the planned week is 2026-W49 */
    {"all,A,1,1,4,2026-W49\nall,B,1,1,4,2026-W45\nall,C,1,1,4,2026-W46\n",
     "P1: A 1-1 B 1-1 max 1 1 5 0 0\nP2: A 1-1 B 1-1 max 1 1 5 0 0\n"
     "P3: A 1-1 B 1-1 max 1 1 5 0 0\n"},
    {"all,A,1,1,2,2026-W51\nall,B,1,1,2,2025-W02\nall,C,1,1,1,\n",
     "P1: C 1-1 max 5 2 1 0 0\nP2: C 1-1 max 5 2 1 0 0\nP3: C 1-1 max 5 2 1 0 0\n"},
    /* a row that does not hold this week does not outrank one that does */
    {"P1,A,3,3,2,2026-W50\nall,A,1,2\n",
     "P1: A 1-2 max 2 2 5 0 0\nP2: A 1-2 max 2 2 5 0 0\nP3: A 1-2 max 2 2 5 0 0\n"},
    {"tag:nobody,A,3,3\nP1,A,0,0\n",
     "P1: A 0-0 max 0 2 5 0 0\nP2: max 5 2 5 0 0\nP3: max 5 2 5 0 0\n"},
};

static void the_highest_rank_holds_and_the_highest_of_it(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT(ranks); i++) {
    struct text rows = {0}, text = {0};
    text_printf(&rows, HEADER);
    for (const char *row = ranks[i].rows; *row;) { /* rows here leave out trailing cells */
      int commas = 0;
      for (; *row != '\n'; row++) {
        commas += *row == ',';
        text_add_bytes(&rows, row, 1);
      }
      while (commas++ < 5) text_add(&rows, ",");
      text_add_bytes(&rows, row++, 1);
    }
    struct clinic *clinic = clinic_from_texts((const file_text[]){{"services.csv", services},
                                                                  {"patients.csv", patients},
                                                                  {"requirements.csv", rows.data},
                                                                  {NULL, NULL}});
    for (int patient = 0; patient < 3; patient++) describe(clinic, patient, &text);
    assert_string_equal(text.data, ranks[i].described);
    clinic_free(clinic);
    text_free(&rows);
    text_free(&text);
  }
}

static void faults_of_rows(void **state) {
  (void)state;
  static const struct fault_case cases[] = {
      {HEADER
       "P9,Grp,1,2,,\nT1,Grp,1,2,,\np1,Grp,1,2,,\neveryone,Grp,1,2,,\n,Grp,,,,\ntag:,Grp,,,,\n",
       "2: applies_to: error: no patient 'P9' in patients.csv: did you mean 'P1'?\n"
       "3: applies_to: error: 'T1' is a therapist, not a patient\n"
       "4: applies_to: error: 'p1' is written 'P1' in patients.csv\n"
       "5: applies_to: error: no patient 'everyone' in patients.csv\n"
       "6: applies_to: error: an empty cell: a value is required\n"
       "7: applies_to: error: 'tag:' names no tag\n"},
      {HEADER
       "all,Gpr,1,2,,\nall,grp,1,2,,\nall,category:skills,1,2,,\nall,,,,,\nall,category:,,,,\n",
       "2: service: error: no service 'Gpr' in services.csv: did you mean 'Grp'?\n"
       "3: service: error: 'grp' is written 'Grp' in services.csv\n"
       "4: service: error: no category 'skills' in services.csv\n"
       "5: service: error: an empty cell: a value is required\n"
       "6: service: error: no category '' in services.csv\n"},
      {HEADER "all,Grp,-1,1001,521,2026-49\nall,Grp,3,2,,\n",
       "2: min_sessions: error: '-1' is not a whole number from 0 to 1000\n"
       "2: max_sessions: error: '1001' is not a whole number from 0 to 1000\n"
       "2: every_weeks: error: '521' is not a whole number from 1 to 520\n"
       "2: first_week: error: '2026-49' is not a week such as 2026-W49\n"
       "3: max_sessions: error: '2' is below min_sessions '3'\n"},
      {HEADER "all,Grp,1,2,4,\nall,Grp,1,2,0,\nall,Grp,1,2,1,2026-W49\nall,Grp,1,2,2,2026-W54\n",
       "2: first_week: error: an empty cell: every_weeks '4' counts from a first week\n"
       "3: every_weeks: error: '0' is not a whole number from 1 to 520\n"
       "4: first_week: warning: without every_weeks above 1 the row holds in every week\n"
       "5: first_week: error: '2026-W54' is not a week such as 2026-W49\n"},
      {"service,applies_to\nGrp,tag:x\n", ""},
  };
  check_faults("requirements.csv", cases, COUNT(cases));
}

static void faults_of_rows_that_name_who_is_kept_out(void **state) {
  (void)state;
  enum load_status status;
  char *faults = faults_of_texts(
      (const file_text[]){{"services.csv", services},
                          {"patients.csv", patients},
                          {"requirements.csv",
                           "applies_to,service,min_sessions\n"
                           "P1,D,1\nP3,D,0\nP3,E,1\nP3,category:single,1\nP3,category:skills,1\n"
                           "tag:dual,D,1\ntag:womne,A,1\nall,category:sklils,1\n"},
                          {NULL, NULL}},
      &status);
  assert_string_equal(
      faults,
      "requirements.csv:3: service: error: 'D' is not open to patient 'P3': tags or telehealth "
      "keep "
      "them out\n"
      "requirements.csv:4: service: error: 'E' is not open to patient 'P3': tags or telehealth "
      "keep "
      "them out\n"
      "requirements.csv:5: service: error: 'category:single' is not open to patient 'P3': tags or "
      "telehealth keep them out\n"
      "requirements.csv:8: applies_to: warning: no patient has tag 'womne': did you mean 'women'?\n"
      "requirements.csv:9: service: error: no category 'sklils' in services.csv: did you mean "
      "'skills'?\n");
  free(faults);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_highest_rank_holds_and_the_highest_of_it),
      cmocka_unit_test(faults_of_rows),
      cmocka_unit_test(faults_of_rows_that_name_who_is_kept_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
