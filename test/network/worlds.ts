/** All worlds of the network matrix. */
import { certificateWorlds } from './worlds-certificates.ts';
import { hostileWorlds } from './worlds-hostile.ts';
import { proxyWorlds } from './worlds-proxy.ts';
import { wayWorlds } from './worlds-way.ts';

export const worlds = [...wayWorlds, ...certificateWorlds, ...proxyWorlds, ...hostileWorlds];
