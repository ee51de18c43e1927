#include "tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Deeper folders are none of ours. */
enum { DEEPEST = 8 };

static bool starts_with(const char *text, const char *prefix) {
  return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* What spreadsheets and desktops leave in every folder they open. */
static bool is_litter(const char *name) {
  return starts_with(name, ".~lock.") || starts_with(name, "~$") ||
         strcmp(name, ".DS_Store") == 0 || strcmp(name, "Thumbs.db") == 0 ||
         strcmp(name, "desktop.ini") == 0;
}

static bool is_own(const struct folder_contents *contents, const char *name) {
  for (size_t i = 0; i < contents->n; i++)
    if (strcmp(contents->names[i], name) == 0) return true;
  return contents->is_own && contents->is_own(name);
}

static bool is_dots(const char *name) {
  return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* NULL with errno set if it is missing, no folder, or refused. */
static DIR *open_folder(int parent, const char *name) {
  int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) return NULL;
  DIR *dir = fdopendir(fd);
  if (!dir) {
    int reason = errno;
    close(fd);
    errno = reason;
  }
  return dir;
}

/* The next name in the folder, or NULL: errno 0 at its end. */
static const char *next_name(DIR *dir) {
  const struct dirent *entry;
  do {
    errno = 0;
    entry = readdir(dir);
  } while (entry && is_dots(entry->d_name));
  return entry ? entry->d_name : NULL;
}

static void note_name(struct tree_look *look, const struct folder_contents *contents,
                      const char *name) {
  if (is_litter(name)) return;
  look->empty = false;
  if (contents->mark && strcmp(name, contents->mark) == 0) look->has_mark = true;
  bool first = !*look->foreign || strcmp(name, look->foreign) < 0;
  size_t length = strlen(name);
  if (!is_own(contents, name) && first && length < sizeof look->foreign)
    memcpy(look->foreign, name, length + 1);
}

bool tree_look(int parent, const char *name, const struct folder_contents *contents,
               struct tree_look *look) {
  *look = (struct tree_look){.exists = true, .is_folder = true, .empty = true};
  DIR *dir = open_folder(parent, name);
  if (!dir && errno == ENOENT) {
    look->exists = look->is_folder = false;
    return true;
  }
  if (!dir && (errno == ENOTDIR || errno == ELOOP)) {
    look->is_folder = false;
    return true;
  }
  if (!dir) return false;
  const char *entry;
  while ((entry = next_name(dir))) note_name(look, contents, entry);
  int reason = errno;
  closedir(dir);
  errno = reason;
  return reason == 0;
}

bool tree_is_ours(const struct tree_look *look) {
  if (!look->exists) return true;
  return look->is_folder && (look->empty || (look->has_mark && !*look->foreign));
}

bool tree_lacks_flag(int reason) {
  return reason == EINVAL || reason == ENOSYS || reason == ENOTSUP;
}

/* contents NULL: everything. */
static void remove_below(int parent, const char *name, const struct folder_contents *contents,
                         int depth) {
  if (unlinkat(parent, name, 0) == 0 || errno == ENOENT || depth > DEEPEST) return;
  DIR *dir = open_folder(parent, name);
  if (!dir) return;
  const char *entry;
  while ((entry = next_name(dir)))
    if (!contents || is_own(contents, entry) || is_litter(entry))
      remove_below(dirfd(dir), entry, NULL, depth + 1);
  closedir(dir);
  unlinkat(parent, name, AT_REMOVEDIR);
}

void tree_remove(int parent, const char *name, const struct folder_contents *contents) {
  remove_below(parent, name, contents, 0);
}

bool tree_each(int parent, const char *prefix, bool (*each)(void *data, const char *name),
               void *data) {
  DIR *dir = open_folder(parent, ".");
  if (!dir) return false;
  bool right = true;
  const char *entry;
  while (right && (entry = next_name(dir)))
    if (starts_with(entry, prefix)) right = each(data, entry);
  int reason = errno;
  closedir(dir);
  errno = reason;
  return right && reason == 0;
}
