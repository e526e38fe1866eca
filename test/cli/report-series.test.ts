import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeTestSeries } from '../snapshot/series-support.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { csvFiles, expectHarmless, headings, pageOf } from './report-support.ts';

describe('peerscope report of a series', () => {
  it('reports the last complete snapshot of a series, and what changed over all of them', async () => {
    const directory = join(temporaryFolder(), 'week');
    // Of a, b, c one goes and d, e come; b and c stay, and so does their link. The third crawl was cut off.
    writeTestSeries(directory, [
      {
        peers: ['a', 'b', 'c'].map((id) => ({ id })),
        links: [
          ['a', 'b'],
          ['b', 'c'],
        ],
      },
      {
        peers: ['b', 'c', 'd', 'e'].map((id) => ({ id })),
        links: [
          ['b', 'c'],
          ['c', 'd'],
          ['d', 'e'],
        ],
      },
      { peers: [{ id: 'b' }], links: [], state: 'incomplete' },
    ]);
    const html = await pageOf([directory, '--only', 'summary,components']);
    expect(headings(html)).toContain('The series: who came, went and stayed');
    expect(html).toContain('<h1>Overlay report: week</h1>');
    expect(html).toContain('It found 4 peers and 3 links.');
    expect(html).toContain(`It is the last of the 2 complete snapshots of the series ${directory}`);
    expect(html).toContain(
      '2 crawls, the last begun 1 min after the first, met 5 different peers in all, and 2 of them every time.',
    );
    expect(html).toContain(
      'From one crawl to the next 33.3\u00A0% of the peers went; in all 1 went and 2 came.',
    );
    expect(html).toContain('Of the links whose two ends answered both times, 100.0\u00A0% stood both times.');
    expect(csvFiles(html).get('series.csv')).toContain('000002');
    expect(csvFiles(html).get('series.csv')).not.toContain('000003');
    expect(html).toContain(`peerscope report ${directory} --only`);
    expectHarmless(html);
    const beside = await pageOf([directory, directory, '--only', 'summary']);
    expect(headings(beside)).toContain('The series: who came, went and stayed');
  });

  it('says of a series of one snapshot that there is nothing to compare', async () => {
    const directory = join(temporaryFolder(), 'begun');
    writeTestSeries(directory, [{ peers: [{ id: 'a' }, { id: 'b' }], links: [['a', 'b']] }]);
    expect(await pageOf([directory, '--only', 'summary'])).toContain(
      'has 1 complete snapshot, and two are needed to compare.',
    );
  });
});
