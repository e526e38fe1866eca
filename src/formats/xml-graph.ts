import { PeerscopeError } from '../core/errors.ts';
import type { FormatSource } from './format.ts';
import { GraphReading } from './graph-reading.ts';
import type { ReadTopology, TopologyFileOptions } from './topology-file.ts';
import { readXml, type XmlHandler, type XmlReading } from './xml-reading.ts';

/** Takes a graph from the elements of a document. */
export interface XmlGraphHandler extends XmlHandler {
  /** Whether the links have a direction, as the graph says; undefined where there was no graph. */
  readonly declared: boolean | undefined;
  readonly notes: readonly string[];
  /** When the document has ended. */
  fillDefaults(): void;
}

/**
 * The topology in an XML document.
 * @param root the element that a document of this format begins with.
 * @throws {PeerscopeError} (bad-input) for what is no such document, or has no graph.
 */
export async function readXmlGraph(
  source: FormatSource,
  options: TopologyFileOptions,
  root: string,
  handlerOf: (reading: GraphReading, xml: XmlReading) => XmlGraphHandler,
): Promise<ReadTopology> {
  const { name } = source;
  const reading = new GraphReading();
  let handler: XmlGraphHandler | undefined;
  await readXml(source, (xml) => (handler = handlerOf(reading, xml)));
  if (handler?.declared === undefined)
    throw new PeerscopeError('bad-input', `${name} has no <graph> in its <${root}>`);
  handler.fillDefaults();
  return reading.finish(name, options, { declared: handler.declared, notes: handler.notes });
}
