/* What every unit test includes first: cmocka with what it needs before it. */
#ifndef IOPSCHED_TESTS_UNIT_H
#define IOPSCHED_TESTS_UNIT_H

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#define COUNT(array) (sizeof(array) / sizeof *(array))

#endif
