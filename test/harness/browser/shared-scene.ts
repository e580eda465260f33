/** One scene for all tests of a file or a group: where each leaves what the next one needs as it was. */
import { afterAll, beforeAll } from 'vitest';
import type { BrowserFamily } from '../../../native-host/registration/browsers.ts';
import { inScene, type Scene, type SceneOptions } from './scene.ts';

/** Begins it before the tests and clears it away after them; gives what gives it. */
export function sharedScene(family: BrowserFamily, options: SceneOptions = {}): () => Scene {
  const begun = Promise.withResolvers<Scene>();
  const over = Promise.withResolvers<void>();
  let scene: Scene | undefined;
  let ended: Promise<void> | undefined;
  beforeAll(async () => {
    ended = inScene(family, options, async (made) => {
      begun.resolve(made);
      await over.promise;
    });
    ended.catch(begun.reject);
    scene = await begun.promise;
  });
  afterAll(async () => {
    over.resolve();
    await ended;
  });
  return () => {
    if (!scene) throw new Error('the scene has not begun');
    return scene;
  };
}
