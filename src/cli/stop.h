/* Signals that end a search early: SIGINT, SIGTERM and SIGHUP ask for the best plan so far; the
 * same one again kills. A pipe that nobody reads any more ends it likewise. */
#ifndef IOPSCHED_CLI_STOP_H
#define IOPSCHED_CLI_STOP_H

#include <signal.h>

/* From now on signals set the flag that is returned. */
const volatile sig_atomic_t *stop_on_signals(void);

#endif
