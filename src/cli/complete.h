/* What a shell offers behind the words typed so far. The scripts in share/completion ask for it, so
 * that commands, options and their values stand nowhere else a second time. */
#ifndef IOPSCHED_CLI_COMPLETE_H
#define IOPSCHED_CLI_COMPLETE_H

#include <stdio.h>
#include <time.h>

/* words: [n], those after the program's name up to and with the one to complete, which may be empty
 * (n 0: the same). Writes a line for each candidate: the whole word, a tab, what it means; and
 * ":folder" or ":file" where a path may stand. A candidate that ends in '=', ':' or ',' goes on. */
void complete(int n, char **words, time_t now, FILE *to);

#endif
