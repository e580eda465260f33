/**
 * The host on Wine's real credentials, registry and files is terminated at every moment of a run and of its undo:
 * nothing is lost, and either way leads to a right end.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Found, LifeOrders, Recovered, Stand } from '../harness/mortal/mortal-wine.ts';
import { openWine, type Wine } from '../harness/wine/wine.ts';
import { identityOf } from '../harness/wine/wine-identity.ts';

const IDENTITY = identityOf('16.0');

let wine: Wine;
let script: string;
let points = 0;
/** Programs that ended before they said a word, by none of our deaths: seen once in some thousand starts. */
let unheard = 0;
beforeAll(async () => {
  wine = await openWine();
  script = await wine.bundle('test/windows/inside/mortal.ts');
});
afterAll(async () => {
  console.log(`Terminated at ${points} points; ${unheard} program(s) ended unheard.`);
  await wine[Symbol.asyncDispose]();
});

/**
 * Lives one life; gives what it found, and its moments if it lived to the end. One that ended unheard is one more death
 * for the next to cope with; a host that does so by itself does it again.
 */
async function life(orders: LifeOrders): Promise<Found & { moments: string[] | undefined }> {
  const files = { 'life.json': JSON.stringify(orders) };
  const { code, stdout, stderr } = await wine.runNode(script, [], { files });
  expect(stderr).toBe('');
  if (stdout === '') {
    unheard += 1;
    expect(unheard, `ended unheard, the last with exit code ${code}`).toBeLessThanOrEqual(2);
    return life(orders);
  }
  const [found, moments] = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return { ...found, moments };
}

type Death = NonNullable<LifeOrders['live']>;
type Way = NonNullable<LifeOrders['recover']>;
interface Trial {
  death: Death;
  way: Way;
  where: string;
}

/** Every process finds what the one before left, then goes to its own death. */
async function tryAll(
  trials: readonly Trial[],
  check: (recovered: Recovered, trial: Trial, start: Stand) => void,
) {
  let before: Trial | undefined;
  for (const trial of [...trials, undefined]) {
    const orders = { ...(before && { recover: before.way }), ...(trial && { live: trial.death }) };
    const { recovered, start, moments } = await life(orders);
    expect(moments, `${trial?.where} was not lived to`).toBeUndefined();
    if (before) {
      if (!recovered) throw new Error(`${before.where}: nothing was looked at`);
      check(recovered, before, start);
      points += 1;
    }
    before = trial;
  }
}

async function momentsOf(what: Death['what']): Promise<string[]> {
  const { moments } = await life({ live: { what } });
  if (!moments?.length) throw new Error(`nothing happens in a ${what}`);
  return moments;
}

/** Every moment, finished and undone in turn, and every write to the journal torn, both finished and undone. */
function trialsOf(what: Death['what'], moments: readonly string[]): Trial[] {
  return moments.flatMap((moment, fatal) => {
    // An undo that has not begun cannot be finished.
    const ways: Way[] = what === 'run' || fatal > 0 ? ['finish', 'undo'] : ['undo'];
    const whole = { torn: false, way: ways[fatal % ways.length] ?? 'undo' };
    const halves = moment.startsWith('journal') ? ways.map((way) => ({ torn: true, way })) : [];
    return [whole, ...halves].map(({ torn, way }): Trial => {
      const where = `${what}, ${fatal}: ${moment}${torn ? ' torn' : ''}, ${way}`;
      return { death: { what, fatal, torn }, way, where };
    });
  });
}

function expectAllBack({ undone, stand, left }: Recovered, { where }: Trial, start: Stand): void {
  expect(left, where).toBeUndefined();
  expect(undone, where).toMatchObject({ conflicts: [], impossible: [] });
  expect(stand, where).toEqual(start);
}

/** All that may be removed is gone, and nothing else. */
function expectAllRemoved({ finished }: Recovered, where: string): void {
  expect(finished?.status, where).toBe('not-fixed');
  const { credentials = [], keys, files = {} } = finished?.stand ?? {};
  expect(
    credentials.map(({ target }) => target),
    where,
  ).toEqual(['git:https://git.contoso.example']);
  expect(keys, where).toEqual({ [IDENTITY]: { values: { EnableADAL: expect.anything() }, keys: {} } });
  expect(Object.keys(files), where).toEqual(['Other', expect.stringMatching(/^Other.survives.txt$/)]);
}

// Each death is a process of its own.
const LIMIT = 300_000;

describe('a host that is terminated', { timeout: LIMIT }, () => {
  test('at any moment of a run, is finished or undone, and all is back bit by bit', async () => {
    await tryAll(trialsOf('run', await momentsOf('run')), (recovered, trial, start) => {
      expect(recovered.shown, trial.where).toBe('interrupted');
      if (trial.way === 'finish') expectAllRemoved(recovered, trial.where);
      expectAllBack(recovered, trial, start);
    });
  });

  test('at any moment of an undo, is undone again or finished, and all is back bit by bit', async () => {
    await tryAll(trialsOf('undo', await momentsOf('undo')), (recovered, trial, start) => {
      const begun = trial.death.fatal !== 0;
      expect(recovered.shown, trial.where).toBe(begun ? 'interrupted' : undefined);
      if (trial.way === 'finish') expect(recovered.finished?.status, trial.where).toBe('undone');
      expectAllBack(recovered, trial, start);
    });
  });

  test('in the midst of removing a key, loses nothing of it', async () => {
    const fatal = (await momentsOf('run')).indexOf('registry.removeKey');
    const trials = (['finish', 'undo'] as const).map((way): Trial => {
      const death = { what: 'run', fatal, partOfKey: true } as const;
      return { death, way, where: `a part of the key gone, ${way}` };
    });
    await tryAll(trials, (recovered, trial, start) => {
      if (trial.way === 'finish') expectAllRemoved(recovered, trial.where);
      expectAllBack(recovered, trial, start);
    });
  });
});
