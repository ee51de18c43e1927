/* An output folder that is written whole or not at all. Files go to a new folder beside it, which
 * takes its place in one step; until then, and if anything fails, the old one stays as it is.
 *
 * Beside OUT stand, while a run lasts, ".OUT.iopsched-lock" (its lock: one run at a time) and
 * ".OUT.iopsched-new.N" (what is being written, later the replaced folder), for a moment also
 * ".OUT.iopsched-keep.N". What a killed run left of them is swept by the next. Folders are 0700 and
 * files 0600 whatever the umask, and no symbolic link inside them is followed. */
#ifndef IOPSCHED_FOLDER_H
#define IOPSCHED_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

enum folder_status {
  FOLDER_OK,
  FOLDER_BUSY,        /* another run holds it: exit 75 */
  FOLDER_CANNOT,      /* it cannot be made, or holds what is not ours to replace: exit 73 */
  FOLDER_WRITE_FAILED /* the system refused to write: exit 74 */
};

/* A folder in the new one while folder_put_by() runs; whoever uses that has it among the names. */
#define FOLDER_SCRATCH ".scratch"

/* What may be replaced: a folder that is missing or empty, or one with a file named `mark` and
 * nothing but `names` (files and folders at its top). With mark NULL only a missing or empty one.
 */
struct folder_contents {
  const char *mark;
  const char *const *names; /* [n] */
  size_t n;
  bool (*is_own)(const char *name); /* or NULL: more names that may be there */
};

struct folder;

/* Takes the lock, looks at what is there and makes the new folder. *folder is set in any case, for
 * folder_error(); the caller ends it with folder_close(). `contents` is borrowed until then. */
enum folder_status folder_open(const char *path, const struct folder_contents *contents,
                               struct folder **folder);
/* What is put or kept from now on lies in this folder of the new one (of the old one); NULL: at its
 * top again. `inner` is borrowed. */
void folder_enter(struct folder *folder, const char *inner);
/* From now on folder_commit() keeps a plan that it replaces, as OUT.previous. */
enum folder_status folder_keep_previous(struct folder *folder);
/* Writes one file. `name` may lie in folders, which are made: "calendars/rooms/G1.ics". After a
 * failure all further calls return it again. */
enum folder_status folder_put(struct folder *folder, const char *name, const char *data,
                              size_t length);
/* Writes the file of that name in the folder that stands there now once more, byte for byte; none
 * if there is none. */
enum folder_status folder_keep(struct folder *folder, const char *name);
/* The same for a library that only writes files by their path. `write` makes the file at `path` and
 * may keep temporary files in the private folder `scratch`, which is gone afterwards; false, with
 * errno, if it failed. */
enum folder_status folder_put_by(struct folder *folder, const char *name,
                                 bool (*write)(const char *path, const char *scratch, void *data),
                                 void *data);
/* From here on this process can change nothing but the folder (see confine_writing()). True if the
 * kernel sees to that. */
bool folder_confine(const struct folder *folder);
/* Gives up: `what` could not be read, for `reason` (of errno), and without it the plan would be
 * wrong. */
void folder_give_up(struct folder *folder, const char *what, int reason);
/* Puts the new folder in the place of the old one, which is removed. Once. */
enum folder_status folder_commit(struct folder *folder);
/* What failed, in words, for one line of a message. */
const char *folder_error(const struct folder *folder);
/* Throws away what was not committed and gives the lock back. NULL is fine. */
void folder_close(struct folder *folder);

#endif
