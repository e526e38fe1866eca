import { createHash } from 'node:crypto';
import { element } from '../../charts/svg.ts';
import { htmlText, type HtmlElement } from './html.ts';
import { chartFigure, drawingFigure } from './page-figure.ts';
import { PAGE_STYLE } from './page-style.ts';
import { tableFigure } from './page-table.ts';
import type { Block, Mark, Page, Section, Tile } from './page.ts';

/**
 * The page as one HTML file: it fetches nothing, runs nothing, and a browser would refuse to let it. The same page gives the same bytes.
 */
export function pageHtml(page: Page): string {
  const digest = createHash('sha256').update(PAGE_STYLE).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${digest}'; img-src data:; base-uri 'none'; form-action 'none'`;
  const head = [
    element('meta', { charset: 'utf-8' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'color-scheme', content: 'light dark' }),
    element('link', { rel: 'icon', href: 'data:,' }),
    element('title', {}, [page.title]),
  ]
    .map((part) => `${htmlText(part)}\n`)
    .join('');
  // The style is ours alone, and stands as it is, because in a style sheet nothing can be escaped.
  return `<!DOCTYPE html>\n<html lang="en">\n<head>\n${head}<style>${PAGE_STYLE}</style>\n</head>\n${htmlText(bodyOf(page))}\n</html>\n`;
}

function bodyOf({ title, lead, warnings, tiles, sections, footer }: Page): HtmlElement {
  return element('body', {}, [
    element('header', {}, [
      element('h1', {}, [title]),
      ...paragraphs(lead),
      ...(warnings.length === 0
        ? []
        : [element('div', { class: 'warning', role: 'note' }, paragraphs(warnings))]),
      ...(tiles.length === 0 ? [] : [element('dl', { class: 'tiles' }, tiles.map(tileOf))]),
    ]),
    element('nav', { 'aria-label': 'Contents' }, [
      element(
        'ol',
        {},
        sections.map(({ id, title: name }) => element('li', {}, [element('a', { href: `#${id}` }, [name])])),
      ),
    ]),
    element('main', {}, sections.map(sectionOf)),
    element('footer', {}, [element('p', {}, [footer])]),
  ]);
}

function tileOf({ name, value, note }: Tile): HtmlElement {
  return element('div', {}, [
    element('dt', {}, [name]),
    element('dd', {}, [
      element('strong', {}, [value]),
      ...(note === undefined ? [] : [element('small', {}, [note])]),
    ]),
  ]);
}

function sectionOf({ id, title, blocks }: Section): HtmlElement {
  return element('section', { id, 'aria-labelledby': `${id}-title` }, [
    element('h2', { id: `${id}-title` }, [title]),
    ...blocks.flatMap(blockOf),
  ]);
}

function blockOf(block: Block): HtmlElement[] {
  switch (block.kind) {
    case 'text':
      return [element('p', {}, [held(block.sentences.join(' '))])];
    case 'heading':
      return [element('h3', {}, [block.text])];
    case 'list':
      return [
        element(
          'ul',
          {},
          block.items.map((item) => element('li', {}, [held(item)])),
        ),
      ];
    case 'marks':
      return block.marks.map(markOf);
    case 'table':
      return [tableFigure(block.table)];
    case 'chart':
      return [chartFigure(block.chart)];
    case 'drawing':
      return [drawingFigure(block.drawing, block.caption)];
    case 'code':
      return [element('div', { class: 'scroll' }, [element('pre', {}, [block.text])])];
    case 'more':
      return [
        element('details', {}, [element('summary', {}, [block.summary]), ...block.blocks.flatMap(blockOf)]),
      ];
    case 'columns':
      return [
        element(
          'div',
          { class: 'columns' },
          block.columns.map((blocks) => element('div', {}, blocks.flatMap(blockOf))),
        ),
      ];
  }
}

function markOf({ name, severity, sentences }: Mark): HtmlElement {
  return element('div', { class: 'mark' }, [
    element('p', {}, [element('strong', {}, [name]), ' ', element('small', {}, [severity])]),
    ...paragraphs(sentences),
  ]);
}

function paragraphs(sentences: readonly string[]): HtmlElement[] {
  return sentences.map((sentence) => element('p', {}, [held(sentence)]));
}

/** No line ends between a number and its percent sign. */
function held(text: string): string {
  return text.replace(/(\d) %/g, '$1\u00A0%');
}
