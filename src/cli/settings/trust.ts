/**
 * Who may set an option besides the command line, by its name in any command. What is not here may be set anywhere. A file
 * in the working directory may come from a stranger, with a repository: it must not make this machine contact anybody, nor
 * write outside that directory.
 *
 * - `command line`: consent, which is given each time.
 * - `user`: the environment, a file that --config names, or the user's own file.
 * - `inside`: in a project file, a path below its directory.
 */
type Trust = 'command line' | 'user' | 'inside';

const TRUST: Readonly<Record<string, Trust>> = {
  live: 'command line',
  contact: 'user',
  purpose: 'user',
  'allow-net': 'user',
  'raw-addresses': 'user',
  peer: 'user',
  hosts: 'user',
  'web-cache': 'user',
  'udp-host-cache': 'user',
  metrics: 'user',
  view: 'user',
  resume: 'user',
  out: 'inside',
  truth: 'inside',
  record: 'inside',
  'save-scenario': 'inside',
};

export function trustOf(option: string): Trust | undefined {
  return Object.hasOwn(TRUST, option) ? TRUST[option] : undefined;
}
