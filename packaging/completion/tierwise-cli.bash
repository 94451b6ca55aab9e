# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion for tierwise-cli: asks the program itself, so it is never behind it.
_tierwise_cli() {
    local current=${COMP_WORDS[COMP_CWORD]} path=() word i help
    for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        [[ $word == -* ]] && break
        [[ -e $word ]] && break
        path+=("$word")
    done
    help=$("${COMP_WORDS[0]}" "${path[@]}" --help 2>/dev/null) || help=$("${COMP_WORDS[0]}" "${path[0]}" --help 2>/dev/null)
    if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(grep -oE '(^|[ ,])--?[a-zA-Z][a-zA-Z0-9-]*' <<<"$help" | tr -d ' ,')" -- "$current")
        return
    fi
    local commands
    commands=$(awk '/^Subcommands:/ {on = 1; next} on && /^  [a-z]/ {print $1}' <<<"$help")
    if [[ -n $commands && ${#path[@]} -lt 2 ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$current")
        [[ ${#COMPREPLY[@]} -gt 0 ]] && return
    fi
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
}
complete -o filenames -F _tierwise_cli tierwise-cli
