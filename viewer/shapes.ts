/** How the peers of one entry of the legend are drawn: the second sign beside their colour. */
export const SHAPES = [
  'circle',
  'square',
  'triangle',
  'diamond',
  'plus',
  'triangle down',
  'cross',
  'ring',
  'frame',
] as const;
export type Shape = (typeof SHAPES)[number];

/** What several values share, or nobody knows, is hollow. */
export const OTHERS: Shape = 'frame';
export const UNKNOWN: Shape = 'ring';
/** The shapes of known values. */
export const FILLED: readonly Shape[] = SHAPES.filter((shape) => shape !== OTHERS && shape !== UNKNOWN);

type Points = readonly (readonly [x: number, y: number])[];

const PLUS: Points = [
  [-1.2, -0.42],
  [-0.42, -0.42],
  [-0.42, -1.2],
  [0.42, -1.2],
  [0.42, -0.42],
  [1.2, -0.42],
  [1.2, 0.42],
  [0.42, 0.42],
  [0.42, 1.2],
  [-0.42, 1.2],
  [-0.42, 0.42],
  [-1.2, 0.42],
];
const TRIANGLE: Points = [
  [0, -1.25],
  [1.21, 0.9],
  [-1.21, 0.9],
];
const SQUARE: Points = [
  [-0.89, -0.89],
  [0.89, -0.89],
  [0.89, 0.89],
  [-0.89, 0.89],
];

/** Corners around the middle, in radii of the circle that has about the same area; the shader of the peers has the same figures. */
const OUTLINES: Readonly<Record<Exclude<Shape, 'circle' | 'ring'>, readonly Points[]>> = {
  square: [SQUARE],
  triangle: [TRIANGLE],
  diamond: [
    [
      [0, -1.25],
      [1.25, 0],
      [0, 1.25],
      [-1.25, 0],
    ],
  ],
  plus: [PLUS],
  'triangle down': [TRIANGLE.map(([x, y]) => [x, -y] as const)],
  cross: [PLUS.map(([x, y]) => [(x - y) * Math.SQRT1_2, (x + y) * Math.SQRT1_2] as const)],
  // The hole runs the other way round.
  frame: [SQUARE, SQUARE.map(([x, y]) => [0.55 * x, 0.55 * y] as const).reverse()],
};
const HOLE = 0.6;

/** Adds a shape to a path of a canvas. */
export function traceShape(path: Path2D, shape: Shape, x: number, y: number, radius: number): void {
  if (shape === 'circle' || shape === 'ring') {
    path.moveTo(x + radius, y);
    path.arc(x, y, radius, 0, 2 * Math.PI);
    if (shape === 'circle') return;
    path.moveTo(x + HOLE * radius, y);
    path.arc(x, y, HOLE * radius, 0, 2 * Math.PI, true);
    return;
  }
  for (const points of OUTLINES[shape]) {
    points.forEach(([right, down], k) => {
      if (k === 0) path.moveTo(x + radius * right, y + radius * down);
      else path.lineTo(x + radius * right, y + radius * down);
    });
    path.closePath();
  }
}

/** The `d` of an SVG path. */
export function shapePath(shape: Shape, x: number, y: number, radius: number): string {
  const text = (value: number): string => String(Number(value.toFixed(2)));
  const circle = (r: number, sweep: 0 | 1): string =>
    `M${text(x - r)} ${text(y)}a${text(r)} ${text(r)} 0 1 ${sweep} ${text(2 * r)} 0a${text(r)} ${text(r)} 0 1 ${sweep} ${text(-2 * r)} 0Z`;
  if (shape === 'circle') return circle(radius, 1);
  if (shape === 'ring') return circle(radius, 1) + circle(HOLE * radius, 0);
  return OUTLINES[shape]
    .map(
      (points) =>
        `M${points.map(([right, down]) => `${text(x + radius * right)} ${text(y + radius * down)}`).join('L')}Z`,
    )
    .join('');
}
