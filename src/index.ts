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
export { EVIDENCES, RELATIONS, ROLES } from './core/claims.ts';
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

export { generatePlaces } from './underlay/generate-places.ts';
export { generateRouters } from './underlay/generate-routers.ts';
export { greatCircleKm } from './underlay/great-circle.ts';
export { locate, type LocatedOverlay, type Location } from './underlay/located-overlay.ts';
export { measureUnderlay, type UnderlayOptions, type UnderlayResult } from './underlay/measure-underlay.ts';
export { placesOf, type Place, type Places } from './underlay/places.ts';

export type { Content } from './search/content.ts';
export { placeContent, type Placement } from './search/place-content.ts';
export { searchOverlay, type Searched } from './search/search.ts';
export type { SearchResult } from './search/search-result.ts';
export { STRATEGIES } from './search/strategies.ts';
export { DEFAULT_STRATEGY_OPTIONS } from './search/strategy.ts';
export type { SearchOptions, Strategy, StrategyOptions } from './search/strategy.ts';

export {
  compareParadigms,
  type ParadigmComparison,
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

// The types that these speak of.
export type { DeadEnds, DistanceRow } from './analyses/audit-distance.ts';
export type { AuditFinding } from './analyses/audit-finding.ts';
export type {
  Comparison,
  FitResult,
  ParameterResult,
  PowerResult,
  SampleFacts,
} from './analyses/column-fit-result.ts';
export type { ComponentsOfOneKind } from './analyses/components.ts';
export type {
  AlternativeResult,
  DegreeMoments,
  DegreeProbability,
  FixedTest,
  Judgement,
  LawMoments,
  Moments,
  PopulationResult,
} from './analyses/degree-model-result.ts';
export type { DegreeRow } from './analyses/degree.ts';
export type { SuperpeerStructure } from './analyses/superpeer-combined.ts';
export type { Score as SuperpeerScore } from './analyses/superpeer-scores.ts';
export type { CombinedResult, PeerVerdict, RuleResult } from './analyses/superpeers.ts';
export type { ChartPart } from './charts/style.ts';
export type { AddressBook } from './core/address-book.ts';
export type { BarsChart, ChartPoint, DegreeBarsChart, LinePlot, ScatterPlot } from './core/chart.ts';
export type { Field } from './core/field-trace.ts';
export type { IpNumber } from './core/ip-number.ts';
export type { PrefixSet } from './core/prefix-set.ts';
export type { SortedAddresses } from './core/sorted-addresses.ts';
export type { Prefix } from './core/ip-prefix.ts';
export type { Cell, Column } from './core/table.ts';
export type { Again, Asked, Carrier, Patience, Status, Step, Terms } from './core/visit.ts';
export type { PatiencePolicy } from './crawl/adaptive-patience.ts';
export type { Agenda } from './crawl/agenda.ts';
export type { Concurrency, Progress } from './crawl/concurrency.ts';
export type { ReplayedFacts } from './crawl/crawl-into.ts';
export type { ContactGate, GateClock, SnapshotManners } from './crawl/manners/contact-gate.ts';
export type { Admission, ContactSchedule } from './crawl/manners/contact-schedule.ts';
export type { DialPolicy } from './crawl/manners/dial-policy.ts';
export type { Saying } from './crawl/overheard.ts';
export type { ProbeOptions, Probed } from './crawl/probe-peer.ts';
export type { SocketTransportOptions } from './crawl/socket-transport.ts';
export type { Task } from './crawl/task.ts';
export type { ReadInput } from './formats/input.ts';
export type { Arrangement } from './models/conferencing.ts';
export type { Placement as IdentifierPlacement } from './models/identifiers.ts';
export type { ConfigurationVariant, DegreeLaw, Expectation, Metric, WholeRange } from './models/model.ts';
export type {
  DatagramCache,
  DatagramCacheOptions,
  HostCacheOptions,
  HostCaches,
  WebAnswer,
  WebCache,
  WebRequest,
} from './overlays/host-caches.ts';
export type { Acquaintance, Manner, Reaction, TaughtQuestion } from './overlays/overlay.ts';
export type { TableTextOptions } from './reports/table-text.ts';
export type { MESSAGE_TYPES, MessageType } from './search/message-sizes.ts';
export type { BackRouting, HopCounts, LeafCounts, Load } from './search/search-result.ts';
export type { Means, Prepared, Query } from './search/strategy.ts';
export type { Outcome as SearchOutcome, Tally as SearchTally } from './search/tally.ts';
export type { Trace } from './search/trace.ts';
export type { Latency } from './simulate/latency.ts';
export type { LoopbackHost } from './simulate/loopback-host.ts';
export type { CONTACT_ENDS, ContactEnd } from './simulate/loopback-session.ts';
export type { Membership } from './simulate/membership.ts';
export type { Population } from './simulate/population.ts';
export type { SessionInProgress, SessionLaw } from './simulate/session-law.ts';
export type { LinkSession, PeerSession } from './simulate/session-log.ts';
export type { PersonalityWeight } from './simulate/trouble.ts';
export type { VirtualNetwork } from './simulate/virtual-network.ts';
export type { VirtualSimulation, VirtualSimulationOptions } from './simulate/virtual-simulation.ts';
export type { CauseCount, CrawlRecord, TruthRecord } from './snapshot/causes.ts';
export type { Belief, Comparable, Overlap, PairKeys } from './snapshot/compare.ts';
export type { ClaimedLinks } from './snapshot/doubt/claimed-links.ts';
export type { FoldCounts } from './snapshot/fold.ts';
export type { CONTACT_REASONS, ContactReason } from './snapshot/ledger.ts';
export type { AskedPeer } from './snapshot/peer-facts.ts';
export type { Pseudonyms } from './snapshot/pseudonyms.ts';
export type { RankedIds, RankedLinks, Row } from './snapshot/ranked-links.ts';
export type {
  LinkRow,
  LinkSessionRow,
  PeerRow,
  SessionRow,
  SnapshotTables,
  TruthSessions,
} from './snapshot/rows.ts';
export type { TruthOrigin } from './snapshot/write-truth.ts';
export type { Parameter } from './statistics/family.ts';
export type { FittedLaw, Unfittable } from './statistics/fit.ts';
export type { ChiSquareTest } from './statistics/goodness.ts';
export type { HybridReading } from './statistics/hybrid-law.ts';
export type { LikelihoodRatioTest, VuongTest } from './statistics/likelihood-tests.ts';
export type { FittedParameter } from './statistics/parameter-errors.ts';
export type { Tally } from './statistics/sample.ts';
export type { Valley } from './statistics/valley.ts';
export type { Adjacency } from './topology/adjacency.ts';
export type { Geometry } from './topology/positions.ts';
export type { PeerColumns, PeerNames, TopologyParts } from './topology/topology.ts';
