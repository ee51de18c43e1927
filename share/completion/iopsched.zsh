#compdef iopsched
# What zsh offers behind the words of an iopsched command. The program itself knows what fits:
# `iopsched --complete WORD...`; here its answer is handed over.

_iopsched() {
  local line candidate meaning home=$HOME
  local -a typed whole going
  typed=("${(@Q)words[2,CURRENT]}")
  typed=("${(@)typed/#\~\//$home/}")
  for line in "${(@f)$(_call_program candidates ${words[1]} --complete "${(@q)typed}" 2>/dev/null)}"; do
    candidate=${line%%$'\t'*} meaning=${line#*$'\t'}
    case $candidate in
      ('') ;;
      (:folder) compset -P '--*='; _files -/; return ;;
      (:file) compset -P '--*='; _files; return ;;
      (*[=:,]) going+=("${candidate//:/\\:}${meaning:+:$meaning}") ;;
      (*) whole+=("${candidate//:/\\:}${meaning:+:$meaning}") ;;
    esac
  done
  local found=1
  (( $#whole )) && _describe 'iopsched' whole && found=0
  (( $#going )) && _describe 'iopsched' going -S '' && found=0
  return found
}

_iopsched "$@"
