/**
 * peerscope as a library: the parts that the command line is made of, in the order of the data's way.
 *
 * ```js
 * import { MODELS, DEFAULT_MODEL_OPTIONS, createRandom, ANALYSES, DEFAULT_ANALYSIS_OPTIONS, QUIET_WORK } from 'peerscope';
 *
 * const model = MODELS.find(({ name }) => name === 'hybrid');
 * const { topology } = model.generate({ ...DEFAULT_MODEL_OPTIONS, peers: 1000 }, createRandom(1));
 * for (const analysis of ANALYSES.filter(({ byDefault }) => byDefault))
 *   console.log((await analysis.find(topology, DEFAULT_ANALYSIS_OPTIONS, QUIET_WORK)).result);
 * ```
 * @packageDocumentation
 */
export { parseAddress, type Address } from './core/address.ts';
export type { Chart } from './core/chart.ts';
export type { Claims, Evidence, LinkClaim, PeerClaim, Relation, Role } from './core/claims.ts';
export { EXIT_CODES, PeerscopeError, type ErrorKind } from './core/errors.ts';
export { OUTCOMES, type Outcome } from './core/outcome.ts';
export { createRandom, type Random } from './core/random.ts';
export type { Table } from './core/table.ts';
export { VERSION } from './core/version.ts';
export type { Answer, Conversation, Question, Transport, Visit } from './core/visit.ts';

export { fromLinks, TopologyBuilder } from './topology/builder.ts';
export { strongComponents, weakComponents, type Partition } from './topology/components.ts';
export { distanceTo, ownerOf, positionOf, type Positions } from './topology/positions.ts';
export { Topology } from './topology/topology.ts';

export { Distribution } from './statistics/distribution.ts';
export { countedOf, type Counted } from './statistics/counted.ts';
export { FAMILIES } from './statistics/families.ts';
export type { Family, IntegerLaw, Support } from './statistics/family.ts';
export { fitLaw, type Fit } from './statistics/fit.ts';
export { fitFamily, type FamilyFit } from './statistics/fit-family.ts';
export { LAW_NAMES, parseLaw, type Law } from './statistics/laws.ts';
export { tally } from './statistics/sample.ts';
export { scanZeta, type ZetaTail } from './statistics/zeta-scan.ts';

export { chordLookup } from './models/chord.ts';
export { greedyRoute, greedyRouteWithBacktracking, routeBetween } from './models/greedy-routing.ts';
export type { GreedyOptions, GreedyRoute } from './models/greedy-routing.ts';
export { MODELS } from './models/index.ts';
export { DEFAULT_MODEL_OPTIONS, type Generated, type Model, type ModelOptions } from './models/model.ts';

export { OVERLAYS } from './overlays/index.ts';
export type { ExplainedPart, PartAddresses } from './overlays/explanation.ts';
export type { Overlay, Personality, Servent, ServentState, Session } from './overlays/overlay.ts';

export { causesOf, type Causes } from './snapshot/causes.ts';
export { compareSnapshots, type Difference } from './snapshot/compare.ts';
export { Fold } from './snapshot/fold.ts';
export { readJournal } from './snapshot/journal.ts';
export { readManifest, type Manifest } from './snapshot/manifest.ts';
export { readSnapshot, type StoredSnapshot } from './snapshot/read.ts';
export { scoreOf, type Reach, type Score } from './snapshot/score.ts';
export { writeTruth } from './snapshot/write-truth.ts';

export { simulate, type Simulation, type SimulationOptions } from './simulate/loopback-simulation.ts';
export { simulateVirtually } from './simulate/virtual-simulation.ts';
export { NO_TROUBLE, type Trouble } from './simulate/trouble.ts';

export { crawl, type CrawlOptions, type CrawlProgress } from './crawl/crawl.ts';
export { takeSnapshot, type TakeSnapshotOptions, type TakenSnapshot } from './crawl/take-snapshot.ts';
export { probePeer } from './crawl/probe-peer.ts';
export { createSocketTransport, type SocketTransport } from './crawl/socket-transport.ts';

export { readInput, type InputSources } from './formats/input.ts';
export { readSnapshotTopology } from './formats/snapshot-topology.ts';
export type { ReadTopology, TopologyFileOptions } from './formats/topology-file.ts';

export type { Content } from './search/content.ts';
export { placeContent, type Placement } from './search/place-content.ts';
export { searchOverlay, type Searched } from './search/search.ts';
export type { SearchResult } from './search/search-result.ts';
export { STRATEGIES } from './search/strategies.ts';
export { DEFAULT_STRATEGY_OPTIONS } from './search/strategy.ts';
export type { SearchOptions, Strategy, StrategyOptions } from './search/strategy.ts';

export {
  compareParadigms,
  type Comparison,
  type ComparisonOptions,
  type Point,
} from './paradigms/compare.ts';
export { PARADIGMS } from './paradigms/index.ts';
export type { Paradigm } from './paradigms/paradigm.ts';

export { DEFAULT_ANALYSIS_OPTIONS, QUIET_WORK, type AnalysisOptions } from './analyses/analysis.ts';
export type { Analysis, Cost, Work } from './analyses/analysis.ts';
export { ALONE, type Crew, type Kernel } from './core/crew.ts';
export { audit, type AuditResult } from './analyses/audit.ts';
export { components, type ComponentsResult } from './analyses/components.ts';
export { fitColumn, type ColumnFitOptions } from './analyses/column-fit.ts';
export type { ColumnFit, ColumnVerdict, TailResult } from './analyses/column-fit-result.ts';
export { degreeModel } from './analyses/degree-model.ts';
export { degreeTail, type DegreeTailResult } from './analyses/degree-tail.ts';
export type { DegreeModelResult, ModelResult, Verdict } from './analyses/degree-model-result.ts';
export { degree, type DegreeResult } from './analyses/degree.ts';
export { summary, type SummaryResult } from './analyses/summary.ts';
export { superpeers, type SuperpeersResult } from './analyses/superpeers.ts';
export { ANALYSES, type Finding, type RegisteredAnalysis } from './analyses/index.ts';

export { chartSvg } from './charts/chart-svg.ts';
export { chartText } from './charts/chart-text.ts';
export { PLAIN, type Style } from './charts/style.ts';
export { csvText } from './reports/csv.ts';
export { tableText } from './reports/table-text.ts';
