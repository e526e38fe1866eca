import type Sigma from 'sigma';

/** A layer of a large picture while it moves: as it was drawn last, shifted and scaled by the browser. */
export interface MovingLayer {
  /** It was drawn for the camera as it is. */
  drawn(): void;
  /** Puts it where the camera is now. */
  follow(): void;
}

/**
 * To draw so many peers takes a machine without a graphics card longer than a hand waits; to shift what it has drawn does not.
 * Cameras that turn are not followed.
 */
export function moveAlong(sigma: Sigma, layer: string): MovingLayer {
  const { style } = sigma.getCanvases()[layer]!;
  style.transformOrigin = '0 0';
  /** Where the frame of the overlay begins, and how wide it is, in pixels. */
  const frame = () => {
    const cameraState = sigma.getCamera().getState();
    const { x, y } = sigma.framedGraphToViewport({ x: 0, y: 0 }, { cameraState });
    return { x, y, width: sigma.framedGraphToViewport({ x: 1, y: 0 }, { cameraState }).x - x };
  };
  let then = frame();
  return {
    drawn: () => {
      then = frame();
      style.transform = '';
    },
    follow: () => {
      const now = frame();
      const scale = now.width / then.width;
      style.transform = `translate(${now.x - scale * then.x}px, ${now.y - scale * then.y}px) scale(${scale})`;
    },
  };
}
