#include "keep.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "tree.h"

struct sweeping {
  int parent;
  const char *name, *prefix, *previous;
  const struct folder_contents *contents;
};

static const char *prefix_of(struct arena *arena, const char *name) {
  return arena_printf(arena, ".%s.iopsched-keep.", name);
}

const char *keep_name(struct arena *arena, int parent, const char *name) {
  struct stat at;
  if (fstatat(parent, name, &at, AT_SYMLINK_NOFOLLOW) != 0) return NULL;
  return arena_printf(arena, "%s%" PRIuMAX, prefix_of(arena, name), (uintmax_t)at.st_ino);
}

const char *keep_previous(struct arena *arena, const char *name) {
  return arena_printf(arena, "%s.previous", name);
}

bool keep_move(int parent, const char *kept, const char *previous,
               const struct folder_contents *contents) {
  if (renameat2(parent, kept, parent, previous, RENAME_EXCHANGE) == 0) {
    tree_remove(parent, kept, contents);
    return true;
  }
  if (errno != ENOENT && !tree_lacks_flag(errno)) return false;
  tree_remove(parent, previous, contents);
  return renameat(parent, kept, parent, previous) == 0;
}

/* A new folder under that name, not yet in its place, has another inode. */
static bool is_the_old_one(int parent, const char *kept, const char *inode) {
  struct stat at;
  char own[24];
  if (fstatat(parent, kept, &at, AT_SYMLINK_NOFOLLOW) != 0) return false;
  snprintf(own, sizeof own, "%" PRIuMAX, (uintmax_t)at.st_ino);
  return strcmp(own, inode) == 0;
}

static void sweep_one(void *data, const char *kept) {
  const struct sweeping *sweeping = data;
  int parent = sweeping->parent;
  struct stat at;
  struct tree_look look;
  if (!is_the_old_one(parent, kept, kept + strlen(sweeping->prefix))) {
    tree_remove(parent, kept, sweeping->contents);
    return;
  }
  if (fstatat(parent, sweeping->name, &at, AT_SYMLINK_NOFOLLOW) != 0) {
    if (errno == ENOENT) renameat(parent, kept, parent, sweeping->name);
    return;
  }
  if (tree_look(parent, sweeping->previous, sweeping->contents, &look) && tree_is_ours(&look))
    keep_move(parent, kept, sweeping->previous, sweeping->contents);
}

void keep_sweep(struct arena *arena, int parent, const char *name,
                const struct folder_contents *contents) {
  struct sweeping sweeping = {parent, name, prefix_of(arena, name), keep_previous(arena, name),
                              contents};
  tree_each(parent, sweeping.prefix, sweep_one, &sweeping);
}
