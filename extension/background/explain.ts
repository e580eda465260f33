/** What a text means that the person typed, pasted or selected: a code, an error message, an address. */
import { explain as explainText } from '../../common/failures/index.ts';
import { tell } from './following.ts';
import { remember } from './memory.ts';

/** More than that is no error message, and longer texts are cut where they come in. */
export const LONGEST = 5_000;

/** Shows what the text means, until another is asked for or it is closed with an empty one. */
export async function explain(text: string): Promise<void> {
  const asked = text.slice(0, LONGEST);
  const { failure, others } = explainText(asked);
  const codes = [failure, ...others].flatMap((each) => each?.code ?? []);
  await remember((memory) => {
    memory.explained = asked === '' ? null : { text: asked, codes: codes.slice(0, 10) };
  });
  await tell();
}
