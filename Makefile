# iopsched: make builds ./iopsched; make BUILD=build/asan SANITIZE=1 a checked one beside it.
# The version and its date stand in one place, where Debian's tools look for them.
VERSION  := $(shell sed -n '1s/^iopsched (\(.*\)) .*/\1/p' debian/changelog)
DATE     := $(shell LC_ALL=C date -u '+%B %-d, %Y' \
              -d "$$(sed -n '/^ -- /{s/.*>  //p;q}' debian/changelog)")
CC       ?= gcc
BUILD    ?= build/release
PROGRAM  ?= iopsched
OPTIMIZE ?= -O2 -g

# What the OpenSSF's guide for C compilers asks for, as far as this compiler knows it; without
# optimization there is nothing to fortify, and the sanitizers check more themselves.
accepted = $(foreach flag,$1,$(shell $(CC) -Werror $(flag) -E -x c /dev/null >/dev/null 2>&1 && \
             echo $(flag)))
linkable = $(foreach flag,$1,$(shell echo 'int main(void) { return 0; }' | \
             $(CC) -Werror $(flag) -o /dev/null -x c - >/dev/null 2>&1 && echo '$(flag)'))
COMPILE_HARD := -fPIE -fstack-protector-strong -fstack-clash-protection -fcf-protection=full \
  -mbranch-protection=standard -ftrivial-auto-var-init=zero -fstrict-flex-arrays=3 \
  -fno-delete-null-pointer-checks -fno-strict-overflow -fno-strict-aliasing
LINK_HARD := -pie -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,-z,nodlopen -Wl,--as-needed \
  -Wl,--no-copy-dt-needed-entries
HARDEN    := $(call accepted,$(COMPILE_HARD))
HARDEN_LD := $(call linkable,$(LINK_HARD))
ifneq ($(and $(filter -O1 -O2 -O3 -Os,$(OPTIMIZE)),$(if $(SANITIZE),,yes)),)
HARDEN   += -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3
endif

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wformat=2 -Werror=format-security
CPPFLAGS += -Iinclude -D_GNU_SOURCE -DIOPSCHED_VERSION='"$(VERSION)"'
CFLAGS   += -std=c17 $(OPTIMIZE) $(WARNINGS) $(HARDEN) -MMD -MP -pthread
LDFLAGS  += $(HARDEN_LD)
LDLIBS   += -lglpk -lcsv -ljansson -lunistring -lm
ifdef SANITIZE
CFLAGS   += -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
LDFLAGS  += -fsanitize=address,undefined
endif

# Counters of what is run, for scripts/coverage.sh, with what has them written however a process ends.
ifdef COVERAGE
CFLAGS   += --coverage -fprofile-update=atomic
LDFLAGS  += -Wl,--wrap=_exit -Wl,--wrap=syscall
COUNTERS := $(BUILD)/tests/faults/counters.o
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

# And of libseccomp: then the kernel keeps the process from the network.
LIBSECCOMP := $(call has_header,seccomp.h)
ifeq ($(LIBSECCOMP),yes)
CPPFLAGS += -DIOPSCHED_LIBSECCOMP
LDLIBS   += -lseccomp
endif

SOURCES  := $(sort $(filter-out $(ABSENT),$(shell find src -name '*.c')))
TEXTS    := src/write/week.css src/write/week.js src/write/capacity.css
OBJECTS  := $(SOURCES:%.c=$(BUILD)/%.o) $(TEXTS:%=$(BUILD)/%.o)
OBJECTS  += $(COUNTERS)
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

$(COUNTERS): CPPFLAGS += -DCOUNTERS_FOLDER='"$(abspath $(BUILD))"'

# A text file as an array of characters named after it: week.css is week_css[].
$(TEXTS:%=$(BUILD)/%.o): $(BUILD)/%.o: %
	@mkdir -p $(@D)
	(echo 'extern const char $(subst .,_,$(<F))[]; const char $(subst .,_,$(<F))[] = {'; \
	  od -An -v -to1 $< | sed 's/ \([0-7]*\)/0\1,/g'; \
	  echo '0};') >$(BUILD)/$<.c
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $(BUILD)/$<.c

# Calls that this test makes fail.
FAULTY   := open openat close read write fsync flock fstat lstat fstatat mkdirat fchmod fchmodat \
            renameat renameat2 unlinkat fdopendir readdir realpath
$(BUILD)/tests/test_folder_faults: LDFLAGS += $(FAULTY:%=-Wl,--wrap=%)

