/* A small clinic to start from. */
#include <stdio.h>
#include <stdlib.h>

#include "command.h"
#include "init_clinic.h"
#include "iopsched/folder.h"
#include "iopsched/memory.h"
#include "iopsched/text.h"
#include "messages.h"

/* CRLF, as spreadsheets write it. */
static enum folder_status put_file(struct folder *folder, const struct init_file *file) {
  struct text text = {0};
  for (const char *const *line = file->lines; *line; line++) {
    text_add(&text, *line);
    text_add(&text, "\r\n");
  }
  enum folder_status status = folder_put(folder, file->name, text.data, text.length);
  text_free(&text);
  return status;
}

static enum exit_status run_init(const struct options *options, time_t now) {
  const char *path = options->operands[0];
  const char **names = mem_new((size_t)n_init_files, sizeof *names);
  for (int i = 0; i < n_init_files; i++) names[i] = init_files[i].name;
  struct folder_contents contents = {.names = names, .n = (size_t)n_init_files};
  struct folder *folder;
  (void)now;
  enum folder_status status = folder_open(path, &contents, &folder);
  folder_confine(folder);
  for (int i = 0; i < n_init_files && status == FOLDER_OK; i++)
    status = put_file(folder, &init_files[i]);
  if (status == FOLDER_OK) status = folder_commit(folder);
  enum exit_status exit = exit_of_folder(status, folder);
  folder_close(folder);
  free(names);
  if (exit == EXIT_DONE && !options->quiet)
    fprintf(stderr,
            "'%s' holds a small clinic now. Make it yours in a spreadsheet; plan it by\n"
            "  iopsched plan '%s' -o week\n",
            path, path);
  return exit;
}

const struct command init_command = {
    .name = "init",
    .operands = "DIR",
    .writes_operand = true,
    .n_operands = 1,
    .summary = "Write a small clinic to start from, every column explained",
    .details = "DIR must be missing or empty.\n",
    .run = run_init};
