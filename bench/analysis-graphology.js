// One piece of work by graphology, as a whole process: node bench/analysis-graphology.js WORK FILE.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { DirectedGraph, UndirectedGraph } = require('graphology');
const [work, file] = process.argv.slice(2);
const graph = work === 'strong' || work === 'page-rank' ? new DirectedGraph() : new UndirectedGraph();
for (const line of readFileSync(file, 'utf8').split('\n')) {
  if (line === '' || line.startsWith('#')) continue;
  const [source, target] = line.split(/\s+/);
  if (source !== target) graph.mergeEdge(source, target);
}

const works = {
  components: () => {
    const { connectedComponents } = require('graphology-components');
    let most = 0;
    graph.forEachNode((peer) => (most = Math.max(most, graph.degree(peer))));
    return { peers: graph.order, maxDegree: most, components: connectedComponents(graph).length };
  },
  strong: () => ({ components: require('graphology-components').stronglyConnectedComponents(graph).length }),
  'page-rank': () => {
    const values = require('graphology-metrics/centrality/pagerank')(graph, {
      getEdgeWeight: null,
      maxIterations: 1000,
      tolerance: 1e-12 / graph.order,
    });
    return { largest: Math.max(...Object.values(values)) };
  },
  // Of a graph in several pieces it says that the diameter is infinite, at once.
  diameter: () => {
    const { largestConnectedComponentSubgraph } = require('graphology-components');
    return {
      diameter: require('graphology-metrics/graph/diameter')(largestConnectedComponentSubgraph(graph)),
    };
  },
  betweenness: () => {
    const values = require('graphology-metrics/centrality/betweenness')(graph, {
      normalized: false,
      getEdgeWeight: null,
    });
    return { largest: Math.max(...Object.values(values)) };
  },
  closeness: () => {
    const values = require('graphology-metrics/centrality/closeness')(graph, { wassermanFaust: true });
    return { largest: Math.max(...Object.values(values)) };
  },
};
console.log(JSON.stringify(works[work]()));
