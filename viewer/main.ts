// The page: loads the graph, draws it, and keeps picture, map and panels in step with one state, which stands in the URL too.
import type { ViewGraph } from '../src/reports/view/view-graph.ts';
import { allow, bindControls, showControls } from './controls.ts';
import { degreeChart } from './degree-chart.ts';
import { byId, element, refill } from './element.ts';
import { csvOf, mapSvgOf, peersSeen, save, svgOf } from './export.ts';
import { bindKeys, bindMoves, type Movable } from './keyboard.ts';
import { livePanel } from './live.ts';
import { followServer, loadGraph, loadPositions } from './load.ts';
import { areMany } from './links-layer.ts';
import { currentLook } from './look.ts';
import { drawMap, type MapView } from './map.ts';
import { legend, pathPanel, peerPanel, peerTable } from './panels.ts';
import { drawPicture, type Picture } from './picture.ts';
import { sceneOf } from './scene.ts';
import { count, counted, shownText } from './shown-text.ts';
import { Store } from './store.ts';
import { hashOf, stateOf, type ViewState } from './view-state.ts';

function say(words: string): void {
  byId('said', HTMLElement).textContent = words;
}

function problem(words: string): void {
  const place = byId('problem', HTMLElement);
  place.textContent = words;
  place.hidden = false;
  say(words);
}

