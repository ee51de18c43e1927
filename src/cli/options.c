#include "options.h"

#include <getopt.h>
#include <string.h>

#include "command.h"
#include "iopsched/memory.h"
#include "iopsched/text.h"
#include "messages.h"
#include "option_table.h"

/* getopt's code of a long option is this plus its option_id; a letter stands for itself. */
enum { FIRST_LONG = 256 };

/* getopt_long()'s own tables. A leading '-' hands over operands in their place, whatever the
 * environment says; a ':' tells missing values apart. */
struct getopt_tables {
  struct option longs[N_OPTIONS + 1];
  char letters[2 * N_OPTIONS + 3];
};

static void add_option(struct getopt_tables *tables, int *n, int id) {
  const struct option_info *info = &option_infos[id];
  int takes_value = info->value ? required_argument : no_argument;
  tables->longs[(*n)++] = (struct option){info->name, takes_value, NULL, FIRST_LONG + id};
  if (!info->letter) return;
  char letter[] = {info->letter, info->value ? ':' : '\0', '\0'};
  strcat(tables->letters, letter);
}

static void begin_getopt(struct getopt_tables *tables) {
  *tables = (struct getopt_tables){.letters = "-:"};
  optind = 0;
  opterr = 0;
}

static int next_option(int argc, char **argv, const struct getopt_tables *tables) {
  return getopt_long(argc, argv, tables->letters, tables->longs, NULL);
}

static const struct option_info *info_of(int code) {
  if (code >= FIRST_LONG) return &option_infos[code - FIRST_LONG];
  for (int id = 0; id < N_OPTIONS; id++)
    if (option_infos[id].letter == code) return &option_infos[id];
  return NULL;
}

/* Passes over the option's words after its value, as far as there are any. */
static void skip_more_words(int argc, const struct option_info *info) {
  int more = option_more_words(info);
  optind = more < argc - optind ? optind + more : argc;
}

const char *options_find_command(int argc, char **argv) {
  struct getopt_tables tables;
  begin_getopt(&tables);
  int code, n = 0;
  for (int id = 0; id < N_OPTIONS; id++) add_option(&tables, &n, id);
  while ((code = next_option(argc, argv, &tables)) != -1) {
    if (code == 1) return optarg;
    if (code != '?' && code != ':') skip_more_words(argc, info_of(code));
  }
  return optind < argc ? argv[optind] : NULL;
}

static bool is_of_some_command(const char *name) {
  for (int id = 0; id < N_OPTIONS; id++)
    if (strcmp(option_infos[id].name, name) == 0) return true;
  return false;
}

/* About a long option that getopt did not take: unknown, ambiguous, or another command's. */
static void complain_of_name(const struct command *command, const struct getopt_tables *tables,
                             const char *name) {
  const char *names[N_OPTIONS];
  struct text matching = {0};
  size_t n = 0;
  int n_matching = 0;
  for (const struct option *option = tables->longs; option->name; option++) {
    names[n++] = option->name;
    if (strncmp(option->name, name, strlen(name)) != 0) continue;
    text_printf(&matching, "%s'--%s'", n_matching++ > 0 ? ", " : "", option->name);
  }
  const char *near = text_suggest(name, names, n);
  if (n_matching > 1)
    complain("option '--%s' is ambiguous: %s", name, matching.data);
  else if (command && is_of_some_command(name))
    complain("'%s' takes no option '--%s'", command->name, name);
  else if (near)
    complain("unknown option '--%s': did you mean '--%s'?", name, near);
  else
    complain("unknown option '--%s'", name);
  text_free(&matching);
}

/* About '?' and ':', getopt's two kinds of fault. */
static void complain_of_option(const struct command *command, const struct getopt_tables *tables,
                               int code, char **argv) {
  const struct option_info *info = optopt ? info_of(optopt) : NULL;
  if (code == ':' && info) {
    complain("option '--%s' needs a value: %s", info->name, info->value);
  } else if (optopt >= FIRST_LONG) {
    complain("option '--%s' takes no value", info->name);
  } else if (optopt) {
    complain("unknown option '-%c'", optopt);
  } else {
    const char *word = argv[optind - 1] + 2;
    struct text name = {0};
    text_add_bytes(&name, word, strcspn(word, "="));
    complain_of_name(command, tables, name.data);
    text_free(&name);
  }
}

