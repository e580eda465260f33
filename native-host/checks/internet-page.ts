/** One small page by plain HTTP, with hard limits: nothing that answers can keep us, fill memory or lead us on. */
import { type IncomingMessage, request } from 'node:http';
import type { CheckContext } from './check.ts';
import { answerTo, MOST_HEADERS } from './endpoints/endpoint-connection.ts';

/** An answer's text up to just beyond the length that is expected, or why there was none. */
export type Page = { status: number; location?: string; text: string } | { error: string };

/** Asks once, follows nothing. Gives the system's word for what failed; never fails itself. */
export async function fetchPage(
  host: string,
  path: string,
  at: { address: string; port: number },
  length: number,
  { signal, timeout }: Pick<CheckContext, 'signal' | 'timeout'>,
): Promise<Page> {
  const stop = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
  const asking = request({
    host: at.address,
    port: at.port,
    path,
    agent: false,
    maxHeaderSize: MOST_HEADERS,
    headers: { host },
    signal: stop,
  });
  try {
    const answer = await answerTo(asking);
    const { statusCode: status = 0, headers } = answer;
    const location = headers.location?.slice(0, 200);
    const text = status === 200 ? await begin(answer, length + 1) : '';
    return { status, text, ...(location === undefined ? {} : { location }) };
  } catch (error) {
    if (stop.aborted) return { error: 'timed-out' };
    const { code, message } = error as NodeJS.ErrnoException;
    return { error: (code ?? message).slice(0, 200) };
  } finally {
    asking.destroy();
  }
}

/** The first bytes of a body; the rest is never read. */
async function begin(answer: IncomingMessage, most: number): Promise<string> {
  let bytes = Buffer.alloc(0);
  for await (const chunk of answer) {
    bytes = Buffer.concat([bytes, chunk]).subarray(0, most);
    if (bytes.length === most) break;
  }
  return bytes.toString('latin1');
}
