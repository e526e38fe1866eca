// Two modules of graphology-layout-forceatlas2 that come without types: one step of the layout on bare numbers, and its settings.
declare module 'graphology-layout-forceatlas2/iterate.js' {
  export default function iterate(
    settings: Readonly<Record<string, number | boolean>>,
    peers: Float32Array,
    links: Float32Array,
  ): void;
}

declare module 'graphology-layout-forceatlas2/defaults.js' {
  const defaults: Readonly<Record<string, number | boolean>>;
  export default defaults;
}
