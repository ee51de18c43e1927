#include "option_table.h"

#include <sched.h>
#include <stdio.h>
#include <string.h>

#include "iopsched/calendar.h"
#include "iopsched/text.h"
#include "iopsched/write.h"

enum { MOST_THREADS = 1024, MOST_WEEKS = 52, MILLION = 1000000, MOST_ID = 64 };

static const char *set_output(struct options *options, const char *value) {
  options->output = value;
  return NULL;
}

static const char *set_week(struct options *options, const char *value) {
  options->has_week = week_parse(value, &options->monday);
  return options->has_week ? NULL : "an ISO week such as 2026-W48";
}

static const char *set_previous(struct options *options, const char *value) {
  options->previous = value;
  return NULL;
}

static const char *set_write_lp(struct options *options, const char *value) {
  options->write_lp = value;
  return NULL;
}

static const char *set_write_duals(struct options *options, const char *value) {
  options->write_duals = value;
  return NULL;
}

static const char *set_bound(struct options *options, const char *value) {
  options->bound = value;
  return NULL;
}

static const char *set_log(struct options *options, const char *value) {
  options->log = value;
  return NULL;
}

static const char *set_time_limit(struct options *options, const char *value) {
  bool right = decimal_parse(value, 1000, false, &options->time_limit_ms);
  options->has_time_limit = true;
  return right && options->time_limit_ms >= 0 ? NULL : "a number of seconds (0: no limit)";
}

static const char *set_gap(struct options *options, const char *value) {
  bool right = decimal_parse(value, MILLION, false, &options->gap_millionths) &&
               options->gap_millionths >= 0 && options->gap_millionths <= MILLION;
  return right ? NULL : "a share from 0 to 1 such as 0.01";
}

static const char *set_seed(struct options *options, const char *value) {
  return whole_parse(value, 0, INT64_MAX, &options->seed) ? NULL : "a whole number";
}

static const char *set_threads(struct options *options, const char *value) {
  int64_t threads;
  if (!whole_parse(value, 1, MOST_THREADS, &threads)) return "a whole number from 1 to 1024";
  options->threads = (int)threads;
  return NULL;
}

static const char *set_weeks(struct options *options, const char *value) {
  int64_t weeks;
  if (!whole_parse(value, 1, MOST_WEEKS, &weeks)) return "a whole number from 1 to 52";
  options->weeks = (int)weeks;
  return NULL;
}

static const char *set_move(struct options *options, const char *value) {
  int64_t move;
  if (!whole_parse(value, 0, INT32_MAX, &move)) return "a whole number";
  options->move = (int)move;
  return NULL;
}

static const char *set_work(struct options *options, const char *value) {
  return whole_parse(value, 0, INT64_MAX, &options->work) ? NULL : "a whole number (0: no limit)";
}

static const struct exporter *find_format(const char *word, size_t length) {
  char copy[16];
  if (length >= sizeof copy) return NULL;
  memcpy(copy, word, length);
  copy[length] = '\0';
  return exporter_find(copy);
}

static bool has_format(const struct options *options, const char *format) {
  for (int i = 0; i < options->n_formats; i++)
    if (strcmp(options->formats[i], format) == 0) return true;
  return false;
}

static void add_format(struct options *options, const char *format) {
  if (!has_format(options, format) && options->n_formats < MOST_FORMATS)
    options->formats[options->n_formats++] = format;
}

static void add_all_formats(struct options *options) {
  for (int i = 0; i < n_exporters; i++)
    if (!exporters[i]->lacks) add_format(options, exporters[i]->format);
}

/* "a list of csv, json" */
static const char *expect_formats(struct options *options) {
  struct options known = {0};
  add_all_formats(&known);
  struct text text = {0};
  text_add(&text, "a list of");
  for (int i = 0; i < known.n_formats; i++)
    text_printf(&text, "%s %s", i > 0 ? "," : "", known.formats[i]);
  snprintf(options->expected, sizeof options->expected, "%s", text.data);
  text_free(&text);
  return options->expected;
}

static const char *lacking(struct options *options, const struct exporter *exporter) {
  snprintf(options->expected, sizeof options->expected,
           "what this build can write ('%s' needs %s: install it and build again)",
           exporter->format, exporter->lacks);
  return options->expected;
}

static const char *set_formats(struct options *options, const char *value) {
  options->n_formats = 0;
  for (bool last = false; !last; value++) {
    size_t length = strcspn(value, ",");
    const struct exporter *exporter = find_format(value, length);
    if (!exporter) return expect_formats(options);
    if (exporter->lacks) return lacking(options, exporter);
    add_format(options, exporter->format);
    value += length;
    last = !*value;
  }
  return NULL;
}