unit-tests: $(TESTS)

# What the fault tests preload into the program.
build/faults/%.so: tests/faults/%.c
	@mkdir -p $(@D)
	$(CC) -D_GNU_SOURCE -std=c17 -O1 -g $(WARNINGS) -shared -fPIC -o $@ $<

# What reads bytes of others' making, a target a reader: make FUZZER=1 CC=clang for libFuzzer, which
# looks for inputs that reach new code; else with a driver that changes seeds by chance.
TABLES   := program services patients phases payers therapists rooms requirements availability \
            exceptions apart fixed
FUZZ     := $(patsubst %,$(BUILD)/fuzz/%,clinic plan duals render calendar options $(TABLES:%=table_%))
ifdef FUZZER
CFLAGS   += -fsanitize=fuzzer-no-link
FUZZ_LD  := -fsanitize=fuzzer
else
DRIVER   := $(BUILD)/tests/fuzz/driver.o
endif
ifneq ($(LIBICAL),yes)
FUZZ     := $(filter-out %/calendar,$(FUZZ))
endif

$(BUILD)/fuzz/%: $(BUILD)/tests/fuzz/%.o $(BUILD)/tests/fuzz/support.o $(DRIVER) $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) $(FUZZ_LD) -o $@ $^ $(LDLIBS)

# One program for all tables, which heeds the name that it is called by.
$(BUILD)/fuzz/table_%: $(BUILD)/fuzz/table
	ln -f $< $@

fuzz-targets: $(FUZZ)

# Manual pages: their text is the reference's.
PAGES    := $(addprefix $(BUILD)/share/man/,iopsched.1 iopsched-clinic.5)

$(BUILD)/share/man/%: share/man/% share/man/page.awk docs/reference.md debian/changelog
	@mkdir -p $(@D)
	LC_ALL=C awk -v version='$(VERSION)' -v date='$(DATE)' -f share/man/page.awk \
	  docs/reference.md $< >$@.new
	mv $@.new $@

man: $(PAGES)

# Where `make install` puts things; all below DESTDIR, if given.
PREFIX   ?= /usr/local
BINDIR   ?= $(PREFIX)/bin
DATADIR  ?= $(PREFIX)/share
MANDIR   ?= $(DATADIR)/man
BASHDIR  ?= $(DATADIR)/bash-completion/completions
ZSHDIR   ?= $(DATADIR)/zsh/site-functions
DOCDIR   ?= $(DATADIR)/doc/iopsched
PUT      := install -D -m 644

install: $(PROGRAM) man
	install -D -m 755 $(PROGRAM) $(DESTDIR)$(BINDIR)/iopsched
	$(PUT) $(BUILD)/share/man/iopsched.1 $(DESTDIR)$(MANDIR)/man1/iopsched.1
	$(PUT) $(BUILD)/share/man/iopsched-clinic.5 $(DESTDIR)$(MANDIR)/man5/iopsched-clinic.5
	$(PUT) share/completion/iopsched.bash $(DESTDIR)$(BASHDIR)/iopsched
	$(PUT) share/completion/iopsched.zsh $(DESTDIR)$(ZSHDIR)/_iopsched
	$(PUT) -t $(DESTDIR)$(DOCDIR) README.md CHANGELOG.md docs/*.md
	$(PUT) -t $(DESTDIR)$(DOCDIR)/images docs/images/*.svg
	$(PUT) -t $(DESTDIR)$(DOCDIR)/examples share/examples/*
	$(PUT) -t $(DESTDIR)$(DOCDIR)/examples/riverside samples/riverside/*.csv

uninstall:
	rm -f $(DESTDIR)$(BINDIR)/iopsched $(DESTDIR)$(BASHDIR)/iopsched \
	  $(DESTDIR)$(ZSHDIR)/_iopsched $(DESTDIR)$(MANDIR)/man1/iopsched.1 \
	  $(DESTDIR)$(MANDIR)/man5/iopsched-clinic.5
	rm -rf $(DESTDIR)$(DOCDIR)

clean:
	rm -rf build iopsched

.PHONY: all unit-tests fuzz-targets man install uninstall clean
.PRECIOUS: $(BUILD)/%.o
-include $(OBJECTS:.o=.d) $(SUPPORT:.o=.d) $(UNITS:tests/unit/%.c=$(BUILD)/tests/unit/%.d) $(patsubst %.c,$(BUILD)/%.d,$(wildcard tests/fuzz/*.c))
