import { TOOL } from '../core/version.ts';
import { SNAPSHOT_SCHEMA, type Manifest } from '../snapshot/manifest.ts';
import type { TakeSnapshotOptions } from './crawl-into.ts';

/** The manifest of a crawl before anybody is asked. */
export function beginManifest(options: TakeSnapshotOptions): Manifest {
  return {
    schema: SNAPSHOT_SCHEMA,
    tool: TOOL,
    overlay: options.overlay,
    origin: 'crawl',
    state: 'incomplete',
    startedAt: new Date(options.now()).toISOString(),
    endedAt: null,
    durationSeconds: null,
    bootstrap: options.pseudonyms?.ofAll(options.bootstrap) ?? [...options.bootstrap],
    options: { ...options.recordedOptions },
    seed: options.seed,
    counts: null,
    digests: {},
  };
}

/** The manifest of a crawl that goes on: it is incomplete again, whatever was written of it. */
export function goOn(manifest: Manifest, { now, recordedOptions }: TakeSnapshotOptions): Manifest {
  return {
    ...manifest,
    state: 'incomplete',
    endedAt: null,
    durationSeconds: null,
    accuracy: null,
    resumedAt: [...(manifest.resumedAt ?? []), new Date(now()).toISOString()],
    // Whoever asks to be left alone in the meantime is left alone.
    options: { ...recordedOptions },
    counts: null,
    digests: {},
  };
}
