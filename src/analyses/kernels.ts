import type { Kernel } from '../core/crew.ts';
import { familyBootstrap } from '../statistics/family-bootstrap.ts';
import { ratioBootstrap } from '../statistics/ratio-bootstrap.ts';
import { zetaBootstrap } from '../statistics/zeta-bootstrap.ts';

/** Every kernel that a worker thread may be asked for. A new one is one line here. */
export const KERNELS: readonly Kernel<never, unknown>[] = [familyBootstrap, ratioBootstrap, zetaBootstrap];
