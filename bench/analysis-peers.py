"""One piece of work by another tool, as a whole process: analysis-peers.py TOOL WORK FILE.

TOOL is igraph, graph-tool or networkx; WORK one of the functions below. Each tool reads the file in the fastest way that it
offers: igraph with its own reader in C, graph-tool by way of numpy (its CSV reader is many times slower), networkx with its own.
Prints what it found, so that the answers can be compared.
"""
import json
import sys

TOOL, WORK, FILE = sys.argv[1:4]
LIMIT = len(sys.argv) > 4 and int(sys.argv[4]) or 0


def igraph_graph(directed=False):
    import igraph
    graph = igraph.Graph.Read_Edgelist(FILE, directed=directed)
    return graph


def graph_tool_graph(directed=False):
    import numpy
    from graph_tool import Graph
    graph = Graph(directed=directed)
    graph.add_edge_list(numpy.loadtxt(FILE, dtype=numpy.int64))
    return graph


def igraph_work():
    if WORK == "components":
        graph = igraph_graph()
        return {"peers": graph.vcount(), "maxDegree": max(graph.degree()), "components": len(graph.connected_components())}
    if WORK == "strong":
        return {"components": len(igraph_graph(True).connected_components(mode="strong"))}
    if WORK == "clustering":
        graph = igraph_graph()
        average = graph.transitivity_avglocal_undirected(mode="zero")
        # igraph lists triangles rather than count them; transitivity and the wedges give their number without a list.
        transitivity = graph.transitivity_undirected()
        wedges = sum(d * (d - 1) // 2 for d in graph.degree())
        return {"averageClustering": average, "triangles": round(transitivity * wedges / 3)}
    if WORK == "cores":
        return {"maxCore": max(igraph_graph().coreness())}
    if WORK == "distances":
        graph = igraph_graph()
        histogram = graph.path_length_hist(directed=False)
        return {"diameter": max(begin for begin, _, count in histogram.bins() if count > 0)}
    if WORK == "betweenness":
        graph = igraph_graph()
        graph.simplify()
        values = graph.betweenness()
        return {"largest": max(values)}
    if WORK == "closeness":
        graph = igraph_graph()
        graph.simplify()
        return {"largest": max(graph.closeness())}
    if WORK == "power-law":
        import igraph
        degrees = igraph_graph().simplify().degree()
        # 0.25 / precision² samples, each of which is scanned for its own xmin: 2,500.
        fit = igraph.power_law_fit([d for d in degrees if d > 0], None, "discrete", p_precision=0.01)
        return {"alpha": fit.alpha, "xmin": fit.xmin, "p": fit.p}
    raise SystemExit(f"igraph does no {WORK}")


def graph_tool_work():
    import numpy
    if WORK == "components":
        from graph_tool.topology import label_components
        graph = graph_tool_graph()
        degrees = graph.get_total_degrees(numpy.arange(graph.num_vertices()))
        return {"peers": graph.num_vertices(), "maxDegree": int(degrees.max()), "components": len(label_components(graph)[1])}
    if WORK == "strong":
        from graph_tool.topology import label_components
        return {"components": len(label_components(graph_tool_graph(True), directed=True)[1])}
    if WORK == "clustering":
        from graph_tool.clustering import global_clustering, local_clustering
        graph = graph_tool_graph()
        local = local_clustering(graph).a
        return {"averageClustering": float(local.mean()), "transitivity": float(global_clustering(graph)[0])}
    if WORK == "cores":
        from graph_tool.topology import kcore_decomposition
        graph = graph_tool_graph()
        return {"maxCore": int(kcore_decomposition(graph).a.max())}
    if WORK == "distances":
        from graph_tool.stats import distance_histogram
        counts, _ = distance_histogram(graph_tool_graph())
        return {"diameter": int(max(k for k, count in enumerate(counts) if count > 0))}
    if WORK == "betweenness":
        from graph_tool.centrality import betweenness
        graph = graph_tool_graph()
        return {"largest": float(betweenness(graph, norm=False)[0].a.max())}
    if WORK == "resilience":
        from graph_tool.topology import vertex_percolation
        graph = graph_tool_graph()
        random = numpy.random.default_rng(1).permutation(graph.num_vertices())
        degrees = graph.get_total_degrees(numpy.arange(graph.num_vertices()))
        by_degree = numpy.argsort(degrees, kind="stable")
        sizes = [vertex_percolation(graph, order)[0] for order in (random, by_degree)]
        return {"steps": int(sum(len(each) for each in sizes)), "largest": int(max(each[-1] for each in sizes))}
    raise SystemExit(f"graph-tool does no {WORK}")


def networkx_work():
    import networkx
    graph = networkx.read_edgelist(FILE, nodetype=int)
    if WORK == "components":
        degrees = dict(graph.degree())
        return {"peers": len(graph), "maxDegree": max(degrees.values()), "components": networkx.number_connected_components(graph)}
    if WORK == "clustering":
        return {"averageClustering": networkx.average_clustering(graph), "transitivity": networkx.transitivity(graph)}
    if WORK == "cores":
        graph.remove_edges_from(networkx.selfloop_edges(graph))
        return {"maxCore": max(networkx.core_number(graph).values())}
    raise SystemExit(f"networkx does no {WORK}")


print(json.dumps({"igraph": igraph_work, "graph-tool": graph_tool_work, "networkx": networkx_work}[TOOL]()))
