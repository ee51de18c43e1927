/* Options, figures and the default week. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../src/cli/command.h"
#include "../../src/cli/figures.h"
#include "../../src/cli/stop.h"
#include "../../src/cli/week.h"
#include "iopsched/calendar.h"
#include "unit.h"

enum { MOST_WORDS = 16 };

/* Splits a command line at blanks and reads it. */
static bool parse(const char *line, struct options *options, char words[512]) {
  char *argv[MOST_WORDS];
  int argc = 0;
  strcpy(words, line);
  for (char *word = strtok(words, " "); word; word = strtok(NULL, " ")) argv[argc++] = word;
  argv[argc] = NULL;
  const char *name = options_find_command(argc, argv);
  return options_parse(name ? command_find(name) : NULL, argc, argv, options);
}

static void options_in_any_order(void **state) {
  (void)state;
  static const char *const lines[] = {
      "iopsched plan C -o O --week 2026-W48 --gap .05 --time-limit=7.25 --seed 9 --names",
      "iopsched -o O --week=2026-w48 plan --names --gap 0.05 --time-limit 7.25 C --seed=9",
      "iopsched --output O plan --seed 9 --time 7.25 --week 2026-W48 --gap 0.050 --na -- C",
  };
  for (size_t i = 0; i < COUNT(lines); i++) {
    struct options options;
    char words[512];
    bool read = parse(lines[i], &options, words);
    assert_true(read);
    assert_string_equal(options.output, "O");
    assert_int_equal(options.n_operands, 1);
    assert_string_equal(options.operands[0], "C");
    assert_int_equal(options.time_limit_ms, 7250);
    assert_int_equal(options.gap_millionths, 50000);
    assert_int_equal(options.seed, 9);
    assert_true(options.names && options.has_week);
  }
}

/* What follows a command line in memory, as the environment does, is none of its words. */
static void words_of_an_option_missing(void **state) {
  (void)state;
  char program[] = "iopsched", why[] = "--why", patient[] = "P1", beyond[] = "plan";
  char *argv[] = {program, why, patient, NULL, beyond, beyond, NULL};
  for (int argc = 2; argc <= 3; argc++) {
    char *kept = argv[argc];
    argv[argc] = NULL;
    assert_null(options_find_command(argc, argv));
    argv[argc] = kept;
  }
}

static void defaults(void **state) {
  (void)state;
  struct options options;
  char words[512];
  assert_true(parse("iopsched plan C -o O", &options, words));
  assert_int_equal(options.time_limit_ms, 60000);
  assert_int_equal(options.gap_millionths, 10000);
  assert_true(options.threads >= 1);
  assert_true(options.n_formats >= 2);
  assert_false(options.has_week || options.names || options.bom || options.quiet);
}

static void faulty_lines(void **state) {
  (void)state;
  static const char *const lines[] = {
      "iopsched plan",
      "iopsched plan -o O",
      "iopsched plan C",
      "iopsched repair C D",
      "iopsched admit C D",
      "iopsched plan C D -o O",
      "iopsched plan C -o O --gap 1.5",
      "iopsched plan C -o O --gap nan",
      "iopsched plan C -o O --gap 0x1",
      "iopsched plan C -o O --gap 1e-2",
      "iopsched plan C -o O --gap 0,01",
      "iopsched plan C -o O --time-limit -1",
      "iopsched plan C -o O --time-limit inf",
      "iopsched plan C -o O --seed -1",
      "iopsched plan C -o O --seed 9223372036854775808",
      "iopsched plan C -o O --seed 99999999999999999999",
      "iopsched plan C -o O --threads 0",
      "iopsched plan C -o O --threads 1025",
      "iopsched plan C -o O --work 1.5",
      "iopsched plan C -o O --week 2026-48",
      "iopsched plan C -o O --week 2025-W53",
      "iopsched plan C -o O --formats csv,pdf",
      "iopsched plan C -o O --formats csv,,json",
      "iopsched plan C -o O --formats csvx",
      "iopsched plan C -o O --t 3",
      "iopsched plan C -o O --quiet=yes",
      "iopsched plan C -o O -x",
      "iopsched plan C -o",
      "iopsched check C --names",
      "iopsched --unknown",
  };
  for (size_t i = 0; i < COUNT(lines); i++) {
    struct options options;
    char words[512];
    if (parse(lines[i], &options, words)) fail_msg("'%s' was read", lines[i]);
  }
}

