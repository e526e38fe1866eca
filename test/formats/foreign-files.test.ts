// What other programs write, in their own words: small files made by hand after their formats' documentation.
import zlib, { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { linkColumnsOf, peerColumnsOf, type DescribedTopology } from '../../src/formats/described.ts';
import { errorOf, namedLinks, readFileInput } from './support.ts';

/** The values of one peer, by column. */
function valuesOf(read: DescribedTopology, id: string): Record<string, string> {
  const peer = read.topology.ids.indexOf(id);
  return Object.fromEntries(peerColumnsOf(read).map((column) => [column.name, column.textOf(peer)]));
}

function linkValues(read: DescribedTopology, place: number): Record<string, string> {
  return Object.fromEntries(linkColumnsOf(read).map((column) => [column.name, column.textOf(place)]));
}

describe('GraphML of others', () => {
  it('has keys with defaults, links of both kinds, hyperedges, and graphs inside of nodes', async () => {
    const read = await readFileInput(
      'x.graphml',
      `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE graphml>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="d0" for="node" attr.name="color" attr.type="string"><default>yellow</default></key>
  <key id="d1" for="edge" attr.name="weight" attr.type="double"/>
  <key id="d2" for="node" attr.name="up" attr.type="boolean"/>
  <graph id="G" edgedefault="undirected">
    <node id="n0"><data key="d0">green</data><data key="d2">True</data>
      <graph id="inner" edgedefault="undirected"><node id="n1"/></graph></node>
    <node id="n2"><desc>the third</desc><port name="p"/></node>
    <edge id="e0" source="n0" target="n2" directed="true"><data key="d1">1.5</data></edge>
    <edge source="n1" target="n2"/>
    <hyperedge><endpoint node="n0"/><endpoint node="n1"/></hyperedge>
  </graph>
  <graph id="H" edgedefault="directed"><node id="other"/></graph>
</graphml>`,
    );
    expect(read.topology.directed).toBe(true);
    expect(namedLinks(read.topology)).toEqual(['n0-n2', 'n1-n2', 'n2-n1']);
    expect(valuesOf(read, 'n0')).toEqual({ color: 'green', up: 'true' });
    expect(valuesOf(read, 'n1')).toEqual({ color: 'yellow', up: '' });
    expect(linkValues(read, 0)).toEqual({ weight: '1.5' });
    expect(linkValues(read, 1)).toEqual({ weight: '' });
    expect(read.notes).toEqual([
      'Only the first of 2 graphs was read.',
      '1 hyperedges were left out.',
      '1 of 2 links have no direction, and were read as links both ways.',
    ]);
  });

  it('gives analyses the roles and who answered, where they are in it', async () => {
    const { topology } = await readFileInput(
      'x.graphml',
      `<graphml><key id="r" for="node" attr.name="role" attr.type="string"/><key id="a" for="node" attr.name="respondent" attr.type="boolean"/>
<graph edgedefault="undirected"><node id="s"><data key="r">superpeer</data><data key="a">true</data></node>
<node id="l"><data key="a">false</data></node><edge source="l" target="s"/></graph></graphml>`,
    );
    expect(topology.columns).toEqual({ roles: ['superpeer', undefined], respondents: Uint8Array.of(1, 0) });
  });
});

describe('GEXF of others', () => {
  it.each([
    ['http://gexf.net/1.3', 'http://gexf.net/1.3/viz'],
    ['http://www.gexf.net/1.1draft', 'http://www.gexf.net/1.1draft/viz'],
  ])('in version %s has labels, positions, weights and attributes', async (namespace, viz) => {
    const read = await readFileInput(
      'x.gexf',
      `<gexf xmlns="${namespace}" xmlns:viz="${viz}" version="1.3">
<meta lastmodifieddate="2009-03-20"><creator>Gephi</creator></meta>
<graph defaultedgetype="directed" mode="dynamic">
 <attributes class="node" mode="static"><attribute id="0" title="url" type="string"><default>none</default></attribute></attributes>
 <attributes class="edge"><attribute id="0" title="since" type="integer"/></attributes>
 <nodes><node id="0" label="Hello"><attvalues><attvalue for="0" value="http://x"/></attvalues>
   <viz:size value="2"/><viz:position x="15.783598" y="40.109245" z="0.0"/><nodes><node id="1" label="1"/></nodes></node></nodes>
 <edges><edge id="0" source="0" target="1" weight="2.0"><attvalues><attvalue for="0" value="1999"/></attvalues></edge></edges>
</graph></gexf>`,
    );
    expect(namedLinks(read.topology)).toEqual(['0-1']);
    expect(valuesOf(read, '0')).toEqual({
      label: 'Hello',
      url: 'http://x',
      x: '15.783598',
      y: '40.109245',
      z: '0.0',
    });
    expect(valuesOf(read, '1')).toMatchObject({ label: '', url: 'none', x: '' });
    expect(linkValues(read, 0)).toEqual({ weight: '2.0', since: '1999' });
    expect(read.notes).toEqual([
      'When peers and links were there was not read: they count as there all the time.',
    ]);
  });
});

describe('Pajek of others', () => {
  it('may have arcs and edges, lists, weights, comments, and vertices without a line', async () => {
    const read = await readFileInput(
      'x.net',
      '*Network test\r\n% a comment\r\n*Vertices 4\r\n1 "a b" 0.1 0.2 0.5 ic Red\r\n2 c\r\n4 "c"\r\n' +
        '*Arcs :1 "calls"\r\n1 2 3.5\r\n*Edges\r\n2 3\r\n*Arcslist\r\n4 1 2\r\n*Partition p\r\n*Vertices 4\r\n1\r\n1\r\n2\r\n2\r\n',
    );
    expect(namedLinks(read.topology)).toEqual(['a b-c', 'c-3', 'c (4)-a b', 'c (4)-c', '3-c']);
    expect(valuesOf(read, 'a b')).toEqual({ x: '0.1', y: '0.2', z: '0.5' });
    expect(linkValues(read, 0)).toEqual({ weight: '3.5' });
    expect(read.notes).toHaveLength(3);
  });
});

describe('DOT of others', () => {
  it('has chains, groups, ports, comments, defaults and attributes', async () => {
    const read = await readFileInput(
      'x.dot',
      `# by hand
/* a graph
   of */ strict digraph "my graph" {
  rankdir=LR; node [shape=box, color = "red"]; // defaults
  a -> b:port:n -> c [label="two links", weight=2]
  subgraph cluster_0 { label = "inner"; d; e [role=leaf] }
  a -> { f g };
  "with \\"quotes\\"" -> <<b>html</b>> [style="dotted" ; color=blue]
  "joined " + "text" -> -3.5
}`,
    );
    expect(namedLinks(read.topology)).toEqual([
      ...['a-b', 'a-f', 'a-g', 'b-c', 'with "quotes"-<<b>html</b>>', 'joined text--3.5'],
    ]);
    expect(read.topology.ids).toContain('d');
    expect(valuesOf(read, 'e')).toEqual({ role: 'leaf' });
    expect(linkValues(read, 0)).toEqual({ label: 'two links', weight: '2', style: '', color: '' });
  });
});

describe('JSON of others', () => {
  it.each(['links', 'edges'])(
    'of networkx has its links in "%s", numbers as ids, and values of all kinds',
    async (key) => {
      const read = await readFileInput(
        'x.json',
        JSON.stringify({
          ...{ directed: true, multigraph: false, graph: { name: 'g' } },
          nodes: [
            { id: 0, up: true, size: 1.5, list: [1] },
            { id: 'b', up: null },
          ],
          [key]: [
            { source: 0, target: 'b', weight: 3 },
            { source: 'b', target: 2 },
          ],
        }),
      );
      expect(namedLinks(read.topology)).toEqual(['0-b', 'b-2']);
      expect(valuesOf(read, '0')).toEqual({ up: 'true', size: '1.5' });
      expect(linkValues(read, 0)).toEqual({ weight: '3' });
      expect(read.notes).toEqual([
        '1 values were lists or objects, and were left out.',
        '1 peers are named by links only.',
      ]);
    },
  );

  it('that does not say whether it is directed is read as undirected, and the report says so', async () => {
    const { topology, notes } = await readFileInput(
      'x.json',
      '{"nodes": [{"id": 1}], "links": [{"source": 1, "target": 2}]}',
    );
    expect(topology.directed).toBe(false);
    expect(notes.at(-1)).toMatch(/does not say whether its links are directed/);
  });
});

describe('Parquet of others', () => {
  it('has columns of any name and type', async () => {
    const { parquetWriteBuffer } = await import('hyparquet-writer');
    const bytes = parquetWriteBuffer({
      columnData: [
        { name: 'since', data: [new Date(0), undefined], type: 'TIMESTAMP' },
        { name: 'von', data: [1n, 2n], type: 'INT64' },
        { name: 'nach', data: [2n, 3n], type: 'INT64' },
      ],
    });
    const read = await readFileInput('x.parquet', new Uint8Array(bytes), {
      source: 'von',
      target: 'nach',
      directed: true,
    });
    expect(namedLinks(read.topology)).toEqual(['1-2', '2-3']);
    expect(linkValues(read, 0)).toEqual({ since: '1970-01-01T00:00:00.000Z' });
    expect(linkValues(read, 1)).toEqual({ since: '' });
  });

  // Node has had zstd since 22.15; its types here are those of Node 20.
  const zstd = Reflect.get(zlib, 'zstdCompressSync') as typeof gzipSync | undefined;
  const packed = async (codec: 'GZIP' | 'ZSTD', compress: (bytes: Uint8Array) => Uint8Array) => {
    const { parquetWriteBuffer } = await import('hyparquet-writer');
    const ends = (name: string, first: number) => ({
      name,
      data: Array.from({ length: 500 }, (_, k) => `peer ${k + first}`),
      type: 'STRING' as const,
    });
    const columnData = [ends('source', 0), ends('target', 1)];
    const bytes = parquetWriteBuffer({ columnData, codec, compressors: { [codec]: compress } });
    return readFileInput('x.parquet', new Uint8Array(bytes), { directed: true });
  };

  it.each([['GZIP', gzipSync] as const, ...(zstd === undefined ? [] : [['ZSTD', zstd] as const])])(
    'is unpacked from %s',
    async (codec, compress) => {
      const { topology } = await packed(codec, (bytes) => compress(bytes));
      expect(topology).toMatchObject({ size: 501, linkCount: 500 });
      // What is packed is longer than it says: it is unpacked no further.
      await expect(packed(codec, () => compress(Buffer.alloc(1_000_000)))).rejects.toThrow(/is damaged/);
    },
  );

  it.skipIf(zstd !== undefined)('is refused in ZSTD by a Node without it, with the way out', async () => {
    const error = await errorOf(packed('ZSTD', (bytes) => bytes));
    expect(error.message).toMatch(/x\.parquet is compressed with ZSTD, which this Node does not unpack$/);
    expect(error.hint).toContain('22.15');
  });
});

describe('a graph without links', () => {
  it('has its peers, and needs no direction', async () => {
    const { topology, notes } = await readFileInput('x.dot', 'graph { a; b }');
    expect(topology).toMatchObject({ size: 2, linkCount: 0, directed: false });
    expect(notes).toEqual([]);
  });
});
