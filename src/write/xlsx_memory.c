/* The temporary files of libxlsxwriter, one for each part of a workbook, kept in memory: the
 * library does not look whether they could be written or read again, and a full disk would cut
 * parts off the workbook without a word. This function takes the place of the library's own of that
 * name. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "iopsched/memory.h"

struct memory_file {
  char *data;
  size_t length, capacity, at; /* at <= length */
};

static ssize_t read_memory(void *cookie, char *to, size_t n) {
  struct memory_file *file = cookie;
  size_t left = file->length - file->at;
  if (n > left) n = left;
  if (n > 0) memcpy(to, file->data + file->at, n);
  file->at += n;
  return (ssize_t)n;
}

static ssize_t write_memory(void *cookie, const char *from, size_t n) {
  struct memory_file *file = cookie;
  size_t end = file->at + n;
  if (end > file->capacity) {
    file->capacity = end * 2;
    file->data = mem_resize(file->data, file->capacity, 1);
  }
  if (n > 0) memcpy(file->data + file->at, from, n);
  file->at = end;
  if (end > file->length) file->length = end;
  return (ssize_t)n;
}

static int seek_memory(void *cookie, off64_t *offset, int whence) {
  struct memory_file *file = cookie;
  size_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? file->at : file->length;
  off64_t at = (off64_t)base + *offset;
  if (at < 0 || (size_t)at > file->length) {
    errno = EINVAL;
    return -1;
  }
  file->at = (size_t)at;
  *offset = at;
  return 0;
}

static int close_memory(void *cookie) {
  struct memory_file *file = cookie;
  free(file->data);
  free(file);
  return 0;
}

/* Declared here: its parameter's type differs between versions of the library. */
FILE *lxw_tmpfile(const char *folder);

FILE *lxw_tmpfile(const char *folder) {
  (void)folder;
  cookie_io_functions_t calls = {read_memory, write_memory, seek_memory, close_memory};
  struct memory_file *file = mem_new(1, sizeof *file);
  FILE *stream = fopencookie(file, "w+", calls);
  if (!stream) free(file);
  return stream;
}