async function start(): Promise<void> {
  let [graph, positions] = await Promise.all([loadGraph(), loadPositions()]);
  const store = new Store(stateOf(location.hash, graph));
  let look = currentLook();
  let scene = sceneOf(graph, store.state, look.isDark);
  const choose = (peer: number | undefined): void => {
    store.change({ peer });
  };
  const picture = draw(graph, () =>
    drawPicture(byId('picture', HTMLElement), graph, positions, scene.marks, look, choose),
  );
  if (store.state.camera !== undefined) picture?.setCamera(store.state.camera);
  const go = (peer: number): void => {
    choose(peer);
    picture?.goTo(peer);
  };
  let map: MapView | undefined;
  const chart = degreeChart(byId('chart', HTMLElement), (degrees) => {
    store.change({ degrees });
  });
  const scaleChart = (): void => {
    chart.scaleTo([graph.degrees, ...graph.looks.map(({ degrees }) => degrees)]);
  };
  scaleChart();
  const list = byId('list', HTMLDetailsElement);
  const showList = (): void => {
    if (list.open) refill(byId('rows', HTMLElement), peerTable(scene.graph, scene.marks.visible, go));
  };
  list.addEventListener('toggle', showList);

  const show = (state: ViewState, before: ViewState | undefined, aloud = true): void => {
    const last = scene;
    if (before !== undefined)
      scene = sceneOf(graph, state, look.isDark, { scene, state: before, isDark: look.isDark });
    showControls(graph, state);
    if (scene.marks !== last.marks) picture?.mark(scene.marks);
    picture?.emphasise(scene.emphasis);
    map?.show(scene.marks, scene.emphasis, look);
    if (before === undefined || scene.marks !== last.marks) {
      chart.show(scene.graph.degrees, scene.marks.visible, state.degrees);
      refill(
        byId('legend', HTMLElement),
        legend(scene.categories, state.only, (only) => {
          store.change({ only });
        }),
      );
      showList();
      showCounts(graph, scene.marks.visible, before !== undefined);
    }
    if (before === undefined || state.peer !== before.peer || state.look !== before.look) {
      refill(byId('peer', HTMLElement), panelOf(state));
      if (before !== undefined && state.peer !== undefined)
        say(
          `Peer ${shownText(graph.ids[state.peer]!)}, ${counted(scene.emphasis.neighbours.length, 'neighbour')}.`,
        );
    }
    if (before === undefined || scene.path !== last.path) {
      refill(byId('hops', HTMLElement), pathPanel(graph, scene.path, go));
      if (aloud && scene.path === undefined) say('No path of the overlay leads there.');
      else if (aloud && scene.path !== undefined && scene.path.length > 0)
        say(`A path of ${counted(scene.path.length - 1, 'hop')}.`);
    }
    remember(state);
  };
  const panelOf = ({ peer }: ViewState): Node[] =>
    peer === undefined
      ? []
      : peerPanel(scene.graph, peer, scene.emphasis.neighbours, {
          choose: go,
          from: (from) => {
            store.change({ from });
          },
          to: (to) => {
            store.change({ to });
          },
          close: () => {
            choose(undefined);
          },
        });
  const remember = (state: ViewState): void => {
    const hash = hashOf(state, graph);
    history.replaceState(null, '', hash === '' ? location.pathname : `#${hash}`);
  };

  store.onChange(show);
  bindControls(() => graph, store, go, say);
  bindKeys(() => {
    const { peer, from, to } = store.state;
    if (peer !== undefined) choose(undefined);
    else if (from !== undefined || to !== undefined) store.change({ from: undefined, to: undefined });
    else store.change({ only: undefined, degrees: undefined, hidesLeaves: false });
  });
  if (picture !== undefined)
    bindMoves(byId('picture', HTMLElement), byId('graph-zoom', HTMLElement), picture);
  bindExports();
  introduce(graph);
  show(store.state, undefined);
  window.addEventListener('hashchange', () => {
    const state = stateOf(location.hash, graph);
    store.change(state);
    if (state.camera !== undefined) picture?.setCamera(state.camera);
    map?.setCamera(state.map);
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    look = currentLook();
    const last = { scene, state: store.state, isDark: !look.isDark };
    scene = sceneOf(graph, store.state, look.isDark, last);
    picture?.dress(look);
    picture?.mark(scene.marks);
    show(store.state, undefined);
  });
  if (picture !== undefined)
    whenAtRest(picture, () => {
      store.change({ camera: picture.camera() });
    });
  follow();
  document.documentElement.dataset['ready'] = 'yes';

  if (graph.map !== undefined) {
    byId('map', HTMLElement).hidden = false;
    const ground = byId('ground', HTMLCanvasElement);
    const shown = await drawMap(ground, graph, store.state.map, choose);
    if (shown !== undefined) {
      map = shown;
      shown.show(scene.marks, scene.emphasis, look);
      bindMoves(ground, byId('map-zoom', HTMLElement), shown);
      whenAtRest(shown, () => {
        store.change({ map: shown.camera() });
      });
    }
  }

  /** What goes on: the layout, or all that is watched. */
  function follow(): void {
    const progress = byId('progress', HTMLElement);
    const panel = livePanel();
    followServer({
      graph: replace,
      positions: (moved, share) => {
        picture?.place(moved);
        progress.textContent = share < 1 ? `laying out · ${Math.round(100 * share)} %` : '';
      },
      standing: (standing) => {
        panel.show(standing);
      },
      over: ({ words, whole }) => {
        say(words);
        panel.over(words, whole ? reload : undefined);
      },
      lost: () => {
        progress.textContent = 'peerscope has ended; what is here stays.';
      },
    });
  }

  /** Draws another graph of the same overlay; what is selected stays so, by its id. */
  function replace(next: ViewGraph, moved: Float32Array): void {
    const state = stateOf(hashOf(store.state, graph), next);
    [graph, positions] = [next, moved];
    scene = sceneOf(graph, state, look.isDark);
    picture?.replace(graph, positions, scene.marks);
    store.replace(state);
    allow(graph);
    scaleChart();
    introduce(graph);
    show(state, undefined, false);
  }

  function bindExports(): void {
    const name = `peerscope-${graph.name.replace(/[^\w.-]+/g, '-').slice(-60)}`;
    const press = (id: string, act: () => void): void => {
      byId(id, HTMLButtonElement).addEventListener('click', act);
    };
    press('csv', () => {
      const peers = peersSeen(scene.marks, picture?.seen());
      save(`${name}.csv`, new Blob([csvOf(scene.graph, peers)], { type: 'text/csv' }));
      say(`${counted(peers.length, 'peer')} written as CSV.`);
    });
    const saveText = (file: string, text: string): void => {
      save(file, new Blob([text], { type: 'image/svg+xml' }));
    };
    const savePixels = (file: string, pixels: HTMLCanvasElement | undefined): void => {
      pixels?.toBlob((blob) => {
        if (blob !== null) save(file, blob);
      });
    };
    press('png', () => {
      savePixels(`${name}.png`, picture?.pixels(look.ground));
    });
    press('svg', () => {
      if (picture === undefined) return;
      const colors = { ground: look.ground, link: look.link(graph.sources.length), path: look.path };
      saveText(`${name}.svg`, svgOf(graph, scene.marks, picture.seen(), colors, scene.path ?? []));
    });
    press('map-png', () => {
      savePixels(`${name}-map.png`, map?.pixels());
    });
    press('map-svg', () => {
      void fetch('map.svg')
        .then((answer) => answer.text())
        .then((land) => {
          if (map !== undefined)
            saveText(`${name}-map.svg`, mapSvgOf(graph, scene.marks, map.seen(), look, land));
        });
    });
    press('link', () => {
      navigator.clipboard.writeText(location.href).then(
        () => {
          say('The link is copied.');
        },
        () => {
          say('The address line has the link.');
        },
      );
    });
    for (const id of ['map-png', 'map-svg']) byId(id, HTMLButtonElement).hidden = graph.map === undefined;
    if (picture === undefined) for (const id of ['png', 'svg']) byId(id, HTMLButtonElement).disabled = true;
  }
}

