import { expect, test } from 'vitest';
import { createLog } from '../../src/server/log.ts';

test('what could be a secret or a text of a repository is left out', () => {
  const said = lines((log) => {
    log.info({ token: 'hush', payload: { body: 'hush' }, request: { authorization: 'hush', body: 'hush' } }, 'Message');
  });
  expect(said).not.toContain('hush');
  expect(said).toContain('"msg":"Message"');
});

test('of an error the words and causes are kept, not what hangs on it', () => {
  const cause = Object.assign(new Error('Not Found'), { status: 404, request: { headers: { authorization: 'hush' } } });
  const said = lines((log) => {
    const error = new Error('Failed reading acme/shop#7', { cause });
    log.error({ err: Object.assign(error, { event: { payload: 'hush' } }) }, 'Message');
  });
  expect(said).not.toContain('hush');
  expect(said).toContain('Failed reading acme/shop#7');
  expect(said).toContain('"status":404');
});

function lines(write: (log: ReturnType<typeof createLog>) => void): string {
  let said = '';
  write(createLog('info', { write: (line: string) => void (said += line) }));
  return said;
}
