import type { Cell, Table } from '../../core/table.ts';
import { formatNumber } from '../format-number.ts';
import type { TablesReport } from '../format-tables.ts';
import { ccdfOf } from './ccdf.ts';
import { POPULATIONS, type JudgedDegrees, type PacedResult, type SlowCrawlSetting } from './slow-crawl.ts';
import { slowCrawlStory } from './slow-crawl-story.ts';
import { DEFINITION_WORDS } from './superpeer-tier.ts';

/** The experiment as tables, and as a document for scripts. */
export function slowCrawlReport(
  setting: SlowCrawlSetting,
  results: readonly PacedResult[],
  judged: readonly JudgedDegrees[],
): TablesReport {
  return {
    tables: [crawlsTable(setting, results), degreesTable(judged), verdictsTable(judged), ccdfTable(results)],
    document: {
      schema: 'peerscope/experiment/1',
      experiment: 'slow-crawl',
      setting,
      crawls: results.map(({ degrees: _degrees, trueDegrees: _true, ...crawl }) => ({
        ...crawl,
        passMinutes: setting.passMinutes * crawl.slower,
        arrivalsPerContact: arrivalsPerContact(setting, crawl),
      })),
      degrees: judged,
      distributions: ccdfTable(results).rows.map(([slower, population, degree, peers, ccdf]) => ({
        slower,
        population,
        degree,
        peers,
        ccdf,
      })),
      findings: slowCrawlStory(results, judged),
    },
  };
}

/** Peers that come up, as the session law has it, in the time that one contact takes. Not all of them come to be known. */
export function arrivalsPerContact(
  { passMinutes, meanSessionMinutes }: SlowCrawlSetting,
  { slower }: Pick<PacedResult, 'slower'>,
): number {
  return (passMinutes * slower) / meanSessionMinutes;
}

function crawlsTable(setting: SlowCrawlSetting, results: readonly PacedResult[]): Table {
  const broken = results.filter(({ ending }) => ending === 'limit').map(({ slower }) => `${slower} x`);
  return {
    name: 'crawls',
    title: `The same overlay of ${formatNumber(setting.superpeers)} superpeers, crawled slower and slower`,
    columns: [
      { name: 'slower' },
      { name: 'minutes', digits: 1 },
      { name: 'arrivals_per_contact', digits: 2 },
      { name: 'contacts', detail: true },
      { name: 'answers' },
      { name: 'found' },
      { name: 'there' },
      { name: 'peer_distortion_percent', digits: 1 },
      { name: 'link_distortion_percent', digits: 1 },
      { name: 'ending', detail: true },
    ],
    rows: results.map((crawl) => [
      crawl.slower,
      crawl.minutes,
      arrivalsPerContact(setting, crawl),
      crawl.contacts,
      crawl.answers,
      crawl.peers.found,
      crawl.peers.reference,
      100 * crawl.peers.distortion,
      100 * crawl.links.distortion,
      crawl.ending,
    ]),
    notes: [
      `Superpeers and links among them only. Sessions: ${setting.churn}, ${formatNumber(setting.meanSessionMinutes, 1)} minutes on average.`,
      'arrivals_per_contact: superpeers that come up in the time of one contact. Well above 1 more peers are learned than asked, and a crawl does not end by itself.',
      ...(broken.length > 0
        ? [
            `Broken off with peers left to ask, after ${setting.mostPasses} times as long as the overlay of an instant takes: ${broken.join(', ')}.`,
          ]
        : []),
    ],
  };
}

