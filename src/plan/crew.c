#include "crew.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

enum { MAX_THREADS = 64 };

struct crew {
  atomic_int next;
  int n_tasks;
  void (*work)(void *data, int task);
  void *data;
};

static void *do_tasks(void *argument) {
  struct crew *crew = argument;
  for (int task; (task = atomic_fetch_add(&crew->next, 1)) < crew->n_tasks;)
    crew->work(crew->data, task);
  return NULL;
}

void crew_do(int n_tasks, int n_threads, void (*work)(void *data, int task), void *data) {
  struct crew crew = {.n_tasks = n_tasks, .work = work, .data = data};
  pthread_t threads[MAX_THREADS];
  int n = 0;
  sigset_t all, before;
  sigfillset(&all); /* signals are for the caller's thread */
  pthread_sigmask(SIG_SETMASK, &all, &before);
  while (n < n_threads - 1 && n < n_tasks - 1 && n < MAX_THREADS &&
         pthread_create(&threads[n], NULL, do_tasks, &crew) == 0)
    n++;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  do_tasks(&crew);
  for (int i = 0; i < n; i++) pthread_join(threads[i], NULL);
}
