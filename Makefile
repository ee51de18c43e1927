# iopsched: make builds ./iopsched; make BUILD=build/asan SANITIZE=1 a checked one beside it.
VERSION  := 0.1.0
CC       ?= gcc
BUILD    ?= build/release
PROGRAM  ?= iopsched
OPTIMIZE ?= -O2 -g

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion
CPPFLAGS += -Iinclude -D_GNU_SOURCE -DIOPSCHED_VERSION='"$(VERSION)"'
CFLAGS   += -std=c17 $(OPTIMIZE) $(WARNINGS) -MMD -MP -pthread
LDLIBS   += -lglpk -lcsv -ljansson -lunistring -lm
ifdef SANITIZE
CFLAGS   += -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
LDFLAGS  += -fsanitize=address,undefined
endif

# Without libical (or with `make LIBICAL=`) the program still builds, but writes no calendars.
has_header = $(shell printf '\#include <%s>\n' $1 | $(CC) $(CPPFLAGS) -E -x c - >/dev/null 2>&1 && echo yes)
LIBICAL  := $(call has_header,libical/ical.h)
ifeq ($(LIBICAL),yes)
CPPFLAGS += -DIOPSCHED_LIBICAL
LDLIBS   += -lical
else
ABSENT   += src/write/ics%
endif
# The same of libxlsxwriter and the workbook.
LIBXLSXWRITER := $(call has_header,xlsxwriter.h)
ifeq ($(LIBXLSXWRITER),yes)
CPPFLAGS += -DIOPSCHED_LIBXLSXWRITER
LDLIBS   += -lxlsxwriter
else
ABSENT   += src/write/xlsx%
endif

SOURCES  := $(sort $(filter-out $(ABSENT),$(shell find src -name '*.c')))
TEXTS    := src/write/week.css src/write/week.js
OBJECTS  := $(SOURCES:%.c=$(BUILD)/%.o) $(TEXTS:%=$(BUILD)/%.o)
LIBRARY  := $(filter-out $(BUILD)/src/main.o,$(OBJECTS))
UNITS    := $(sort $(wildcard tests/unit/test_*.c))
TESTS    := $(UNITS:tests/unit/%.c=$(BUILD)/tests/%)
SUPPORT  := $(patsubst %.c,$(BUILD)/%.o,$(filter-out $(UNITS),$(wildcard tests/unit/*.c)))

all: $(PROGRAM)

$(PROGRAM): $(OBJECTS)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/tests/%: $(BUILD)/tests/unit/%.o $(SUPPORT) $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -lcmocka $(LDLIBS)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

# A text file as an array of characters named after it: week.css is week_css[].
$(TEXTS:%=$(BUILD)/%.o): $(BUILD)/%.o: %
	@mkdir -p $(@D)
	(echo 'extern const char $(subst .,_,$(<F))[]; const char $(subst .,_,$(<F))[] = {'; \
	  od -An -v -to1 $< | sed 's/ \([0-7]*\)/0\1,/g'; \
	  echo '0};') >$(BUILD)/$<.c
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $(BUILD)/$<.c

unit-tests: $(TESTS)

clean:
	rm -rf build iopsched

.PHONY: all unit-tests clean
.PRECIOUS: $(BUILD)/%.o
-include $(OBJECTS:.o=.d) $(SUPPORT:.o=.d) $(UNITS:tests/unit/%.c=$(BUILD)/tests/unit/%.d)
