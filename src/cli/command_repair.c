/* A therapist is ill, a room is flooded, a patient is away: the rest of the week planned again. */
#include <stdio.h>
#include <stdlib.h>

#include "calls.h"
#include "clinic_input.h"
#include "command.h"
#include "desk.h"
#include "iopsched/load.h"
#include "iopsched/repair.h"
#include "iopsched/surprise.h"
#include "iopsched/text.h"
#include "messages.h"
#include "plan_output.h"

extern const struct command repair_command;

/* What one run of `repair` has in hand. */
struct repair_run {
  const struct options *options;
  const char *clinic_folder, *plan_folder;
  struct clinic *clinic;
  struct previous *plan;
  struct folder *folder;
  struct absence absences[MOST_ABSENCES]; /* [options->n_absent] */
  struct repair repair;
  struct plan_result result;
};

static enum exit_status load(struct repair_run *run) {
  return read_clinic_and_plan(run->clinic_folder, run->plan_folder, run->options->quiet,
                              &run->clinic, &run->plan);
}

/* ---- who is absent ---- */

static bool find_absent(const struct clinic *clinic, const char *id, struct absence *absence) {
  int found[] = {[ROSTER_PATIENTS] = clinic_find_patient(clinic, id),
                 [ROSTER_THERAPISTS] = clinic_find_therapist(clinic, id),
                 [ROSTER_ROOMS] = clinic_find_room(clinic, id)};
  for (int kind = 0; kind < (int)(sizeof found / sizeof *found); kind++) {
    if (found[kind] == NONE) continue;
    absence->kind = (enum roster_kind)kind;
    absence->who = found[kind];
    return true;
  }
  return false;
}

static void tell_unknown(const struct clinic *clinic, const char *id) {
  size_t n = 0;
  const char **ids =
      mem_new((size_t)clinic->n_patients + (size_t)clinic->n_therapists + (size_t)clinic->n_rooms,
              sizeof *ids);
  for (int i = 0; i < clinic->n_patients; i++) ids[n++] = clinic->patients[i].id;
  for (int i = 0; i < clinic->n_therapists; i++) ids[n++] = clinic->therapists[i].id;
  for (int i = 0; i < clinic->n_rooms; i++) ids[n++] = clinic->rooms[i].id;
  const char *near = text_suggest(id, ids, n);
  complain("--absent: there is no patient, therapist or room '%s'%s%s%s", id,
           near ? ": did you mean '" : "", near ? near : "", near ? "'?" : "");
  free(ids);
}

static enum exit_status find_absences(struct repair_run *run) {
  enum exit_status status = EXIT_DONE;
  for (int i = 0; i < run->options->n_absent; i++) {
    const struct absent_option *option = &run->options->absent[i];
    struct absence *absence = &run->absences[i];
    char id[80];
    snprintf(id, sizeof id, "%.*s", option->id_length, option->id);
    int day = option->day * DAY_MIN;
    absence->when = option->all_week
                        ? (struct window){0, WEEK_MIN}
                        : (struct window){day + option->start_min, day + option->end_min};
    if (find_absent(run->clinic, id, absence)) continue;
    tell_unknown(run->clinic, id);
    status = EXIT_FAULTY_INPUT;
  }
  return status;
}

/* ---- planning again ---- */

static enum exit_status begin(struct repair_run *run, struct diagnostics *diagnostics) {
  struct repair_wish wish = {.clinic = run->clinic,
                             .plan = run->plan,
                             .absences = run->absences,
                             .n_absences = run->options->n_absent,
                             .from_min = run->options->from_day * DAY_MIN};
  return repair_init(&run->repair, &wish, diagnostics) ? EXIT_DONE : EXIT_FAULTY_INPUT;
}

static enum exit_status search(struct repair_run *run, struct diagnostics *diagnostics) {
  const struct options *options = run->options;
  struct progress progress;
  struct plan_options wanted = desk_search(options, run->clinic->n_patients, &progress);
  repair_search(&run->repair, wanted, diagnostics, &run->result);
  progress_end(&progress);
  if (!run->result.schedule) return EXIT_FAULTY_INPUT;
  surprise_draw(run->repair.task, run->result.schedule, run->plan, (uint64_t)options->seed);
  return EXIT_DONE;
}

static enum exit_status mend(struct repair_run *run) {
  struct diagnostics diagnostics = {0};
  enum exit_status status = begin(run, &diagnostics);
  if (status == EXIT_DONE) status = search(run, &diagnostics);
  print_diagnostics(&diagnostics, run->options->quiet);
  diagnostics_free(&diagnostics);
  return status;
}

static enum exit_status write_out(const struct repair_run *run) {
  struct plan_output output = {.options = run->options,
                               .clinic = run->repair.facts,
                               .reasons = run->repair.task,
                               .schedule = run->result.schedule,
                               .previous = run->plan,
                               .previous_folder = run->plan_folder,
                               .seconds = run->result.seconds,
                               .cut_short = run->result.cut_short};
  enum exit_status status = write_output(&output, run->folder);
  bool written = status == EXIT_DONE || status == EXIT_UNMET;
  if (!written || run->options->quiet) return status;
  calls_print(run->repair.facts, run->result.schedule, run->plan);
  return finish_output() ? status : EXIT_READ_WRITE_FAILED;
}

static void release(struct repair_run *run) {
  plan_result_release(&run->result);
  repair_release(&run->repair);
  folder_close(run->folder);
  previous_free(run->plan);
  clinic_free(run->clinic);
}

static enum exit_status run_repair(const struct options *options, time_t now) {
  struct repair_run run = {.options = options,
                           .clinic_folder = options->operands[0],
                           .plan_folder = options->operands[1]};
  (void)now;
  if (!options->output) {
    complain("'repair' needs a folder to write: -o OUT2");
    command_point_to_help(&repair_command);
    return EXIT_USAGE;
  }
  enum exit_status status = load(&run);
  if (status == EXIT_DONE) status = find_absences(&run);
  if (status == EXIT_DONE) status = open_output(options, &run.folder);
  if (status == EXIT_DONE) folder_confine(run.folder);
  if (status == EXIT_DONE) status = mend(&run);
  if (status == EXIT_DONE) status = write_out(&run);
  release(&run);
  return status;
}

static const enum option_id takes[] = {
    OPTION_OUTPUT, OPTION_ABSENT,  OPTION_FROM,    OPTION_TIME_LIMIT, OPTION_SEED, OPTION_THREADS,
    OPTION_WORK,   OPTION_FORMATS, OPTION_PROFILE, OPTION_NAMES,      OPTION_BOM,  OPTION_KEEP};

const struct command repair_command = {
    .name = "repair",
    .operands = "CLINIC OUT -o OUT2",
    .n_operands = 2,
    .summary = "Plan the rest of a week again after something went wrong in it",
    .details =
        "As few people's times as possible change, which comes before quality and after\n"
        "care; standard output says whom to call. OUT2 may be OUT.\n\n"
        "Exit status: 0 every need met, 2 written with some need unmet, 65 faulty input,\n"
        "66 no such input, 73 cannot write, 74 read or write failed, 75 another run is\n"
        "writing the same folder.\n",
    COMMAND_OPTIONS(takes),
    .run = run_repair};
