// What a shell runs to complete a command line of peerscope: it hands the words to `peerscope __complete`, which knows the
// commands of the installed version, and prints a candidate a line, with its meaning after a tab; `:files` asks for files too.

const BASH = `# Completion of peerscope for bash. Put this into ~/.bashrc:  eval "$(peerscope completion bash)"
_peerscope() {
  local line files='' written=\${COMP_WORDS[COMP_CWORD]}
  [[ $written == '=' ]] && written=''
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == ':files' ]]; then files=yes; else COMPREPLY+=("\${line%%$'\\t'*}"); fi
  done < <(peerscope __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  if [[ -n $files ]]; then
    compopt -o filenames 2>/dev/null
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$written")
  fi
}
complete -F _peerscope peerscope
`;

const ZSH = `#compdef peerscope
# Completion of peerscope for zsh. Put this into ~/.zshrc, after compinit:  eval "$(peerscope completion zsh)"
_peerscope() {
  local line word files=''
  local -a described
  for line in "\${(@f)$(peerscope __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -z $line ]] && continue
    if [[ $line == ':files' ]]; then files=yes; continue; fi
    word=\${\${line%%$'\\t'*}//:/\\\\:}
    if [[ $line == *$'\\t'* ]]; then described+=("$word:\${line#*$'\\t'}"); else described+=("$word"); fi
  done
  local found=1
  (( $#described )) && _describe 'peerscope' described && found=0
  [[ -n $files ]] && _files && found=0
  return found
}
if [[ $funcstack[1] == _peerscope ]]; then _peerscope "$@"; else compdef _peerscope peerscope; fi
`;

const FISH = `# Completion of peerscope for fish. Put it there:  peerscope completion fish > ~/.config/fish/completions/peerscope.fish
function __peerscope_complete
    set -l before (commandline -opc)
    set -l written (commandline -ct)
    for line in (peerscope __complete $before[2..-1] "$written" 2>/dev/null)
        if test "$line" = :files
            __fish_complete_path "$written"
        else
            echo $line
        end
    end
end
complete -c peerscope -f -a '(__peerscope_complete)'
`;

export const COMPLETION_SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH };

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];
