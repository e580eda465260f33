import { expect, test } from 'vitest';
import { describeFailure } from '../../../common/failures/index.ts';
import { inlineFailures } from '../../../common/pages/inline-failures.ts';

const beyondThePerson = ['account', 'policy', 'device', 'federation', 'service', 'network'];

test.each([...inlineFailures])('%s is of a category that is more than a slip', (code) => {
  expect(beyondThePerson).toContain(describeFailure(code).category);
});

test('what people get wrong, and what belongs to signing in, is not among them', () => {
  const own =
    '50126 50034 50053 50055 50056 50064 50144 51004 50058 50140 50199 16000 50076 50074 50089 70043 500121';
  for (const code of own.split(' ')) expect(inlineFailures).not.toContain(`AADSTS${code}`);
});
