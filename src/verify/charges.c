#include "charges.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "iopsched/memory.h"

static int64_t smaller(int64_t a, int64_t b) {
  return a < b ? a : b;
}

/* ---- from the prices ---- */

static void add_service(struct charges *charges, const struct dual *dual) {
  const struct clinic *clinic = charges->clinic;
  const struct service *service = &clinic->services[dual->service];
  int64_t *charge = &charges->of_one[dual->service];
  if (dual->kind == DUAL_WANTED) {
    /* More than a session short costs could be had without end by being short of more. */
    int64_t reward = smaller(dual->price, clinic->weight_milli[TERM_OFFER_SHORT] * AMOUNT_ONE);
    *charge -= reward;
    charges->worth -= reward * service->sessions_min;
  } else if (service->sessions_max != UNLIMITED) {
    *charge += dual->price;
    charges->worth += dual->price * service->sessions_max;
  }
}

static void add(struct charges *charges, const struct dual *dual) {
  const struct clinic *clinic = charges->clinic;
  int slot_min = clinic->slot_minutes, k = dual->therapist;
  switch (dual->kind) {
    case DUAL_TIME:
      charges->time[k * charges->slots + dual->start_min / slot_min] = dual->price;
      charges->worth += dual->price;
      return;
    case DUAL_DAY:
      charges->day[k * N_DAYS + day_of(dual->start_min)] = dual->price;
      charges->worth += dual->price * (clinic->therapists[k].max_minutes_day / slot_min);
      return;
    case DUAL_WEEK:
      charges->week[k] = dual->price;
      charges->worth += dual->price * (clinic->therapists[k].max_minutes_week / slot_min);
      return;
    case DUAL_ROOM:
      charges->room[dual->room * charges->slots + dual->start_min / slot_min] = dual->price;
      charges->worth += dual->price;
      return;
    case DUAL_WANTED:
    case DUAL_CAPPED:
      add_service(charges, dual);
      return;
    case DUAL_PLACE:
    case N_DUAL_KINDS:
      return;
  }
}

void charges_init(struct charges *charges, const struct clinic *clinic, const struct duals *duals) {
  *charges = (struct charges){.clinic = clinic};
  charges->slots = N_DAYS * DAY_MIN / clinic->slot_minutes;
  size_t slots = (size_t)charges->slots, therapists = (size_t)clinic->n_therapists;
  size_t rooms = (size_t)clinic->n_rooms;
  charges->time = mem_new(therapists * slots, sizeof *charges->time);
  charges->day = mem_new(therapists * N_DAYS, sizeof *charges->day);
  charges->week = mem_new(therapists, sizeof *charges->week);
  charges->room = mem_new(rooms * slots, sizeof *charges->room);
  charges->of_one = mem_new((size_t)clinic->n_services, sizeof *charges->of_one);
  charges->list = mem_new(therapists + rooms, sizeof *charges->list);
  for (int i = 0; i < duals->n; i++) add(charges, &duals->list[i]);
}

void charges_release(struct charges *charges) {
  free(charges->time);
  free(charges->day);
  free(charges->week);
  free(charges->room);
  free(charges->of_one);
  free(charges->list);
}

/* ---- of a session ---- */

static int64_t sum_over(const struct charges *charges, const int64_t *prices, int start, int end) {
  int64_t sum = 0;
  for (int minute = start; minute < end; minute += charges->clinic->slot_minutes)
    sum += prices[minute / charges->clinic->slot_minutes];
  return sum;
}

int64_t charge_of_therapist(const struct charges *charges, int therapist, int s, int start) {
  const struct service *service = &charges->clinic->services[s];
  int slots = service->minutes / charges->clinic->slot_minutes;
  return sum_over(charges, charges->time + (ptrdiff_t)therapist * charges->slots, start,
                  start + service->minutes + service->notes_minutes) +
         slots * (charges->week[therapist] + charges->day[therapist * N_DAYS + day_of(start)]);
}

int64_t charge_of_room(const struct charges *charges, int room, int s, int start) {
  return sum_over(charges, charges->room + (ptrdiff_t)room * charges->slots, start,
                  start + charges->clinic->services[s].minutes);
}

static int compare_ascending(const void *a, const void *b) {
  const int64_t *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

/* The first `wanted` of list [n], smallest first, together. */
static int64_t sum_of_least(int64_t *list, int n, int wanted) {
  int64_t sum = 0;
  if (n > 1) qsort(list, (size_t)n, sizeof *list, compare_ascending);
  for (int i = 0; i < n && i < wanted; i++) sum += list[i];
  return sum;
}

static int list_leaders(const struct charges *charges, int s, int role, int start) {
  const struct clinic *clinic = charges->clinic;
  int n = 0, until = start + clinic->services[s].minutes + clinic->services[s].notes_minutes;
  for (int k = 0; k < clinic->n_therapists; k++)
    if (clinic_qualified(clinic, s, role, k) &&
        windows_cover(&clinic->therapists[k].available, start, until))
      charges->list[n++] = charge_of_therapist(charges, k, s, start);
  return n;
}

int64_t charge_of_leaders(const struct charges *charges, int s, int start, int n) {
  const struct service *service = &charges->clinic->services[s];
  if (!service->roles_named)
    return sum_of_least(charges->list, list_leaders(charges, s, 0, start), n * service->leaders);
  int64_t sum = 0;
  for (int role = 0; role < service->leaders; role++)
    sum += sum_of_least(charges->list, list_leaders(charges, s, role, start), n);
  return sum;
}

int64_t charge_of_rooms(const struct charges *charges, int s, int start, int n) {
  const struct clinic *clinic = charges->clinic;
  if (clinic->services[s].telehealth) return 0;
  int listed = 0, end = start + clinic->services[s].minutes;
  for (int room = 0; room < clinic->n_rooms; room++)
    if (clinic_room_fits(clinic, s, room) &&
        windows_cover(&clinic->rooms[room].available, start, end))
      charges->list[listed++] = charge_of_room(charges, room, s, start);
  return sum_of_least(charges->list, listed, n);
}
