import { expect, it } from 'vitest';
import { storedEntries } from '../../../native-host/checks/stored-entries.ts';
import { look } from './look.ts';

const others = [
  { target: 'git:https://git.contoso.example', user: 'ada', secret: 'x' },
  { target: 'MicrosoftAccount:target=SSO_POP_Device', user: 'ada', secret: 'x' },
];

it('stored sign-ins are counted by the allow-list of the repair, and not named', async () => {
  const ours = [
    { target: 'OneDrive Cached Credential Business - Business1', user: 'ada@contoso.example', secret: 'x' },
    { target: 'MicrosoftOffice16_Data:SSPI:ada@contoso.example', user: 'ada@contoso.example', secret: 'x' },
  ];
  const found = await look(storedEntries, { credentials: [...others, ...ours] });
  expect(found).toMatchObject([{ level: 'ok', meaning: 'some', subject: '', amount: 2, evidence: {} }]);
  expect(JSON.stringify(found)).not.toContain('ada');
});

it('other people’s entries are none of them', async () => {
  expect(await look(storedEntries, { credentials: others })).toMatchObject([
    { level: 'ok', meaning: 'none', amount: 0 },
  ]);
});
