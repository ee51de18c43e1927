#include "week_limits.h"

#include "iopsched/text.h"

/* The two pairs of limits, told apart by their columns. */
struct pair {
  const char *min_column, *max_column;
  size_t min_field, max_field;       /* in struct limits */
  const char *floor, *ceiling;       /* settings */
  size_t floor_field, ceiling_field; /* in struct program */
  int unit;                          /* of the fields: 60 minutes an hour, 1 day a day */
};
static const struct pair pairs[] = {
    {"min_hours", "max_hours", offsetof(struct limits, min_minutes),
     offsetof(struct limits, max_minutes), "hours_floor", "hours_ceiling",
     offsetof(struct program, hours_floor), offsetof(struct program, hours_ceiling), 60},
    {"min_days", "max_days", offsetof(struct limits, min_days), offsetof(struct limits, max_days),
     "days_floor", "days_ceiling", offsetof(struct program, days_floor),
     offsetof(struct program, days_ceiling), 1},
};

static int int_at(const void *object, size_t field) {
  return *(const int *)((const char *)object + field);
}

static int *limit_at(struct limits *limits, size_t field) {
  return (int *)((char *)limits + field);
}

static const char *amount(const struct table_reader *reader, int value, int unit) {
  struct text text = {0};
  text_add_ratio(&text, value, unit, 4);
  const char *copy = arena_strdup(&reader->loading->scratch, text.data);
  text_free(&text);
  return copy;
}

/* True if the limit stands between the program's floor and ceiling, or is none. */
static bool check_range(const struct table_reader *reader, const struct pair *pair,
                        const char *column, int value) {
  const struct program *program = &reader->loading->program;
  int floor = int_at(program, pair->floor_field), ceiling = int_at(program, pair->ceiling_field);
  if (value < 0 || (floor <= value && value <= ceiling)) return true;
  bool is_low = value < floor;
  const char *setting = is_low ? pair->floor : pair->ceiling;
  row_fault(reader, column, "is %s %s '%s' (if it is meant, set %s to %s or %s in program.csv)",
            is_low ? "below" : "above", setting,
            amount(reader, is_low ? floor : ceiling, pair->unit), setting,
            row_value(reader, column), is_low ? "less" : "more");
  return false;
}

/* True unless the most is less than the least. Of two limits, one at least is the row's own. */
static bool check_order(const struct table_reader *reader, const struct pair *pair, int own_min,
                        int own_max, const struct phase *phase) {
  int min = own_min == NOT_GIVEN && phase ? int_at(&phase->limits, pair->min_field) : own_min;
  int max = own_max == NOT_GIVEN && phase ? int_at(&phase->limits, pair->max_field) : own_max;
  if (min < 0 || max < 0 || min <= max || (own_min < 0 && own_max < 0)) return true;
  const char *of = own_min < 0 || own_max < 0 ? " of phase " : "";
  const char *name = *of ? shown(reader->loading, phase->name) : "";
  const char *quote = *of ? "'" : "";
  if (own_max >= 0)
    row_fault(reader, pair->max_column, "is below %s '%s'%s%s%s%s", pair->min_column,
              amount(reader, min, pair->unit), of, quote, name, quote);
  else
    row_fault(reader, pair->min_column, "is above %s '%s'%s%s%s%s", pair->max_column,
              amount(reader, max, pair->unit), of, quote, name, quote);
  return false;
}

void limits_check(const struct table_reader *reader, struct limits *limits,
                  const struct phase *phase) {
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    const struct pair *pair = &pairs[i];
    int *min = limit_at(limits, pair->min_field), *max = limit_at(limits, pair->max_field);
    if (!row_sound(reader, pair->min_column)) *min = FAULTY;
    if (!row_sound(reader, pair->max_column)) *max = FAULTY;
    bool in_order = check_order(reader, pair, *min, *max, phase);
    bool min_fits = check_range(reader, pair, pair->min_column, *min);
    /* A most below the least is said once: it is the greater fault. */
    bool max_fits = (!in_order && *max >= 0) || check_range(reader, pair, pair->max_column, *max);
    if (!min_fits) *min = FAULTY;
    if (!max_fits || !in_order) *max = FAULTY;
  }
}
