/** A host that speaks the real contract and looks when the test lets it. */
import { browserMethods, hostMethods, PROTOCOL } from '../../../common/contract.ts';
import type { Finding, HostCheckId } from '../../../common/findings.ts';
import type { Policy } from '../../../common/policy.ts';
import { ProblemError } from '../../../common/problem.ts';
import { Peer } from '../../../common/rpc.ts';

/** A host that answers `check` when the test lets it. */
export class FakeHost {
  readonly asked: unknown[] = [];
  cancelled = 0;
  /** Answers no cancel. */
  frozen = false;
  #answer = Promise.withResolvers<Finding[]>();
  readonly #peers: { notify: (method: string, params: unknown) => void }[] = [];

  found(finding: Finding): void {
    for (const peer of this.#peers) peer.notify('check.found', finding);
  }

  waiting(...checks: HostCheckId[]): void {
    for (const peer of this.#peers) peer.notify('check.waiting', { checks });
  }

  end(findings: Finding[]): void {
    this.#answer.resolve(findings);
    this.#answer = Promise.withResolvers();
  }

  fail(error: ProblemError): void {
    this.#answer.reject(error);
    this.#answer = Promise.withResolvers();
  }

  /** Joins the background's port, under this policy. Gives what takes its messages. */
  join(send: (message: unknown) => void, policy: () => Policy): (message: unknown) => void {
    const local = {
      hello: hostMethods.hello,
      check: hostMethods.check,
      'check.cancel': hostMethods['check.cancel'],
    };
    const peer = new Peer({
      send,
      local,
      handlers: {
        hello: () => {
          peer.notify('policy', policy());
          const [platform, machine] = ['test', 'simulated'] as const;
          return { protocol: PROTOCOL, version: '0.1.0', platform, machine, run: null };
        },
        check: async (params) => {
          this.asked.push(params);
          const findings = await this.#answer.promise;
          return { findings, diagnosis: { cause: null, because: [], who: null, codes: [] }, took: 1 };
        },
        'check.cancel': () => {
          this.cancelled += 1;
          if (!this.frozen) this.fail(new ProblemError('cancelled'));
          return {};
        },
      },
      remote: browserMethods,
      incoming: {},
      listeners: {},
    });
    this.#peers.push(peer);
    return (message) => peer.receive(message);
  }
}
