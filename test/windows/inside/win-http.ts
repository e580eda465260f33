/**
 * Asks the servers that are given as JSON, all at once, and prints what came of each. Further arguments are
 * authorities to trust, in Base64.
 */
import { toProblem } from '../../../common/problem.ts';
import { requestByWinHttp } from '../../../native-host/machine/windows/win-http-request.ts';
import { trust } from './trust.ts';

interface Wish {
  host: string;
  port: number;
  timeout?: number;
  /** Cancelled after so many milliseconds. */
  cancelAfter?: number;
}

const [wishes = '[]', ...authorities] = process.argv.slice(2);

trust(authorities);

async function outcome({ host, port, timeout = 20_000, cancelAfter }: Wish) {
  const { signal } = cancelAfter === undefined ? new AbortController() : cancelledAfter(cancelAfter);
  try {
    return await requestByWinHttp({ host, port, timeout, signal });
  } catch (error) {
    return toProblem(error).kind;
  }
}

function cancelledAfter(ms: number): AbortController {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), ms);
  return controller;
}

let turns = 0;
const count = setInterval(() => {
  turns += 1;
}, 10);
const all: Wish[] = JSON.parse(wishes);
const outcomes = await Promise.all(all.map(outcome));
clearInterval(count);
console.log(JSON.stringify({ outcomes, turns }));
