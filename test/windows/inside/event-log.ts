/** Adds entries to the event log as the host does; prints how many Windows took. */
import { createWindowsMachine } from '../../../native-host/machine/windows/index.ts';

const { reportEvent } = await createWindowsMachine();
await reportEvent({ id: 100, level: 'information', text: '{"event":"failure"}' });
await reportEvent({ id: 1000, level: 'warning', text: 'größer, 日本 and \u{1F600}' });
await reportEvent({ id: 201, level: 'warning', text: 'x'.repeat(20_000) });
console.log('taken');
