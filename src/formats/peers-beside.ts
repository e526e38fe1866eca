/** What the table of peers beside a file of links is called: `a.peers.csv` for `a.csv`; the first is what is written. */
export function peersBeside(path: string): readonly string[] {
  const parts = /^(.*?)(\.\w+?)?(\.gz)?$/is.exec(path);
  const [, stem = path, extension = '', gz = ''] = parts ?? [];
  const plain = `${stem}.peers${extension}`;
  return gz === '' ? [plain, `${plain}.gz`] : [`${plain}${gz}`, plain];
}
