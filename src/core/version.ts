/** The version of this program; a test holds it to package.json. */
export const VERSION = '0.1.0';

/** How it names itself in manifests and results. */
export const TOOL = `peerscope ${VERSION}`;
