import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { harmless } from '../../../src/charts/terminal-text.ts';
import { element } from '../../../src/charts/svg.ts';
import { htmlText } from '../../../src/reports/page/html.ts';
import { ATTACKS } from '../../support/attacks.ts';
import { wellFormed } from '../../support/well-formed.ts';

const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom(...ATTACKS));

describe('the writer of pages', () => {
  it('has any text read back as the text that it was, in elements and in attributes, and as nothing else', () => {
    fc.assert(
      fc.property(anyText, anyText, (text, label) => {
        const markup = htmlText(element('p', { 'aria-label': label, title: text }, [text]));
        const read = wellFormed(markup);
        expect(read.elements).toHaveLength(1);
        expect(read.text).toBe(text.split('\n').map(harmless).join('\n'));
        expect(Object.keys(read.elements[0]?.attributes ?? {})).toEqual(['aria-label', 'title']);
        // Nothing of a text can open an element, or end an attribute.
        expect(markup.match(/</g)).toHaveLength(2);
        expect(markup.match(/"/g)).toHaveLength(4);
      }),
    );
  });

  it('ends every element but those that have no end', () => {
    expect(htmlText(element('td'))).toBe('<td></td>');
    expect(htmlText(element('meta', { charset: 'utf-8' }))).toBe('<meta charset="utf-8"/>');
  });

  it.each(['script', 'iframe', 'img', 'object', 'foreignObject', 'style', 'use', 'animate'])(
    'has no element %s',
    (name) => {
      expect(() => htmlText(element(name))).toThrow(RangeError);
    },
  );

  it.each(['onclick', 'style', 'src', 'xlink:href', 'formaction', 'srcdoc'])(
    'has no attribute %s',
    (name) => {
      expect(() => htmlText(element('a', { [name]: 'x' }))).toThrow(RangeError);
    },
  );

  it.each([
    'javascript:alert(1)',
    'https://example.org',
    '//example.org',
    'data:text/html,x',
    '#a"b',
    'x.html',
  ])('leads nowhere but into itself: not to %s', (href) => {
    expect(() => htmlText(element('a', { href }))).toThrow(RangeError);
  });
});
