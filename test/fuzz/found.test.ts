/** What fuzzing and load have found, each in its smallest form, so that it stays mended. */
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { Inbox } from '../../native-host/messaging/inbox.ts';
import { serve } from '../../native-host/messaging/sessions.ts';
import { readPolicy } from '../../native-host/policy/settings.ts';
import { addIncidents, readIncidents } from '../../native-host/runs/history.ts';
import { appendTogether, asLines, readLines } from '../../native-host/runs/lines.ts';
import { BackupSchema } from '../../native-host/runs/records.ts';
import { frameOf } from '../harness/host/frame-client.ts';
import { policyPc } from '../harness/policy-pc.ts';
import { problemOf } from '../harness/problem-of.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { testPc } from '../harness/test-pc.ts';
import { waitFor } from '../harness/wait-for.ts';

describe('a simulated PC', () => {
  it('with a text in place of a number of 64 bits is refused, and is no defect', async () => {
    const wrong = testPc({
      registry: { HKCU: { Key: { Name: { type: 'REG_QWORD', value: 'constructor' } } } },
    });
    expect((await problemOf(wrong)).kind).toBe('machine-unreadable');
  });
});

describe('a line of a journal', () => {
  it('that is nested deeper than a reader can follow is damaged, and the others are read', async () => {
    const path = join(temporaryFolder(), 'backups.jsonl');
    const line = (step: number) => `{"step":${step},"operation":0,"backup":null}\n`;
    const deep = `{"step":1,"operation":0,"backup":${'['.repeat(50_000)}${']'.repeat(50_000)}}\n`;
    appendFileSync(path, `${line(0)}${deep}${line(2)}`);
    const { values, damaged } = await readLines(path, BackupSchema);
    expect([values.map(({ step }) => step), damaged]).toEqual([[0, 2], 1]);
  });
});

describe('an approval', () => {
  it.each(['2099-02-31T18:00:00Z', '2099-11-31T00:00:00+02:00', '2099-02-29T00:00:00Z'])(
    'until %s, a day that there is not, is none',
    async (time) => {
      const { machine } = await policyPc({
        remedies: { 'flush-dns': 'approval' },
        approvals: { 'flush-dns': time },
      });
      const { policy, refused } = await readPolicy(machine);
      expect(policy.remedies).toEqual([{ remedy: 'flush-dns', rule: 'approval' }]);
      expect(refused).toEqual([{ value: 'Approvals\\flush-dns', reason: 'there is no such time' }]);
    },
  );
});

describe('the history', () => {
  it('loses nothing of what another host adds while this one still looks at the circumstances', async () => {
    const { machine } = await testPc();
    const now = new Date();
    const failure = (minutes: number) => ({
      code: 'AADSTS50173',
      category: 'local' as const,
      time: new Date(now.getTime() - minutes * 60_000).toISOString(),
    });
    const [looks, goesOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const startedAt = async () => {
      looks.resolve();
      await goesOn.promise;
      return machine.startedAt();
    };
    const slow = addIncidents({ ...machine, startedAt }, [failure(0)], now);
    await looks.promise;
    await addIncidents(machine, [failure(60)], now);
    goesOn.resolve();
    await slow;
    const times = (await readIncidents(machine)).map(({ failure: { time } }) => time);
    expect(times).toEqual([failure(60).time, failure(0).time]);
  });

  it('ends a torn line, so that it spoils no other', async () => {
    const path = join(temporaryFolder(), 'lines.jsonl');
    appendFileSync(path, '{"n":1}\n{"n":');
    await appendTogether(path, asLines([{ n: 2 }]));
    await appendTogether(path, asLines([{ n: 3 }]));
    expect(readFileSync(path, 'utf8')).toBe('{"n":1}\n{"n":\n{"n":2}\n{"n":3}\n');
    expect((await readLines(path, v.strictObject({ n: v.number() }))).values).toEqual([
      { n: 1 },
      { n: 2 },
      { n: 3 },
    ]);
  });
});

describe('an inbox', () => {
  it('takes in as many as there is room for, stops the input, and goes on in order when there is room again', () => {
    const input = new PassThrough();
    const taken: unknown[] = [];
    let room = 2;
    const inbox = new Inbox(input, () => room > 0);
    const take = (nth: number) => () => {
      taken.push(nth);
      room -= 1;
    };
    for (const nth of [1, 2, 3, 4, 5]) inbox.add(take(nth));
    expect([taken, input.isPaused()]).toEqual([[1, 2], true]);
    room = 1;
    inbox.goOn();
    expect([taken, input.isPaused()]).toEqual([[1, 2, 3], true]);
    room = 5;
    inbox.goOn();
    expect([taken, input.isPaused()]).toEqual([[1, 2, 3, 4, 5], false]);
  });

  it('takes thousands that are answered at once without going ever deeper', () => {
    let taken = 0;
    let room = false;
    const inbox = new Inbox(new PassThrough(), () => room);
    const take = () => {
      taken += 1;
      inbox.goOn();
    };
    for (let nth = 0; nth < 50_000; nth += 1) inbox.add(take);
    expect(taken).toBe(0);
    room = true;
    inbox.goOn();
    expect(taken).toBe(50_000);
  });
});

describe('a session', () => {
  it.each([
    ['requests', '{"jsonrpc":"2.0","id":1,"method":"history"}'],
    ['requests of nobody', '{"jsonrpc":"2.0","id":1,"method":"nothing"}'],
    ['frames that are no JSON', '{'],
    ['frames that ask for nothing', '[]'],
  ])('that hears %s without end, and is not read, stops listening', async (_, text) => {
    const { machine } = await testPc();
    const [input, output] = [new PassThrough(), new PassThrough()];
    const served = serve({ machine, input, output });
    const many = Buffer.concat(Array.from({ length: 1_000 }, () => frameOf(text)));
    await waitFor(() => input.isPaused() || void input.write(many), 'the host to stop listening');
    output.resume();
    input.end();
    await served;
    expect(input.readableEnded).toBe(true);
  });
});