function reload(): void {
  location.reload();
}

/** The picture; where the browser has no WebGL, one that stands still, from the server. */
function draw(graph: ViewGraph, make: () => Picture): Picture | undefined {
  if (document.createElement('canvas').getContext('webgl2') !== null) return make();
  problem('This browser has no WebGL: here is a still picture, and the list of peers has the rest.');
  byId('picture', HTMLElement).append(
    element('img', { src: 'picture.svg', alt: `The overlay ${shownText(graph.name)}, as a still picture` }),
  );
  byId('list', HTMLDetailsElement).open = true;
  return undefined;
}

/** Milliseconds without a move before the URL is written: browsers refuse to do so all the time. */
const CAMERA_REST = 250;

function whenAtRest(view: Movable, act: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  view.onMove(() => {
    clearTimeout(timer);
    timer = setTimeout(act, CAMERA_REST);
  });
}

function introduce(graph: ViewGraph): void {
  const name = shownText(graph.name);
  byId('name', HTMLElement).textContent = name;
  document.title = `${name} · peerscope view`;
  byId('time', HTMLElement).hidden = graph.looks.length === 0;
  const { ids, sources, total } = graph;
  const peers =
    ids.length === total?.peers
      ? `All ${counted(ids.length, 'peer')}`
      : `${count(ids.length)} of ${counted(total?.peers ?? 0, 'peer')}`;
  const limits = [
    total === undefined
      ? `${counted(ids.length, 'peer')} and ${counted(sources.length, 'link')} are drawn by now.`
      : `${peers} and ${count(sources.length)} of ${counted(total.links, 'link')} are drawn.`,
    ...graph.notes,
    ...(areMany(graph)
      ? [
          'Links are hidden while the picture moves; where they would cover it, an even part is drawn, and more as one zooms in.',
        ]
      : []),
    'Where peers stand is chosen so that neighbours are near each other, and means nothing else.',
    ...(total === undefined ? [] : [mapLimit(graph)]),
  ];
  refill(
    byId('limits', HTMLElement),
    limits.map((limit) => element('li', {}, limit)),
  );
}

function mapLimit({ map }: ViewGraph): string {
  if (map === undefined)
    return 'No map: nobody said where peers are. Options --places FILE and --address-table FILE do.';
  const unknown = map.x.filter((x) => Number.isNaN(x)).length;
  return unknown === 0
    ? 'The map has all peers that are drawn.'
    : `The map lacks ${counted(unknown, 'peer')}: nobody knows where.`;
}

function showCounts({ ids }: ViewGraph, visible: Uint8Array, aloud: boolean): void {
  const seen = visible.reduce((sum, flag) => sum + flag, 0);
  const words =
    seen === ids.length ? counted(seen, 'peer') : `${count(seen)} of ${counted(ids.length, 'peer')} shown`;
  byId('counts', HTMLElement).textContent = words;
  if (aloud) say(words);
}

start().catch((error: unknown) => {
  problem(`The page cannot show this: ${error instanceof Error ? error.message : String(error)}`);
});
