#include "clinic_files.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "iopsched/text.h"
#include "unit.h"

void folder_write(const char *folder, const char *name, const void *bytes, size_t length) {
  struct text path = {0};
  text_printf(&path, "%s/%s", folder, name);
  FILE *file = fopen(path.data, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes, 1, length, file), length);
  assert_int_equal(fclose(file), 0);
  text_free(&path);
}

char *folder_from_texts(const file_text *files) {
  const char *parent = getenv("TMPDIR");
  struct text path = {0};
  text_printf(&path, "%s/iopsched-unit-XXXXXX", parent && *parent ? parent : "/tmp");
  assert_non_null(mkdtemp(path.data));
  for (; (*files)[0]; files++)
    folder_write(path.data, (*files)[0], (*files)[1], strlen((*files)[1]));
  return path.data;
}

void folder_remove(char *folder) {
  DIR *listing = opendir(folder);
  assert_non_null(listing);
  for (struct dirent *entry; (entry = readdir(listing));) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    struct text path = {0};
    text_printf(&path, "%s/%s", folder, entry->d_name);
    assert_int_equal(remove(path.data), 0);
    text_free(&path);
  }
  closedir(listing);
  assert_int_equal(rmdir(folder), 0);
  free(folder);
}
