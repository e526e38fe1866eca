import * as z from 'zod';
import { PeerscopeError } from '../core/errors.ts';
import { unknownName } from '../core/nearest.ts';

/** What yargs hands over: text, flags and lists. Commands turn it into values with a schema of these parts. */
export type RawArguments = Readonly<Record<string, unknown>>;

/** A whole number in a range. */
export function wholeNumber(min: number, max: number): z.ZodType<number> {
  const expected = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^-?\d+$/, expected)
    .transform(Number)
    .refine((value) => value >= min && value <= max, expected);
}

/** A number in a range. */
export function realNumber(min: number, max: number): z.ZodType<number> {
  const expected = `must be a number from ${min} to ${max}`;
  return z
    .string()
    .refine((text) => text.trim() !== '' && Number.isFinite(Number(text)), expected)
    .transform(Number)
    .refine((value) => value >= min && value <= max, expected);
}

/** One of a closed list of words; a near miss is told the right one. */
export function oneOf<T extends string>(choices: readonly T[], what: string): z.ZodType<T> {
  return z.string().transform((text, context) => {
    const found = choices.find((choice) => choice === text);
    if (found !== undefined) return found;
    context.addIssue({ code: 'custom', message: unknownName(text, choices, what) });
    return z.NEVER;
  });
}

/** A list of such words, separated by commas. */
export function listOf<T extends string>(choices: readonly T[], what: string): z.ZodType<readonly T[]> {
  return commaList().transform((names, context) =>
    names.map((name) => {
      const found = choices.find((choice) => choice === name);
      if (found !== undefined) return found;
      context.addIssue({ code: 'custom', message: unknownName(name, choices, what) });
      return z.NEVER;
    }),
  );
}

/** A list of texts, separated by commas. */
export function commaList(): z.ZodType<readonly string[]> {
  return z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .refine((parts) => parts.length > 0, 'must not be empty');
}

export const text = z.string().min(1, 'must not be empty');
export const flag = z.boolean();

/** The values of a command; a PeerscopeError (usage) names the first option that is not as it should be. */
export function parseArguments<T extends z.ZodType>(schema: T, raw: RawArguments): z.infer<T> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const name = String(issue?.path[0] ?? '');
  const given = issue === undefined ? undefined : raw[name];
  if (Array.isArray(given) && issue?.code === 'invalid_type') {
    throw new PeerscopeError('usage', `--${kebabCase(name)} is given more than once`);
  }
  const shown = typeof given === 'string' ? ` (it is "${given}")` : '';
  const message = issue?.message ?? 'is not as it should be';
  throw new PeerscopeError(
    'usage',
    message.startsWith('must') ? `--${kebabCase(name)} ${message}${shown}` : message,
  );
}

/** An option as it stands on the command line: `leafCap` is --leaf-cap. */
export function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
