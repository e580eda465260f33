import { expect, test } from 'vitest';
import messages from '../../common/_locales/en/messages.json' with { type: 'json' };

const all = Object.entries(messages as Record<string, { message: string; description?: string }>);

test('keys are in order, so that two people’s changes meet in different lines', () => {
  const keys = all.map(([key]) => key);
  expect(keys).toEqual([...keys].sort());
});

test.each(all)('%s is well-formed', (key, entry) => {
  expect(key).toMatch(/^[a-z0-9_]+$/);
  expect(Object.keys(entry).filter((field) => field !== 'message' && field !== 'description')).toEqual([]);
  const { message } = entry;
  expect(message.trim()).toBe(message);
  expect(message).not.toBe('');
  expect(message, 'no exclamation marks').not.toContain('!');
  expect(message, 'only $1…$9').not.toMatch(/\$(?![1-9])/);
  expect(message, 'typographic quotes').not.toMatch(/['"]/);
});

test('the stores take the description', () => {
  expect(messages.product_description.message.length).toBeLessThanOrEqual(132);
});
