#include "desk.h"

#include "stop.h"

static double seconds_for(const struct options *options, int n_patients) {
  if (options->has_time_limit) return (double)options->time_limit_ms / 1000;
  double seconds = 2 + n_patients / 30.0;
  return seconds < 60 ? seconds : 60;
}

struct plan_options desk_search(const struct options *options, int n_patients,
                                struct progress *progress) {
  progress_begin(progress, !options->quiet && !options->verbose ? PROGRESS_LIVE : PROGRESS_NONE);
  return (struct plan_options){.time_limit = seconds_for(options, n_patients),
                               .seed = (uint64_t)options->seed,
                               .threads = options->threads,
                               .work = options->work,
                               .stop = stop_on_signals(),
                               .progress = progress_draw,
                               .progress_data = progress,
                               .verbose = options->verbose};
}
