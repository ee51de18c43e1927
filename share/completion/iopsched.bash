# What bash offers behind the words of an iopsched command. The program itself knows what fits:
# `iopsched --complete WORD...`; here bash's idea of a word is mended and its answer handed over.
# shellcheck shell=bash

# Bash cuts words at = and : too. Joins them again, up to the cursor, into $words.
_iopsched_join_words() {
  local i piece joined=
  words=()
  for ((i = 1; i <= COMP_CWORD; i++)); do
    piece=${COMP_WORDS[i]//\\/}
    piece=${piece#[\"\']}
    if [[ ${#words[@]} -gt 0 && ($piece == [=:]* || $joined == [=:]) ]]; then
      words[-1]+=$piece
    else
      words+=("${piece/#\~\//$HOME/}")
    fi
    joined=${COMP_WORDS[i]: -1}
  done
}

_iopsched() {
  local words word candidate
  _iopsched_join_words
  word=${words[-1]}
  COMPREPLY=()
  while IFS=$'\t' read -r candidate _; do
    case $candidate in
      :folder | :file)
        compopt -o filenames 2>/dev/null
        [[ $word == --*=* ]] && word=${word#*=}
        mapfile -t COMPREPLY < <(compgen -"$([[ $candidate == :folder ]] && echo d || echo f)" \
          -- "$word")
        return
        ;;
      *[=:,]) compopt -o nospace 2>/dev/null ;;&
      *) COMPREPLY+=("$candidate") ;;
    esac
  done < <("${COMP_WORDS[0]/#\~\//$HOME/}" --complete "${words[@]}" 2>/dev/null)
  # What stands before the last = or : is no part of the word to bash.
  COMPREPLY=("${COMPREPLY[@]#"${word%"${word##*[=:]}"}"}")
}

complete -F _iopsched iopsched