static const char *set_profile(struct options *options, const char *value) {
  return profile_find(value, &options->profile) ? NULL : "director, therapist, door or patient";
}

static const char *set_from(struct options *options, const char *value) {
  return day_parse(value, &options->from_day) ? NULL : "a day such as Wed";
}

/* "09:00-12:00", each side as calendars and people write it. */
static bool parse_span(const char *value, int *start_min, int *end_min) {
  char start[24];
  size_t length = strcspn(value, "-");
  if (value[length] != '-' || length >= sizeof start) return false;
  memcpy(start, value, length);
  start[length] = '\0';
  return clock_parse(start, start_min) && clock_parse(value + length + 1, end_min) &&
         *start_min < *end_min;
}

static bool parse_absent(const char *value, struct absent_option *absent) {
  size_t length = strcspn(value, ":");
  *absent = (struct absent_option){.id = value, .id_length = (int)length, .end_min = DAY_MIN};
  if (length == 0 || length > MOST_ID || value[length] != ':') return false;
  value += length + 1;
  char day[16];
  length = strcspn(value, ":");
  if (length >= sizeof day) return false;
  memcpy(day, value, length);
  day[length] = '\0';
  absent->all_week = text_equal_nocase(day, "all");
  if (absent->all_week) return !value[length];
  if (!day_parse(day, &absent->day)) return false;
  return !value[length] || parse_span(value + length + 1, &absent->start_min, &absent->end_min);
}

static const char *set_absent(struct options *options, const char *value) {
  if (options->n_absent == MOST_ABSENCES) return "one of at most 256 absences";
  if (!parse_absent(value, &options->absent[options->n_absent]))
    return "who and when, such as T03:Tue, R2:Wed:09:00-12:00 or P014:all";
  options->n_absent++;
  return NULL;
}

static const char *set_patient(struct options *options, const char *value) {
  options->patient = value;
  return NULL;
}

static const char *set_service(struct options *options, const char *value) {
  options->service = value;
  return NULL;
}

/* Patient, service, day, time: word by word. */
static const char *set_why(struct options *options, const char *value) {
  int unused, word = options->n_why % WHY_WORDS;
  options->why[word] = value;
  options->n_why = word + 1;
  if (word == 2 && !day_parse(value, &unused)) return "a day such as Tue";
  if (word == 3 && !clock_parse(value, &unused)) return "a time such as 09:00";
  return NULL;
}

const char *const output_format_names[N_OUTPUT_FORMATS] = {
    [OUTPUT_TEXT] = "text", [OUTPUT_CSV] = "csv", [OUTPUT_JSON] = "json"};

static const char *set_format(struct options *options, const char *value) {
  for (int i = 0; i < N_OUTPUT_FORMATS; i++)
    if (text_equal_nocase(value, output_format_names[i])) {
      options->format = (enum output_format)i;
      return NULL;
    }
  return "text, csv or json";
}

#define DEFINE_FLAG(field)                                                     \
  static const char *set_##field(struct options *options, const char *value) { \
    (void)value;                                                               \
    options->field = true;                                                     \
    return NULL;                                                               \
  }
DEFINE_FLAG(names)
DEFINE_FLAG(bom)
DEFINE_FLAG(mail_summary)
DEFINE_FLAG(keep)
DEFINE_FLAG(quiet)
DEFINE_FLAG(verbose)
DEFINE_FLAG(help)
DEFINE_FLAG(version)

