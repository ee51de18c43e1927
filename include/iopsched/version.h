/* The program's version; the Makefile gives it. */
#ifndef IOPSCHED_VERSION_H
#define IOPSCHED_VERSION_H

#ifndef IOPSCHED_VERSION
#define IOPSCHED_VERSION "unversioned"
#endif

#endif
