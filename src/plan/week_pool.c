#include "week_pool.h"

#include <stdlib.h>
#include <string.h>

void week_pool_init(struct week_pool *pool, const struct grid *grid) {
  *pool = (struct week_pool){.grid = grid, .stride = 2 + grid->clinic->max_leaders};
  pool->patients = mem_new((size_t)grid->clinic->n_patients, sizeof *pool->patients);
  pool->offers = mem_new((size_t)grid->n_offers, sizeof *pool->offers);
}

void week_pool_release(struct week_pool *pool) {
  if (!pool->grid) return;
  for (int p = 0; p < pool->grid->clinic->n_patients; p++)
    for (int i = 0; i < pool->patients[p].n; i++) free(pool->patients[p].list[i].spots);
  for (int offer = 0; offer < pool->grid->n_offers; offer++) free(pool->offers[offer].list);
  free(pool->patients);
  free(pool->offers);
}

static bool is_group(const struct grid *grid, int offer) {
  return grid->clinic->services[grid->offers[offer].service].format == FORMAT_GROUP;
}

/* Leaders beyond those of the service stay 0, so that spots compare by their bytes. */
static void note_cast(const struct week_pool *pool, const struct board *board, int session,
                      spot *at) {
  const struct placed *placed = &board->sessions[session];
  size_t n =
      (size_t)pool->grid->clinic->services[pool->grid->offers[placed->offer].service].leaders;
  at[0] = placed->offer;
  at[1] = placed->room;
  memcpy(at + 2, board_leaders(board, session), n * sizeof *at);
}

/* Returns what the week costs. */
static int64_t note_week(const struct week_pool *pool, const struct board *board, int patient,
                         spot *spots) {
  int64_t cost = board->patient_cost[patient];
  for (int i = 0; i < board->patient_n[patient]; i++) {
    int session = board_week(board, patient)[i], offer = board->sessions[session].offer;
    spot *at = spots + (ptrdiff_t)i * pool->stride;
    if (is_group(pool->grid, offer) || board->sessions[session].fixed != NONE) {
      at[0] = offer;
      at[1] = ROOM_OF_GROUP;
      continue;
    }
    note_cast(pool, board, session, at);
    cost += grid_session_cost(pool->grid, pool->grid->offers[offer].service);
  }
  return cost;
}

static struct pooled_week *find_week(struct weeks_of_patient *weeks, const spot *spots, int n,
                                     size_t bytes) {
  for (int i = 0; i < weeks->n; i++)
    if (weeks->list[i].n == n && memcmp(weeks->list[i].spots, spots, bytes) == 0)
      return &weeks->list[i];
  return NULL;
}

/* A place for a week of a plan of that cost; NULL: all there are belong to plans as cheap. */
static struct pooled_week *make_room(struct weeks_of_patient *weeks, int64_t plan_cost) {
  if (weeks->n < POOL_WEEKS) return &weeks->list[weeks->n++];
  struct pooled_week *worst = &weeks->list[0];
  for (int i = 1; i < POOL_WEEKS; i++)
    if (weeks->list[i].plan_cost > worst->plan_cost) worst = &weeks->list[i];
  return worst->plan_cost > plan_cost ? worst : NULL;
}

static void add_week(struct week_pool *pool, const struct board *board, int64_t plan_cost,
                     int patient, spot *spots) {
  struct weeks_of_patient *weeks = &pool->patients[patient];
  int n = board->patient_n[patient];
  size_t bytes = (size_t)n * (size_t)pool->stride * sizeof *spots;
  memset(spots, 0, bytes);
  int64_t cost = note_week(pool, board, patient, spots);
  struct pooled_week *week = find_week(weeks, spots, n, bytes);
  if (week) {
    if (plan_cost < week->plan_cost) week->plan_cost = plan_cost;
    return;
  }
  week = make_room(weeks, plan_cost);
  if (!week) return;
  week->cost = cost;
  week->plan_cost = plan_cost;
  week->n = n;
  week->spots = mem_resize(week->spots, (size_t)n * (size_t)pool->stride + 1, sizeof *spots);
  memcpy(week->spots, spots, bytes);
}

static void add_cast(struct week_pool *pool, const struct board *board, int session, spot *at) {
  struct casts_of_offer *casts = &pool->offers[board->sessions[session].offer];
  size_t stride = (size_t)pool->stride, bytes = stride * sizeof *at;
  memset(at, 0, bytes);
  note_cast(pool, board, session, at);
  for (int i = 0; i < casts->n; i++)
    if (memcmp(casts->list + (size_t)i * stride, at, bytes) == 0) return;
  if (!casts->list) casts->list = mem_new(POOL_CASTS * stride, sizeof *at);
  memcpy(casts->list + (size_t)casts->next * stride, at, bytes);
  if (casts->n < POOL_CASTS) casts->n++;
  casts->next = (casts->next + 1) % POOL_CASTS;
}

void week_pool_add(struct week_pool *pool, const struct board *board, int64_t plan_cost) {
  const struct clinic *clinic = pool->grid->clinic;
  spot *spots = mem_new((size_t)MAX_WEEK_SESSIONS * (size_t)pool->stride, sizeof *spots);
  for (int p = 0; p < clinic->n_patients; p++)
    if (clinic->patients[p].takes_part) add_week(pool, board, plan_cost, p, spots);
  for (int i = 0; i < board->totals->high_water; i++) {
    const struct placed *placed = &board->sessions[i];
    if (placed->offer != NONE && placed->fixed == NONE && is_group(pool->grid, placed->offer))
      add_cast(pool, board, i, spots);
  }
  free(spots);
}
