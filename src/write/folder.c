#include "iopsched/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "iopsched/confine.h"
#include "iopsched/file.h"
#include "iopsched/memory.h"
#include "iopsched/text.h"
#include "keep.h"
#include "tree.h"

static const char scratch_name[] = FOLDER_SCRATCH;

struct folder {
  struct arena arena;
  const char *path; /* as the user wrote it, for messages */
  const struct folder_contents *contents;
  const char *name; /* its name in the parent folder */
  const char *parent_path;
  int parent, lock, fresh; /* descriptors, -1 while not open */
  const char *lock_name, *fresh_name, *aside_name;
  const char *previous_name; /* NULL: the old folder is not kept */
  /* What was made in the new folder, each name ending in NUL, in the order of making. */
  struct text folders, files;
  const char *inner;         /* where what is put now goes; NULL: at the top */
  enum folder_status status; /* of the first failure */
  const char *error;
};

__attribute__((format(printf, 3, 4))) static enum folder_status fail(struct folder *folder,
                                                                     enum folder_status status,
                                                                     const char *format, ...) {
  char text[1024];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  folder->status = status;
  folder->error = arena_strdup(&folder->arena, text);
  return status;
}

static enum folder_status fail_errno(struct folder *folder, enum folder_status status) {
  return fail(folder, status, "cannot write '%s': %s", folder->path, strerror(errno));
}

/* Without what follows a slash: there are patients' ids in it. */
static enum folder_status fail_name(struct folder *folder, const char *name) {
  return fail(folder, FOLDER_WRITE_FAILED, "cannot write '%s/%.*s': %s", folder->path,
              (int)strcspn(name, "/"), name, strerror(errno));
}

/* Splits what realpath() gave into the parent folder and the name in it. */
static enum folder_status set_place(struct folder *folder, char *whole, const char **parent) {
  char *slash = strrchr(whole, '/');
  if (!slash || !slash[1])
    return fail(folder, FOLDER_CANNOT, "'%s' cannot be an output folder", folder->path);
  folder->name = arena_strdup(&folder->arena, slash + 1);
  *slash = '\0';
  *parent = *whole ? whole : "/";
  return FOLDER_OK;
}

/* Without slashes at its end. */
static int path_length(const char *path) {
  size_t length = strlen(path);
  while (length > 1 && path[length - 1] == '/') length--;
  return (int)length;
}

/* A folder that does not exist yet: its parent must. */
static enum folder_status find_new_place(struct folder *folder, const char **parent) {
  char *path = arena_strdup(&folder->arena, folder->path);
  path[path_length(path)] = '\0';
  char *slash = strrchr(path, '/');
  folder->name = slash ? slash + 1 : path;
  if (slash) *slash = '\0';
  const char *above = !slash ? "." : *path ? path : "/";
  char *whole = realpath(above, NULL);
  if (!whole)
    return fail(folder, FOLDER_CANNOT, "cannot write '%s': folder '%s': %s", folder->path, above,
                strerror(errno));
  *parent = arena_strdup(&folder->arena, whole);
  free(whole);
  return FOLDER_OK;
}

static enum folder_status find_place(struct folder *folder, const char **parent) {
  if (!*folder->path) return fail(folder, FOLDER_CANNOT, "the output folder's name is empty");
  char *whole = realpath(folder->path, NULL);
  if (whole) {
    char *copy = arena_strdup(&folder->arena, whole);
    free(whole);
    return set_place(folder, copy, parent);
  }
  struct stat link;
  if (errno != ENOENT) return fail_errno(folder, FOLDER_CANNOT);
  if (lstat(folder->path, &link) == 0)
    return fail(folder, FOLDER_CANNOT, "cannot write '%s': it is a link to nothing", folder->path);
  return find_new_place(folder, parent);
}

