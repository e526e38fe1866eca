import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXIT_CODES, PeerscopeError, systemCode } from '../../src/core/errors.ts';
import { isRespondent, OUTCOMES } from '../../src/core/outcome.ts';
import { TOOL, VERSION } from '../../src/core/version.ts';

describe('an error', () => {
  it('carries its kind, its message, a hint and its cause', () => {
    const cause = new Error('below');
    const error = new PeerscopeError('bad-input', 'what failed', { hint: 'what to do', cause });
    expect(error).toMatchObject({
      name: 'PeerscopeError',
      kind: 'bad-input',
      message: 'what failed',
      hint: 'what to do',
    });
    expect(error.cause).toBe(cause);
    expect(error).toBeInstanceOf(Error);
    const plain = new PeerscopeError('failure', 'x');
    expect(plain.hint).toBeUndefined();
    expect('cause' in plain).toBe(false);
  });

  it('has an exit code of its own for each kind', () => {
    expect(EXIT_CODES).toEqual({
      ...{ ok: 0, failure: 1, usage: 2, 'bad-input': 3, 'network-refused': 4, partial: 5, interrupted: 130 },
    });
  });

  it('of the system has a code, any other none', () => {
    let missing: unknown;
    try {
      readFileSync(new URL('no-such-file', import.meta.url));
    } catch (error) {
      missing = error;
    }
    expect(systemCode(missing)).toBe('ENOENT');
    expect(systemCode(new Error('x'))).toBeUndefined();
    expect(systemCode(Object.assign(new Error('x'), { code: 7 }))).toBeUndefined();
    expect(systemCode({ code: 'ENOENT' })).toBeUndefined();
    expect(systemCode(undefined)).toBeUndefined();
  });
});

describe('what is known of the program', () => {
  it('has the version of package.json', () => {
    const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    expect((JSON.parse(text) as { version: string }).version).toBe(VERSION);
    expect(TOOL).toBe(`peerscope ${VERSION}`);
  });

  it('takes only a peer that answered, in full or in part, for a respondent', () => {
    expect(OUTCOMES.filter(isRespondent)).toEqual(['ok', 'partial']);
  });
});
