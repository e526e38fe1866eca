import type Sigma from 'sigma';
import { NodeProgram, type ProgramInfo } from 'sigma/rendering';
import type { NodeDisplayData, RenderParams } from 'sigma/types';
import { floatColor } from 'sigma/utils';

/** What sigma keeps of a peer, and the place of its shape in SHAPES. */
export interface DrawnPeer extends NodeDisplayData {
  shape: number;
}

// A sprite is 1.25 times as wide as the circle of its size, which the corners of the other shapes need.
const VERTEX = `
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute vec4 a_color;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_pixelRatio;
varying vec4 v_color;
varying float v_shape;
varying float v_radius;
void main() {
  gl_Position = vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1);
  v_radius = a_size / u_sizeRatio * u_pixelRatio;
  v_shape = a_shape;
  gl_PointSize = v_radius * (a_shape == 0.0 ? 2.0 : 2.5);
  v_color = vec4(a_color.rgb, 1);
}`;

// How far inside of the shape a pixel is, in radii; figures as in shapes.ts.
const FRAGMENT = `
precision mediump float;
varying vec4 v_color;
varying float v_shape;
varying float v_radius;
float plus(vec2 a) {
  return min(1.2 - max(a.x, a.y), 0.42 - min(a.x, a.y));
}
float triangle(float x, float y) {
  return min(0.9 - y, 0.611 - 0.871 * x + 0.489 * y);
}
float inside(vec2 m) {
  vec2 a = abs(m);
  if (v_shape < 1.5) return 0.89 - max(a.x, a.y);
  if (v_shape < 2.5) return triangle(a.x, m.y);
  if (v_shape < 3.5) return 0.707 * (1.25 - a.x - a.y);
  if (v_shape < 4.5) return plus(a);
  if (v_shape < 5.5) return triangle(a.x, -m.y);
  if (v_shape < 6.5) return plus(abs(0.707 * vec2(m.x + m.y, m.x - m.y)));
  if (v_shape < 7.5) return 0.2 - abs(length(m) - 0.8);
  return 0.2 - abs(max(a.x, a.y) - 0.69);
}
void main() {
  float depth = v_shape < 0.5 ? 1.0 - 2.0 * length(gl_PointCoord - 0.5) : inside(2.5 * (gl_PointCoord - 0.5));
  gl_FragColor = v_color * clamp(2.0 * depth * v_radius, 0.0, 1.0);
}`;

const UNIFORMS = ['u_sizeRatio', 'u_pixelRatio', 'u_matrix'] as const;

/**
 * Peers as points of several shapes: software renderers draw instances, which is what sigma's other programs make, one by one. Sigma
 * would draw all of them a second time, unseen, to know what is under the mouse; that is found without.
 */
export class PeersProgram extends NodeProgram<(typeof UNIFORMS)[number]> {
  constructor(gl: WebGLRenderingContext, _unseen: WebGLFramebuffer | null, renderer: Sigma) {
    super(gl, null, renderer);
  }

  getDefinition() {
    const { FLOAT, UNSIGNED_BYTE, POINTS } = WebGLRenderingContext;
    return {
      VERTICES: 1,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: POINTS,
      UNIFORMS,
      ATTRIBUTES: [
        { name: 'a_position', size: 2, type: FLOAT },
        { name: 'a_size', size: 1, type: FLOAT },
        { name: 'a_shape', size: 1, type: FLOAT },
        { name: 'a_color', size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
    };
  }

  processVisibleItem(_id: number, begin: number, data: NodeDisplayData): void {
    const { x, y, size, shape, color } = data as DrawnPeer;
    const { array } = this;
    array[begin] = x;
    array[begin + 1] = y;
    array[begin + 2] = size;
    array[begin + 3] = shape;
    array[begin + 4] = floatColor(color);
  }

  setUniforms(
    { sizeRatio, pixelRatio, matrix }: RenderParams,
    { gl, uniformLocations }: ProgramInfo<(typeof UNIFORMS)[number]>,
  ): void {
    gl.uniform1f(uniformLocations.u_sizeRatio, sizeRatio);
    gl.uniform1f(uniformLocations.u_pixelRatio, pixelRatio);
    gl.uniformMatrix3fv(uniformLocations.u_matrix, false, matrix);
  }
}