function degreesTable(judged: readonly JudgedDegrees[]): Table {
  return {
    name: 'degrees',
    title: 'Degrees among superpeers, by what is called a degree',
    columns: [
      { name: 'slower' },
      { name: 'degree_of' },
      { name: 'peers' },
      { name: 'mean', digits: 1 },
      { name: 'most' },
      { name: 'line_exponent', digits: 2 },
      { name: 'line_r2', digits: 3 },
      { name: 'alpha', digits: 2 },
      { name: 'ks', digits: 3 },
      { name: 'best_law', detail: true },
    ],
    rows: judged.map(({ slower, population, n, mean, most, line, models, best }) => [
      slower,
      population,
      n,
      mean,
      most,
      line?.exponent ?? null,
      line?.rSquared ?? null,
      models?.powerLaw.alpha ?? null,
      models?.powerLaw.ks ?? null,
      best,
    ]),
    notes: [
      `truth: at the end of the crawl; ${Object.entries(DEFINITION_WORDS)
        .map(([name, words]) => `${name}: ${words}`)
        .join('; ')}.`,
      'line: least squares through the log-log histogram in bins that double, which is what the eye does. alpha, ks: the likeliest power law on 1 to the largest degree, and how far the degrees are from it; with alpha below 0 the law rises, as degrees do that gather at a cap.',
    ],
  };
}

function verdictsTable(judged: readonly JudgedDegrees[]): Table {
  const rows = judged.flatMap(({ slower, population, models }): Cell[][] =>
    models === null
      ? []
      : Object.values(models).map((model) => [
          slower,
          population,
          model.law,
          model.verdict,
          model.withinSupport.verdict,
          model.supportViolations,
          model.alpha,
          model.ks,
          model.pValue,
          model.reason,
        ]),
  );
  return {
    name: 'verdicts',
    title: 'Verdicts of degree-model',
    detail: true,
    columns: [
      { name: 'slower' },
      { name: 'degree_of' },
      { name: 'law' },
      { name: 'verdict' },
      { name: 'within_support' },
      { name: 'violations', digits: 3 },
      { name: 'alpha', digits: 3 },
      { name: 'ks', digits: 3 },
      { name: 'p_value', digits: 3 },
      { name: 'reason' },
    ],
    rows,
  };
}

/** The verdicts for a person, who would read the same word sixty times otherwise. */
export function verdictSummary(judged: readonly JudgedDegrees[]): Table {
  return {
    name: 'verdicts',
    title:
      "Verdicts of degree-model on the lecture's two laws, and on a power law on 1 to the largest degree",
    columns: [{ name: 'degree_of' }, { name: 'pure' }, { name: 'hybrid' }, { name: 'power_law' }],
    rows: POPULATIONS.map((population) => [
      population,
      ...(['pure', 'hybrid', 'powerLaw'] as const).map((law) => verdictText(judged, population, law)),
    ]),
  };
}

function verdictText(
  judged: readonly JudgedDegrees[],
  population: JudgedDegrees['population'],
  law: keyof NonNullable<JudgedDegrees['models']>,
): string {
  const verdicts = judged.flatMap(({ slower, models, ...one }) =>
    one.population === population && models !== null ? [{ slower, verdict: models[law].verdict }] : [],
  );
  const kinds = [...new Set(verdicts.map(({ verdict }) => verdict))];
  if (kinds.length < 2) return kinds[0] ?? 'no peers';
  return kinds
    .map((kind) => {
      const at = verdicts.filter(({ verdict }) => verdict === kind).map(({ slower }) => slower);
      return `${kind} at ${at.join(', ')} x`;
    })
    .join('; ');
}

function ccdfTable(results: readonly PacedResult[]): Table {
  const rows = results.flatMap(({ slower, degrees, trueDegrees }) =>
    POPULATIONS.flatMap((population) =>
      ccdfOf(population === 'truth' ? trueDegrees : degrees[population]).map(({ degree, peers, ccdf }) => [
        slower,
        population,
        degree,
        peers,
        ccdf,
      ]),
    ),
  );
  return {
    name: 'distributions',
    title: 'Share of the peers with so many links or more',
    detail: true,
    columns: ['slower', 'degree_of', 'degree', 'peers', 'ccdf'].map((name) => ({ name })),
    rows,
  };
}
