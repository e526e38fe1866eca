import { NodePointProgram, type ProgramInfo } from 'sigma/rendering';
import type { RenderParams } from 'sigma/types';

/**
 * Peers as points. Sigma draws them twice, the second time unseen, to know what is under the mouse; while the picture moves that can be
 * spared. (Software renderers also draw instances one by one, which is what its circles are.)
 */
export function peersProgram(isMoving: () => boolean) {
  return class extends NodePointProgram {
    protected override renderProgram(params: RenderParams, program: ProgramInfo): void {
      if (program.isPicking && isMoving()) return;
      super.renderProgram(params, program);
    }
  };
}
