/* Why needs are unmet and what would meet them; why something is not so. */
#include <stdio.h>

#include "clinic_input.h"
#include "command.h"
#include "iopsched/load.h"
#include "iopsched/repair.h"
#include "iopsched/tell.h"
#include "iopsched/verify.h"
#include "messages.h"
#include "stop.h"

/* What one run of `explain` has in hand. */
struct explain_run {
  const struct options *options;
  struct clinic *files;  /* as its files say */
  struct clinic *clinic; /* as it is for the rest of the week, if the plan was repaired */
  struct schedule *plan;
  struct arena arena;
  struct absences absences; /* that the plan was repaired for */
  struct explain_options wanted;
  bool valid; /* the plan, before anything is changed */
};

/* A plan of another clinic has a fault in every row, and one thing wrong with it. */
static bool is_of_another_clinic(const struct clinic *clinic, const char *plan) {
  struct diagnostics untold = {0};
  struct previous *known = NULL;
  bool strange = previous_load(clinic, plan, &untold, &known) == LOAD_OK && known->n == 0 &&
                 known->n_left_out > 0;
  previous_free(known);
  diagnostics_free(&untold);
  return strange;
}

static enum exit_status load(struct explain_run *run) {
  const char *folder = run->options->operands[0], *plan = run->options->operands[1];
  bool quiet = run->options->quiet;
  int monday, n_warnings;
  enum exit_status status = read_plan_week(plan, quiet, &monday);
  if (status == EXIT_DONE)
    status = read_clinic(folder, monday, false, quiet, &run->files, &n_warnings);
  if (status != EXIT_DONE) return status;
  struct diagnostics diagnostics = {0};
  enum load_status loaded = schedule_load(run->files, plan, &diagnostics, &run->plan);
  if (loaded == LOAD_FAULTY && is_of_another_clinic(run->files, plan))
    complain("'%s' is no plan of this clinic: it knows none of its attendances", plan);
  else
    print_diagnostics(&diagnostics, quiet);
  diagnostics_free(&diagnostics);
  if (loaded != LOAD_OK) return exit_of_load(loaded);
  run->absences = read_absences(run->files, plan, quiet, &run->arena);
  run->clinic = clinic_from_now_on(run->files, run->plan, &run->absences);
  return EXIT_DONE;
}

static bool find_patient(const struct explain_run *run, const char *id, int *patient) {
  *patient = clinic_find_patient(run->clinic, id);
  if (*patient == NONE) complain("there is no patient '%s' in '%s'", id, run->clinic->folder);
  return *patient != NONE;
}

static bool find_service(const struct explain_run *run, const char *id, int *service) {
  *service = clinic_find_service(run->clinic, id);
  if (*service == NONE) complain("there is no service '%s' in '%s'", id, run->clinic->folder);
  return *service != NONE;
}

static enum exit_status set_wishes(struct explain_run *run) {
  const struct options *options = run->options;
  run->wanted = (struct explain_options){.patient = NONE,
                                         .service = NONE,
                                         .work = options->work,
                                         .time_limit = (double)options->time_limit_ms / 1000,
                                         .seed = (uint64_t)options->seed,
                                         .threads = options->threads,
                                         .absences = &run->absences,
                                         .stop = stop_on_signals()};
  bool known = !options->patient || find_patient(run, options->patient, &run->wanted.patient);
  known = known && (!options->service || find_service(run, options->service, &run->wanted.service));
  return known ? EXIT_DONE : EXIT_FAULTY_INPUT;
}

/* A plan that breaks rules is explained as it stands, but nobody should take it for a good one. */
static void judge(struct explain_run *run) {
  struct breaches breaches = {0};
  run->valid = verify_rules(run->clinic, run->plan, &breaches);
  if (!run->valid)
    complain("the plan in '%s' breaks a hard rule (%s): see 'iopsched verify %s %s'",
             run->options->operands[1], breaches.list[0].rule, run->options->operands[0],
             run->options->operands[1]);
  breaches_free(&breaches);
}

static void print(struct text *text) {
  if (text->data) fwrite(text->data, 1, text->length, stdout);
  text_free(text);
}

static enum exit_status answer_why(struct explain_run *run) {
  const char *const *words = run->options->why;
  struct attendance_question question;
  struct why why;
  struct text text = {0};
  int day = 0, minute = 0;
  if (!find_patient(run, words[0], &question.patient) ||
      !find_service(run, words[1], &question.service))
    return EXIT_FAULTY_INPUT;
  day_parse(words[2], &day);
  clock_parse(words[3], &minute);
  question.start_min = day * DAY_MIN + minute;
  explain_why(&why, run->clinic, run->plan, &question, &run->wanted);
  if (run->options->format == OUTPUT_TEXT) tell_why(&why, &text);
  if (run->options->format == OUTPUT_CSV) tell_why_csv(&why, &text);
  if (run->options->format == OUTPUT_JSON) tell_why_json(&why, run->clinic, &question, &text);
  print(&text);
  why_release(&why);
  return EXIT_DONE;
}

static enum exit_status answer(struct explain_run *run) {
  struct explanation explanation;
  struct text text = {0};
  if (run->options->n_why > 0) return answer_why(run);
  explain_needs(&explanation, run->clinic, run->plan, &run->wanted);
  if (run->options->format == OUTPUT_TEXT) tell_explanation(&explanation, run->clinic, &text);
  if (run->options->format == OUTPUT_CSV) tell_explanation_csv(&explanation, run->clinic, &text);
  if (run->options->format == OUTPUT_JSON) tell_explanation_json(&explanation, run->clinic, &text);
  print(&text);
  if (explanation.cut_short && !run->options->quiet)
    complain("cut short: with more time (--time-limit) more changes would be tried");
  explanation_release(&explanation);
  return EXIT_DONE;
}

static enum exit_status run_explain(const struct options *options, time_t now) {
  struct explain_run run = {.options = options};
  (void)now;
  enum exit_status status = load(&run);
  if (status == EXIT_DONE) status = set_wishes(&run);
  if (status == EXIT_DONE) {
    judge(&run);
    status = answer(&run);
  }
  schedule_free(run.plan);
  clinic_free(run.clinic);
  clinic_free(run.files);
  arena_free(&run.arena);
  return status == EXIT_DONE && !run.valid ? EXIT_BROKEN : status;
}

static const enum option_id takes[] = {OPTION_PATIENT, OPTION_SERVICE,    OPTION_WHY,
                                       OPTION_FORMAT,  OPTION_TIME_LIMIT, OPTION_SEED,
                                       OPTION_THREADS, OPTION_WORK};

const struct command explain_command = {
    .name = "explain",
    .operands = "CLINIC OUT",
    .n_operands = 2,
    .summary = "Tell why needs of the plan in OUT are unmet, and what would meet them",
    .details =
        "For each unmet need: which rules bind, and the three cheapest changes of staff,\n"
        "rooms, hours or requirements that would meet it. Each was tried by planning again\n"
        "from OUT, with the work that --work gives it; where others would gain from it as\n"
        "well it is called contested, and told with what makes it the patient's.\n\n"
        "Exit status: 0 told, 1 told but OUT breaks a hard rule, 65 faulty or an id that is\n"
        "not there, 66 no such input.\n",
    COMMAND_OPTIONS(takes),
    .run = run_explain};
