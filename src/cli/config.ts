import { existsSync } from 'node:fs';
import * as z from 'zod';
import { EXIT_CODES } from '../core/errors.ts';
import type { Table } from '../core/table.ts';
import { FORMATS } from '../reports/format.ts';
import { formatTables } from '../reports/format-tables.ts';
import { oneOf, parseArguments, text, type RawArguments } from './arguments.ts';
import { nameOf, type Command } from './command.ts';
import { COMMANDS } from './commands.ts';
import type { CliContext } from './context.ts';
import { print } from './print.ts';
import { variableOf } from './settings/environment.ts';
import {
  PROJECT_FILE,
  settingSources,
  settingsOf,
  userFile,
  type SettingSource,
} from './settings/settings.ts';

const schema = z.object({
  command: oneOf(COMMANDS.map(nameOf), 'command').optional(),
  config: text.optional(),
  format: oneOf(FORMATS, 'format').optional(),
});

/** Says what is set besides the command line, and where each value comes from. */
export async function run(raw: RawArguments, context: CliContext): Promise<number> {
  const { command: name, config, format } = parseArguments(schema, raw);
  const sources = settingSources(config, context, COMMANDS);
  const command = COMMANDS.find((candidate) => nameOf(candidate) === name);
  const settings = command === undefined ? allSettings(sources) : optionsOf(command, sources);
  const places = placesTable(sources, context);
  await print(context, format, (how, terminal) => {
    const document = { schema: 'peerscope/config/1', places: records(places), settings: records(settings) };
    const tables = how === 'csv' ? [settings] : [places, settings];
    return formatTables({ tables, document }, how, terminal);
  });
  return EXIT_CODES.ok;
}

/** Where is looked, the first that sets an option first. */
function placesTable(sources: readonly SettingSource[], { env }: CliContext): Table {
  const named = sources
    .filter(({ kind }) => kind === 'config')
    .map(({ place }) => ['--config', place, 'read']);
  const found = [PROJECT_FILE, ...userFile(env)].map((path, index) => [
    index === 0 ? 'project' : 'user',
    path,
    sources.some(({ place }) => place === path)
      ? 'read'
      : existsSync(path)
        ? 'read as --config'
        : 'not there',
  ]);
  return {
    name: 'places',
    title: 'Where options are set; the first place has its way',
    columns: ['place', 'name', 'state'].map((name) => ({ name })),
    rows: [
      ['command line', '', ''],
      ['environment', 'PEERSCOPE_…', ''],
      ...named,
      ...found,
      ['default', '', ''],
    ],
  };
}

/** Everything that is set, of any command, with what is hidden by an earlier place. */
function allSettings(sources: readonly SettingSource[]): Table {
  const rows = sources.flatMap(({ kind, place, everywhere, byCommand }) => {
    const sections: (readonly [command: string, settings: Readonly<Record<string, unknown>>])[] = [
      ['all', everywhere],
      ...Object.entries(byCommand),
    ];
    return sections.flatMap(([command, settings]) =>
      Object.entries(settings).map(([option, value]) => [
        command,
        option,
        String(value),
        kind === 'environment' ? variableOf(option) : place,
      ]),
    );
  });
  return settingsTable('What is set besides the command line', rows);
}

/** Each option of a command, as it would be without any on the command line. */
function optionsOf(command: Command, sources: readonly SettingSource[]): Table {
  const settings = settingsOf(command, sources);
  const rows = Object.entries(command.options).map(([option, { describe }]) => {
    const set = settings.find((setting) => setting.option === option);
    if (set !== undefined) return [nameOf(command), option, String(set.value), set.origin];
    return [nameOf(command), option, defaultIn(describe ?? ''), 'default'];
  });
  return settingsTable(`The options of ${nameOf(command)}`, rows);
}

/** What help says of it: the last words, in brackets. */
function defaultIn(describe: string): string {
  return /\[([^[\]]*)\]$/.exec(describe)?.[1] ?? '';
}

function settingsTable(title: string, rows: Table['rows']): Table {
  const columns = ['command', 'option', 'value', 'origin'].map((name) => ({ name }));
  return { name: 'settings', title, columns, rows };
}

function records({ columns, rows }: Table): Record<string, unknown>[] {
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i]])));
}
