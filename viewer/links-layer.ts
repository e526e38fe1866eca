import type { ViewGraph } from '../src/reports/view/view-graph.ts';

/** Links as thin lines: two numbers for each, where an object for each would take most of a page's start and memory. */
export interface LinksLayer {
  /** Where peers are in the coordinates of the matrix: x and y in turn. */
  place(points: Float32Array): void;
  /** Which links there are: those that are present and whose ends are both seen. */
  choose(visible: Uint8Array, present: Uint8Array | undefined): void;
  /** `#rrggbbaa`. */
  color(hex: string): void;
  /** @param matrix from those coordinates to clip space, three by three, column by column. */
  draw(matrix: Float32Array, width: number, height: number): void;
}

/** More links than these are drawn without smoothing, which costs four times as many pixels. */
const SMOOTH_LINKS = 20_000;

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

export function linksLayer(canvas: HTMLCanvasElement, { sources, targets }: ViewGraph): LinksLayer {
  const gl = canvas.getContext('webgl2', { antialias: sources.length < SMOOTH_LINKS });
  if (gl === null) throw new Error('there is no WebGL');
  const program = programOf(gl);
  const matrixAt = gl.getUniformLocation(program, 'matrix');
  const colorAt = gl.getUniformLocation(program, 'color');
  const points = gl.createBuffer();
  const ends = gl.createBuffer();
  let drawn = 0;
  gl.useProgram(program);
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, ends);
  gl.bindBuffer(gl.ARRAY_BUFFER, points);
  gl.enableVertexAttribArray(0);
  gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
  const pairs = new Uint32Array(2 * sources.length);
  return {
    place: (list) => {
      gl.bufferData(gl.ARRAY_BUFFER, list, gl.DYNAMIC_DRAW);
    },
    choose: (visible, present) => {
      drawn = 0;
      for (let link = 0; link < sources.length; link++) {
        const [a, b] = [sources[link]!, targets[link]!];
        if (visible[a] === 0 || visible[b] === 0 || present?.[link] === 0) continue;
        pairs[drawn++] = a;
        pairs[drawn++] = b;
      }
      gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, pairs.subarray(0, drawn), gl.DYNAMIC_DRAW);
    },
    color: (hex) => {
      const part = (at: number): number => parseInt(hex.slice(at, at + 2), 16) / 255;
      gl.uniform4f(colorAt, part(1), part(3), part(5), part(7));
    },
    draw: (matrix, width, height) => {
      if (canvas.width !== width) canvas.width = width;
      if (canvas.height !== height) canvas.height = height;
      gl.viewport(0, 0, width, height);
      gl.clear(gl.COLOR_BUFFER_BIT);
      gl.uniformMatrix3fv(matrixAt, false, matrix);
      gl.drawElements(gl.LINES, drawn, gl.UNSIGNED_INT, 0);
    },
  };
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
