/** All targets. Each file says at its top what is put in and what must be true. */
import type { Target } from './target.ts';
import { endpointsTarget } from './targets/endpoints.ts';
import { framesTarget } from './targets/frames.ts';
import { journalsTarget } from './targets/journals.ts';
import { linksTarget } from './targets/links.ts';
import { manifestsTarget } from './targets/manifests.ts';
import { pagesTarget } from './targets/pages.ts';
import { pcsTarget } from './targets/pcs.ts';
import { policiesTarget } from './targets/policies.ts';
import { rpcTarget } from './targets/rpc.ts';
import { undoTarget } from './targets/undo.ts';

export const targets: readonly Target[] = [
  framesTarget,
  rpcTarget,
  pagesTarget,
  journalsTarget,
  undoTarget,
  pcsTarget,
  endpointsTarget,
  policiesTarget,
  manifestsTarget,
  linksTarget,
];
