/* Folders on disk by descriptor: what they hold, and their removal. No symbolic link is followed.
 */
#ifndef IOPSCHED_WRITE_TREE_H
#define IOPSCHED_WRITE_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "iopsched/folder.h"

enum { PRIVATE_FOLDER = 0700, PRIVATE_FILE = 0600 };

/* What a look into a folder found. */
struct tree_look {
  bool exists; /* false: nothing of that name */
  bool is_folder;
  bool empty; /* but for litter */
  bool has_mark;
  char foreign[256]; /* the first name (in byte order) that is not among the contents; "" if none */
};
/* False with errno set if the system refused. */
bool tree_look(int parent, const char *name, const struct folder_contents *contents,
               struct tree_look *look);

/* May it be replaced: is it missing, empty, or marked and without anything foreign? */
bool tree_is_ours(const struct tree_look *look);

/* Does a file system that fails so not know a flag of renameat2()? */
bool tree_lacks_flag(int reason);

/* Removes a folder: of its top only what `contents` names (NULL: everything), all that lies below.
 * What is not ours stays, and the folder with it. A symbolic link of that name is removed, not what
 * it points to. */
void tree_remove(int parent, const char *name, const struct folder_contents *contents);

/* Calls `each` for every name in the folder that begins with `prefix`, while it is true. False,
 * with errno set, if it was not, or if the folder cannot be listed. */
bool tree_each(int parent, const char *prefix, bool (*each)(void *data, const char *name),
               void *data);

#endif
