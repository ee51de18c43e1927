/* rooms.csv. */
#include "cells.h"
#include "tables.h"

struct room_row {
  struct room room;
  struct ints features;
};

#define OF_ROOM(member) .field = offsetof(struct room_row, room.member)

static const struct column columns[] = {
    {"room_id", REQUIRED, read_new_id, OF_ROOM(id), .kind = ID_ROOM},
    {"name", "", read_text, OF_ROOM(name)},
    {"capacity", REQUIRED, read_count, OF_ROOM(capacity), .low = 1, .high = 100000},
    {"features", "", read_features, .field = offsetof(struct room_row, features)},
};
static const struct table table = {.file = "rooms.csv",
                                   .is_required = true,
                                   TABLE_COLUMNS(columns),
                                   .row_size = sizeof(struct room_row)};

void load_rooms(struct loading *loading) {
  struct clinic *clinic = loading->clinic;
  struct table_reader reader;
  size_t n = table_open(&reader, loading, &table);
  clinic->rooms = arena_alloc(&clinic->arena, n, sizeof *clinic->rooms);
  loading->room_features = arena_alloc(&loading->scratch, n, sizeof *loading->room_features);
  struct room_row row;
  while (table_next(&reader, &row)) {
    struct room *room = &clinic->rooms[clinic->n_rooms];
    loading->room_features[clinic->n_rooms++] = row.features;
    *room = row.room;
    room->features = row.features;
    room->line = reader.line;
    if (!room->name) room->name = room->id;
  }
  table_close(&reader);
}
