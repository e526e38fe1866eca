/** What a hand does to something that can be moved about. */
export interface Hand {
  press(left: number, top: number): void;
  drag(right: number, down: number): void;
  zoom(factor: number, left: number, top: number): void;
  reset(): void;
}

/** Pixels that a press may slip. */
const SLIP = 4;

/** Drag, wheel, press and double click on a canvas. */
export function moveByHand(canvas: HTMLCanvasElement, hand: Hand): void {
  let last: { readonly x: number; readonly y: number; readonly moved: number } | undefined;
  canvas.addEventListener('pointerdown', ({ pointerId, offsetX, offsetY }) => {
    canvas.setPointerCapture(pointerId);
    last = { x: offsetX, y: offsetY, moved: 0 };
  });
  canvas.addEventListener('pointermove', ({ offsetX, offsetY }) => {
    if (last === undefined) return;
    const [right, down] = [offsetX - last.x, offsetY - last.y];
    last = { x: offsetX, y: offsetY, moved: last.moved + Math.abs(right) + Math.abs(down) };
    hand.drag(right, down);
  });
  canvas.addEventListener('pointerup', ({ offsetX, offsetY }) => {
    if (last !== undefined && last.moved < SLIP) hand.press(offsetX, offsetY);
    last = undefined;
  });
  canvas.addEventListener('pointercancel', () => (last = undefined));
  canvas.addEventListener('dblclick', () => {
    hand.reset();
  });
  canvas.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      hand.zoom(2 ** (-event.deltaY / 300), event.offsetX, event.offsetY);
    },
    { passive: false },
  );
}
