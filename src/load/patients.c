/* patients.csv: who needs care, how much of it, and for which part of the week they are here. */
#include "tables.h"
#include "week_limits.h"

struct patient_row {
  struct patient patient;
  struct limits limits;
  int phase;
  int admitted, discharged;
};

static const struct fixed_word telehealths[] = {{"yes", TELEHEALTH_YES},   {"no", TELEHEALTH_NO},
                                                {"only", TELEHEALTH_ONLY}, {"y", TELEHEALTH_YES},
                                                {"n", TELEHEALTH_NO},      {"true", TELEHEALTH_YES},
                                                {"false", TELEHEALTH_NO},  {"1", TELEHEALTH_YES},
                                                {"0", TELEHEALTH_NO},      {NULL, 0}};

#define OF_ROW(member) .field = offsetof(struct patient_row, member)
#define OF_PATIENT(member) OF_ROW(patient.member)

static const struct column columns[] = {
    {"patient_id", REQUIRED, read_new_id, OF_PATIENT(id), .kind = ID_PATIENT},
    {"name", "", read_text, OF_PATIENT(name)},
    LIMIT_COLUMNS(struct patient_row),
    {"phase", "", read_reference, OF_ROW(phase), .kind = ID_PHASE},
    {"admitted", "", read_date, OF_ROW(admitted)},
    {"discharged", "", read_date, OF_ROW(discharged)},
    {"tags", "", read_tags, OF_PATIENT(tags)},
    {"primary_therapist", "", read_reference, OF_PATIENT(primary), .kind = ID_THERAPIST},
    {"telehealth", "yes", read_word, OF_PATIENT(telehealth), .words = telehealths},
    {"payer", "", read_reference, OF_PATIENT(payer), .kind = ID_PAYER},
    {"priority", "1", read_priority, OF_PATIENT(priority_milli), .low = 100, .high = 10000},
};
static const struct table table = {.file = "patients.csv",
                                   .is_required = true,
                                   TABLE_COLUMNS(columns),
                                   .row_size = sizeof(struct patient_row)};

/* The week of treatment that the planned week's Monday falls in; week 1 if admitted later. */
static int treatment_week(const struct loading *loading, int admitted) {
  int days = loading->clinic->monday - admitted;
  return days < 0 ? 1 : days / N_DAYS + 1;
}

/* The phase that the patient's cell names, or else that of their week; NULL: none. */
static const struct phase *find_phase(const struct loading *loading,
                                      const struct patient_row *row) {
  if (row->phase != NONE) return &loading->phases[row->phase];
  if (row->admitted == NO_DATE) return NULL;
  int week = treatment_week(loading, row->admitted);
  for (int i = 0; i < loading->n_phases; i++) {
    const struct phase *phase = &loading->phases[i];
    if (0 < phase->from_week && phase->from_week <= week && week <= phase->to_week) return phase;
  }
  return NULL;
}

/* True if a fault, reported elsewhere, leaves open which phase is the patient's. */
static bool is_phase_doubtful(const struct table_reader *reader, const struct patient_row *row) {
  if (!row_sound(reader, "phase") || !row_sound(reader, "admitted")) return true;
  return row->phase == NONE && reader->loading->are_phases_doubtful;
}

static void report_no_limit(const struct table_reader *reader, const struct patient_row *row,
                            const struct phase *phase, const char *column) {
  struct loading *loading = reader->loading;
  const struct cell *cell = row_cell(reader, column);
  if (phase)
    cell_report(cell, "an empty cell, and phase '%s' gives no %s", shown(loading, phase->name),
                column);
  else if (loading->n_phases == 0)
    cell_report(cell, "an empty cell: a value is required");
  else if (row->admitted == NO_DATE)
    cell_report(cell, "an empty cell: a value, a phase or an admission date is required");
  else
    cell_report(cell, "an empty cell, and no phase of phases.csv covers week %d of treatment",
                treatment_week(loading, row->admitted));
}

/* The patient's own limit, or else the phase's. */
static int settle_limit(const struct table_reader *reader, const struct patient_row *row,
                        const struct phase *phase, const char *column, int own, int of_phase) {
  int limit = own == NOT_GIVEN && phase ? of_phase : own;
  if (limit >= 0) return limit;
  if (limit == NOT_GIVEN && row->patient.takes_part && !is_phase_doubtful(reader, row))
    report_no_limit(reader, row, phase, column);
  return 0;
}

static void settle_limits(const struct table_reader *reader, struct patient_row *row) {
  static const struct limits none = {NOT_GIVEN, NOT_GIVEN, NOT_GIVEN, NOT_GIVEN};
  const struct phase *phase = find_phase(reader->loading, row);
  limits_check(reader, &row->limits, phase);
  const struct limits *own = &row->limits, *theirs = phase ? &phase->limits : &none;
  struct patient *patient = &row->patient;
  patient->min_minutes =
      settle_limit(reader, row, phase, "min_hours", own->min_minutes, theirs->min_minutes);
  patient->max_minutes =
      settle_limit(reader, row, phase, "max_hours", own->max_minutes, theirs->max_minutes);
  patient->min_days = settle_limit(reader, row, phase, "min_days", own->min_days, theirs->min_days);
  patient->max_days = settle_limit(reader, row, phase, "max_days", own->max_days, theirs->max_days);
}

/* Which days of the week the patient is here. */
static void settle_stay(const struct table_reader *reader, struct patient_row *row,
                        struct stay *stay) {
  const struct clinic *clinic = reader->loading->clinic;
  struct patient *patient = &row->patient;
  int first = row->admitted == NO_DATE ? 0 : row->admitted - clinic->monday;
  int last = row->discharged == NO_DATE ? N_DAYS - 1 : row->discharged - clinic->monday;
  if (row->admitted != NO_DATE && row->discharged != NO_DATE && row->discharged < row->admitted)
    row_fault(reader, "discharged", "is before admitted '%s'", row_value(reader, "admitted"));
  patient->first_day = first < 0 ? 0 : first;
  patient->last_day = last >= N_DAYS ? N_DAYS - 1 : last;
  for (int day = patient->first_day; day <= patient->last_day; day++)
    stay->n_days += clinic->operates[day];
  patient->takes_part = stay->n_days > 0;
  if (!patient->takes_part) patient->first_day = 0, patient->last_day = -1;
}

/* Who is here for n of N days of operation owes n/N of the minimum. */
static void take_share(const struct loading *loading, struct patient *patient,
                       const struct stay *stay) {
  const int quarter_hour = 15, n_days = loading->n_days;
  if (stay->n_days == n_days) return;
  int minutes = patient->min_minutes * stay->n_days / n_days;
  patient->min_minutes = minutes - minutes % quarter_hour;
  patient->min_days = patient->min_days * stay->n_days / n_days;
}

void load_patients(struct loading *loading) {
  struct clinic *clinic = loading->clinic;
  struct table_reader reader;
  size_t n = table_open(&reader, loading, &table);
  clinic->patients = arena_alloc(&clinic->arena, n, sizeof *clinic->patients);
  loading->stays = arena_alloc(&loading->scratch, n, sizeof *loading->stays);
  struct patient_row row;
  while (table_next(&reader, &row)) {
    struct stay *stay = &loading->stays[clinic->n_patients];
    row.patient.line = reader.line;
    settle_stay(&reader, &row, stay);
    settle_limits(&reader, &row);
    take_share(loading, &row.patient, stay);
    stay->is_doubtful = !row_is_sound(&reader);
    clinic->patients[clinic->n_patients++] = row.patient;
  }
  table_close(&reader);
}
