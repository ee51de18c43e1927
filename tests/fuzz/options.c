/* A command line, an argument a line, as main() reads it up to the command's own work; the same
 * words as a shell asks to complete them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../src/cli/command.h"
#include "../../src/cli/complete.h"
#include "fuzz.h"

enum { MOST_WORDS = 64 };

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc;
  (void)argv;
  fuzz_silence();
  return 0;
}

/* Cuts the text into lines; the number of words, the program's name among them. */
static int cut(char *text, char **words) {
  static char program[] = "iopsched";
  int n = 0;
  words[n++] = program;
  for (char *line = text; line && n < MOST_WORDS; n++) {
    words[n] = line;
    line = strchr(line, '\n');
    if (line) *line++ = '\0';
  }
  words[n] = NULL;
  return n;
}

static void parse(int n, char **words) {
  struct options options;
  const char *name = options_find_command(n, words);
  const struct command *command = name ? command_find(name) : NULL;
  if (name && !command) {
    command_complain_of_name(name);
    return;
  }
  if (!options_parse(command, n, words, &options) || !command || options.help || options.version)
    return;
  REQUIRE(options.n_operands == command->n_operands);
  REQUIRE(options.threads >= 1 && options.time_limit_ms >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static FILE *nowhere;
  char *words[MOST_WORDS + 1], *text = malloc(size + 1);
  REQUIRE(text && (nowhere || (nowhere = fopen("/dev/null", "w"))));
  memcpy(text, data, size);
  text[size] = '\0';
  int n = cut(text, words);
  complete(n - 1, words + 1, 0, nowhere);
  parse(n, words);
  free(text);
  return 0;
}
