import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random.ts';
import { PeerscopeError } from '../../src/core/errors.ts';
import { FORMATS } from '../../src/formats/formats.ts';
import { writeTopology } from '../../src/formats/write-topology.ts';
import { TopologyBuilder } from '../../src/topology/builder.ts';
import { errorOf, fileOf, readFileInput } from './support.ts';

/** A file of this extension as we write it: a ring of 50 peers with roles. */
async function written(extension: string): Promise<Buffer> {
  const builder = new TopologyBuilder(false);
  for (let peer = 0; peer < 50; peer++) builder.peer(`peer-${peer}`);
  for (let peer = 0; peer < 50; peer++) builder.link(peer, (peer + 1) % 50);
  const topology = builder.build({ roles: Array.from({ length: 50 }, () => 'leaf' as const) });
  const path = fileOf(`overlay${extension}`, '');
  await writeTopology(path, { topology });
  return readFileSync(path);
}

/** One sentence that names the file, with no trace of a program in it. */
function expectClear(error: PeerscopeError): void {
  expect(error.kind).toBe('bad-input');
  expect(error.message).toMatch(/(^|\/)overlay\.\w+(:| )/);
  expect(error.message).not.toMatch(/\n|undefined|\[object|TypeError|is not a function/);
  expect(error.message.length).toBeLessThan(400);
}

describe.each(FORMATS.map(({ name, extensions }) => [name, extensions[0]] as const))(
  'of %s',
  (name, extension) => {
    it('a half-written file is told to be cut off, or is read as far as its lines go', async () => {
      const whole = await written(extension);
      // What is made of lines alone does not say where it should end.
      const isOfLines = ['edge-list', 'csv', 'pajek'].includes(name);
      for (let share = 0.02; share < 1; share += 0.03) {
        const half = whole.subarray(0, Math.floor(share * whole.length));
        const outcome = await readFileInput(`overlay${extension}`, half).then(
          ({ topology }) => topology,
          (error: unknown) => error,
        );
        if (outcome instanceof PeerscopeError) expectClear(outcome);
        else {
          expect(isOfLines).toBe(true);
          expect(outcome).toMatchObject({ directed: false });
        }
        if (!isOfLines && share > 0.2) {
          expect((outcome as Error).message).toMatch(/cut off|ends? in the middle|damaged|not end/);
        }
      }
    });

    it('an empty file, one of zeros, and one of chance are refused in one sentence', async () => {
      const random = createRandom(1);
      const noise = Uint8Array.from({ length: 5000 }, () => random.int(256));
      for (const bytes of [Buffer.alloc(0), Buffer.from('\n\n'), Buffer.alloc(100), noise])
        expectClear(await errorOf(readFileInput(`overlay${extension}`, bytes)));
    });

    it.runIf(name !== 'parquet')('a file in another encoding is refused, with the way out', async () => {
      const text = (await written(extension)).toString();
      const latin = await errorOf(
        readFileInput(`overlay${extension}`, Buffer.from(text.replaceAll('peer-', 'é'), 'latin1')),
      );
      expectClear(latin);
      expect(latin.message).toMatch(/is not a text file/);
      const wide = await errorOf(
        readFileInput(`overlay${extension}`, Buffer.from(`\ufeff${text}`, 'utf16le')),
      );
      expectClear(wide);
      expect(wide.message).toMatch(/is in UTF-16|is not a text file/);
    });

    it.runIf(name !== 'parquet')('a file with a byte order mark and CRLF is read all the same', async () => {
      const text = (await written(extension)).toString().replaceAll('\n', '\r\n');
      const { topology } = await readFileInput(`overlay${extension}`, `\ufeff${text}`);
      expect(topology).toMatchObject({ size: 50, linkCount: 50 });
    });

    // All kinds of things are called .txt: that is told by what stands in it.
    it.runIf(name !== 'edge-list')('a file of another format is refused', async () => {
      for (const other of FORMATS) {
        // One kind of lines may look like another kind.
        if (other.name === name || (name === 'csv' && other.name !== 'parquet')) continue;
        const bytes = await written(other.extensions[0]);
        expectClear(await errorOf(readFileInput(`overlay${extension}`, bytes)));
      }
    });
  },
);

describe('of XML', () => {
  const bomb = `<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;">]>`;
  const outside = `<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>`;

  it.each([
    [`${bomb}<graphml><graph><node id="&lol2;"/></graph></graphml>`],
    [`${outside}<graphml><graph><node id="&secret;"/></graph></graphml>`],
    [`${bomb}<graphml><graph><node id="a"><data key="k">&lol2;</data></node></graph></graphml>`],
  ])('an entity that the document declares is never put in: %s', async (text) => {
    const error = await errorOf(readFileInput('overlay.graphml', text));
    expectClear(error);
    expect(error.message).toMatch(/line 1: this is no well-formed XML: Invalid character entity/);
  });

  it('a tag or text that does not end, and elements without end, are bounded', async () => {
    const endless = `<graphml><graph><node id="${'a'.repeat(3_000_000)}`;
    expect((await errorOf(readFileInput('overlay.graphml', endless))).message).toMatch(
      /more than 65536 characters/,
    );
    const deep = `<graphml>${'<graph edgedefault="directed"><node id="a">'.repeat(1000)}`;
    expect((await errorOf(readFileInput('overlay.graphml', deep))).message).toMatch(/more than 256 deep/);
  });

  it.each([
    ['<html><body/></html>', /line 1: this is no GraphML: it begins with <html>$/],
    ['<graphml></graphml>', /has no <graph> in its <graphml>$/],
    ['<graphml><graph edgedefault="directed"></graph></graphml>', /holds no peers$/],
    [
      '<graphml>\n<graph edgedefault="sideways"></graph></graphml>',
      /line 2: edgedefault is "sideways", and has to be/,
    ],
    ['<graphml><graph>\n<node/></graph></graphml>', /line 2: an element lacks its attribute id$/],
    [
      '<graphml><graph>\n\n<edge source="a"/></graph></graphml>',
      /line 3: an element lacks its attribute target$/,
    ],
    ['<graphml><graph>\n</node></graph></graphml>', /line 2: this is no well-formed XML/],
  ])('%j says what is wrong with it', async (text, message) => {
    const error = await errorOf(readFileInput('overlay.graphml', text));
    expectClear(error);
    expect(error.message).toMatch(message);
  });
});

describe('a file that is not as it should be says where', () => {
  it.each([
    [
      'overlay.net',
      '*Vertices 2\n1 "a"\n2 "b"\n*Edges\n1 3\n',
      /line 5 has "3" for a vertex, and they are numbered from 1 to 2$/,
    ],
    ['overlay.net', '*Vertices 2\n1 "a\n', /line 2 is no vertex/],
    ['overlay.net', '*Vertices 2\n1 "a"\n1 "b"\n', /line 3 has the vertex 1 once more$/],
    ['overlay.net', '*Vertices 4000000000\n*Edges\n1 2\n', /more than 10000000 are missing$/],
    ['overlay.net', '*Vertices many\n', /does not say how many/],
    ['overlay.net', '*Matrix\n0 1\n', /has "\*Matrix", which is not read$/],
    ['overlay.dot', 'graph {\na -> b }', /line 2: "->" stands where "--", in a graph, has to come$/],
    ['overlay.dot', 'graph {\na -- "b\n}', /line 2: a quoted text begins that does not end/],
    ['overlay.dot', 'graph {\na [color=', /line 2: the file ends where a value has to come: it is cut off$/],
    ['overlay.dot', 'tree { a }', /line 1: "tree" stands where "graph" or "digraph" has to come$/],
    ['overlay.dot', `graph ${'{'.repeat(1000)}`, /line 1: .* 256 groups/],
    ['overlay.dot', `graph { {${range(4000)}} -- {${range(4000)}} }`, /make more than 10000000 links/],
    ['overlay.json', '{"nodes": [],\n "links": [1,}', /line 2: this is no JSON$/],
    ['overlay.json', '{"nodes": [NaN], "links": []}', /line 1: this is no JSON$/],
    ['overlay.json', '[1, 2]', /has no lists "nodes" and "links": it is no node-link JSON$/],
    ['overlay.json', '{"nodes": [{"name": "a"}], "links": []}', /: nodes\[0\] has no "id"$/],
    [
      'overlay.json',
      '{"nodes": [{"id": "a"}, {"id": "a"}], "links": []}',
      /: nodes\[1\] has the id "a" once more$/,
    ],
    ['overlay.json', '{"nodes": [{"id": "a"}], "links": [{"source": "a"}]}', /: links\[0\] has no "target"$/],
    [
      'overlay.json',
      '{"nodes": [{"id": []}], "links": []}',
      /"id" of nodes\[0\] is neither a text nor a number$/,
    ],
    [
      'overlay.json',
      '{"directed": "yes", "nodes": [{"id": 1}], "links": []}',
      /"directed" is neither true nor false$/,
    ],
    ['overlay.json', '{"nodes": [], "links": []}', /holds no peers$/],
  ])('%s %j', async (name, text, message) => {
    const error = await errorOf(readFileInput(name, text));
    expectClear(error);
    expect(error.message).toMatch(message);
  });
});

function range(size: number): string {
  return Array.from({ length: size }, (_, k) => `n${k}`).join(' ');
}
