/** Native messaging on the process's own streams: from here on nothing but frames reaches standard output. */
import { format } from 'node:util';
import { hostMethods } from '../../common/contract.ts';
import { type Problem, ProblemError, toProblem } from '../../common/problem.ts';
import { Peer } from '../../common/rpc.ts';
import { type MachineChoice, openMachine } from '../machine/open.ts';
import { FrameWriter, readFrames } from './frames.ts';
import { serve } from './sessions.ts';

/** Serves the browser that started this process; gives the exit code. */
export async function serveBrowser(choice: MachineChoice): Promise<number> {
  for (const method of ['log', 'info', 'debug', 'table', 'dir'] as const) {
    console[method] = (...values: unknown[]) => void process.stderr.write(`${format(...values)}\n`);
  }
  try {
    await serve({ machine: await openMachine(choice), input: process.stdin, output: process.stdout });
    return 0;
  } catch (error) {
    const problem = toProblem(error);
    process.stderr.write(`Signin Rescue: ${problem.kind} ${problem.detail ?? ''}\n`);
    await answerWith(problem);
    return 4;
  }
}

/** The machine could not be opened: every `hello` is answered with the reason, not with silence. */
function answerWith(problem: Problem): Promise<void> {
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const writer = new FrameWriter(process.stdout, end);
  const { hello } = hostMethods;
  const refuse = () => {
    throw new ProblemError(problem.kind, problem.detail);
  };
  const send = (message: unknown) => writer.write(message);
  const peer = new Peer({
    send,
    local: { hello },
    handlers: { hello: refuse },
    remote: {},
    incoming: {},
    listeners: {},
  });
  readFrames(process.stdin, {
    message: (message) => peer.receive(message),
    problem: (error) => peer.fail(null, error),
    end: () => end(),
  });
  return ended;
}
