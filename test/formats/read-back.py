"""Reads topology files with a library, and prints what it found in each: python3 read-back.py LIBRARY PATH..."""
import json
import sys


def with_networkx(path, extension):
    import networkx
    if extension == 'json':
        with open(path) as file:
            graph = networkx.node_link_graph(json.load(file))
    else:
        graph = getattr(networkx, {'graphml': 'read_graphml', 'gexf': 'read_gexf', 'net': 'read_pajek'}[extension])(path)
    return {
        'directed': graph.is_directed(),
        'degrees': {str(node): degree for node, degree in graph.degree()},
        'peers': {str(node): data for node, data in graph.nodes(data=True)},
        'links': [data for _, _, data in graph.edges(data=True)],
    }


def with_igraph(path, extension):
    import igraph
    graph = {'graphml': igraph.Graph.Read_GraphML, 'net': igraph.Graph.Read_Pajek}[extension](path)
    names = graph.vs['id']
    return {
        'directed': graph.is_directed(),
        'degrees': dict(zip(names, graph.degree())),
        'peers': {name: graph.vs[k].attributes() for k, name in enumerate(names)},
        'links': [edge.attributes() for edge in graph.es],
    }


def with_pygraphviz(path, _extension):
    import pygraphviz
    graph = pygraphviz.AGraph(path)
    return {
        'directed': graph.is_directed(),
        'degrees': {str(node): graph.degree(node) for node in graph.nodes()},
        'peers': {str(node): dict(node.attr) for node in graph.nodes()},
        'links': [dict(edge.attr) for edge in graph.edges()],
    }


read = {'networkx': with_networkx, 'igraph': with_igraph, 'pygraphviz': with_pygraphviz}[sys.argv[1]]
print(json.dumps([read(path, path.rsplit('.', 1)[1]) for path in sys.argv[2:]]))