static void formats(void **state) {
  (void)state;
  struct options options;
  char words[512];
  assert_true(parse("iopsched plan C -o O --formats CSV,csv", &options, words));
  assert_int_equal(options.n_formats, 1);
  assert_string_equal(options.formats[0], "csv");
}

static void percentages(void **state) {
  (void)state;
  static const struct {
    int64_t part, whole;
    const char *text;
  } cases[] = {{1, 2, "50 %"},
               {0, 0, "0 %"},
               {1, 3, "33.3 %"},
               {3, 3, "100 %"},
               {INT64_MAX / 2, INT64_MAX, "50 %"}};
  for (size_t i = 0; i < COUNT(cases); i++) {
    struct text text = {0};
    add_percent(&text, cases[i].part, cases[i].whole);
    assert_string_equal(text.data, cases[i].text);
    text_free(&text);
  }
}

/* 2026-11-22 is a Sunday. */
static void the_first_monday_after_today(void **state) {
  (void)state;
  static const struct {
    time_t now;
    const char *zone, *monday;
  } cases[] = {
      {1795348800, "UTC", "2026-11-23"},              /* Sun 2026-11-22 12:00 UTC */
      {1795435200, "UTC", "2026-11-30"},              /* Mon 12:00: the next one */
      {1795953600, "UTC", "2026-11-30"},              /* Sun 12:00 */
      {1795393800, "UTC", "2026-11-30"},              /* Mon 00:30 UTC ... */
      {1795393800, "America/New_York", "2026-11-23"}, /* ... is still Sunday there */
      {1795390200, "UTC", "2026-11-23"},              /* Sun 23:30 UTC ... */
      {1795390200, "Asia/Tokyo", "2026-11-30"},       /* ... is Monday there */
      {0, "UTC", "1970-01-05"},
  };
  setenv("TZ", "Pacific/Auckland", 1);
  for (size_t i = 0; i < COUNT(cases); i++) {
    char date[DATE_TEXT];
    date_format(week_after(cases[i].now, cases[i].zone), date);
    assert_string_equal(date, cases[i].monday);
    assert_string_equal(getenv("TZ"), "Pacific/Auckland");
  }
  unsetenv("TZ");
}

static bool kills_next_time(int number) {
  struct sigaction action;
  sigaction(number, NULL, &action);
  return action.sa_handler == SIG_DFL;
}

static void signals_stop_once_and_kill_then(void **state) {
  (void)state;
  signal(SIGHUP, SIG_IGN);
  const volatile sig_atomic_t *stop = stop_on_signals();
  assert_int_equal(*stop, 0);
  raise(SIGHUP); /* ignored by whoever started us: nohup */
  assert_int_equal(*stop, 0);
  assert_false(kills_next_time(SIGINT));
  raise(SIGINT);
  assert_int_equal(*stop, 1);
  assert_true(kills_next_time(SIGINT));
  raise(SIGTERM);
  assert_true(kills_next_time(SIGTERM));
  raise(SIGPIPE);
  raise(SIGPIPE); /* one for each write to a closed pipe */
  signal(SIGHUP, SIG_DFL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(options_in_any_order),
      cmocka_unit_test(words_of_an_option_missing),
      cmocka_unit_test(defaults),
      cmocka_unit_test(faulty_lines),
      cmocka_unit_test(formats),
      cmocka_unit_test(percentages),
      cmocka_unit_test(the_first_monday_after_today),
      cmocka_unit_test(signals_stop_once_and_kill_then),
  };
  return cmocka_run_group_tests_name("command line", tests, NULL, NULL);
}
