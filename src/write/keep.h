/* The folder that a new one replaces, kept beside it as NAME.previous.
 *
 * In between it stands as ".NAME.iopsched-keep.INODE", INODE being its own: so a run that was
 * killed there leaves no doubt which of two whole folders is the old one. */
#ifndef IOPSCHED_WRITE_KEEP_H
#define IOPSCHED_WRITE_KEEP_H

#include <stdbool.h>

#include "iopsched/folder.h"
#include "iopsched/memory.h"

/* The name on the way for the folder that stands as `name`; NULL with errno set if there is none.
 */
const char *keep_name(struct arena *arena, int parent, const char *name);
/* NAME.previous */
const char *keep_previous(struct arena *arena, const char *name);
/* Moves the folder `kept` there; one that is there already is removed. False with errno set. */
bool keep_move(struct arena *arena, int parent, const char *name, const char *kept,
               const struct folder_contents *contents);
/* Ends what a killed run began: the old folder goes back, or on to NAME.previous. False, with errno
 * set, if it cannot be put back: it is the only plan there is. */
bool keep_sweep(struct arena *arena, int parent, const char *name,
                const struct folder_contents *contents);

#endif
