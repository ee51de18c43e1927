/* Talks: groups that are held once in the week, each wanted by patients who are known beforehand.
 * When each is held, so that hardly anybody has two at a time, is a timetable as universities know
 * it. Seating people finds it slowly; here starts and rooms alone are exchanged, by simulated
 * annealing, some two million times a second. (The instances of the International Timetabling
 * Competition of 2002 are of this kind; annealing won it: Kostuch 2005.) */
#ifndef IOPSCHED_PLAN_TIMETABLE_H
#define IOPSCHED_PLAN_TIMETABLE_H

#include "board.h"
#include "halt.h"

struct timetable;

/* The talks that stand on the board or are wanted, with all else that stands there in their way.
 * NULL: there are none to exchange, or everybody who wants one has it. */
struct timetable *timetable_new(const struct board *board);
void timetable_free(struct timetable *timetable);

/* Looks for a better timetable, by as many exchanges as its size asks for: one that loses fewer
 * slots of attendance to two talks at a time, to days that are too long, too few or too many, and
 * to talks that are not held. */
void timetable_anneal(struct timetable *timetable, uint64_t *random, struct halt *halt);

/* Puts the talks where they are best, each with its leaders and room and those who want it and have
 * nothing else then; the rules of their weeks are not looked at. Talks whose leaders or room are
 * not free there are left out. */
void timetable_place(const struct timetable *timetable, struct board *board);

/* The patients who want a talk, whose weeks are to be worked out then. [n], ascending. */
const struct ints *timetable_people(const struct timetable *timetable);

#endif
