#include "mail_text.h"

#include <stdlib.h>
#include <string.h>
#include <uninorm.h>

#include "account.h"
#include "figures.h"

enum { WIDTH = 72 };

/* Letters lose their accents; what is no ASCII then is a question mark. */
static void add_ascii(struct text *text, const char *from) {
  size_t n = 0;
  uint8_t *plain = u8_normalize(UNINORM_NFKD, (const uint8_t *)from, strlen(from), NULL, &n);
  if (!plain) die_out_of_memory();
  for (size_t i = 0; i < n; i++) {
    bool is_mark = plain[i] == 0xcc || plain[i] == 0xcd; /* U+0300 to U+037F */
    if (is_mark)
      i++;
    else if (plain[i] < 0x80)
      text_add_bytes(text, (const char *)&plain[i], 1);
    else if (plain[i] >= 0xc0) /* the first byte of a character */
      text_add(text, "?");
  }
  free(plain);
}

/* Breaks a line at blanks; its other lines stand two columns further in. */
static void add_folded_line(struct text *text, const char *line, size_t length) {
  int indent = (int)strspn(line, " ") + 2;
  size_t width = WIDTH;
  while (length > width) {
    size_t cut = width;
    while (cut > 0 && line[cut] != ' ') cut--;
    if (strspn(line, " ") >= cut) cut = width; /* one word, longer than a line */
    text_add_bytes(text, line, cut);
    text_printf(text, "\n%*s", indent, "");
    size_t next = cut + strspn(line + cut, " ");
    line += next;
    length -= next;
    width = WIDTH - (size_t)indent;
  }
  text_add_bytes(text, line, length);
  text_add(text, "\n");
}

static void add_folded(struct text *text, const char *lines) {
  struct text plain = {0};
  add_ascii(&plain, lines);
  for (const char *line = plain.data; line && *line; line += strcspn(line, "\n") + 1)
    add_folded_line(text, line, strcspn(line, "\n"));
  text_free(&plain);
}

/* One line, however long. */
void mail_add_subject(struct text *text, const char *subject) {
  add_ascii(text, subject);
  text_add(text, "\n\n");
}

static void add_changes(struct text *text, const struct changes *changes) {
  int n[] = {[CHANGE_ADDED] = 0, [CHANGE_REMOVED] = 0, [CHANGE_MOVED] = 0};
  for (int i = 0; i < changes->n; i++) n[changes->list[i].kind]++;
  text_printf(text, "against the last plan: %d attendances added, %d removed, %d moved\n",
              n[CHANGE_ADDED], n[CHANGE_REMOVED], n[CHANGE_MOVED]);
}

void mail_add_plan(struct text *text, const struct report *report, bool cut_short,
                   const char *output) {
  struct text mail = {0};
  account_add(&mail, report, cut_short, ACCOUNT_BRIEF, output);
  if (report->changes) add_changes(&mail, report->changes);
  text_printf(&mail, "to read and print: %s/week.html; no patient is named here\n\n", output);
  add_folded(text, mail.data);
  text_free(&mail);
}

void mail_add_failure(struct text *text, const char *why, const struct options *options) {
  struct text mail = {0};
  text_printf(&mail, "No plan of '%s': %s", options->operands[0], why);
  mail_add_subject(text, mail.data);
  text_clear(&mail);
  text_printf(&mail, "'%s' is as it was. ", options->output);
  text_printf(&mail, "Try 'iopsched check %s'.\n", options->operands[0]);
  add_folded(text, mail.data);
  text_free(&mail);
}
