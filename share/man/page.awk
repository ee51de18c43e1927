# A manual page from its template and the reference: awk -v version=V -v date=D -f page.awk
# docs/reference.md TEMPLATE. A line @Title@ of the template stands for what the reference says
# under that heading, @Title...@ for its subsections too; @version@ and @date@ for these two.
#
# It knows the Markdown that the reference is written in (paragraphs, tables, code, bold, links) and
# writes mdoc as mandoc's lint wants it: lines of at most 78 bytes, sentences beginning lines.

# Code, bold and links as manual pages have them.
function inline(text,   out, code) {
  gsub(/\\\|/, "|", text)
  gsub(/\\/, "\\e", text)
  while (match(text, /\[[^]]*\]\([^)]*\)/)) {
    code = substr(text, RSTART + 1, RLENGTH - 1)
    sub(/\].*/, "", code)
    text = substr(text, 1, RSTART - 1) code substr(text, RSTART + RLENGTH)
  }
  out = ""
  while (match(text, /`[^`]*`|\*\*[^*]*\*\*|\*[^* ][^*]*\*/)) {
    code = substr(text, RSTART, RLENGTH)
    out = out substr(text, 1, RSTART - 1) font(code)
    text = substr(text, RSTART + RLENGTH)
  }
  return out text
}

function font(marked,   plain) {
  plain = marked
  gsub(/^[`*]+|[`*]+$/, "", plain)
  gsub(/-/, "\\-", plain)
  gsub(/ /, "\\~", plain)
  return (marked ~ /^\*[^*]/ ? "\\fI" : "\\fB") plain "\\fR"
}

function ascii(text) {
  gsub(/−|–/, "-", text)
  gsub(/…/, "...", text)
  gsub(/×/, "*", text)
  gsub(/≤/, "<=", text)
  gsub(/≥/, ">=", text)
  gsub(/Σ/, "sum of", text)
  return text
}

function put(line) {
  print (line ~ /^[.']/ ? "\\&" line : line)
}

function fill(text,   n, word, i, line) {
  n = split(inline(text), word, /[ \t]+/)
  line = ""
  for (i = 1; i <= n; i++) {
    if (word[i] == "") continue
    if (line != "" && length(line) + 1 + length(word[i]) > 78) {
      put(line)
      line = ""
    }
    line = line == "" ? word[i] : line " " word[i]
    if (word[i] ~ /[.!?][)"]?(\\fR)?$/) {
      put(line)
      line = ""
    }
  }
  if (line != "") put(line)
}

function end_paragraph() {
  if (paragraph != "") {
    if (!fresh) print ".Pp"
    fill(paragraph)
    fresh = 0
  }
  paragraph = ""
}

function end_table() {
  if (in_table) print ".El"
  in_table = 0
}

function capital(text) {
  return toupper(substr(text, 1, 1)) substr(text, 2)
}

# A row of a table: its first cell is the tag, the last what it means; one between, such as a
# default, comes behind that under the name that the header gives it.
function table_row(line,   n, cell, i, text) {
  gsub(/\\\|/, "\001", line)
  n = split(line, cell, "|")
  for (i = 1; i <= n; i++) {
    gsub(/\001/, "\\|", cell[i])
    gsub(/^ +| +$/, "", cell[i])
  }
  if (cell[2] ~ /^-+$/) return
  if (!in_table) {
    in_table = 1
    for (i = 3; i <= n; i++) column[i] = cell[i]
    print ".Bl -tag -width Ds"
    return
  }
  print ".It " inline(cell[2])
  text = cell[n - 1]
  for (i = 3; i < n - 1; i++) {
    if (cell[i] == "") continue
    if (text != "" && text !~ /[.]$/) text = text "."
    text = text " " (cell[i] ~ /^required/ ? capital(cell[i]) : capital(column[i]) ": " cell[i])
  }
  sub(/^ +/, "", text)
  if (text !~ /[.:]$/) text = text "."
  fill(capital(text))
}

# What the reference says under a heading.
function chunk(title,   n, lines, i) {
  if (!(title in told)) {
    print "page.awk: the reference has no heading '" title "'" >"/dev/stderr"
    failed = 1
  }
  n = split(told[title], lines, "\n")
  fresh = 1
  for (i = 1; i <= n; i++) {
    if (lines[i] ~ /^\|/) {
      end_paragraph()
      table_row(lines[i])
    } else if (lines[i] == "") {
      end_paragraph()
      end_table()
    } else {
      paragraph = paragraph == "" ? lines[i] : paragraph " " lines[i]
    }
  }
  end_paragraph()
  end_table()
}

FNR == NR && /^##/ {
  deep = /^###/
  title = ascii($0)
  sub(/^#+ /, "", title)
  if (!deep) above = title
  else below[above] = below[above] "\n" title
  told[title] = ""
  next
}
FNR == NR { told[title] = told[title] ascii($0) "\n"; next }

/^@.*@$/ {
  title = substr($0, 2, length($0) - 2)
  all = sub(/\.\.\.$/, "", title)
  chunk(title)
  n = all ? split(below[title], subsection, "\n") : 0
  for (s = 2; s <= n; s++) {
    print ".Ss " inline(subsection[s])
    chunk(subsection[s])
  }
  next
}
{ gsub(/@version@/, version); gsub(/@date@/, date); print }
END { exit failed }