static bool add_operand(struct options *options, const char *word) {
  if (options->n_operands == MOST_OPERANDS) {
    complain("too many arguments: '%s'", word);
    return false;
  }
  options->operands[options->n_operands++] = word;
  return true;
}

static bool set_word(struct options *options, const struct option_info *info, const char *word) {
  const char *expected = info->set(options, word);
  if (expected) complain("option '--%s': '%s' is not %s", info->name, word, expected);
  return !expected;
}

/* The option's value, and the words that belong to it and follow. */
static bool set_option(struct options *options, int code, int argc, char **argv) {
  const struct option_info *info = info_of(code);
  if (!info) die_internal("no option has the code %d", code);
  int more = option_more_words(info);
  if (argc - optind < more) {
    complain("option '--%s' needs %s", info->name, info->value);
    return false;
  }
  if (!set_word(options, info, optarg)) return false;
  for (; more > 0; more--)
    if (!set_word(options, info, argv[optind++])) return false;
  return true;
}

static bool parse_words(const struct command *command, int argc, char **argv,
                        struct options *options) {
  struct getopt_tables tables;
  begin_getopt(&tables);
  int code, n = 0;
  for (int id = 0; id < N_OPTIONS; id++)
    if (command_takes(command, (enum option_id)id)) add_option(&tables, &n, id);
  while ((code = next_option(argc, argv, &tables)) != -1) {
    if (code == '?' || code == ':') {
      complain_of_option(command, &tables, code, argv);
      return false;
    }
    if (!(code == 1 ? add_operand(options, optarg) : set_option(options, code, argc, argv)))
      return false;
  }
  for (; optind < argc; optind++)
    if (!add_operand(options, argv[optind])) return false;
  return true;
}

/* The first operand is the command's own name. */
static void drop_command(struct options *options) {
  options->n_operands--;
  memmove(options->operands, options->operands + 1,
          (size_t)options->n_operands * sizeof *options->operands);
}

static bool operands_fit(const struct command *command, const struct options *options) {
  if (options->help || options->version) return true;
  if (options->n_operands < command->n_operands) {
    complain("'%s' needs %s", command->name, command->operands);
    return false;
  }
  if (options->n_operands > command->n_operands) {
    complain("'%s' takes %s, what is '%s'?", command->name, command->operands,
             options->operands[command->n_operands]);
    return false;
  }
  if (command->must_write && !options->output) {
    complain("'%s' needs a folder to write: -o %s", command->name, command->must_write);
    return false;
  }
  return true;
}

bool options_parse(const struct command *command, int argc, char **argv, struct options *options) {
  options_set_defaults(options);
  bool right = parse_words(command, argc, argv, options);
  if (right && command) {
    drop_command(options);
    right = operands_fit(command, options);
  }
  if (!right) command_point_to_help(command);
  return right;
}

/* Lines of help under each other, from column 26 on. */
static void print_help_lines(const char *help, int column, FILE *to) {
  enum { INDENT = 26 };
  if (column >= INDENT) {
    fputc('\n', to);
    column = 0;
  }
  fprintf(to, "%*s", INDENT - column, "");
  for (; *help; help++) {
    fputc(*help, to);
    if (*help == '\n') fprintf(to, "%*s", INDENT, "");
  }
  fputc('\n', to);
}

void options_describe(const struct command *command, FILE *to) {
  for (int id = 0; id < N_OPTIONS; id++) {
    const struct option_info *info = &option_infos[id];
    if (!command_takes(command, (enum option_id)id)) continue;
    int column = info->letter ? fprintf(to, "  -%c, ", info->letter) : fprintf(to, "      ");
    column += fprintf(to, "--%s", info->name);
    if (info->value) column += fprintf(to, "=%s", info->value);
    print_help_lines(info->help, column, to);
  }
}
