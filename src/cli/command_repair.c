/* A therapist is ill, a room is flooded, a patient is away: the rest of the week planned again. */
#include <stdio.h>
#include <stdlib.h>

#include "calls.h"
#include "command.h"
#include "desk.h"
#include "iopsched/repair.h"
#include "iopsched/text.h"
#include "messages.h"

/* What one run of `repair` has in hand. */
struct repair_run {
  struct desk desk;
  struct absence absences[MOST_ABSENCES]; /* [options->n_absent] */
  struct repair repair;
};

/* ---- who is absent ---- */

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
  const struct options *options = run->desk.options;
  enum exit_status status = EXIT_DONE;
  for (int i = 0; i < options->n_absent; i++) {
    const struct absent_option *option = &options->absent[i];
    struct absence *absence = &run->absences[i];
    char id[80];
    snprintf(id, sizeof id, "%.*s", option->id_length, option->id);
    int day = option->day * DAY_MIN;
    absence->when = option->all_week
                        ? (struct window){0, WEEK_MIN}
                        : (struct window){day + option->start_min, day + option->end_min};
    if (absence_find(run->desk.clinic, id, absence)) continue;
    tell_unknown(run->desk.clinic, id);
    status = EXIT_FAULTY_INPUT;
  }
  return status;
}

/* ---- planning again ---- */

static enum exit_status begin(struct repair_run *run, struct diagnostics *diagnostics) {
  const struct desk *desk = &run->desk;
  struct repair_wish wish = {.clinic = desk->clinic,
                             .plan = desk->plan,
                             .absences = run->absences,
                             .n_absences = desk->options->n_absent,
                             .from_min = desk->options->from_day * DAY_MIN};
  return repair_init(&run->repair, &wish, diagnostics) ? EXIT_DONE : EXIT_FAULTY_INPUT;
}

static enum exit_status search(struct repair_run *run, struct diagnostics *diagnostics) {
  struct plan_options wanted = desk_begin_search(&run->desk);
  repair_search(&run->repair, wanted, diagnostics, &run->desk.result);
  return desk_end_search(&run->desk, run->repair.task);
}

static enum exit_status mend(struct repair_run *run) {
  struct diagnostics diagnostics = {0};
  enum exit_status status = begin(run, &diagnostics);
  if (status == EXIT_DONE) status = search(run, &diagnostics);
  print_diagnostics(&diagnostics, run->desk.options->quiet);
  diagnostics_free(&diagnostics);
  return status;
}

static enum exit_status write_out(struct repair_run *run) {
  const struct options *options = run->desk.options;
  struct absences more = {run->absences, options->n_absent, 0};
  absences_add(&run->desk.absences, &more, &run->desk.arena);
  run->desk.absences.from_min = options->from_day * DAY_MIN;
  enum exit_status status = desk_write(&run->desk, run->repair.facts, run->repair.task);
  if (!desk_may_tell(&run->desk, status)) return status;
  calls_print(run->repair.facts, run->desk.result.schedule, run->desk.plan);
  return finish_output() ? status : EXIT_READ_WRITE_FAILED;
}

static enum exit_status run_repair(const struct options *options, time_t now) {
  struct repair_run run = {.desk.options = options};
  (void)now;
  enum exit_status status = desk_read(&run.desk);
  if (status == EXIT_DONE) status = find_absences(&run);
  if (status == EXIT_DONE) status = desk_open(&run.desk);
  if (status == EXIT_DONE) status = mend(&run);
  if (status == EXIT_DONE) status = write_out(&run);
  repair_release(&run.repair);
  desk_release(&run.desk);
  return status;
}

static const enum option_id takes[] = {
    OPTION_OUTPUT, OPTION_ABSENT,  OPTION_FROM,    OPTION_TIME_LIMIT, OPTION_SEED, OPTION_THREADS,
    OPTION_WORK,   OPTION_FORMATS, OPTION_PROFILE, OPTION_NAMES,      OPTION_BOM,  OPTION_KEEP};

const struct command repair_command = {
    .name = "repair",
    .operands = "CLINIC OUT -o OUT2",
    .n_operands = 2,
    .must_write = "OUT2",
    .summary = "Plan the rest of a week again after something went wrong in it",
    .details =
        "As few people's times as possible change, which comes before quality and after\n"
        "care; standard output says whom to call. OUT2 may be OUT.\n\n"
        "Exit status: 0 every need met, 2 written with some need unmet, 65 faulty input,\n"
        "66 no such input, 73 cannot write, 74 read or write failed, 75 another run is\n"
        "writing the same folder.\n",
    COMMAND_OPTIONS(takes),
    .run = run_repair};
