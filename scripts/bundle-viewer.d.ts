/** Writes index.html, style.css and main.js into a folder. */
export function bundleViewer(folder: string): Promise<void>;
