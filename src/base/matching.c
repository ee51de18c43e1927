#include "iopsched/matching.h"

#include <stdlib.h>
#include <string.h>

#include "iopsched/memory.h"

struct search {
  const struct matching *matching;
  int *left_of;  /* [n_right], -1: free */
  bool *visited; /* [n_right] */
};

/* A free partner first: many alike would otherwise pass each other along, one call deep each. */
static bool take_free(struct search *search, int left) {
  const struct matching *matching = search->matching;
  for (int right = 0; right < matching->n_right; right++) {
    if (search->left_of[right] >= 0 || !matching->fits(matching->data, left, right)) continue;
    search->left_of[right] = left;
    return true;
  }
  return false;
}

static bool augment(struct search *search, int left) {
  const struct matching *matching = search->matching;
  if (take_free(search, left)) return true;
  for (int right = 0; right < matching->n_right; right++) {
    if (search->visited[right] || !matching->fits(matching->data, left, right)) continue;
    search->visited[right] = true;
    if (augment(search, search->left_of[right])) {
      search->left_of[right] = left;
      return true;
    }
  }
  return false;
}

int matching_solve(const struct matching *matching, int *right_of) {
  size_t n_right = (size_t)matching->n_right;
  struct search search = {matching, mem_new(n_right, sizeof(int)), mem_new(n_right, sizeof(bool))};
  for (size_t right = 0; right < n_right; right++) search.left_of[right] = -1;
  int n_pairs = 0;
  for (int left = 0; left < matching->n_left; left++) {
    right_of[left] = -1;
    memset(search.visited, 0, n_right * sizeof *search.visited);
    if (augment(&search, left)) n_pairs++;
  }
  for (int right = 0; right < matching->n_right; right++)
    if (search.left_of[right] >= 0) right_of[search.left_of[right]] = right;
  free(search.left_of);
  free(search.visited);
  return n_pairs;
}
