#include "plan_weeks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clinic_input.h"
#include "figures.h"
#include "iopsched/check.h"
#include "iopsched/load.h"
#include "iopsched/weeks.h"
#include "messages.h"
#include "plan_output.h"
#include "search_week.h"

/* One of the weeks. */
struct week {
  char name[WEEK_TEXT];
  const char *path; /* where its plan will stand */
  struct clinic *clinic;
  struct previous *previous; /* the week before, or --previous, or NULL */
  struct plan_result result;
  struct sound_plan plan;
  struct week_figures figures;
};

struct weeks_run {
  const struct options *options;
  struct arena arena;
  struct week *weeks; /* [n] */
  int n;
  struct diagnostics told; /* of all weeks so far */
  struct folder *folder;
  struct run_log *log;
};

/* ---- reading ---- */

static bool same_text(const char *a, const char *b) {
  return a == b || (a && b && strcmp(a, b) == 0);
}

static bool is_told(const struct diagnostics *told, const struct diagnostic *one) {
  for (int i = 0; i < told->n; i++) {
    const struct diagnostic *other = &told->list[i];
    if (other->line == one->line && same_text(other->file, one->file) &&
        same_text(other->column, one->column) && same_text(other->text, one->text))
      return true;
  }
  return false;
}

/* Says what no week before gave reason to say. */
static void tell_new(struct weeks_run *run, const struct week *week,
                     const struct diagnostics *found) {
  struct diagnostics fresh = {0};
  for (int i = 0; i < found->n; i++) {
    const struct diagnostic *one = &found->list[i];
    if (is_told(&run->told, one)) continue;
    diagnose(&fresh, one->severity, one->file, one->line, one->column, "%s", one->text);
    diagnose(&run->told, one->severity, one->file, one->line, one->column, "%s", one->text);
  }
  enum telling telling = telling_of(run->options);
  bool heard = telling != TELL_ALL ? fresh.n_errors > 0 : fresh.n > 0;
  if (heard && week != run->weeks) fprintf(stderr, "in week %s:\n", week->name);
  print_diagnostics(&fresh, telling);
  diagnostics_free(&fresh);
}

static enum exit_status load_week(struct weeks_run *run, struct week *week, const char *folder,
                                  int monday) {
  struct diagnostics diagnostics = {0};
  week_format(monday, week->name);
  week->path = arena_printf(&run->arena, "%s/%s", run->options->output, week->name);
  enum load_status loaded = clinic_load(folder, monday, &diagnostics, &week->clinic);
  if (loaded == LOAD_OK) check_clinic(week->clinic, &diagnostics);
  if (loaded == LOAD_OK && week == run->weeks && run->options->previous)
    loaded = previous_load(week->clinic, run->options->previous, &diagnostics, &week->previous);
  if (loaded == LOAD_OK && diagnostics.n_errors > 0) loaded = LOAD_FAULTY;
  tell_new(run, week, &diagnostics);
  diagnostics_free(&diagnostics);
  return exit_of_load(loaded);
}

/* All of them before the first is planned: nobody should wait for a fault of the last one. */
static enum exit_status load_all(struct weeks_run *run, const char *folder, time_t now) {
  int monday = wanted_week(run->options, folder, now);
  run_log_week(run->log, monday);
  enum exit_status status = EXIT_DONE;
  for (int i = 0; i < run->n && status == EXIT_DONE; i++)
    status = load_week(run, &run->weeks[i], folder, monday + N_DAYS * i);
  for (int i = 1; i < run->n && status == EXIT_DONE; i++)
    if (run->weeks[i].clinic->n_patients != run->weeks[0].clinic->n_patients ||
        run->weeks[i].clinic->n_services != run->weeks[0].clinic->n_services) {
      complain("the files in '%s' were changed while they were read", folder);
      status = EXIT_FAULTY_INPUT;
    }
  return status;
}

/* ---- planning ---- */

/* Groups that had patients enough in the week before. */
static void warn_of_groups(const struct weeks_run *run, int i) {
  const struct week *week = &run->weeks[i];
  const struct clinic *clinic = week->clinic;
  for (int service = 0; service < clinic->n_services; service++) {
    const struct service *what = &clinic->services[service];
    if (!group_is_below(clinic, &week->figures, service) ||
        group_is_below(clinic, &week[-1].figures, service))
      continue;
    fprintf(stderr,
            "week %s: warning: group '%s' falls below its min_size: it needs %d patients, and at "
            "most %d can come together\n",
            week->name, what->id, what->min_size, week->figures.groups[service].n_together);
  }
}

