import { OUTCOME_WORDS, ROLE_WORDS, type ViewGraph } from '../src/reports/view/view-graph.ts';
import type { Look } from './look.ts';
import type { MapSeen } from './map.ts';
import type { Marks, Seen } from './picture.ts';
import { shapePath } from './shapes.ts';

/** The peers that stand within the picture as it is now, and are not hidden. */
export function peersSeen({ visible }: Pick<Marks, 'visible'>, seen: Seen | undefined): number[] {
  const all = Array.from(visible.keys()).filter((peer) => visible[peer] === 1);
  if (seen === undefined) return all;
  return all.filter((peer) => {
    const { x, y } = seen.at(peer);
    return x >= 0 && y >= 0 && x <= seen.width && y <= seen.height;
  });
}

/** One row for each peer. What peers say never begins a formula where a spreadsheet opens it. */
export function csvOf(graph: ViewGraph, peers: readonly number[]): string {
  const rows = peers.map((peer) =>
    [
      graph.ids[peer]!,
      graph.roleOf[peer] === 0 ? '' : ROLE_WORDS[graph.roleOf[peer]!]!,
      graph.outcomeOf[peer] === 0 ? '' : OUTCOME_WORDS[graph.outcomeOf[peer]!]!,
      graph.agents[graph.agentOf[peer]!]!,
      String(graph.degrees[peer]!),
      String(graph.componentOf[peer]! + 1),
    ]
      .map(csvCell)
      .join(','),
  );
  return ['id,role,outcome,agent,degree,component', ...rows, ''].join('\r\n');
}

function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The picture in lines and shapes, of what is seen: links where both ends are. */
export function svgOf(
  graph: ViewGraph,
  marks: Marks,
  seen: Seen,
  look: { readonly ground: string; readonly link: string; readonly path: string },
  path: readonly number[],
): string {
  const peers = peersSeen(marks, seen);
  const isSeen = new Uint8Array(graph.ids.length);
  for (const peer of peers) isSeen[peer] = 1;
  const number = (value: number): string => value.toFixed(1);
  const point = (peer: number): string => `${number(seen.at(peer).x)} ${number(seen.at(peer).y)}`;
  const links: string[] = [];
  graph.sources.forEach((source, link) => {
    const target = graph.targets[link]!;
    if (isSeen[source] === 1 && isSeen[target] === 1 && marks.links?.[link] !== 0)
      links.push(`M${point(source)}L${point(target)}`);
  });
  const way = path.length === 0 ? '' : `M${path.map(point).join('L')}`;
  return svgText(graph.name, seen, look.ground, [
    `<path d="${links.join('')}" fill="none" stroke="${look.link.slice(0, 7)}" stroke-opacity="${(parseInt(look.link.slice(7), 16) / 255).toFixed(2)}"/>`,
    ...shapesOf(peers, marks, seen),
    `<path d="${way}" fill="none" stroke="${look.path}" stroke-width="3"/>`,
  ]);
}

/** The map as it is seen. @param land the text of `map.svg`. */
export function mapSvgOf(
  { name, map }: ViewGraph,
  marks: Marks,
  seen: Seen & MapSeen,
  look: Pick<Look, 'ground' | 'path' | 'isDark'>,
  land: string,
): string {
  const [width, height] = [map?.width ?? 0, map?.height ?? 0];
  const inside = land.slice(land.indexOf('>', land.indexOf('<svg')) + 1, land.lastIndexOf('</svg>'));
  const place = `translate(${seen.left.toFixed(1)} ${seen.top.toFixed(1)}) scale(${seen.scale.toFixed(4)})`;
  const turned = ['R', 'G', 'B'].map((channel) => `<feFunc${channel} type="table" tableValues="0.87 0.13"/>`);
  const night = `<filter id="night" color-interpolation-filters="sRGB"><feComponentTransfer>${turned.join('')}</feComponentTransfer><feColorMatrix type="hueRotate" values="180"/></filter>`;
  return svgText(name, seen, look.ground, [
    ...(look.isDark ? [night] : []),
    `<g transform="${place}"${look.isDark ? ' filter="url(#night)"' : ''}><svg width="${width}" height="${height}">${inside}</svg></g>`,
    ...shapesOf(peersSeen(marks, seen), marks, seen),
    `<path d="${seen.ways}" transform="${place}" fill="none" stroke="${look.path}" stroke-width="${(2.5 / seen.scale).toFixed(2)}"/>`,
  ]);
}

function svgText(title: string, { width, height }: Seen, ground: string, content: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="100%" height="100%" fill="${ground}"/>`,
    ...content,
    '</svg>',
    '',
  ].join('\n');
}

function shapesOf(peers: readonly number[], marks: Marks, seen: Seen): string[] {
  return peers.map((peer) => {
    const { x, y } = seen.at(peer);
    const d = shapePath(marks.shape(peer), x, y, seen.radius(peer));
    return `<path d="${d}" fill="${marks.color(peer)}"/>`;
  });
}

function escaped(text: string): string {
  return text.replace(/[\0-\x1F\x7F]/g, ' ').replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Hands a file to whoever looks. */
export function save(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 10_000);
}
