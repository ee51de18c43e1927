#include "complete.h"

#include <ctype.h>
#include <string.h>

#include "command.h"
#include "complete_values.h"
#include "iopsched/text.h"

/* The words before the one to complete, sorted out. */
struct line {
  const struct command *command; /* NULL: none yet, or no such */
  const char *operands[MOST_OPERANDS];
  int n_operands;                    /* the command not among them */
  const struct option_info *pending; /* the option whose value is to be completed, or NULL */
  int pending_words;                 /* of that value, that are there already */
  bool options_ended;                /* "--" was there */
  bool has_name;
};

/* The option of a word such as "--week", "--week=2026-W49" or "--we"; NULL if there is none. */
static const struct option_info *find_long(const char *word) {
  size_t length = strcspn(word + 2, "=");
  for (int id = 0; id < N_OPTIONS; id++)
    if (strncmp(option_infos[id].name, word + 2, length) == 0) return &option_infos[id];
  return NULL;
}

/* The option that the letters of a word such as "-qo" leave waiting for a value, or NULL. */
static const struct option_info *find_waiting_letter(const char *word) {
  for (word++; *word; word++)
    for (int id = 0; id < N_OPTIONS; id++)
      if (option_infos[id].letter == *word && option_infos[id].value)
        return word[1] ? NULL : &option_infos[id];
  return NULL;
}

static void take_operand(struct line *line, const char *word) {
  if (!line->has_name) {
    line->has_name = true;
    line->command = command_find(word);
  } else if (line->n_operands < MOST_OPERANDS) {
    line->operands[line->n_operands++] = word;
  }
}

static void take_word(struct line *line, const char *word) {
  const struct option_info *option = NULL;
  if (line->pending) {
    if (++line->pending_words > option_more_words(line->pending)) line->pending = NULL;
    return;
  }
  if (line->options_ended || word[0] != '-' || !word[1]) {
    take_operand(line, word);
  } else if (strcmp(word, "--") == 0) {
    line->options_ended = true;
  } else if (word[1] == '-') {
    option = find_long(word);
    line->pending_words = strchr(word, '=') != NULL;
    if (option && option_more_words(option) < line->pending_words) option = NULL;
  } else {
    option = find_waiting_letter(word);
    line->pending_words = 0;
  }
  if (option && option->value) line->pending = option;
}

static void offer_commands(const char *word, FILE *to) {
  for (int i = 0; i < n_commands; i++)
    if (text_starts(commands[i]->name, word))
      fprintf(to, "%s\t%s\n", commands[i]->name, commands[i]->summary);
}

static void offer_options(const struct command *command, const char *word, FILE *to) {
  for (int id = 0; id < N_OPTIONS; id++) {
    const struct option_info *info = &option_infos[id];
    if (!command_takes(command, (enum option_id)id)) continue;
    if (*word && word[1] && !text_starts(info->name, word + 2)) continue;
    fprintf(to, "--%s%s\t%.*s\n", info->name, info->value ? "=" : "",
            (int)strcspn(info->help, "\n"), info->help);
  }
}

/* The name that the command's usage gives its operand: "CLINIC" of "CLINIC OUT -o OUT2". NULL if it
 * takes no more. Names of options' values are passed over. */
static const char *operand_name(const struct command *command, int operand, char name[32]) {
  bool of_option = false;
  for (const char *at = command->operands; *at; at += strspn(at, " []")) {
    size_t length = strcspn(at, " []");
    bool is_operand = !of_option && isupper((unsigned char)*at);
    of_option = *at == '-';
    if (is_operand && operand-- == 0 && length < 32) {
      memcpy(name, at, length);
      name[length] = '\0';
      return name;
    }
    at += length;
  }
  return NULL;
}

/* The word of the option's value that comes next: PATIENT, then SERVICE, DAY and HH:MM. */
static void offer_next_word(const struct option_info *option, int n_before,
                            const struct asked *asked, FILE *to) {
  const char *name = option->value;
  for (; n_before > 0; n_before--) name = strchr(name, ' ') + 1;
  struct text word = {0};
  text_add_bytes(&word, name, strcspn(name, " "));
  offer_values(word.data, asked, to);
  text_free(&word);
}

static void offer_operand(const struct line *line, const struct asked *asked, FILE *to) {
  char name[32];
  if (!line->has_name)
    offer_commands(asked->word, to);
  else if (line->command && operand_name(line->command, line->n_operands, name))
    offer_values(name, asked, to);
}

void complete(int n, char **words, time_t now, FILE *to) {
  struct line line = {0};
  for (int i = 0; i + 1 < n; i++) take_word(&line, words[i]);
  const char *word = n > 0 ? words[n - 1] : "";
  struct asked asked = {.word = word,
                        .value = word,
                        .clinic = line.n_operands > 0 ? line.operands[0] : NULL,
                        .now = now};
  const char *equals = strchr(word, '=');
  bool is_option = word[0] == '-' && !line.options_ended;
  if (line.pending) {
    offer_next_word(line.pending, line.pending_words, &asked, to);
  } else if (is_option && word[1] == '-' && equals) {
    const struct option_info *option = find_long(word);
    asked.value = equals + 1;
    if (option && option->value) offer_next_word(option, 0, &asked, to);
  } else if (is_option) {
    offer_options(line.command, word, to);
  } else {
    offer_operand(&line, &asked, to);
  }
}
