import type { ViewGraph } from '../src/reports/view/view-graph.ts';

/** Links as thin lines: two numbers for each, where an object for each would take most of a page's start and memory. */
export interface LinksLayer {
  /** Where peers are in the coordinates of the matrix: x and y in turn. */
  place(points: Float32Array): void;
  /** Which links of the graph there are: those that are present and whose ends are both seen. */
  choose(graph: Links, visible: Uint8Array, present: Uint8Array | undefined): void;
  /** `#rrggbbaa`. */
  color(hex: string): void;
  /** @param matrix from those coordinates to clip space, three by three, column by column. */
  draw(matrix: Float32Array, width: number, height: number): void;
}

/**
 * How often links may lie over each other where all peers are in view, times how opaque one is: above it, they would be one spot, and an even
 * part of them is drawn. Zoomed in, they lie less close, and more of them are.
 */
const MOST_COVER = 0.5;
/** What peers take up of the square of their frame, about. */
const SPREAD = 0.5;

/** More links than these are drawn without smoothing, which costs four times as many pixels, and not while the picture moves. */
const MANY_LINKS = 20_000;
/** Where something goes on, which needs the processors too. */
const MANY_LIVE_LINKS = 1_000;

/** Whether there are so many links that a machine without a graphics card would stutter. */
export function areMany({ sources, total }: ViewGraph): boolean {
  return sources.length > (total === undefined ? MANY_LIVE_LINKS : MANY_LINKS);
}

const VERTEX = `#version 300 es
in vec2 point;
uniform mat3 matrix;
void main() {
  gl_Position = vec4((matrix * vec3(point, 1)).xy, 0, 1);
}`;

const FRAGMENT = `#version 300 es
precision mediump float;
uniform vec4 color;
out vec4 pixel;
void main() {
  pixel = vec4(color.rgb * color.a, color.a);
}`;

type Links = Pick<ViewGraph, 'sources' | 'targets'>;

/** @param isSmooth settled for as long as the canvas lives. */
export function linksLayer(canvas: HTMLCanvasElement, isSmooth: boolean): LinksLayer {
  const gl = canvas.getContext('webgl2', { antialias: isSmooth });
  if (gl === null) throw new Error('there is no WebGL');
  const program = programOf(gl);
  const matrixAt = gl.getUniformLocation(program, 'matrix');
  const colorAt = gl.getUniformLocation(program, 'color');
  const points = gl.createBuffer();
  const ends = gl.createBuffer();
  let drawn = 0;
  let opacity = 1;
  /** All links together, in widths of the frame. */
  let length = 0;
  let places: Float32Array = new Float32Array(0);
  gl.useProgram(program);
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, ends);
  gl.bindBuffer(gl.ARRAY_BUFFER, points);
  gl.enableVertexAttribArray(0);
  gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
  let pairs = new Uint32Array(0);
  const measure = (): void => {
    length = 0;
    for (let k = 0; k < 2 * drawn; k += 2) {
      const [a, b] = [2 * pairs[k]!, 2 * pairs[k + 1]!];
      length += Math.hypot(places[a]! - places[b]!, places[a + 1]! - places[b + 1]!) || 0;
    }
  };
  return {
    place: (list) => {
      places = list;
      measure();
      gl.bufferData(gl.ARRAY_BUFFER, list, gl.DYNAMIC_DRAW);
    },
    choose: ({ sources, targets }, visible, present) => {
      if (pairs.length < 2 * sources.length) pairs = new Uint32Array(2 * sources.length);
      const stride = evenStride(sources.length);
      let next = 0;
      for (let k = 0; k < sources.length; k++) {
        const link = (k * stride) % sources.length;
        const [a, b] = [sources[link]!, targets[link]!];
        if (visible[a] === 0 || visible[b] === 0 || present?.[link] === 0) continue;
        pairs[next++] = a;
        pairs[next++] = b;
      }
      drawn = next / 2;
      measure();
      gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, pairs.subarray(0, next), gl.DYNAMIC_DRAW);
    },
    color: (hex) => {
      const part = (at: number): number => parseInt(hex.slice(at, at + 2), 16) / 255;
      opacity = part(7);
      gl.uniform4f(colorAt, part(1), part(3), part(5), opacity);
    },
    draw: (matrix, width, height) => {
      if (canvas.width !== width) canvas.width = width;
      if (canvas.height !== height) canvas.height = height;
      gl.viewport(0, 0, width, height);
      gl.clear(gl.COLOR_BUFFER_BIT);
      gl.uniformMatrix3fv(matrixAt, false, matrix);
      const cover = (opacity * length) / (SPREAD * matrix[0]! * (width / 2));
      const count = Math.min(drawn, Math.ceil((drawn * MOST_COVER) / cover));
      gl.drawElements(gl.LINES, 2 * count, gl.UNSIGNED_INT, 0);
    },
  };
}

/** A step through so many entries that meets each of them once, and is at any time everywhere: their golden section. */
function evenStride(count: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  let stride = Math.max(1, Math.round(count * 0.618034));
  while (divisor(count, stride) > 1) stride += 1;
  return stride;
}

function programOf(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(kind)!;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.bindAttribLocation(program, 0, 'point');
  gl.linkProgram(program);
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true) throw new Error('links cannot be drawn');
  return program;
}
