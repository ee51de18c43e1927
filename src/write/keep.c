#include "keep.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "tree.h"

struct sweeping {
  struct arena *arena;
  int parent;
  const char *name, *prefix;
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

/* Where folders cannot be exchanged. The one that is there goes under a name that the next run's
 * sweep removes, whatever of it is left. */
static bool move_in_steps(struct arena *arena, int parent, const char *name, const char *kept,
                          const struct folder_contents *contents) {
  const char *previous = keep_previous(arena, name);
  const char *away = arena_printf(arena, ".%s.iopsched-new.previous", name);
  if (renameat(parent, previous, parent, away) != 0 && errno != ENOENT) return false;
  if (renameat(parent, kept, parent, previous) != 0) {
    int reason = errno;
    renameat(parent, away, parent, previous);
    errno = reason;
    return false;
  }
  tree_remove(parent, away, contents);
  return true;
}

bool keep_move(struct arena *arena, int parent, const char *name, const char *kept,
               const struct folder_contents *contents) {
  if (renameat2(parent, kept, parent, keep_previous(arena, name), RENAME_EXCHANGE) == 0) {
    tree_remove(parent, kept, contents);
    return true;
  }
  if (errno != ENOENT && !tree_lacks_flag(errno)) return false;
  return move_in_steps(arena, parent, name, kept, contents);
}

/* A new folder under that name, not yet in its place, has another inode. */
static bool is_the_old_one(const struct stat *at, const char *inode) {
  char own[24];
  snprintf(own, sizeof own, "%" PRIuMAX, (uintmax_t)at->st_ino);
  return strcmp(own, inode) == 0;
}

static bool sweep_one(void *data, const char *kept) {
  const struct sweeping *sweeping = data;
  int parent = sweeping->parent;
  struct stat at;
  struct tree_look look;
  if (fstatat(parent, kept, &at, AT_SYMLINK_NOFOLLOW) != 0) return false;
  if (!is_the_old_one(&at, kept + strlen(sweeping->prefix))) {
    tree_remove(parent, kept, sweeping->contents);
    return true;
  }
  if (fstatat(parent, sweeping->name, &at, AT_SYMLINK_NOFOLLOW) != 0)
    return errno == ENOENT && renameat(parent, kept, parent, sweeping->name) == 0;
  const char *previous = keep_previous(sweeping->arena, sweeping->name);
  if (tree_look(parent, previous, sweeping->contents, &look) && tree_is_ours(&look))
    keep_move(sweeping->arena, parent, sweeping->name, kept, sweeping->contents);
  return true;
}

bool keep_sweep(struct arena *arena, int parent, const char *name,
                const struct folder_contents *contents) {
  struct sweeping sweeping = {arena, parent, name, prefix_of(arena, name), contents};
  return tree_each(parent, sweeping.prefix, sweep_one, &sweeping);
}