static bool same_file(int fd, int parent, const char *name) {
  struct stat opened, named;
  return fstat(fd, &opened) == 0 && fstatat(parent, name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

/* The lock file goes away with its run, so that one just opened may be another run's old one. */
static enum folder_status take_lock(struct folder *folder) {
  for (;;) {
    int fd = openat(folder->parent, folder->lock_name,
                    O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, PRIVATE_FILE);
    if (fd < 0) return fail_errno(folder, FOLDER_CANNOT);
    bool locked = flock(fd, LOCK_EX | LOCK_NB) == 0;
    if (locked && same_file(fd, folder->parent, folder->lock_name)) {
      folder->lock = fd;
      return FOLDER_OK;
    }
    int reason = errno;
    close(fd);
    if (!locked && reason == EWOULDBLOCK)
      return fail(folder, FOLDER_BUSY, "another run is writing '%s'", folder->path);
    errno = reason;
    if (!locked && reason != EINTR) return fail_errno(folder, FOLDER_CANNOT);
  }
}

static bool sweep_one(void *data, const char *name) {
  const struct folder *folder = data;
  tree_remove(folder->parent, name, folder->contents);
  return true; /* what cannot be removed is in nobody's way */
}

/* Puts back the folder that was set aside; if another stands in its place, it is of no use. */
static bool sweep_aside(const struct folder *folder) {
  struct stat at;
  int parent = folder->parent;
  if (fstatat(parent, folder->name, &at, AT_SYMLINK_NOFOLLOW) == 0) {
    tree_remove(parent, folder->aside_name, folder->contents);
    return true;
  }
  return errno == ENOENT &&
         (renameat(parent, folder->aside_name, parent, folder->name) == 0 || errno == ENOENT);
}

/* Ends what a killed run began. A plan that cannot be put back would be lost by going on. */
static enum folder_status sweep(struct folder *folder) {
  const char *prefix = arena_printf(&folder->arena, ".%s.iopsched-new.", folder->name);
  bool swept = sweep_aside(folder) && tree_each(folder->parent, prefix, sweep_one, folder) &&
               keep_sweep(&folder->arena, folder->parent, folder->name, folder->contents);
  return swept ? FOLDER_OK : fail_errno(folder, FOLDER_CANNOT);
}

/* May what is there now under the name be replaced? */
static enum folder_status look_at_old(struct folder *folder, const char *name, const char *path,
                                      struct tree_look *found) {
  const char *mark = folder->contents->mark;
  if (!tree_look(folder->parent, name, folder->contents, found))
    return fail_errno(folder, FOLDER_CANNOT);
  struct tree_look look = *found;
  if (tree_is_ours(&look) && (mark || look.empty || !look.exists)) return FOLDER_OK;
  if (!look.is_folder) return fail(folder, FOLDER_CANNOT, "'%s' is not a folder", path);
  if (!mark) return fail(folder, FOLDER_CANNOT, "'%s' is not empty", path);
  if (!look.has_mark)
    return fail(folder, FOLDER_CANNOT, "'%s' is not empty and holds no '%s': it is left as it is",
                path, mark);
  if (*look.foreign)
    return fail(folder, FOLDER_CANNOT, "'%s' holds '%s', which is no part of a plan: move it away",
                path, look.foreign);
  return FOLDER_OK;
}

/* The same of the previous one, if that is to be kept. */
static enum folder_status look_at_both(struct folder *folder, bool *exists, bool *is_plan) {
  struct tree_look look;
  if (look_at_old(folder, folder->name, folder->path, &look) != FOLDER_OK) return folder->status;
  *exists = look.exists;
  *is_plan = look.exists && !look.empty;
  if (!folder->previous_name) return FOLDER_OK;
  const char *path =
      arena_printf(&folder->arena, "%.*s.previous", path_length(folder->path), folder->path);
  return look_at_old(folder, folder->previous_name, path, &look);
}

static enum folder_status make_fresh(struct folder *folder) {
  /* What the sweep could not remove keeps its name. */
  int made = -1;
  for (int i = 0; i < 100 && made != 0; i++) {
    folder->fresh_name = arena_printf(&folder->arena, ".%s.iopsched-new.%d", folder->name, i);
    made = mkdirat(folder->parent, folder->fresh_name, PRIVATE_FOLDER);
    if (made != 0 && errno != EEXIST) break;
  }
  if (made != 0) return fail_errno(folder, FOLDER_CANNOT);
  folder->fresh =
      openat(folder->parent, folder->fresh_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  /* The umask may have taken our own rights. */
  if (folder->fresh < 0 && errno == EACCES &&
      fchmodat(folder->parent, folder->fresh_name, PRIVATE_FOLDER, 0) == 0)
    folder->fresh =
        openat(folder->parent, folder->fresh_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (folder->fresh < 0 || fchmod(folder->fresh, PRIVATE_FOLDER) != 0)
    return fail_errno(folder, FOLDER_CANNOT);
  return FOLDER_OK;
}

enum folder_status folder_open(const char *path, const struct folder_contents *contents,
                               struct folder **out) {
  struct folder *folder = *out = mem_new(1, sizeof *folder);
  *folder = (struct folder){
      .path = path, .contents = contents, .parent = -1, .lock = -1, .fresh = -1, .error = ""};
  const char *parent = NULL;
  if (find_place(folder, &parent) != FOLDER_OK) return folder->status;
  folder->lock_name = arena_printf(&folder->arena, ".%s.iopsched-lock", folder->name);
  folder->aside_name = arena_printf(&folder->arena, ".%s.iopsched-old", folder->name);
  folder->parent_path = arena_strdup(&folder->arena, parent);
  folder->parent = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder->parent < 0) return fail_errno(folder, FOLDER_CANNOT);
  bool exists, is_plan;
  if (take_lock(folder) != FOLDER_OK || sweep(folder) != FOLDER_OK) return folder->status;
  if (look_at_both(folder, &exists, &is_plan) != FOLDER_OK) return folder->status;
  return make_fresh(folder);
}

enum folder_status folder_keep_previous(struct folder *folder) {
  bool exists, is_plan;
  if (folder->status != FOLDER_OK) return folder->status;
  folder->previous_name = keep_previous(&folder->arena, folder->name);
  return look_at_both(folder, &exists, &is_plan);
}

/* Remembers a folder just made, to be synced before the exchange. */
static bool make_folder(struct folder *folder, const char *name) {
  if (mkdirat(folder->fresh, name, PRIVATE_FOLDER) != 0) return errno == EEXIST;
  text_add_bytes(&folder->folders, name, strlen(name) + 1);
  return fchmodat(folder->fresh, name, PRIVATE_FOLDER, 0) == 0;
}

/* False for a name that leaves its folder; "P..1" does not. */
static bool stays_below(const char *name) {
  for (;; name++) {
    size_t length = strcspn(name, "/");
    if (length == 0 || (length <= 2 && strspn(name, ".") >= length)) return false;
    name += length;
    if (!*name) return true;
  }
}

static bool make_folders_above(struct folder *folder, const char *name) {
  if (!stays_below(name)) die_internal("'%s' is no name of a file", name);
  for (const char *slash = strchr(name, '/'); slash; slash = strchr(slash + 1, '/')) {
    const char *above = arena_printf(&folder->arena, "%.*s", (int)(slash - name), name);
    if (!make_folder(folder, above)) return false;
  }
  return true;
}

static bool write_all(int fd, const char *data, size_t length) {
  while (length > 0) {
    ssize_t written = write(fd, data, length);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    data += written;
    length -= (size_t)written;
  }
  return true;
}

void folder_enter(struct folder *folder, const char *inner) {
  folder->inner = inner;
}

static const char *full_name(struct folder *folder, const char *name) {
  return folder->inner ? arena_printf(&folder->arena, "%s/%s", folder->inner, name) : name;
}

enum folder_status folder_put(struct folder *folder, const char *name, const char *data,
                              size_t length) {
  if (folder->status != FOLDER_OK) return folder->status;
  name = full_name(folder, name);
  if (!make_folders_above(folder, name)) return fail_errno(folder, FOLDER_CANNOT);
  int fd = openat(folder->fresh, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                  PRIVATE_FILE);
  if (fd < 0) return fail_errno(folder, FOLDER_CANNOT);
  text_add_bytes(&folder->files, name, strlen(name) + 1);
  bool written = fchmod(fd, PRIVATE_FILE) == 0 && write_all(fd, data, length);
  int reason = errno;
  bool closed = close(fd) == 0;
  if (written && closed) return FOLDER_OK;
  if (!written) errno = reason;
  return fail_name(folder, name);
}

/* What stands now under the output folder's name. */
static bool read_old(const struct folder *folder, const char *name, struct text *text) {
  int old = openat(folder->parent, folder->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (old < 0) return false;
  bool read = file_read(old, name, SIZE_MAX, text);
  int reason = errno;
  close(old);
  errno = reason;
  return read;
}

/* Private, and on the disk. */
static bool finish_file(int folder, const char *name) {
  int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) return false;
  bool synced = fchmod(fd, PRIVATE_FILE) == 0 && fsync(fd) == 0;
  int reason = errno;
  close(fd);
  errno = reason;
  return synced;
}

enum folder_status folder_put_by(struct folder *folder, const char *name,
                                 bool (*write)(const char *path, const char *scratch, void *data),
                                 void *data) {
  if (folder->status != FOLDER_OK) return folder->status;
  name = full_name(folder, name);
  if (!make_folders_above(folder, name) ||
      mkdirat(folder->fresh, scratch_name, PRIVATE_FOLDER) != 0)
    return fail_errno(folder, FOLDER_CANNOT);
  const char *scratch = arena_printf(&folder->arena, "%s/%s/%s", folder->parent_path,
                                     folder->fresh_name, scratch_name);
  const char *made = arena_printf(&folder->arena, "%s/made", scratch_name);
  bool written = fchmodat(folder->fresh, scratch_name, PRIVATE_FOLDER, 0) == 0 &&
                 write(arena_printf(&folder->arena, "%s/made", scratch), scratch, data) &&
                 finish_file(folder->fresh, made) &&
                 renameat(folder->fresh, made, folder->fresh, name) == 0;
  if (!written) fail_name(folder, name);
  tree_remove(folder->fresh, scratch_name, NULL);
  return folder->status;
}

enum folder_status folder_keep(struct folder *folder, const char *name) {
  struct text text = {0};
  if (folder->status != FOLDER_OK) return folder->status;
  if (read_old(folder, full_name(folder, name), &text))
    folder_put(folder, name, text.data, text.length);
  else if (errno != ENOENT)
    fail(folder, FOLDER_WRITE_FAILED, "cannot keep '%s/%s': %s", folder->path, name,
         strerror(errno));
  text_free(&text);
  return folder->status;
}

void folder_give_up(struct folder *folder, const char *what, int reason) {
  if (folder->status == FOLDER_OK)
    fail(folder, FOLDER_WRITE_FAILED, "cannot read %s: %s", what, strerror(reason));
}

static bool sync_one(int parent, const char *name) {
  int fd = openat(parent, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) return false;
  bool synced = fsync(fd) == 0;
  int reason = errno;
  close(fd);
  errno = reason;
  return synced;
}

/* Only a hint: fsync() waits for it, and says if it failed. */
static bool begin_sync(int parent, const char *name) {
  int fd = openat(parent, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) return false;
  sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE);
  close(fd);
  return true;
}

static bool each_name(const struct folder *folder, const struct text *names,
                      bool (*call)(int parent, const char *name)) {
  const char *name = names->data, *end = name + names->length;
  for (; name < end; name += strlen(name) + 1)
    if (!call(folder->fresh, name)) return false;
  return true;
}

/* A thousand calendars synced one by one as they are written wait for the disk a thousand times. */
static bool sync_everything(const struct folder *folder) {
  return each_name(folder, &folder->files, begin_sync) &&
         each_name(folder, &folder->files, sync_one) &&
         each_name(folder, &folder->folders, sync_one) && fsync(folder->fresh) == 0;
}

/* For file systems that cannot exchange: there is a moment without the folder, which the next run's
 * sweep would mend. */
static bool replace_in_steps(const struct folder *folder, const char *aside) {
  int parent = folder->parent;
  if (renameat(parent, folder->name, parent, aside) != 0) return false;
  if (renameat(parent, folder->fresh_name, parent, folder->name) == 0) return true;
  int reason = errno;
  renameat(parent, aside, parent, folder->name);
  errno = reason;
  return false;
}

static bool replace(const struct folder *folder) {
  int parent = folder->parent;
  if (renameat2(parent, folder->fresh_name, parent, folder->name, RENAME_EXCHANGE) == 0)
    return true;
  if (!tree_lacks_flag(errno) || !replace_in_steps(folder, folder->aside_name)) return false;
  tree_remove(parent, folder->aside_name, folder->contents);
  return true;
}

/* The old folder then stands as `kept`. */
static bool replace_and_keep(struct folder *folder, const char *kept) {
  int parent = folder->parent;
  const char *fresh = folder->fresh_name;
  if (!kept || renameat(parent, fresh, parent, kept) != 0) return false;
  folder->fresh_name = kept;
  if (renameat2(parent, kept, parent, folder->name, RENAME_EXCHANGE) != 0) {
    if (!tree_lacks_flag(errno) || renameat(parent, kept, parent, fresh) != 0) return false;
    folder->fresh_name = fresh;
    if (!replace_in_steps(folder, kept)) return false;
  }
  folder->fresh_name = NULL; /* not ours to remove any more */
  return true;
}

static enum folder_status keep_old(struct folder *folder) {
  const char *kept = keep_name(&folder->arena, folder->parent, folder->name);
  if (!replace_and_keep(folder, kept)) return fail_errno(folder, FOLDER_CANNOT);
  if (keep_move(&folder->arena, folder->parent, folder->name, kept, folder->contents))
    return FOLDER_OK;
  return fail(folder, FOLDER_WRITE_FAILED,
              "'%s' holds the new plan, but the old one cannot be moved to '%s' (the next run will "
              "try): %s",
              folder->path, folder->previous_name, strerror(errno));
}

static bool put_new(const struct folder *folder) {
  int parent = folder->parent;
  if (renameat2(parent, folder->fresh_name, parent, folder->name, RENAME_NOREPLACE) == 0)
    return true;
  return tree_lacks_flag(errno) && renameat(parent, folder->fresh_name, parent, folder->name) == 0;
}

bool folder_confine(const struct folder *folder) {
  /* The exchange, the lock's end and the old plan's are changes of entries beside the new folder.
   */
  const struct confine_grant grants[] = {{folder->fresh, false}, {folder->parent, true}};
  return folder->status == FOLDER_OK && confine_writing(grants, sizeof grants / sizeof *grants);
}

enum folder_status folder_commit(struct folder *folder) {
  if (folder->status != FOLDER_OK) return folder->status;
  if (!sync_everything(folder)) return fail_errno(folder, FOLDER_WRITE_FAILED);
  /* A search may have lasted long since the first look. */
  bool exists, is_plan;
  if (look_at_both(folder, &exists, &is_plan) != FOLDER_OK) return folder->status;
  if (folder->previous_name && is_plan) {
    if (keep_old(folder) != FOLDER_OK) return folder->status;
  } else if (!(exists ? replace(folder) : put_new(folder))) {
    return fail_errno(folder, FOLDER_CANNOT);
  }
  if (fsync(folder->parent) != 0) return fail_errno(folder, FOLDER_WRITE_FAILED);
  return FOLDER_OK;
}

const char *folder_error(const struct folder *folder) {
  return folder->error;
}

void folder_close(struct folder *folder) {
  if (!folder) return;
  if (folder->fresh >= 0) close(folder->fresh);
  /* By now this name holds the unfinished folder, the replaced one, or nothing. */
  if (folder->fresh_name) tree_remove(folder->parent, folder->fresh_name, folder->contents);
  if (folder->lock >= 0) {
    unlinkat(folder->parent, folder->lock_name, 0);
    close(folder->lock);
  }
  if (folder->parent >= 0) close(folder->parent);
  text_free(&folder->folders);
  text_free(&folder->files);
  arena_free(&folder->arena);
  free(folder);
}