static enum exit_status plan_week(struct weeks_run *run, int i) {
  const struct options *options = run->options;
  struct week *week = &run->weeks[i];
  if (i > 0)
    week->previous = previous_from_schedule(week[-1].result.schedule, week->clinic->n_patients,
                                            week[-1].clinic->monday);
  enum exit_status status = search_week(options, week->clinic, week->previous, &week->result);
  if (status != EXIT_DONE) {
    complain("week %s cannot be planned; nothing is written", week->name);
    return status;
  }
  struct plan_output output = {.options = options,
                               .clinic = week->clinic,
                               .schedule = week->result.schedule,
                               .previous = week->previous,
                               .previous_folder = i == 0 ? options->previous : NULL,
                               .path = week->path,
                               .has_bound = true,
                               .bound = week->result.bound,
                               .seconds = week->result.seconds};
  if (!sound_plan_init(&week->plan, &output, run->folder)) return EXIT_INTERNAL_ERROR;
  week_figures_init(&week->figures, &week->plan.report, i > 0 ? week[-1].clinic : NULL);
  if (i > 0 && !options->quiet) warn_of_groups(run, i);
  return EXIT_DONE;
}

/* ---- telling ---- */

static void add_week(struct text *text, const struct week *week) {
  const struct week_figures *figures = &week->figures;
  text_printf(text, "%s%6d", week->name, figures->n_patients);
  text_printf(text, "%+5d%+5d", figures->n_admitted, -figures->n_left);
  add_right(text, figures->due_minutes, 60, 1, 8);
  add_right(text, figures->given_minutes, 60, 1, 8);
  text_printf(text, "%7d%7d%9d%9d", figures->n_unmet, figures->n_sessions, figures->n_attendances,
              figures->n_changes);
  add_right(text, figures->led_minutes, 60, 1, 8);
  add_right(text, figures->leadable_minutes, 60, 1, 8);
  add_right(text, figures->cost, COST_ONE, 1, 9);
  text_add(text, week->result.cut_short ? "  cut short\n" : "\n");
}

static void print_table(const struct weeks_run *run) {
  struct text text = {0};
  text_printf(&text, "%d weeks of '%s', written to '%s'\n", run->n,
              run->weeks[0].clinic->program_name, run->options->output);
  text_printf(&text, "%-8s%6s%5s%5s%8s%8s%7s%7s%9s%9s%8s%8s%9s\n", "week", "here", "new", "left",
              "due h", "given h", "unmet", "sess.", "attend.", "changes", "staff h", "of h",
              "cost");
  for (int i = 0; i < run->n; i++) add_week(&text, &run->weeks[i]);
  fputs(text.data, stderr);
  text_free(&text);
}

static enum exit_status write_all(struct weeks_run *run) {
  const struct options *options = run->options;
  struct week_figures *all = mem_new((size_t)run->n, sizeof *all);
  int n_unmet = 0;
  for (int i = 0; i < run->n; i++) {
    struct week *week = &run->weeks[i];
    folder_enter(run->folder, week->name);
    write_plan(&week->plan.report, options->formats, options->n_formats, run->folder);
    all[i] = week->figures;
    n_unmet += week->figures.n_unmet;
  }
  folder_enter(run->folder, NULL);
  write_weeks(run->weeks[0].clinic, all, run->n, options->bom, run->folder);
  free(all);
  enum exit_status status = exit_of_folder(folder_commit(run->folder), run->folder);
  if (status != EXIT_DONE) return status;
  for (int i = 0; i < run->n; i++)
    run_log_plan(run->log, &run->weeks[i].plan.report, run->weeks[i].result.cut_short,
                 run->weeks[i].path);
  if (!options->quiet) print_table(run);
  return n_unmet > 0 ? EXIT_UNMET : EXIT_DONE;
}

static void release(struct weeks_run *run) {
  folder_close(run->folder);
  for (int i = 0; i < run->n; i++) {
    struct week *week = &run->weeks[i];
    week_figures_release(&week->figures);
    sound_plan_release(&week->plan);
    plan_result_release(&week->result);
    previous_free(week->previous);
    clinic_free(week->clinic);
  }
  free(run->weeks);
  diagnostics_free(&run->told);
  arena_free(&run->arena);
}

static enum exit_status open_folder(struct weeks_run *run) {
  enum folder_status status = folder_open(run->options->output, weeks_contents(), &run->folder);
  if (status == FOLDER_OK && run->options->keep) status = folder_keep_previous(run->folder);
  return exit_of_folder(status, run->folder);
}

enum exit_status plan_weeks(const struct options *options, const char *clinic_folder, time_t now,
                            struct run_log *log) {
  struct weeks_run run = {.options = options, .n = options->weeks, .log = log};
  if (options->write_lp || options->write_duals) {
    complain("'%s' writes one week: leave out '--weeks'",
             options->write_lp ? "--write-lp" : "--write-duals");
    return EXIT_USAGE;
  }
  run.weeks = mem_new((size_t)run.n, sizeof *run.weeks);
  enum exit_status status = load_all(&run, clinic_folder, now);
  if (status == EXIT_DONE) status = open_folder(&run);
  if (status == EXIT_DONE) folder_confine(run.folder);
  for (int i = 0; i < run.n && status == EXIT_DONE; i++) status = plan_week(&run, i);
  if (status == EXIT_DONE) status = write_all(&run);
  release(&run);
  return status;
}
