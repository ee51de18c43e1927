#include "desk.h"

#include "clinic_input.h"
#include "iopsched/repair.h"
#include "iopsched/surprise.h"
#include "plan_output.h"
#include "stop.h"

enum exit_status desk_read(struct desk *desk) {
  const struct options *options = desk->options;
  enum exit_status status = read_clinic_and_plan(options->operands[0], options->operands[1],
                                                 options->quiet, &desk->files, &desk->plan);
  if (status != EXIT_DONE) return status;
  desk->absences = read_absences(desk->files, options->operands[1], options->quiet, &desk->arena);
  desk->clinic = clinic_as_repaired(desk->files, desk->plan->schedule, &desk->absences);
  return EXIT_DONE;
}

enum exit_status desk_open(struct desk *desk) {
  enum exit_status status = open_output(desk->options, &desk->folder);
  if (status == EXIT_DONE) folder_confine(desk->folder);
  return status;
}

static double seconds_for(const struct options *options, int n_patients) {
  if (options->has_time_limit) return (double)options->time_limit_ms / 1000;
  double seconds = 2 + n_patients / 30.0;
  return seconds < 60 ? seconds : 60;
}

struct plan_options desk_begin_search(struct desk *desk) {
  const struct options *options = desk->options;
  progress_begin(&desk->progress,
                 !options->quiet && !options->verbose ? PROGRESS_LIVE : PROGRESS_NONE);
  return (struct plan_options){.time_limit = seconds_for(options, desk->clinic->n_patients),
                               .seed = (uint64_t)options->seed,
                               .threads = options->threads,
                               .work = options->work,
                               .stop = stop_on_signals(),
                               .progress = progress_draw,
                               .progress_data = &desk->progress,
                               .verbose = options->verbose};
}

enum exit_status desk_end_search(struct desk *desk, const struct clinic *clinic) {
  progress_end(&desk->progress);
  if (!desk->result.schedule) return EXIT_FAULTY_INPUT;
  surprise_draw(clinic, desk->result.schedule, desk->plan, (uint64_t)desk->options->seed);
  return EXIT_DONE;
}

enum exit_status desk_write(const struct desk *desk, const struct clinic *clinic,
                            const struct clinic *reasons) {
  struct plan_output output = {.options = desk->options,
                               .clinic = clinic,
                               .reasons = reasons,
                               .schedule = desk->result.schedule,
                               .previous = desk->plan,
                               .absences = &desk->absences,
                               .previous_folder = desk->options->operands[1],
                               .seconds = desk->result.seconds,
                               .cut_short = desk->result.cut_short};
  return write_output(&output, desk->folder);
}

bool desk_may_tell(const struct desk *desk, enum exit_status status) {
  return (status == EXIT_DONE || status == EXIT_UNMET) && !desk->options->quiet;
}

void desk_release(struct desk *desk) {
  plan_result_release(&desk->result);
  folder_close(desk->folder);
  previous_free(desk->plan);
  clinic_free(desk->clinic);
  clinic_free(desk->files);
  arena_free(&desk->arena);
}
