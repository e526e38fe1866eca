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
export async function pageHtml(page: Page): Promise<string> {
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
  return `<!DOCTYPE html>\n<html lang="en">\n<head>\n${head}<style>${PAGE_STYLE}</style>\n</head>\n${htmlText(await bodyOf(page))}\n</html>\n`;
}

async function bodyOf({ title, lead, warnings, tiles, sections, footer }: Page): Promise<HtmlElement> {
  const main: HtmlElement[] = [];
  for (const section of sections) main.push(await sectionOf(section));
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
    element('main', {}, main),
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

async function sectionOf({ id, title, blocks }: Section): Promise<HtmlElement> {
  return element('section', { id, 'aria-labelledby': `${id}-title` }, [
    element('h2', { id: `${id}-title` }, [title]),
    ...(await blocksOf(blocks)),
  ]);
}

/** One after the other, as charts are drawn. */
async function blocksOf(blocks: readonly Block[]): Promise<HtmlElement[]> {
  const elements: HtmlElement[] = [];
  for (const block of blocks) elements.push(...(await blockOf(block)));
  return elements;
}

async function blockOf(block: Block): Promise<HtmlElement[]> {
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
      return [await chartFigure(block.chart)];
    case 'drawing':
      return [drawingFigure(block)];
    case 'code':
      return [element('div', { class: 'scroll' }, [element('pre', {}, [block.text])])];
    case 'more':
      return [
        element('details', {}, [element('summary', {}, [block.summary]), ...(await blocksOf(block.blocks))]),
      ];
    case 'columns': {
      const columns: HtmlElement[] = [];
      for (const blocks of block.columns) columns.push(element('div', {}, await blocksOf(blocks)));
      return [element('div', { class: 'columns' }, columns)];
    }
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
