import { join } from 'node:path';
import type { LiveSource } from '../reports/view/live-picture.ts';
import { liveView } from '../reports/view/live-picture.ts';
import { makeView, type View, type ViewSubject } from '../reports/view/make-view.ts';
import { stillPicture } from '../reports/view/still-picture.ts';
import type { ViewEvent } from '../reports/view/view-graph.ts';
import { encodeGraph } from '../reports/view/wire.ts';
import type { CliContext } from './context.ts';
import { liveLayout } from './live-layout.ts';
import { layOut } from './view-layout.ts';
import { graphResources, viewResources } from './view-resources.ts';
import { serveView, type Resource } from './view-server.ts';
import { hireCrew } from './worker-crew.ts';

/** Where the page of something that goes on is served. */
export interface LiveViewOptions {
  /** What is watched, as the page names it. */
  readonly name: string;
  /** 0 for any free one. */
  readonly port: number;
}

/** The viewer's page of something that goes on. */
export interface LiveView {
  readonly url: string;
  /** It is over; from now on the page can be loaded anew, and then shows that. */
  over(words: string, whole: ViewSubject | undefined): void;
  close(): Promise<void>;
}

/** Milliseconds between two looks: what the eye can follow. All that a page hears of comes at the same time, so that it draws once. */
const LOOK_EVERY = 500;

/**
 * Serves the viewer of what goes on, on loopback.
 * @throws {PeerscopeError} `failure` where nothing can listen there.
 */
export async function openLiveView(
  source: LiveSource,
  { name, port }: LiveViewOptions,
  { packageDir, monotonic }: Pick<CliContext, 'packageDir' | 'monotonic'>,
): Promise<LiveView> {
  // One thread beside this one, which crawls.
  const crew = hireCrew(2);
  const layout = liveLayout(crew, monotonic);
  const hearers = new Set<(event: ViewEvent) => void>();
  const tell = (event: ViewEvent): void => {
    for (const hear of hearers) hear(event);
  };
  let view: View = liveView(name, { peers: [], links: [], notes: [] });
  let hasMoved = false;
  const look = (): void => {
    const picture = source.picture();
    if (picture !== undefined) {
      view = liveView(name, picture);
      layout.follow(view.rows);
    }
    if (hearers.size > 0) tell({ kind: 'standing', ...source.standing() });
    if (picture !== undefined) tell({ kind: 'graph' });
    // It has no end.
    else if (hasMoved) tell({ kind: 'positions', share: 1 });
    hasMoved = false;
  };
  look();
  const timer = setInterval(look, LOOK_EVERY).unref();
  const stopMoves = layout.onMove(() => {
    hasMoved = true;
  });

  let over: ViewEvent | undefined;
  let wholeLayout: { stop(): void } | undefined;
  let whole: ((name: string, query: URLSearchParams) => Resource | undefined) | undefined;
  const events = (send: (event: ViewEvent) => void): (() => void) => {
    send({ kind: 'standing', ...source.standing() });
    send({ kind: 'graph' });
    if (over !== undefined) send(over);
    hearers.add(send);
    return () => hearers.delete(send);
  };
  let encoded: { readonly view: View; readonly bytes: Uint8Array } | undefined;
  const give = graphResources(() => {
    if (encoded?.view !== view) encoded = { view, bytes: encodeGraph(view.graph) };
    return encoded.bytes;
  }, layout);
  const live = (path: string): Resource | undefined => {
    if (path === 'events') return { events };
    if (path === 'picture.svg')
      return { type: 'image/svg+xml', body: stillPicture(view.graph, layout.positions()) };
    return give(path);
  };
  const stop = (): void => {
    clearInterval(timer);
    layout.stop();
    stopMoves();
  };
  const server = await serveView({
    host: '127.0.0.1',
    port,
    pageDir: join(packageDir, 'dist', 'viewer'),
    resource: (path, query) => (whole ?? live)(path, query),
  }).catch(async (error: unknown) => {
    stop();
    await crew.dismiss();
    throw error;
  });
  return {
    url: server.url,
    over: (words, subject) => {
      look();
      stop();
      if (subject !== undefined) {
        const wholeView = makeView(subject);
        const laidOut = layOut(wholeView.rows, crew);
        wholeLayout = laidOut;
        whole = viewResources(wholeView, laidOut, undefined);
      }
      over = { kind: 'over', words, whole: subject !== undefined };
      tell(over);
    },
    close: async () => {
      stop();
      wholeLayout?.stop();
      await server.close();
      await crew.dismiss();
    },
  };
}
