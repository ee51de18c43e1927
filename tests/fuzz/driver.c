/* Runs a target without libFuzzer: over every file of a folder of seeds, then over N inputs made
 * from them by chance, the same ones on every machine. The input at work is kept in a file, to be
 * looked at if the run ends badly.
 * usage: TARGET SEEDS N LAST-INPUT */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fuzz.h"
#include "iopsched/file.h"

enum { MOST_SEEDS = 256, LONGEST = 1 << 18 };

static struct text seeds[MOST_SEEDS];
static int n_seeds;
static uint64_t dice = 1;

static const char *const words[] = {"\"",
                                    ",",
                                    ";",
                                    "\n",
                                    "\r\n",
                                    "\r",
                                    "\t",
                                    "|",
                                    "#",
                                    "\xef\xbb\xbf",
                                    "\xff",
                                    "\xc2\xa0",
                                    "'=1",
                                    "-1",
                                    "0",
                                    "1e400",
                                    "nan",
                                    "0x10",
                                    "99999999999999999999",
                                    "2147483648",
                                    "0.0001",
                                    "24:00",
                                    "00:00",
                                    "25:61",
                                    "2026-11-31",
                                    "9999-12-31",
                                    "all",
                                    "tag:",
                                    "category:",
                                    "yes",
                                    "P1",
                                    "T1",
                                    "G1",
                                    "REL",
                                    "..",
                                    "../x",
                                    "%%% patients.csv\n",
                                    "\"\"",
                                    "a\"b",
                                    "Mon",
                                    "Mon;Tue",
                                    "telehealth",
                                    "closed",
                                    "+",
                                    "\xf0\x9f\x98\x80"};

/* A number below n. */
static size_t draw(size_t n) {
  dice = dice * 6364136223846793005u + 1442695040888963407u;
  return (size_t)((dice >> 33) % (n ? n : 1));
}

static int by_name(const struct dirent **a, const struct dirent **b) {
  return strcmp((*a)->d_name, (*b)->d_name);
}

static void read_seeds(const char *path) {
  struct dirent **entries;
  int n = scandir(path, &entries, NULL, by_name), folder = open(path, O_RDONLY | O_DIRECTORY);
  REQUIRE(n >= 0 && folder >= 0);
  for (int i = 0; i < n; i++) {
    if (entries[i]->d_name[0] != '.' && n_seeds < MOST_SEEDS)
      REQUIRE(file_read(folder, entries[i]->d_name, LONGEST, &seeds[n_seeds++]));
    free(entries[i]);
  }
  free(entries);
  close(folder);
  REQUIRE(n_seeds > 0);
}

/* Puts `bytes` in the place of `gone` bytes at `at`. */
static void replace_bytes(struct text *text, size_t at, size_t gone, const char *bytes,
                          size_t length) {
  struct text changed = {0};
  text_add_bytes(&changed, text->data, at);
  text_add_bytes(&changed, bytes, length);
  text_add_bytes(&changed, text->data + at + gone, text->length - at - gone);
  text_free(text);
  *text = changed;
}

static void change(struct text *text) {
  size_t at = draw(text->length + 1), left = text->length - at;
  size_t some = draw(left < 40 ? left + 1 : 40);
  const char *word = words[draw(sizeof words / sizeof *words)];
  const struct text *other = &seeds[draw((size_t)n_seeds)];
  size_t from = draw(other->length + 1);
  char byte = (char)draw(256);
  switch (draw(6)) {
    case 0:
      replace_bytes(text, at, left > 0, &byte, 1);
      break;
    case 1:
      replace_bytes(text, at, some, "", 0);
      break;
    case 2:
      replace_bytes(text, at, 0, word, strlen(word));
      break;
    case 3:
      replace_bytes(text, at, some, word, strlen(word));
      break;
    case 4:
      if (text->length + other->length < LONGEST)
        replace_bytes(text, at, 0, other->data + from, draw(other->length - from + 1));
      break;
    default: /* a cell, emptied or given another word */
      while (at > 0 && !strchr(",\n", text->data[at - 1])) at--;
      replace_bytes(text, at, strcspn(text->data + at, ",\n"), word, draw(2) * strlen(word));
  }
}

static void run(const struct text *input, const char *last) {
  FILE *file = fopen(last, "w");
  REQUIRE(file && fwrite(input->data, 1, input->length, file) == input->length);
  REQUIRE(fclose(file) == 0);
  LLVMFuzzerTestOneInput((const uint8_t *)input->data, input->length);
}

int main(int argc, char **argv) {
  REQUIRE(argc == 4);
  LLVMFuzzerInitialize(&argc, &argv);
  read_seeds(argv[1]);
  int n = (int)strtol(argv[2], NULL, 10), changes = 0;
  for (int i = 0; i < n_seeds; i++) run(&seeds[i], argv[3]);
  for (int i = 0; i < n; i++) {
    struct text input = {0};
    const struct text *seed = &seeds[draw((size_t)n_seeds)];
    text_add_bytes(&input, seed->data, seed->length);
    for (size_t k = draw(4) + 1; k > 0; k--, changes++) change(&input);
    run(&input, argv[3]);
    text_free(&input);
  }
  for (int i = 0; i < n_seeds; i++) text_free(&seeds[i]);
  printf("%d seeds, %d inputs of %d changes\n", n_seeds, n, changes);
  return 0;
}
