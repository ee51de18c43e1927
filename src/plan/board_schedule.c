/* A board as the schedule that it stands for. */
#include <stdlib.h>

#include "board.h"

struct schedule *board_schedule(const struct board *board) {
  const struct grid *grid = board->grid;
  struct schedule *schedule = mem_new(1, sizeof *schedule);
  struct arena *arena = &schedule->arena;
  int n_places = board->totals->high_water;
  schedule->sessions =
      arena_alloc(arena, (size_t)board->totals->n_sessions, sizeof *schedule->sessions);
  struct session **by_place = mem_new((size_t)n_places, sizeof *by_place);
  for (int i = 0; i < n_places; i++) {
    const struct placed *placed = &board->sessions[i];
    if (placed->offer == NONE) continue;
    const struct offer *offer = &grid->offers[placed->offer];
    struct session *session = by_place[i] = &schedule->sessions[schedule->n_sessions++];
    int n_leaders = grid->clinic->services[offer->service].leaders;
    *session = (struct session){.service = offer->service,
                                .start_min = offer->start * grid->clinic->slot_minutes,
                                .room = placed->room,
                                .fixed = placed->fixed != NONE};
    session->leaders.n = n_leaders;
    session->leaders.list =
        arena_copy(arena, board_leaders(board, i), (size_t)n_leaders, sizeof(int));
    session->patients.list = arena_alloc(arena, (size_t)placed->n_patients, sizeof(int));
  }
  for (int p = 0; p < grid->clinic->n_patients; p++)
    for (int i = 0; i < board->patient_n[p]; i++) {
      struct ints *patients = &by_place[board_week(board, p)[i]]->patients;
      patients->list[patients->n++] = p;
    }
  free(by_place);
  schedule_sort(schedule);
  schedule_name_sessions(grid->clinic, schedule);
  return schedule;
}
