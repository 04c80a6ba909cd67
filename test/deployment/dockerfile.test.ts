import { expect, test } from 'vitest';
import { readDeployment } from '../../src/deployment/read-deployment.ts';
import { factsOf, type DeploymentFact } from '../../src/operations/deployment.ts';

async function runsOf(text: string): Promise<Extract<DeploymentFact, { kind: 'runMigrations' }>[]> {
  return factsOf([await readDeployment({ path: 'Dockerfile', text, commands: [] })], 'runMigrations');
}

test('an entrypoint that the Dockerfile itself holds is read where it stands', async () => {
  const [run] = await runsOf(`FROM python:3.13
COPY --chmod=755 <<-"EOF" /entrypoint.sh
\t#!/bin/sh
\talembic upgrade head || true
\texec "$@"
\tEOF
ENTRYPOINT ["/entrypoint.sh"]
`);
  expect(run).toMatchObject({ place: { kind: 'image' }, onError: { kind: 'goesOn' }, span: { startLine: 4 } });
});

test('what is copied and not started is a script', async () => {
  const [run] = await runsOf('FROM a\nCOPY <<EOF /bin/migrate\nalembic upgrade head\nEOF\nCMD ["serve"]\n');
  expect(run?.place).toEqual({ kind: 'script', starts: false });
});

test('instructions behind a here-document are read, and one without an end takes nothing along', async () => {
  const text =
    'FROM a\nRUN <<ONE cat > /a && <<TWO cat > /b\nENTRYPOINT x\nONE\nCMD y\nTWO\nCMD alembic upgrade head\n';
  expect(await runsOf(text)).toMatchObject([{ place: { kind: 'image' }, span: { startLine: 7 } }]);
  expect(await runsOf('FROM a\nRUN <<EOF\nCMD alembic upgrade head\n')).toMatchObject([{ span: { startLine: 3 } }]);
});

test.each([
  ['SHELL ["/bin/bash", "-eo", "pipefail", "-c"]\n', 'stops'],
  ['SHELL ["/bin/bash", "-c"]\n', 'goesOn'],
  ['', 'goesOn'],
  ['SHELL ["/bin/bash", "-eo", "pipefail", "-c"]\nFROM other\n', 'goesOn'],
])('%j decides what a pipe lets pass', async (shell, kind) => {
  const [run] = await runsOf(`FROM a\n${shell}CMD alembic upgrade head | tee /log; exec serve\n`);
  expect(run?.onError.kind).toBe(kind);
});

test.each([
  'CMD ["dumb-init", "--", "sh", "-c", "alembic upgrade head && exec serve"]',
  'ENTRYPOINT ["tini", "--", "gosu", "app", "alembic", "upgrade", "head"]',
  'CMD exec su-exec app sh -c "alembic upgrade head; serve"',
])('%s migrates at the start of the image', async (line) => {
  expect(await runsOf(`FROM a\n${line}\n`)).toMatchObject([{ tool: 'Alembic', place: { kind: 'image' } }]);
});

test('a command that is given as words is quoted as it would be typed', async () => {
  const [run] = await runsOf('FROM a\nCMD ["goose", "up"]\n');
  expect(run?.command).toBe('goose up');
});
