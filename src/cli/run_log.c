#include "run_log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "account.h"
#include "figures.h"
#include "iopsched/calendar.h"
#include "mail_text.h"
#include "messages.h"

/* What an exit status says of a run that was to write a plan. */
static const char *words_of(enum exit_status status) {
  switch (status) {
    case EXIT_DONE:
      return "every need is met";
    case EXIT_UNMET:
      return "some need is unmet";
    case EXIT_FAULTY_INPUT:
      return "the input is faulty ('iopsched check' tells where)";
    case EXIT_NO_INPUT:
      return "an input is missing";
    case EXIT_CANNOT_WRITE:
      return "the output cannot be written";
    case EXIT_READ_WRITE_FAILED:
      return "reading or writing failed";
    case EXIT_HELD:
      return "another run holds the output folder";
    default:
      return "something went wrong";
  }
}

enum exit_status run_log_begin(struct run_log *log, const struct options *options,
                               const char *command, time_t now) {
  *log = (struct run_log){.options = options, .command = command, .began = now, .log = -1};
  if (!options->log) return EXIT_DONE;
  log->log = open(options->log, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (log->log >= 0) return EXIT_DONE;
  complain("cannot write '%s': %s", options->log, strerror(errno));
  return EXIT_CANNOT_WRITE;
}

void run_log_week(struct run_log *log, int monday) {
  log->has_week = true;
  log->monday = monday;
}

void run_log_plan(struct run_log *log, const struct report *report, bool cut_short,
                  const char *folder) {
  if (log->n_weeks++ == 0) {
    log->revision = report->revision;
    log->has_bound = report->has_bound;
    text_add(&log->program, report->clinic->program_name);
  }
  log->n_unmet += report->outcome->n_unmet;
  log->cost += report->cost->total;
  log->bound += report->bound;
  log->has_bound = log->has_bound && report->has_bound;
  log->milliseconds += report->milliseconds;
  if (log->options->mail_summary) mail_add_plan(&log->mail, report, cut_short, folder);
}

/* " unmet=0 cost=..." */
static void add_figures(struct text *text, const struct run_log *log) {
  if (log->n_weeks > 1) text_printf(text, " weeks=%d", log->n_weeks);
  text_printf(text, " unmet=%d cost=", log->n_unmet);
  add_cost(text, log->cost);
  if (log->has_bound) {
    text_add(text, " bound=");
    add_cost(text, log->bound);
  }
  text_add(text, " seconds=");
  text_add_ratio(text, log->milliseconds, 1000, 1);
  text_printf(text, " revision=%d", log->revision);
}

/* "week 2026-W49", "weeks 2026-W49 to 2026-W52" */
static void add_weeks(struct text *text, const struct run_log *log) {
  char first[WEEK_TEXT], last[WEEK_TEXT];
  week_format(log->monday, first);
  week_format(log->monday + N_DAYS * (log->n_weeks - 1), last);
  if (log->n_weeks > 1)
    text_printf(text, "weeks %s to %s", first, last);
  else
    text_printf(text, "week %s", first);
}

static void add_unmet(struct text *text, const struct run_log *log) {
  add_count(text, log->n_unmet, "need", "needs");
  text_add(text, " unmet");
}

/* 2026-11-27T22:30:00Z */
static void add_moment(struct text *text, time_t moment) {
  enum { DAY_SECONDS = 24 * 60 * 60 };
  char date[DATE_TEXT];
  int seconds = (int)(moment % DAY_SECONDS);
  date_format((int)(moment / DAY_SECONDS), date);
  text_printf(text, "%sT%02d:%02d:%02dZ", date, seconds / 3600, seconds / 60 % 60, seconds % 60);
}

/* One call of write(): lines of runs side by side do not mix. */
static bool add_line(const struct run_log *log, enum exit_status status) {
  struct text line = {0};
  struct arena arena = {0};
  const struct options *options = log->options;
  add_moment(&line, log->began);
  text_printf(&line, " %s exit=%d", log->command, (int)status);
  if (log->has_week) {
    char week[WEEK_TEXT];
    week_format(log->monday, week);
    text_printf(&line, " week=%s", week);
  }
  if (log->n_weeks > 0) add_figures(&line, log);
  text_printf(&line, " clinic='%s' output='%s': %s\n", text_shown(&arena, options->operands[0]),
              text_shown(&arena, options->output), words_of(status));
  ssize_t written = write(log->log, line.data, line.length);
  bool whole = written == (ssize_t)line.length;
  if (!whole)
    complain("cannot write '%s': %s", options->log, written < 0 ? strerror(errno) : "disk full");
  text_free(&line);
  arena_free(&arena);
  return whole;
}

/* Other failures have said why themselves. */
static void tell_unmet(const struct run_log *log) {
  struct text text = {0};
  add_weeks(&text, log);
  text_add(&text, ": ");
  add_unmet(&text, log);
  complain("%s, each with its reason in '%s%s/unmet.csv'", text.data, log->options->output,
           log->n_weeks > 1 ? "/WEEK" : "");
  text_free(&text);
}

static void print_mail(const struct run_log *log, enum exit_status status) {
  struct text mail = {0};
  if (log->n_weeks == 0) {
    mail_add_failure(&mail, words_of(status), log->options);
  } else {
    struct text subject = {0};
    text_printf(&subject, "%s, ", log->program.data);
    add_weeks(&subject, log);
    text_add(&subject, ": planned, ");
    if (log->n_unmet > 0)
      add_unmet(&subject, log);
    else
      text_add(&subject, words_of(EXIT_DONE));
    mail_add_subject(&mail, subject.data);
    text_add(&mail, log->mail.data);
    text_free(&subject);
  }
  fputs(mail.data, stdout);
  text_free(&mail);
}

enum exit_status run_log_end(struct run_log *log, enum exit_status status) {
  const struct options *options = log->options;
  if (log->log >= 0 && !add_line(log, status) && status < EXIT_USAGE)
    status = EXIT_READ_WRITE_FAILED;
  if (is_brief(options) && status == EXIT_UNMET) tell_unmet(log);
  if (options->mail_summary) print_mail(log, status);
  if (log->log >= 0) close(log->log);
  text_free(&log->program);
  text_free(&log->mail);
  return status;
}
