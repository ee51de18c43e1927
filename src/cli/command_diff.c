/* What one plan has otherwise than another. */
#include <stdio.h>
#include <stdlib.h>

#include "calls.h"
#include "command.h"
#include "iopsched/difference.h"
#include "iopsched/load.h"
#include "messages.h"

enum { MILLION = 1000000 };

/* What one run of `diff` has in hand. */
struct diff_run {
  const struct options *options;
  struct clinic *clinic;
  struct schedule *plans[2];
  struct difference difference;
};

static enum exit_status read_one(struct diff_run *run, int i) {
  const char *folder = run->options->operands[i];
  struct diagnostics diagnostics = {0};
  int *monday = &run->difference.mondays[i];
  enum load_status status = schedule_load_week(folder, &diagnostics, monday);
  if (status == LOAD_OK) {
    diagnostics_free(&diagnostics); /* read once more below */
    diagnostics = (struct diagnostics){0};
    run->clinic->monday = *monday;
    status = schedule_load(run->clinic, folder, &diagnostics, &run->plans[i]);
  }
  if (diagnostics.n_errors > 0) complain("in '%s':", folder);
  print_diagnostics(&diagnostics, run->options->quiet);
  diagnostics_free(&diagnostics);
  return exit_of_load(status);
}

static enum exit_status read_both(struct diff_run *run) {
  run->clinic = clinic_of_plans(run->options->operands);
  enum exit_status status = read_one(run, 0);
  if (status == EXIT_DONE) status = read_one(run, 1);
  if (status != EXIT_DONE) return status;
  struct difference *difference = &run->difference;
  difference->clinic = run->clinic;
  for (int i = 0; i < 2; i++) {
    difference->plans[i] = run->plans[i];
    difference->costs[i] = summary_read_costs(run->options->operands[i]);
  }
  difference_init(difference);
  return EXIT_DONE;
}

/* ---- text ---- */

static void add_heading(struct text *text, const struct diff_run *run, int i) {
  char week[WEEK_TEXT];
  int64_t attendances = 0;
  week_format(run->difference.mondays[i], week);
  for (int s = 0; s < run->plans[i]->n_sessions; s++)
    attendances += run->plans[i]->sessions[s].patients.n;
  text_printf(text, "%s: week %s, %d sessions, %lld attendances\n", run->options->operands[i], week,
              run->plans[i]->n_sessions, (long long)attendances);
}

static void add_people(struct text *text, const struct diff_run *run, enum roster_kind people) {
  bool patients = people == ROSTER_PATIENTS;
  struct text lines = {0};
  int n = add_calls(&lines, people, run->clinic, run->plans[1],
                    patients ? &run->difference.patients : &run->difference.therapists);
  if (n > 0)
    text_printf(text, "%s whose times differ: %d\n%s", patients ? "patients" : "therapists", n,
                lines.data);
  text_free(&lines);
}

static void add_patients(struct text *text, const struct clinic *clinic, const char *what,
                         const struct ints *patients) {
  for (int i = 0; i < patients->n; i++)
    text_printf(text, "%s%s", i > 0 ? ", " : what, clinic->patients[patients->list[i]].id);
}

static void add_session(struct text *text, const struct diff_run *run,
                        const struct session_change *change) {
  const struct clinic *clinic = run->clinic;
  const struct session *was = change->was == NONE ? NULL : &run->plans[0]->sessions[change->was];
  const struct session *now = change->now == NONE ? NULL : &run->plans[1]->sessions[change->now];
  const struct session *either = now ? now : was;
  if (!either) return;
  text_printf(text, "  %s ", clinic->services[either->service].id);
  if (was) add_place(text, clinic, was, NONE);
  if (was && now) text_add(text, change->kind == SESSION_MOVED ? ", moved to " : ", now ");
  if (now) add_place(text, clinic, now, NONE);
  if (!was || !now) text_add(text, was ? ": gone" : ": new");
  if (was && now) {
    add_patients(text, clinic, "; + ", &change->gained);
    add_patients(text, clinic, "; - ", &change->lost);
  }
  text_add(text, "\n");
}

static void add_cost_line(struct text *text, const char *name, int64_t was, int64_t now) {
  struct text a = {0}, b = {0}, more = {0};
  text_add_ratio(&a, was, MILLION, 2);
  text_add_ratio(&b, now, MILLION, 2);
  if (now > was) text_add(&more, "+");
  text_add_ratio(&more, now - was, MILLION, 2);
  text_printf(text, "  %-28s %12s %12s %12s\n", name, a.data, b.data, more.data);
  text_free(&a);
  text_free(&b);
  text_free(&more);
}

static void add_costs(struct text *text, const struct difference *difference) {
  const struct summary_costs *was = &difference->costs[0], *now = &difference->costs[1];
  if (!was->known || !now->known) {
    text_add(text, "cost: not known of both plans\n");
    return;
  }
  text_printf(text, "  %-28s %12s %12s %12s\n", "cost by term", "was", "is", "more");
  for (int t = 0; t < N_TERMS; t++)
    if (was->term[t] != 0 || now->term[t] != 0)
      add_cost_line(text, term_infos[t].setting, was->term[t], now->term[t]);
  add_cost_line(text, "cost", was->total, now->total);
}

static void add_text(const struct diff_run *run, struct text *text) {
  const struct difference *difference = &run->difference;
  for (int i = 0; i < 2; i++) add_heading(text, run, i);
  add_people(text, run, ROSTER_PATIENTS);
  add_people(text, run, ROSTER_THERAPISTS);
  if (difference->n_sessions > 0)
    text_printf(text, "sessions that differ: %d\n", difference->n_sessions);
  for (int i = 0; i < difference->n_sessions; i++) add_session(text, run, &difference->sessions[i]);
  if (difference->n_sessions + difference->patients.n + difference->therapists.n == 0)
    text_add(text, "the same sessions, with the same people\n");
  add_costs(text, difference);
}

/* ---- the whole ---- */

static enum exit_status print(const struct diff_run *run) {
  struct text text = {0};
  if (run->options->format == OUTPUT_CSV)
    difference_add_csv(&run->difference, &text);
  else if (run->options->format == OUTPUT_JSON)
    difference_add_json(&run->difference, &text);
  else if (!run->options->quiet)
    add_text(run, &text);
  if (text.data) fwrite(text.data, 1, text.length, stdout);
  text_free(&text);
  if (!finish_output()) return EXIT_READ_WRITE_FAILED;
  return difference_is_none(&run->difference) ? EXIT_DONE : EXIT_BROKEN;
}

static enum exit_status run_diff(const struct options *options, time_t now) {
  struct diff_run run = {.options = options};
  (void)now;
  enum exit_status status = read_both(&run);
  if (status == EXIT_DONE) status = print(&run);
  difference_release(&run.difference);
  for (int i = 0; i < 2; i++) schedule_free(run.plans[i]);
  clinic_free(run.clinic);
  return status;
}

static const enum option_id takes[] = {OPTION_FORMAT};

const struct command diff_command = {
    .name = "diff",
    .operands = "OUT1 OUT2",
    .n_operands = 2,
    .summary = "Tell who gains, loses or moves which session between two plans",
    .details =
        "Person by person, session by session, and the cost of each term, as the plans'\n"
        "own files have them. Plans of different weeks are compared by day and time.\n\n"
        "Exit status: 0 the same, 1 they differ, 65 faulty, 66 no such input.\n",
    COMMAND_OPTIONS(takes),
    .run = run_diff};
