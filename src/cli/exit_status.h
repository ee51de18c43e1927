/* What the program's exit status means; those from 64 on are of sysexits.h. memory.h ends the
 * process with 70 and 71 on its own. */
#ifndef IOPSCHED_CLI_EXIT_STATUS_H
#define IOPSCHED_CLI_EXIT_STATUS_H

enum exit_status {
  EXIT_DONE = 0,   /* for plan: every need met; for verify: valid */
  EXIT_BROKEN = 1, /* verify: a hard rule is broken */
  EXIT_UNMET = 2,  /* plan: written, but some need is unmet */
  EXIT_USAGE = 64,
  EXIT_FAULTY_INPUT = 65,
  EXIT_NO_INPUT = 66,
  EXIT_INTERNAL_ERROR = 70,
  EXIT_NO_MEMORY = 71,
  EXIT_CANNOT_WRITE = 73,
  EXIT_READ_WRITE_FAILED = 74,
  EXIT_HELD = 75 /* another run holds the output folder */
};

#endif
