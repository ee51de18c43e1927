#include "week_memory.h"

#include <stdlib.h>

#include "iopsched/memory.h"

enum { PLACES = 1 << 12 };

struct remembered {
  struct week_key key; /* all 0: nothing yet */
  struct week week;
};

void week_memory_init(struct week_memory *memory) {
  memory->list = mem_new(PLACES, sizeof *memory->list);
}

void week_memory_release(struct week_memory *memory) {
  free(memory->list);
}

static void mix(struct week_key *key, uint64_t value) {
  key->high = (key->high ^ value) * UINT64_C(0x9E3779B97F4A7C15);
  key->low = (key->low + value) * UINT64_C(0xD6E8FEB86659FD93);
  key->high ^= key->high >> 29;
  key->low ^= key->low >> 32;
}

struct week_key week_key_of(const struct grid *grid, int patient, const int64_t *price) {
  struct week_key key = {1, 1};
  mix(&key, (uint64_t)patient);
  const struct ints *services = &grid->patient_services[patient];
  for (int i = 0; i < services->n; i++)
    for (int offer = grid->service_offers[services->list[i]];
         offer < grid->service_offers[services->list[i] + 1]; offer++) {
      if (price[offer] == PRICE_NEVER) continue;
      mix(&key, (uint64_t)offer);
      mix(&key, (uint64_t)price[offer]);
    }
  return key;
}

static struct remembered *place_of(const struct week_memory *memory, struct week_key key) {
  return &memory->list[(key.high ^ key.low) % PLACES];
}

const struct week *week_memory_find(const struct week_memory *memory, struct week_key key) {
  const struct remembered *found = place_of(memory, key);
  return found->key.high == key.high && found->key.low == key.low ? &found->week : NULL;
}

void week_memory_keep(struct week_memory *memory, struct week_key key, const struct week *week) {
  *place_of(memory, key) = (struct remembered){key, *week};
}
