/* A few threads that do a list of independent tasks. What a task does must not depend on the thread
 * or on the order, so that the number of threads never shows in the result. */
#ifndef IOPSCHED_PLAN_CREW_H
#define IOPSCHED_PLAN_CREW_H

/* Calls work(data, task) for every task in [0, n_tasks), on up to n_threads threads (the caller's
 * included; fewer if the system gives no more). Returns when all are done. */
void crew_do(int n_tasks, int n_threads, void (*work)(void *data, int task), void *data);

#endif
