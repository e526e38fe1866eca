import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleViewer } from '../../scripts/bundle-viewer.js';
import { layOut } from '../../src/cli/view-layout.ts';
import { viewResources } from '../../src/cli/view-resources.ts';
import { serveView, type ViewServer } from '../../src/cli/view-server.ts';
import { ALONE } from '../../src/core/crew.ts';
import type { DrawnBounds } from '../../src/reports/view/drawn-part.ts';
import { makeView, type ViewSubject } from '../../src/reports/view/make-view.ts';

/** A new folder with the page as it is in viewer/ now, whatever was built before. */
export async function builtPage(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'peerscope-test-'));
  await bundleViewer(folder);
  return folder;
}

/** What `peerscope view` serves, of something made in a test. */
export async function servedView(
  subject: ViewSubject,
  pageDir: string,
  bounds?: DrawnBounds,
): Promise<ViewServer> {
  const view = makeView(subject, bounds);
  const layout = layOut(view.rows, ALONE);
  const server = await serveView({
    host: '127.0.0.1',
    port: 0,
    pageDir,
    resource: viewResources(view, layout, subject.places),
  });
  return {
    url: server.url,
    close: async () => {
      layout.stop();
      await server.close();
    },
  };
}
