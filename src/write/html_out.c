#include "html_out.h"

#include <stdarg.h>
#include <string.h>

#include "iopsched/calendar.h"
#include "iopsched/memory.h"

/* What a character is written as; NULL: as it is. Control characters may not stand in HTML, and a
 * bare carriage return would be read as a line feed. */
static const char *replacement(unsigned char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    case '\r':
      return " ";
    case '\t':
    case '\n':
      return NULL;
    default:
      return c < 0x20 || c == 0x7F ? "\xEF\xBF\xBD" : NULL;
  }
}

static void add_escaped(struct text *to, const char *words) {
  const char *plain = words;
  for (const char *c = words; *c; c++) {
    const char *instead = replacement((unsigned char)*c);
    if (!instead) continue;
    text_add_bytes(to, plain, (size_t)(c - plain));
    text_add(to, instead);
    plain = c + 1;
  }
  text_add(to, plain);
}

void html_add(struct text *to, const char *template, ...) {
  va_list arguments;
  va_start(arguments, template);
  for (const char *percent; (percent = strchr(template, '%')); template = percent + 2) {
    text_add_bytes(to, template, (size_t)(percent - template));
    if (percent[1] == 's') {
      const char *words = va_arg(arguments, const char *);
      if (words) add_escaped(to, words);
    } else if (percent[1] == 'd') {
      text_printf(to, "%d", va_arg(arguments, int));
    } else if (percent[1] == '%') {
      text_add(to, "%");
    } else {
      die_internal("'%s' is no template of HTML", template);
    }
  }
  va_end(arguments);
  text_add(to, template);
}

void html_hours(struct text *to, int64_t minutes) {
  text_add_ratio(to, minutes, 60, 2);
}

void html_percent(struct text *to, int64_t part, int64_t whole, int decimals) {
  text_add_ratio(to, whole > 0 ? 100 * part : 0, whole > 0 ? whole : 1, decimals);
  text_add(to, "%");
}

void html_span_of_time(struct text *to, int start_min, int end_min) {
  char start[CLOCK_TEXT], end[CLOCK_TEXT];
  clock_format(start_min, false, start);
  clock_format(end_min, true, end);
  html_add(to, "%s–%s", start, end);
}

void html_date(struct text *to, int date) {
  static const char *const months[] = {"January",   "February", "March",    "April",
                                       "May",       "June",     "July",     "August",
                                       "September", "October",  "November", "December"};
  int year, month, day;
  date_to_civil(date, &year, &month, &day);
  html_add(to, "%d %s %d", day, months[month - 1], year);
}