const struct option_info option_infos[N_OPTIONS] = {
    [OPTION_OUTPUT] = {"output", 'o', "OUT", "the folder to write, whole or not at all",
                       set_output},
    [OPTION_WEEK] = {"week", 0, "WEEK",
                     "ISO week such as 2026-W48 (default: that of the first\n"
                     "Monday after today, in the program's time zone)",
                     set_week},
    [OPTION_WEEKS] = {"weeks", 0, "N",
                      "plan so many weeks, each the previous one of the next;\n"
                      "OUT then holds a folder for each, and tables of all",
                      set_weeks},
    [OPTION_PREVIOUS] = {"previous", 0, "OUT0", "an earlier plan, to count changes against",
                         set_previous},
    [OPTION_TIME_LIMIT] = {"time-limit", 0, "SECONDS",
                           "end the search then (default 60; 0: no limit)", set_time_limit},
    [OPTION_GAP] = {"gap", 0, "SHARE",
                    "end the search once the cost is proven to be within\n"
                    "this share of the least (default 0.01)",
                    set_gap},
    [OPTION_SEED] = {"seed", 0, "N", "start of the search's dice (default 1)", set_seed},
    [OPTION_THREADS] = {"threads", 0, "N", "threads to work in (default: all processors)",
                        set_threads},
    [OPTION_WORK] = {"work", 0, "N",
                     "end the search after so much work, counted, not timed,\n"
                     "so that it gives the same plan again (0: no limit)",
                     set_work},
    [OPTION_FORMATS] = {"formats", 0, "LIST",
                        "what to write, such as csv,json (default: everything;\n"
                        "CSV and JSON are always written)",
                        set_formats},
    [OPTION_PROFILE] = {"profile", 0, "WHO",
                        "for whom calendars, pages and workbook are: director,\n"
                        "therapist, door or patient (default: director, who sees\n"
                        "all); CSV and JSON are the director's in any case",
                        set_profile},
    [OPTION_NAMES] = {"names", 0, NULL, "write patients' names beside their ids", set_names},
    [OPTION_BOM] = {"bom", 0, NULL, "begin CSV files with a byte order mark, for Excel", set_bom},
    [OPTION_KEEP] = {"keep", 0, NULL, "keep the plan that was there, as OUT.previous", set_keep},
    [OPTION_WRITE_LP] = {"write-lp", 0, "FILE",
                         "also write the whole week as one integer program, in\n"
                         "CPLEX LP format, for any solver",
                         set_write_lp},
    [OPTION_WRITE_DUALS] = {"write-duals", 0, "FILE",
                            "also write the prices that prove the bound, for\n"
                            "'verify --bound'",
                            set_write_duals},
    [OPTION_BOUND] = {"bound", 0, "FILE",
                      "prove the bound anew from the prices that\n"
                      "'plan --write-duals' wrote to FILE",
                      set_bound},
    [OPTION_LOG] = {"log", 0, "FILE",
                    "add a line about this run to the file; with --quiet, tell\n"
                    "whatever is not well in one line",
                    set_log},
    [OPTION_MAIL_SUMMARY] = {"mail-summary", 0, NULL,
                             "write what became of the run to standard output, as the\n"
                             "text of a mail",
                             set_mail_summary},
    [OPTION_ABSENT] = {"absent", 0, "ID:DAY",
                       "this patient, therapist or room is missing on DAY, or\n"
                       "for part of it: T03:Tue, R2:Wed:09:00-12:00, P014:all\n"
                       "(the whole week). May be given several times",
                       set_absent},
    [OPTION_FROM] = {"from", 0, "DAY",
                     "the days before DAY stay as they are, less what those\n"
                     "absent then take away (default: all of the week may\n"
                     "change)",
                     set_from},
    [OPTION_PATIENT] = {"patient", 0, "PATIENT", "only what this patient needs", set_patient},
    [OPTION_SERVICE] = {"service", 0, "SERVICE",
                        "only needs of this service, its category's, and that it\n"
                        "is offered",
                        set_service},
    [OPTION_WHY] = {"why", 0, "PATIENT SERVICE DAY HH:MM",
                    "instead: why is this patient not in a session of the\n"
                    "service that starts then? Tells the rule that forbids\n"
                    "it, or what it would cost",
                    set_why},
    [OPTION_FORMAT] = {"format", 0, "FORM", "text (default), csv or json, on standard output",
                       set_format},
    [OPTION_MOVE] = {"move", 0, "N",
                     "for whom there is no seat otherwise, look for the best\n"
                     "that changing at most N attendances of others gives\n"
                     "(default 0)",
                     set_move},
    [OPTION_QUIET] = {"quiet", 'q', NULL, "say nothing but errors", set_quiet},
    [OPTION_VERBOSE] = {"verbose", 'v', NULL, "say more, and show the solver", set_verbose},
    [OPTION_HELP] = {"help", 'h', NULL, "show this help and exit", set_help},
    [OPTION_VERSION] = {"version", 0, NULL, "show the version and exit", set_version},
};

int option_more_words(const struct option_info *info) {
  int n = 0;
  for (const char *at = info->value; at && (at = strchr(at, ' ')); at++) n++;
  return n;
}

static int processors(void) {
  cpu_set_t set;
  int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
  return n < 1 ? 1 : n > MOST_THREADS ? MOST_THREADS : n;
}

void options_set_defaults(struct options *options) {
  *options = (struct options){.time_limit_ms = INT64_C(60) * 1000,
                              .gap_millionths = MILLION / 100,
                              .weeks = 1,
                              .seed = 1,
                              .threads = processors()};
  add_all_formats(options);
}
