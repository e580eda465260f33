import { describe, expect, it } from 'vitest';
import { explain, rank } from '../../../common/failures/index.ts';

describe('rank', () => {
  it.each<[string, string[], string[]]>([
    ['a deleted device before its wrapping', ['AADSTS70002', 'AADSTS50155'], ['AADSTS50155', 'AADSTS70002']],
    [
      'a disabled device before its wrapping',
      ['AADSTS70002', 'AADSTS135011'],
      ['AADSTS135011', 'AADSTS70002'],
    ],
    ['a failure before an interruption', ['AADSTS50058', 'AADSTS53003'], ['AADSTS53003', 'AADSTS50058']],
    ['the server before the client', ['0xcaa20003', 'AADSTS50173'], ['AADSTS50173', '0xcaa20003']],
    ['why before "no connection"', ['0x8004de40', '0xcaa82f05'], ['0xcaa82f05', '0x8004de40']],
    ['the known before the unknown', ['AADSTS59999', '0x8004de40'], ['0x8004de40', 'AADSTS59999']],
    ['equals as they came', ['AADSTS50020', 'AADSTS50173'], ['AADSTS50020', 'AADSTS50173']],
  ])('puts %s', (_, codes, ranked) => {
    expect(rank(codes)).toEqual(ranked);
  });
});

describe('explain', () => {
  it('names the failure and what else was seen', () => {
    const { failure, others } = explain('0xCAA20003 … AADSTS70002: Error … AADSTS135011: Device … disabled');
    expect(failure?.title).toBe('failure_device_disabled');
    expect(others.map(({ code }) => code)).toEqual(['0xcaa20003', 'AADSTS70002']);
  });

  it('says so when an interruption is all that there is', () => {
    expect(explain('AADSTS50058').failure?.category).toBe('none');
  });

  it('finds nothing in nothing', () => {
    expect(explain('The quick brown fox')).toEqual({ failure: null, others: [] });
  });
});
