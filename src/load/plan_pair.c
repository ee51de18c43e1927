/* Two plans without their clinic: a clinic is made up of the ids that they hold. */
#include <stdlib.h>
#include <string.h>

#include "iopsched/text.h"
#include "plan_rows.h"

/* Ids of one kind. */
struct id_list {
  const char **list; /* [n], of the clinic's arena */
  int n;
  size_t capacity;
};

struct gathering {
  struct clinic *clinic;
  struct ids ids;
  struct id_list lists[N_ID_KINDS];
};

static void add_id(struct gathering *gathering, enum id_kind kind, const char *text) {
  struct id_list *list = &gathering->lists[kind];
  if (!*text || ids_find(&gathering->ids, kind, text)) return;
  const char *id = arena_strdup(&gathering->clinic->arena, text);
  list->list = mem_room_for_one(list->list, (size_t)list->n, &list->capacity, sizeof *list->list);
  list->list[list->n] = id;
  ids_add(&gathering->ids, &(struct id){.text = id, .kind = kind, .index = list->n});
  list->n++;
}

/* A cell that may hold several, separated by semicolons or bars. */
static void add_ids(struct gathering *gathering, enum id_kind kind, const char *cell) {
  while (*cell) {
    cell += strspn(cell, ";| ");
    size_t length = strcspn(cell, ";|");
    struct text one = {0};
    text_add_bytes(&one, cell, length);
    while (one.length > 0 && one.data[one.length - 1] == ' ') one.data[--one.length] = '\0';
    if (one.length > 0) add_id(gathering, kind, one.data);
    text_free(&one);
    cell += length;
  }
}

static void gather_column(struct gathering *gathering, const struct csv_file *csv,
                          const char *column, enum id_kind kind) {
  int place = csv_file_column(csv, column);
  for (int i = 0; i < csv->n_records && place >= 0; i++)
    if (!csv->records[i].broken)
      add_ids(gathering, kind, csv_cell_undefused(csv->records[i].cells[place]));
}

/* Faults are told when the plan itself is read. */
static void gather(struct gathering *gathering, const char *folder) {
  static const struct {
    const char *file, *column;
    enum id_kind kind;
  } columns[] = {{"sessions.csv", "service_id", ID_SERVICE},
                 {"sessions.csv", "therapist_ids", ID_THERAPIST},
                 {"sessions.csv", "room_id", ID_ROOM},
                 {"attendance.csv", "patient_id", ID_PATIENT}};
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
    struct diagnostics untold = {0};
    struct csv_file csv;
    csv_file_read(folder, columns[i].file, &untold, &csv);
    gather_column(gathering, &csv, columns[i].column, columns[i].kind);
    csv_file_free(&csv);
    diagnostics_free(&untold);
  }
}

static int compare_ids(const void *a, const void *b) {
  return text_compare_nocase(*(const char *const *)a, *(const char *const *)b);
}

static void fill_clinic(struct gathering *gathering) {
  struct clinic *clinic = gathering->clinic;
  const struct id_list *lists = gathering->lists;
  for (int kind = 0; kind < N_ID_KINDS; kind++)
    if (lists[kind].n > 1)
      qsort(lists[kind].list, (size_t)lists[kind].n, sizeof *lists[kind].list, compare_ids);
  struct arena *arena = &clinic->arena;
  clinic->n_services = lists[ID_SERVICE].n;
  clinic->n_patients = lists[ID_PATIENT].n;
  clinic->n_therapists = lists[ID_THERAPIST].n;
  clinic->n_rooms = lists[ID_ROOM].n;
  clinic->services = arena_alloc(arena, (size_t)clinic->n_services, sizeof *clinic->services);
  clinic->patients = arena_alloc(arena, (size_t)clinic->n_patients, sizeof *clinic->patients);
  clinic->therapists = arena_alloc(arena, (size_t)clinic->n_therapists, sizeof *clinic->therapists);
  clinic->rooms = arena_alloc(arena, (size_t)clinic->n_rooms, sizeof *clinic->rooms);
  for (int i = 0; i < clinic->n_services; i++) clinic->services[i].id = lists[ID_SERVICE].list[i];
  for (int i = 0; i < clinic->n_patients; i++) {
    clinic->patients[i].id = lists[ID_PATIENT].list[i];
    clinic->patients[i].takes_part = true;
  }
  for (int i = 0; i < clinic->n_therapists; i++)
    clinic->therapists[i].id = lists[ID_THERAPIST].list[i];
  for (int i = 0; i < clinic->n_rooms; i++) clinic->rooms[i].id = lists[ID_ROOM].list[i];
}

struct clinic *clinic_of_plans(const char *const folders[2]) {
  struct gathering gathering = {.clinic = mem_new(1, sizeof *gathering.clinic)};
  gathering.clinic->slot_minutes = 1;
  for (int i = 0; i < 2; i++) gather(&gathering, folders[i]);
  fill_clinic(&gathering);
  for (int kind = 0; kind < N_ID_KINDS; kind++) free(gathering.lists[kind].list);
  ids_free(&gathering.ids);
  return gathering.clinic;
}
