/* How many more patients would fit, and what would help most. */
#include <stdio.h>

#include "clinic_input.h"
#include "command.h"
#include "figures.h"
#include "iopsched/capacity.h"
#include "iopsched/confine.h"
#include "messages.h"
#include "stop.h"

/* What one run of `capacity` has in hand. */
struct capacity_run {
  const struct options *options;
  struct clinic *clinic;
  struct folder *folder; /* NULL without --output */
  struct capacity capacity;
};

static enum exit_status load(struct capacity_run *run, time_t now) {
  const char *folder = run->options->operands[0];
  int n_warnings, monday = wanted_week(run->options, folder, now);
  enum exit_status status =
      read_clinic(folder, monday, true, run->options->quiet, &run->clinic, &n_warnings);
  if (status != EXIT_DONE) return status;
  if (!run->options->output) {
    confine_writing(NULL, 0);
    return status;
  }
  enum folder_status opened = folder_open(run->options->output, capacity_contents(), &run->folder);
  if (opened == FOLDER_OK) folder_confine(run->folder);
  return exit_of_folder(opened, run->folder);
}

static enum exit_status measure(struct capacity_run *run) {
  const struct options *options = run->options;
  struct capacity_options wanted = {.time_limit = (double)options->time_limit_ms / 1000,
                                    .work = options->work,
                                    .seed = (uint64_t)options->seed,
                                    .threads = options->threads,
                                    .stop = stop_on_signals()};
  if (capacity_measure(&run->capacity, run->clinic, &wanted)) return EXIT_DONE;
  complain("no plan of '%s' was found that completes the fixed rows", options->operands[0]);
  return EXIT_FAULTY_INPUT;
}

/* ---- telling ---- */

static void add_kind(struct text *text, const struct clinic *clinic,
                     const struct patient_kind *kind) {
  struct text words = {0};
  kind_add_words(&words, clinic, kind);
  text_printf(text, "  %4d %s%4d more  one more %-28s %4d together  %s\n", kind->n_members,
              kind_fits_at_least(kind) ? "at least " : "         ", kind->n_more,
              fit_end_names[kind->end], kind->n_together, words.data);
  text_free(&words);
}

/* The best half-days of a kind of resource, each of those worth the same once. */
static void add_best(struct text *text, const struct capacity_run *run, enum resource_kind kind,
                     const char *title) {
  enum { MOST_TOLD = 5 };
  int64_t last = INT64_MAX;
  text_printf(text, "%s\n", title);
  for (int told = 0; told < MOST_TOLD; told++) {
    const struct resource *best = NULL;
    int best_half = 0, n_same = 0;
    for (int i = 0; i < run->capacity.n_resources; i++)
      for (int half = 0; half < N_HALF_DAYS; half++) {
        const struct resource *resource = &run->capacity.resources[i];
        int64_t worth = resource->worth[half];
        if (resource->kind != kind || worth <= 0 || worth >= last) continue;
        if (best && worth == best->worth[best_half]) n_same++;
        if (best && worth <= best->worth[best_half]) continue;
        best = resource;
        best_half = half;
        n_same = 0;
      }
    if (!best && told == 0) text_add(text, "  nothing was found to be worth anything\n");
    if (!best) return;
    last = best->worth[best_half];
    text_printf(text, "  %-16s ", resource_id(run->clinic, best));
    half_day_add_words(text, best_half);
    text_add(text, ": ");
    add_cost(text, last);
    if (n_same > 0) text_printf(text, ", as are %d others", n_same);
    text_add(text, "\n");
  }
}

static void print_capacity(const struct capacity_run *run) {
  const struct capacity *capacity = &run->capacity;
  struct text text = {0};
  char week[WEEK_TEXT];
  week_format(run->clinic->monday, week);
  text_printf(&text, "week %s of '%s': how many more of each kind fit\n", week,
              run->clinic->program_name);
  for (int i = 0; i < capacity->n_kinds; i++) add_kind(&text, run->clinic, &capacity->kinds[i]);
  if (capacity->n_part_week > 0)
    text_printf(&text, "  (%d here for part of the week are of no kind)\n", capacity->n_part_week);
  text_printf(&text, "together, in the clinic's mix: %d\n", capacity->n_together);
  text_printf(&text, "what an hour more is worth to the full clinic, with %d waiting\n",
              capacity->n_waiting);
  add_best(&text, run, RESOURCE_CREDENTIAL, " of a credential");
  add_best(&text, run, RESOURCE_THERAPIST, " of somebody like a therapist");
  add_best(&text, run, RESOURCE_ROOM, " of a room more");
  text_printf(&text, "%s\n", capacity->bottleneck);
  fputs(text.data, stdout);
  text_free(&text);
}

static enum exit_status write_out(struct capacity_run *run) {
  const struct options *options = run->options;
  if (run->folder) {
    write_capacity(&run->capacity, run->clinic, options->bom, run->folder);
    enum exit_status status = exit_of_folder(folder_commit(run->folder), run->folder);
    if (status != EXIT_DONE) return status;
  }
  if (run->capacity.cut_short && !options->quiet)
    complain("the time was over before everything was tried: see --time-limit");
  if (options->quiet && run->folder) return EXIT_DONE;
  print_capacity(run);
  return finish_output() ? EXIT_DONE : EXIT_READ_WRITE_FAILED;
}

static enum exit_status run_capacity(const struct options *options, time_t now) {
  struct capacity_run run = {.options = options};
  enum exit_status status = load(&run, now);
  if (status == EXIT_DONE) status = measure(&run);
  if (status == EXIT_DONE) status = write_out(&run);
  capacity_release(&run.capacity);
  folder_close(run.folder);
  clinic_free(run.clinic);
  return status;
}

static const enum option_id takes[] = {OPTION_OUTPUT,  OPTION_WEEK, OPTION_TIME_LIMIT, OPTION_SEED,
                                       OPTION_THREADS, OPTION_WORK, OPTION_BOM};

const struct command capacity_command = {
    .name = "capacity",
    .operands = "CLINIC",
    .n_operands = 1,
    .summary = "Tell how many more patients would fit, and what would help most",
    .details =
        "Copies of patients are admitted one by one until no place is found. With -o also\n"
        "writes capacity.csv, worth.csv and capacity.html, a page with charts.\n\n"
        "Exit status: 0 done, 65 faulty input, 66 no such input, 73 cannot write, 74 read or\n"
        "write failed, 75 another run is writing the same folder.\n",
    COMMAND_OPTIONS(takes),
    .run = run_capacity};
