# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion for tierwise-cli: asks the program itself, so it is never behind it.
_tierwise_cli() {
    local program=${COMP_WORDS[0]} current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    local path=() help commands word i
    # The words that are commands, as far as they go: "catalog", or "catalog update".
    help=$("$program" --help 2>/dev/null)
    for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        commands=$(awk '/^Subcommands:/ {on = 1; next} on && /^  [a-z]/ {print $1}' <<<"$help")
        grep -qxF -- "$word" <<<"$commands" || break
        path+=("$word")
        help=$("$program" "${path[@]}" --help 2>/dev/null)
    done
    commands=$(awk '/^Subcommands:/ {on = 1; next} on && /^  [a-z]/ {print $1}' <<<"$help")
    if [[ $previous == -* && $current != -* ]]; then
        # The words that this option takes, "{pdf,html,...}", where it names them.
        local values
        values=$(grep -E -- "(^|[ ,])$previous([ ,]|\$)" <<<"$help" | grep -oE '\{[^}]*\}' | head -n 1 | tr -d '{}' | tr ',' ' ')
        if [[ -n $values ]]; then
            mapfile -t COMPREPLY < <(compgen -W "$values" -- "$current")
            return
        fi
    elif [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(grep -oE '(^|[ ,])--?[a-zA-Z][a-zA-Z0-9-]*' <<<"$help" | tr -d ' ,')" -- "$current")
        return
    elif [[ -n $commands && $i -eq $COMP_CWORD ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$current")
        [[ ${#COMPREPLY[@]} -gt 0 ]] && return
    fi
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
}
complete -o filenames -F _tierwise_cli tierwise-cli
