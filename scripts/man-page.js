// Writes the manual page of the built program to man/peerscope.1: `npm run build` calls it, and `man -l man/peerscope.1` shows it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { COMMANDS } from '../dist/cli/commands.js';
import { manPage } from '../dist/cli/man-page.js';

const about = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
mkdirSync(new URL('../man/', import.meta.url), { recursive: true });
writeFileSync(
  new URL('../man/peerscope.1', import.meta.url),
  manPage({ commands: COMMANDS, version: about.version, description: about.description }),
);
